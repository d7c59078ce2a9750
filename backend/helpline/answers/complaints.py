"""Complaints: taken from everybody, registered with a deadline for a proved member."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.complaints import queries, service
from backend.complaints.rules import Category
from backend.helpline import rules
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.helpline.models import Priority


def check(_scope: Scope, _asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """The form's slots: a description has to say something."""
    told = slots.get("complaint_description")
    if isinstance(told, str) and len(told.strip()) < rules.SHORTEST_COMPLAINT:
        return Answer((Reply.of("complaint_too_short"),), slots={"complaint_description": None})
    return Answer(())


def submit(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Register it; from somebody who is not proved it goes to a person as a case (S0-94)."""
    emptied = {"complaint_description": None, "complaint_confirmed": None, "complaint_category": None}
    if slots.get("complaint_confirmed") is False:
        return Answer((Reply.of("complaint_dropped"),), slots=emptied)
    told = str(slots.get("complaint_description") or "").strip()
    if asker.member_id is None:
        case = case_for(scope, asker, "complaint", Priority.HIGH, told)
        return Answer((Reply.of("complaint_case", case=case.number),), slots=emptied)
    category = slots.get("complaint_category")
    made = service.lodge(
        asker.acting(scope),
        asker.member_id,
        category if category in set(Category) else Category.OTHER,
        told,
        channel=asker.channel,
        spoken=asker.channel == "voice",
    )
    by = {"date": made.resolve_by.isoformat()} if made.resolve_by else {"word": "unknown"}
    return Answer((Reply.of("complaint_lodged", number=made.number, resolve_by=by),), slots=emptied)


def status(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """The latest complaint and what comes next: our answer and when, what we wait for, or that it is there."""
    found = queries.complaints_of(asker.acting(scope), asker.proved())
    if not found:
        return Answer.of("complaint_none")
    latest = found[0]
    number, standing = {"digits": latest.number}, {"word": f"complaint_{latest.status}"}
    if latest.status in queries.ANSWERED:
        return Answer.of("complaint_status_ended", number=number, status=standing)
    if latest.information_by is not None:
        return Answer.of(
            "complaint_status_waiting", number=number, information_by={"date": latest.information_by.isoformat()}
        )
    reply = "complaint_status_late" if latest.overdue_at is not None else "complaint_status"
    return Answer.of(reply, number=number, status=standing, resolve_by={"date": latest.resolve_by.isoformat()})
