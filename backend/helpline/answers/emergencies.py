"""Somebody is in danger: what to do now, whom to call, and the people who take over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.helpline.models import Desk, Priority
from backend.helpline.understanding.emergency import is_despair, transport_wanted
from backend.helpline.understanding.loading import lexicons

PLACE = "emergency_place"
"""In a thread's ``awaits``: the next words are where somebody is in danger."""

DESPAIR = "despair"
"""In a thread's state: somebody spoke of wanting to die, and waits for a doctor."""

_SUMMARY = {
    "ambulance": "An ambulance is asked for.",
    "evacuation": "An evacuation is asked for.",
}


def emergency(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """Instructions and the country's number first; then the doctor's queue before all others (S0-80, S0-92).

    Who asks for an ambulance or an evacuation has it arranged by the helpline as a case of its own (S2-12). Where
    the person is, is asked in writing; on the telephone whoever answers asks it. Who speaks of wanting to die is
    spoken to in other words.
    """
    if is_despair(asker.heard(), lexicons().values()):
        return _despair(scope, asker)
    case = case_for(scope, asker, "emergency", Priority.URGENT, "Emergency words in a message.", desk=Desk.DOCTOR)
    transport = transport_wanted(asker.heard(), lexicons().values())
    if transport:
        case_for(scope, asker, transport, Priority.URGENT, _SUMMARY[transport])
    told = Reply.of("emergency", number=asker.brand.emergency_number, case=case.number)
    return Answer((told,), state={} if asker.channel == "voice" else {"awaits": PLACE})


def _despair(scope: Scope, asker: Asker) -> Answer:
    """Warm words, a doctor at once, what to do if it cannot wait, and the country's crisis line where there is one.

    Nobody is asked for a place: who writes on is answered, and a doctor asks what matters.
    """
    case = case_for(
        scope, asker, "emergency", Priority.URGENT, "Speaks of suicide or of harming themselves.", desk=Desk.DOCTOR
    )
    told = Reply.of("despair", number=asker.brand.emergency_number, case=case.number)
    return Answer((told, *_crisis_line(asker)), state={DESPAIR: True})


def _crisis_line(asker: Asker) -> tuple[Reply, ...]:
    line = asker.brand.crisis_line
    if not line:
        return ()
    if line.get("press"):
        return (Reply.of("crisis_line_key", line={"digits": line["number"]}, press=line["press"]),)
    return (Reply.of("crisis_line", line={"digits": line["number"]}),)
