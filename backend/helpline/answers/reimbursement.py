"""The reimbursement form: every slot checked, a draft claim as soon as there is enough, photos put on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.benefits.rules import BenefitGroup
from backend.branding.vocabulary import own_words
from backend.claims import checklists, service
from backend.claims import queries as claims
from backend.claims.models import Claim
from backend.documents.service.adopt_documents import adopt
from backend.errors import CareError
from backend.helpline import rules
from backend.helpline.asker import Answer, Asker
from backend.helpline.catalogue import Reply, in_words
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.matching import is_question
from backend.kit import clock
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.languages import message

_UNKNOWN = "unknown"
_DONE = "done"
_REPLY_OF = {
    rules.DATE_UNCLEAR: "claim_date_unclear",
    rules.DATE_FUTURE: "claim_date_future",
    rules.AMOUNT_UNCLEAR: "claim_amount_unclear",
    "helpline.provider_unclear": "claim_provider_unclear",
}
_CHECKED_SLOTS = ("claim_benefit", "claim_treatment_date", "claim_provider", "claim_amount")
_EMPTIED = dict.fromkeys((*_CHECKED_SLOTS, "claim_photos"))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_WORDS_OF_A_NAME = 10


def check(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Each filled slot in the form we keep it, or a sentence why not."""
    kept: dict[str, Any] = {}
    replies: list[Reply] = []
    for name, look in zip(_CHECKED_SLOTS, (_benefit, _date, _provider, _amount), strict=True):
        if slots.get(name) is not None:
            found = look(asker, str(slots[name]))
            if isinstance(found, Refusal):
                kept[name] = None
                replies.append(Reply.of(_REPLY_OF.get(found.reason, "claim_benefit_unclear")))
            else:
                kept[name] = found
                replies += _noted(asker, name, found)
    sent, photos = slots.get("claim_photos"), asker.state.get("photos")
    if sent == _DONE and not photos:
        replies.append(Reply.of("claim_photos_none"))
    if sent is not None and (sent != _DONE or not photos):
        # A count means that photos arrive: the form asks on until the person says "done".
        kept["claim_photos"] = None
    return Answer(tuple(replies), slots=kept)


def submit(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Make the claim from the form, put the photos on it and hand it in; what is missing is said, not lost."""
    acting = asker.acting(scope)
    try:
        photos = [UUID(photo) for photo in asker.state.get("photos") or []]
        # What this thread sent before its sender was proved is theirs from now on.
        adopt(scope, photos, asker.proved())
        claim = _draft(acting, asker, slots)
        _attach(acting, claim, photos)
        claim = service.submit_claim(acting, claim.id)
    except CareError as error:
        return _not_handed_in(acting, asker, error)
    done = {"claim_id": None, "photos": None}
    count = len(asker.state.get("photos") or [])
    replies = [Reply.of("claim_submitted", number=claim.number, count=count)]
    if claim.missing:
        names = ", ".join(checklists.names(claim.missing, asker.language))
        until = {"date": claim.submit_by.isoformat()} if claim.submit_by else {"word": "unknown"}
        replies.append(Reply.of("claim_missing", documents=names, until=until))
    return Answer(tuple(replies), slots=_EMPTIED, state=done)


def _noted(asker: Asker, name: str, value: str) -> list[Reply]:
    """A value of a question that was answered before is a correction, and is said back."""
    if asker.state.get("form") is None or asker.state.get("asked") == name:
        return []
    if name == "claim_treatment_date":
        return [Reply.of("claim_date_corrected", date={"date": value})]
    if name == "claim_amount" and value != _UNKNOWN:
        amount = Money.of_major(value, asker.client.currency)
        return [Reply.of("claim_amount_corrected", amount={"money": amount.as_json()})]
    return []


def _provider(_asker: Asker, text: str) -> str | Refusal:
    """A name as it stands on a receipt; a question or a story is none."""
    name = " ".join(text.split())
    if is_question(name, lexicons()) or not 1 < len(name) <= 120 or len(name.split()) > _MOST_WORDS_OF_A_NAME:
        return Refusal("helpline.provider_unclear")
    return name


def _benefit(_asker: Asker, text: str) -> str | Refusal:
    reimbursed = [group for group in BenefitGroup if checklists.required_documents(group)]
    found = rules.benefit_group(text, reimbursed)
    return found or Refusal("helpline.benefit_unclear")


def _date(asker: Asker, text: str) -> str | Refusal:
    found = rules.treatment_date(text, clock.today(asker.client.timezone))
    return found if isinstance(found, Refusal) else found.isoformat()


def _amount(asker: Asker, text: str) -> str | Refusal:
    if text == _UNKNOWN:
        return text
    found = rules.claimed_amount(text)
    if isinstance(found, Refusal):
        return found
    try:
        return str(Money.of_major(found, asker.client.currency).major())
    except ValueError:
        return Refusal(rules.AMOUNT_UNCLEAR)


def _draft(acting: Scope, asker: Asker, slots: Mapping[str, Any]) -> Claim:
    """The claim of this form; a form that is sent again goes on with the same claim."""
    facts: dict[str, Any] = {"visit_on": date.fromisoformat(slots["claim_treatment_date"])}
    amount = slots.get("claim_amount")
    if amount and amount != _UNKNOWN:
        facts["claimed"] = Money.of_major(amount, asker.client.currency)
    if slots.get("claim_provider", _UNKNOWN) != _UNKNOWN:
        facts["provider_name"] = slots["claim_provider"]
    known = asker.state.get("claim_id")
    if known:
        return service.change_claim(acting, UUID(known), facts)
    return service.start_claim(acting, asker.proved(), slots["claim_benefit"], **facts)


def _attach(acting: Scope, claim: Claim, photos: list[UUID]) -> None:
    """Photos stand for the open papers in the order of the checklist; what is left over for the first of them."""
    order = [line.code for line in checklists.required_documents(claim.benefit_group) if not line.automatic]
    for position, photo in enumerate(photos):
        wanted = list(claim.missing) or order
        service.add_document(acting, claim.id, photo, wanted[0] if wanted else order[position % len(order)])
        claim = claims.claim(acting, claim.id)


def _in_words(figures: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The figures of a refusal, its days the way people read them."""
    return {name: in_words(value, language) if _is_day(value) else value for name, value in figures.items()}


def _is_day(value: Any) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value) is not None)


def _not_handed_in(acting: Scope, asker: Asker, error: CareError) -> Answer:
    figures, reword = _in_words(error.figures, asker.language), own_words(asker.brand.glossary)
    why = message(error.reason, asker.language, figures, reword=reword)
    return Answer((Reply.of("claim_refused", why=why),), slots=_EMPTIED, state={"claim_id": None, "photos": None})
