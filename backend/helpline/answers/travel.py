"""Care away from home: transport, a bed, a translator, tickets are arranged by a person (S2-15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.helpline import service
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.helpline.models import Priority
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.travel import travel_wanted

JOURNEY = "travel"
"""In a thread's ``awaits``: the next words say where the journey goes, when, and who travels."""


def journey(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """A case with what is needed, and one question for what a person needs to know to arrange it (S2-15..S2-24)."""
    needs = travel_wanted(asker.heard(), lexicons().values()) or ()
    case = case_for(scope, asker, service.TRAVEL, Priority.NORMAL, "Care away from home is to be arranged.")
    service.want(scope, case, needs)
    named = [{"reply": f"travel_{need}", "args": {}} for need in needs]
    told = Reply.of("travel_needs", case=case.number, needs={"items": named}) if named else None
    return Answer((told or Reply.of("travel", case=case.number), Reply.of("travel_ask")), state={"awaits": JOURNEY})
