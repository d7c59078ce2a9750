"""What is covered, how much is left, which room: from the member's own plan, today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from backend.access import Scope
from backend.benefits import queries as benefits
from backend.benefits.queries import Balance, Cover, LimitState
from backend.benefits.rules import waiting_until
from backend.helpline.asker import Answer, Asker, case_for
from backend.kit import clock

_BASIS_WORDS = {
    "day": "per_day",
    "visit": "per_visit",
    "case": "per_case",
    "year": "per_year",
    "lifetime": "per_lifetime",
}


def coverage(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Whether one benefit is covered and how, or everything the plan covers."""
    cover, lines = _plan(scope, asker)
    if cover is None:
        return _no_plan(scope, asker)
    wanted = slots.get("benefit")
    if not wanted:
        items = [_line("coverage_line", line) for line in lines]
        return Answer.of("coverage_list", plan={"names": cover.plan.names}, items={"items": items})
    matching = [line for line in lines if wanted in {line.benefit.benefit_group, line.benefit.code}]
    if not matching:
        return Answer.of("coverage_not", plan={"names": cover.plan.names}, benefit={"word": f"benefit_{wanted}"})
    told: dict[str, Any] = {"plan": {"names": cover.plan.names}, "notes": {"items": _notes(cover, matching, asker)}}
    if len(matching) > 1:
        return Answer.of("coverage_group", items={"items": [_line("coverage_line", line) for line in matching]}, **told)
    return Answer.of("coverage_benefit", **told, **_figures(matching[0]))


def balance(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """What is left of one benefit or of all."""
    cover, lines = _plan(scope, asker)
    if cover is None:
        return _no_plan(scope, asker)
    wanted = slots.get("benefit")
    shown = [line for line in lines if wanted in {line.benefit.benefit_group, line.benefit.code}] or lines
    return Answer.of("balance_list", items={"items": [_line("balance_line", line) for line in shown]})


def room(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """The room class of the hospital benefit."""
    cover, lines = _plan(scope, asker)
    if cover is None:
        return _no_plan(scope, asker)
    classes = [line.benefit.room_class for line in lines if line.benefit.room_class]
    if not classes:
        return Answer.of("room_unknown", case=case_for(scope, asker, "room").number)
    return Answer.of("room_entitlement", room={"room": classes[0]})


def _plan(scope: Scope, asker: Asker) -> tuple[Cover | None, list[Balance]]:
    acting, today = asker.acting(scope), _today(asker)
    member_id = asker.proved()
    return benefits.cover_on(acting, member_id, today), benefits.balances(acting, member_id, today)


def _today(asker: Asker) -> date:
    return clock.today(asker.client.timezone)


def _no_plan(scope: Scope, asker: Asker) -> Answer:
    return Answer.of("coverage_none", case=case_for(scope, asker, "no_plan", summary="No plan on this day.").number)


def _line(reply_id: str, line: Balance) -> dict[str, Any]:
    return {"reply": reply_id, "args": _figures(line)}


def _figures(line: Balance) -> dict[str, Any]:
    main = _main_limit(line.limits)
    if main is None:
        unlimited = {"word": "unlimited"}
        return {"benefit": {"names": line.benefit.names}, "limit": unlimited, "remaining": unlimited, "basis": ""}
    return {
        "benefit": {"names": line.benefit.names},
        "limit": _amount(main.limit.amount, main.limit.count),
        "remaining": _amount(main.left.amount, main.left.count),
        "basis": {"word": _BASIS_WORDS.get(main.limit.basis, "per_other")},
    }


def _main_limit(limits: Sequence[LimitState]) -> LimitState | None:
    """The limit people ask about: the one over a year, else the first."""
    return next((state for state in limits if state.limit.basis == "year"), limits[0] if limits else None)


def _amount(amount: Any, count: int | None) -> Any:
    if amount is not None:
        return {"money": amount.as_json()}
    return {"word": "unlimited"} if count is None else f"{count} x"


def _notes(cover: Cover, lines: Sequence[Balance], asker: Asker) -> list[dict[str, Any]]:
    """What else counts for these benefits, each thing once."""
    found: list[dict[str, Any]] = []
    for line in lines:
        found += [note for note in _notes_of(cover, line, asker) if note not in found]
    return found


def _notes_of(cover: Cover, line: Balance, asker: Asker) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    until = waiting_until(cover.covered_since, line.benefit.waiting_days)
    if until is not None and until > _today(asker):
        found.append({"reply": "note_waiting", "args": {"date": {"date": until.isoformat()}}})
    if line.benefit.referral_required:
        found.append({"reply": "note_referral", "args": {}})
    if line.benefit.network_only:
        found.append({"reply": "note_network", "args": {}})
    if line.benefit.co_payment:
        found.append({"reply": "note_copay", "args": {"percent": line.benefit.co_payment["percent"]}})
    names = [one["names"] for one in line.benefit.exclusions if "names" in one]
    if names:
        told = ", ".join(str(each.get(asker.language) or each.get("en")) for each in names)
        found.append({"reply": "note_exclusions", "args": {"items": told}})
    return found
