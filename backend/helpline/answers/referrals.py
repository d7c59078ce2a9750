"""Referrals: asked for from the doctor who decides, the codes somebody has, and going home to the first clinic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.errors import RuleRefused
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.helpline.models import Desk
from backend.helpline.understanding.normalise import plain
from backend.referrals import service as referrals
from backend.referrals.rules import Kind
from backend.referrals.vocabulary import specialty_in, specialty_names

_SHOWN = 3
_WANTED = "referral_specialty"
"""In a thread's state: which specialist was meant, while it is asked who is asking."""


def request(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """How it works, at once; for a proved member the request to the doctor who decides, or why none is needed."""
    specialty = specialty_in(plain(asker.heard())) or asker.state.get(_WANTED)
    if asker.member_id is None:
        return Answer((Reply.of("referral_how", number=asker.brand.emergency_number),), state={_WANTED: specialty})
    path = referrals.path_answer(asker.acting(scope), asker.member_id)
    ready = [one for one in path["options"] if one["move"] != "return" and specialty in {None, one["specialty"]}]
    if ready and specialty:
        return Answer((Reply.of("referral_have"), *(_line(one) for one in ready[:_SHOWN])), state={_WANTED: None})
    asked = _ask(scope, asker, "referral", specialty=specialty)
    return Answer((asked,), state={_WANTED: None})


def status(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """Every code that opens a door, where one may come back, and what still waits for a doctor."""
    member_id = asker.proved()
    acting = asker.acting(scope)
    options = referrals.path_answer(acting, member_id)["options"]
    waiting = referrals.list_requests(acting, member_id=member_id, state="open", limit=1)["items"]
    replies = [_line(one) for one in options[:_SHOWN]]
    if waiting:
        replies.append(Reply.of("referral_waiting"))
    return Answer(tuple(replies or [Reply.of("referral_none")]))


def back(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """The code for medicine at the first clinic; else the specialist is asked whether the patient may go home."""
    path = referrals.path_answer(asker.acting(scope), asker.proved())
    home = next((one for one in path["options"] if one["kind"] == Kind.BACK and one["move"] != "return"), None)
    if home is not None:
        return Answer((Reply.of("referral_back_have", **_code(home)),))
    if path["here"] is None:
        case = case_for(scope, asker, "back_referral")
        return Answer.of("referral_back_how", case=case.number)
    return Answer((_ask(scope, asker, "back_referral", kind=Kind.BACK, earlier_code=path["here"]["code"]),))


def _ask(
    scope: Scope,
    asker: Asker,
    reason: str,
    *,
    kind: Kind = Kind.TIERED,
    specialty: str | None = None,
    earlier_code: str | None = None,
) -> Reply:
    member_id: UUID = asker.proved()
    try:
        row = referrals.request(
            asker.acting(scope), member_id, kind=kind, specialty=specialty, earlier_code=earlier_code
        )
    except RuleRefused as refused:
        if refused.reason == "referrals.not_needed":
            return Reply.of("referral_not_needed")
        case = case_for(scope, asker, reason)
        return Reply.of("case_referral_no_cover", case=case.number)
    if row.case_id is not None:
        return Reply.of("referral_waiting")
    case = case_for(scope, asker, reason, desk=Desk.HELPLINE if row.provider_id else Desk.DOCTOR)
    row.case_id = case.id
    scope.session.flush()
    said = "referral_back_requested" if kind is Kind.BACK else "referral_requested"
    clinic = referrals.request_answer(asker.acting(scope), row.id)["provider"]
    if clinic is None:
        return Reply.of(f"{said}_doctor", case=case.number)
    return Reply.of(f"{said}_clinic", clinic=clinic["name"], case=case.number)


def _line(option: Mapping[str, Any]) -> Reply:
    args = _code(option) | {"specialty": {"names": specialty_names(option["specialty"])}}
    if option["facility"] is None:
        return Reply("referral_line_any", args | {"tier": option["tier"].upper()})
    kind = "return" if option["move"] == "return" else "at"
    return Reply(f"referral_line_{kind}", args | {"place": option["facility"]})


def _code(option: Mapping[str, Any]) -> dict[str, Any]:
    return {"code": {"digits": option["code"]}, "until": {"date": option["until"].isoformat()}}
