"""What people do: agents, and the topics that a person still works on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.models import Priority


def handover(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """A person of the helpline (S0-95)."""
    case = case_for(scope, asker, "person", Priority.NORMAL, "Asks for a person.")
    return Answer.of("handover", case=case.number)


def contact(_scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """Numbers and hours, which are the client's brand (S1-1..S1-5, S2-55)."""
    line = asker.brand.hotline
    return Answer.of(
        "contact",
        voice=line.shown if asker.channel != "voice" else line.voice,
        whatsapp=line.whatsapp,
        hours=line.hours,
        desk=asker.brand.card_desk.phone,
        desk_hours=asker.brand.card_desk.hours,
    )


def excess(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """What an excess is; the person's own is explained by a person."""
    return _by_a_person(scope, asker, "excess", "case_excess", slots)


def cob(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Public insurance together with this plan."""
    return _by_a_person(scope, asker, "coordination", "case_cob", slots)


def _by_a_person(scope: Scope, asker: Asker, reason: str, reply_id: str, slots: Mapping[str, Any]) -> Answer:
    case = case_for(scope, asker, reason, Priority.NORMAL, _details(slots))
    return Answer.of(reply_id, case=case.number)


def _details(slots: Mapping[str, Any]) -> str:
    return ", ".join(str(slots[name]) for name in ("benefit", "specialty", "provider_kind") if slots.get(name))
