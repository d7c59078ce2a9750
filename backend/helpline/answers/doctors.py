"""Somebody asks for a doctor: danger first, then a teleconsultation; by telephone the doctors' queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.errors import RuleRefused
from backend.helpline import queries as cases
from backend.helpline import service as helpline
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.helpline.models import Priority
from backend.telemedicine import queries
from backend.telemedicine import service as telemedicine
from backend.telemedicine.complaints_asked import OTHER
from backend.telemedicine.rules.states import State

DANGER = "telemedicine_danger"
"""In a thread's ``awaits``: the next yes or no says whether somebody is in danger."""
_WORDS = "telemedicine_words"
_LONGEST = 900


def doctor(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """In writing a teleconsultation is prepared; by telephone the caller is put through (S0-92).

    Who is not proved has a case with the doctors at once and loses nothing by the questions that follow.
    """
    if asker.channel == "voice" or not asker.brand.features.get("teleconsultation"):
        return _case(scope, asker)
    known = queries.open_of(asker.acting(scope), asker.proved()) if asker.member_id else None
    if known is not None and known.state != State.SCHEDULED:
        return _in_the_queue(asker, known.number)
    first = () if asker.member_id else _case(scope, asker).replies
    words = asker.heard()[:_LONGEST]
    return Answer((*first, Reply.of(DANGER)), state={"awaits": DANGER, _WORDS: words or None})


def consultation(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """No danger: the proved member is in the doctors' queue from now on (S0-26, S0-84)."""
    own = asker.acting(scope)
    before = queries.open_of(own, asker.proved())
    told = {"told": str(asker.state[_WORDS])} if asker.state.get(_WORDS) else {}
    forget = {"awaits": None, _WORDS: None}
    try:
        with scope.session.begin_nested():
            row = telemedicine.request(own, asker.proved(), OTHER, told, screened=True)
    except RuleRefused:
        case = case_for(scope, asker, "doctor", Priority.HIGH, "Asks for a doctor; a consultation is not covered.")
        said = Reply.of("telemedicine_not_covered", case=case.number, emergency=asker.brand.emergency_number)
        return Answer((said,), state=forget)
    waiting = cases.open_case_of(scope, asker.conversation_id, "doctor")
    if waiting is not None:
        helpline.close_as_over(scope, waiting.id, f"Teleconsultation {row.number}")
    if before is not None or row.state != State.WAITING:
        return Answer(_in_the_queue(asker, row.number).replies, state=forget)
    place = queries.position(own, row)
    number = asker.brand.emergency_number
    said = Reply.of("telemedicine_asked", number=row.number, position=place, emergency=number)
    return Answer((said,), state=forget)


def _case(scope: Scope, asker: Asker) -> Answer:
    """A doctor calls back."""
    case = case_for(scope, asker, "doctor", Priority.HIGH, "Asks for a doctor.")
    return Answer.of("doctor", number=asker.brand.emergency_number, case=case.number)


def _in_the_queue(asker: Asker, number: str) -> Answer:
    return Answer.of("telemedicine_known", number=number, emergency=asker.brand.emergency_number)
