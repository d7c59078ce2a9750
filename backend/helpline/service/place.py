"""Where somebody in danger is: on the cases of the emergency, for the doctor and for whoever sends help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from backend.access import Scope
from backend.helpline import queries
from backend.helpline.models import HelplineCase
from backend.helpline.service.opening import join
from backend.kit import clock

_REASONS = ("emergency", "ambulance", "evacuation")
_TRANSPORT = ("ambulance", "evacuation")
_LASTS = timedelta(hours=6)
"""A place told later than this belongs to something else."""


def emergency_of(scope: Scope, conversation_id: UUID) -> HelplineCase | None:
    """The emergency of a thread that somebody is still in, if there is one."""
    case = queries.open_case_of(scope, conversation_id, "emergency")
    return case if case is not None and clock.now() - case.created_at < _LASTS else None


def transport_of(scope: Scope, conversation_id: UUID) -> HelplineCase | None:
    """The ambulance or evacuation that is being arranged for a thread."""
    found = (queries.open_case_of(scope, conversation_id, reason) for reason in _TRANSPORT)
    return next((case for case in found if case is not None), None)


def tell_place(scope: Scope, conversation_id: UUID, words: str, location: Mapping[str, float] | None) -> None:
    """Put a shared pin or the words for a place on every case of the thread's emergency."""
    filled = {"location": dict(location)} if location else {"place": words}
    shown = f"{location['latitude']}, {location['longitude']}" if location else words
    for reason in _REASONS:
        case = queries.open_case_of(scope, conversation_id, reason)
        if case is not None:
            case.filled = {**case.filled, **filled}
            join(scope, case.id, shown)
