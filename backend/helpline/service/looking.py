"""What the desk shows: the queue, a case, its thread, who else has it open. Every look at a person is recorded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import case as sql_case
from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import NotFound
from backend.helpline import queries, queue, thread
from backend.helpline.models import CaseWatch, Desk, HelplineCase
from backend.helpline.queue import Place, Wanted
from backend.helpline.rules import cases as rules
from backend.helpline.service.steps import shown_step
from backend.kit import clock, ids
from backend.kit.pages import Cursor
from backend.staffing import queries as staff
from backend.staffing import service as staffing


def page(
    scope: Scope,
    *,
    state: str | None = None,
    desk: str | None = None,
    mine: bool = False,
    q: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """A page of the queue; without a state and without words everything that is not closed. Raises BadCursor."""
    wanted = Wanted(state, desk, mine, " ".join(q.split()))
    rows = queue.page(scope, wanted, Place.decode(cursor), limit + 1)
    following = queue.place_of(rows[limit - 1][0], state).encode() if len(rows) > limit else None
    audit.record_listing(scope, "helpline_case", [row[0].member_id for row in rows[:limit]])
    return {"items": [queue.shown(row) for row in rows[:limit]], "next_cursor": following}


def look(scope: Scope, case_id: UUID) -> dict[str, Any]:
    """A case with everything that happened to it and who else looks at it. Raises NotFound."""
    found = detail(scope, case_id)
    member = found["member"]
    audit.record_look(scope, "helpline_case", case_id, member_id=member["id"] if member else None)
    return found


def detail(scope: Scope, case_id: UUID) -> dict[str, Any]:
    """The same without a record, for who has just worked on it. Raises NotFound."""
    scope.session.flush()
    row = scope.session.execute(
        queue.shown_cases(scope).where(HelplineCase.id == case_id), execution_options={"populate_existing": True}
    ).one_or_none()
    if row is None:
        raise NotFound()
    case: HelplineCase = row[0]
    return queue.shown(row) | {
        "summary": case.summary,
        "outcome": case.outcome,
        "filled": case.filled,
        "version": case.version,
        "events": [shown_step(scope, step, name) for step, name in queries.events(scope, case.id)],
        "watchers": _watchers(scope, case.id),
    }


def read_thread(scope: Scope, case_id: UUID, cursor: str | None, limit: int) -> dict[str, Any]:
    """A page of the thread of a case, its end first; the look is recorded. Raises NotFound, BadCursor."""
    case = queries.case(scope, case_id)
    audit.record_look(scope, "conversation", case.conversation_id, member_id=case.member_id)
    return thread.page(scope, case.conversation_id, Cursor.after(cursor), limit)


def watch(scope: Scope, case_id: UUID, *, typing: bool) -> dict[str, Any]:
    """A heartbeat of an open case: colleagues see who looks and who types for 20 seconds; returns those of others.

    Raises NotFound.
    """
    queries.case(scope, case_id)
    now = clock.now()
    gone = or_(CaseWatch.looked_at.is_(None), CaseWatch.looked_at < now - rules.LOOKS_FOR)
    fields = {"looked_at": now, "typed_at": now if typing else None}
    _keep(scope, case_id, fields | {"since": now}, {"since": sql_case((gone, now), else_=CaseWatch.since)} | fields)
    return {"watchers": _watchers(scope, case_id)}


def seen(scope: Scope, case_id: UUID) -> None:
    """The actor has read the thread up to now. Raises NotFound."""
    queries.case(scope, case_id)
    fields = {"seen_at": clock.now()}
    _keep(scope, case_id, fields, fields)


def colleagues(scope: Scope) -> dict[str, Any]:
    """Who can be handed a case: role, languages, whether they are on duty, how many cases they have."""
    now, load = clock.now(), queries.load(scope)
    spoken = client_by_id(scope.client_id).languages
    present = {one.staff_id for desk in Desk for one in staffing.on_duty(scope, now, desk.value)}
    return {
        "items": [
            {
                "id": person.id,
                "name": person.name,
                "role": person.role,
                "languages": spoken if person.languages is None else person.languages,
                "state": "available" if person.id in present else "away",
                "open_cases": load.get(person.id, 0),
            }
            for person in staff.colleagues(scope)
        ]
    }


def _watchers(scope: Scope, case_id: UUID) -> list[dict[str, Any]]:
    since = clock.now() - rules.LOOKS_FOR
    return [
        {
            "id": watching.staff_id,
            "name": name,
            "typing": watching.typed_at is not None and watching.typed_at > since,
            "since": watching.since,
        }
        for watching, name in queries.watchers(scope, case_id, since)
    ]


def _keep(scope: Scope, case_id: UUID, new: dict[str, Any], changed: dict[str, Any]) -> None:
    now = clock.now()
    values = {
        "client_id": scope.client_id,
        "id": ids.new_id(),
        "created_at": now,
        "since": now,
        "case_id": case_id,
        "staff_id": scope.actor.id,
    }
    scope.session.execute(
        insert(CaseWatch)
        .values(**(values | new))
        .on_conflict_do_update(index_elements=["client_id", "case_id", "staff_id"], set_=changed)
    )
