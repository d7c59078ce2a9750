"""Somebody is in danger: what to do now, whom to call, and the people who take over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.helpline.models import Desk, Priority
from backend.helpline.understanding.emergency import transport_wanted
from backend.helpline.understanding.loading import lexicons

PLACE = "emergency_place"
"""In a thread's ``awaits``: the next words are where somebody is in danger."""

_SUMMARY = {
    "ambulance": "An ambulance is asked for.",
    "evacuation": "An evacuation is asked for.",
}


def emergency(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """Instructions and the country's number first; then the doctor's queue before all others (S0-80, S0-92).

    Who asks for an ambulance or an evacuation has it arranged by the helpline as a case of its own (S2-12). Where
    the person is, is asked in writing; on the telephone whoever answers asks it.
    """
    case = case_for(scope, asker, "emergency", Priority.URGENT, "Emergency words in a message.", desk=Desk.DOCTOR)
    transport = transport_wanted(asker.heard(), lexicons().values())
    if transport:
        case_for(scope, asker, transport, Priority.URGENT, _SUMMARY[transport])
    told = Reply.of("emergency", number=asker.brand.emergency_number, case=case.number)
    return Answer((told,), state={} if asker.channel == "voice" else {"awaits": PLACE})
