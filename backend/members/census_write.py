"""Writes decisions of a census import: members, enrolments and cards, and what became of each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, text

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import ClientFacts
from backend.kit import clock, ids
from backend.members import identity
from backend.members.bulk import insert_rows, update_rows
from backend.members.models import Card, CardStatus, CensusRow, Enrolment, Member
from backend.members.rules import numbers
from backend.members.rules.census import Problem
from backend.members.rules.census_decision import Decision

_MEMBER, _ENROLMENT = cast(Table, Member.__table__), cast(Table, Enrolment.__table__)
_CARD, _ROW = cast(Table, Card.__table__), cast(Table, CensusRow.__table__)
_ROWS_AT_ONCE = 5000
"""So that no statement comes near the timeout, however busy the machine is."""

# A first import fills tables of which PostgreSQL has no statistics yet: without this it joins a thousand given
# rows with the whole table, and checks foreign keys by reading it from the start.
_BY_INDEX = text("SELECT set_config('enable_seqscan', 'off', true), set_config('enable_mergejoin', 'off', true)")


def write(scope: Scope, client: ClientFacts, decisions: Sequence[Decision]) -> None:
    """Members, enrolments, cards and the audit record of some lines, in the scope's transaction."""
    scope.session.execute(_BY_INDEX)
    new = [decision for decision in decisions if decision.outcome == "new"]
    changed = [decision for decision in decisions if decision.outcome == "changed"]
    if new:
        _add_members(scope, client, new)
        _add_cards(scope, client, new)
    if changed:
        _change_members(scope, changed)
        _end_enrolments(scope, [decision for decision in changed if decision.plan_id])
    _enrol(scope, [decision for decision in (*new, *changed) if decision.plan_id])
    audit.record_many(scope, "create", "member", [decision.member_id for decision in new if decision.member_id])
    audit.record_many(scope, "update", "member", [decision.member_id for decision in changed if decision.member_id])


def _common(scope: Scope, rows: Sequence[Any]) -> dict[str, list[Any]]:
    return {
        "client_id": [scope.client_id] * len(rows),
        "id": [ids.new_id() for _ in rows],
        "created_at": [clock.now()] * len(rows),
    }


def _serials(scope: Scope, sequence: str, count: int) -> list[int]:
    rows = scope.session.execute(
        text("SELECT nextval(cast(:sequence AS regclass)) FROM generate_series(1, :count)"),
        {"sequence": sequence, "count": count},
    )
    return [row[0] for row in rows]


def _sealed(decision: Decision) -> bytes | None:
    given = decision.line.national_id
    return identity.sealed(decision.member_id, given) if given and decision.member_id else None


def _add_members(scope: Scope, client: ClientFacts, new: Sequence[Decision]) -> None:
    lines = [decision.line for decision in new]
    serials = _serials(scope, "member_number_seq", len(new))
    columns = _common(scope, new) | {
        "id": [decision.member_id for decision in new],
        "number": [numbers.member_number(serial) for serial in serials],
        "employee_id": [decision.employee_id for decision in new],
        "employee_number": [line.employee_number if line.is_employee else None for line in lines],
        "language": [line.language or client.default_language for line in lines],
        "national_id_cipher": [_sealed(decision) for decision in new],
        "national_id_fingerprint": [decision.national_id_mark for decision in new],
    }
    for name in ("relationship", "full_name", "birth_date", "sex", "phone", "email"):
        columns[name] = [getattr(line, name) for line in lines]
    insert_rows(scope, _MEMBER, columns)


def _add_cards(scope: Scope, client: ClientFacts, new: Sequence[Decision]) -> None:
    serials = _serials(scope, "card_number_seq", len(new))
    columns = _common(scope, new) | {
        "member_id": [decision.member_id for decision in new],
        "number": [numbers.card_number(serial) for serial in serials],
        "status": [CardStatus.ACTIVE.value] * len(new),
        "issued_on": [clock.today(client.timezone)] * len(new),
    }
    insert_rows(scope, _CARD, columns)


def _enrol(scope: Scope, enrolled: Sequence[Decision]) -> None:
    columns = _common(scope, enrolled) | {
        "member_id": [decision.member_id for decision in enrolled],
        "plan_id": [decision.plan_id for decision in enrolled],
        "starts_on": [decision.starts_on for decision in enrolled],
    }
    insert_rows(scope, _ENROLMENT, columns)


def _end_enrolments(scope: Scope, moved: Sequence[Decision]) -> None:
    columns: dict[str, list[Any]] = {
        "client_id": [scope.client_id] * len(moved),
        "member_id": [decision.member_id for decision in moved],
        "starts_on": [decision.starts_on for decision in moved],
    }
    update_rows(
        scope,
        _ENROLMENT,
        columns,
        "ends_on = given.starts_on - 1",
        "enrolment.client_id = given.client_id AND enrolment.member_id = given.member_id "
        "AND (enrolment.ends_on IS NULL OR enrolment.ends_on >= given.starts_on)",
    )


def _change_members(scope: Scope, changed: Sequence[Decision]) -> None:
    lines = [decision.line for decision in changed]
    names = ("full_name", "birth_date", "sex", "phone", "email", "language")
    columns: dict[str, list[Any]] = {
        "client_id": [scope.client_id] * len(changed),
        "id": [decision.member_id for decision in changed],
        **{name: [getattr(line, name) for line in lines] for name in names},
        "national_id_cipher": [_sealed(decision) for decision in changed],
        "national_id_fingerprint": [decision.national_id_mark for decision in changed],
    }
    kept = (*names, "national_id_cipher", "national_id_fingerprint")
    # An empty cell says nothing; it never takes away what is known.
    assignments = ", ".join(f"{name} = coalesce(given.{name}, member.{name})" for name in kept)
    update_rows(scope, _MEMBER, columns, assignments, "member.client_id = given.client_id AND member.id = given.id")


def _stored(problems: Iterable[Problem]) -> str:
    return json.dumps(
        [{"reason": one.reason, "figures": dict(one.figures), "warning": one.warning} for one in problems], default=str
    )


def keep_verdicts(
    scope: Scope, import_id: UUID, decisions: Sequence[Decision], unreadable: Sequence[tuple[int, list[Problem]]]
) -> None:
    """One row per line of the file; the members it names do not exist yet."""
    verdicts: list[tuple[int, str, str | None, str]] = [
        (one.line.line, one.outcome, one.line.employee_number, _stored(one.problems)) for one in decisions
    ]
    verdicts += [(line, "refused", None, _stored(problems)) for line, problems in unreadable]
    for start in range(0, len(verdicts), _ROWS_AT_ONCE):
        _insert_verdicts(scope, import_id, verdicts[start : start + _ROWS_AT_ONCE])


def _insert_verdicts(scope: Scope, import_id: UUID, verdicts: Sequence[tuple[int, str, str | None, str]]) -> None:
    columns = _common(scope, verdicts) | {
        "import_id": [import_id] * len(verdicts),
        "line": [verdict[0] for verdict in verdicts],
        "outcome": [verdict[1] for verdict in verdicts],
        "employee_number": [verdict[2] for verdict in verdicts],
        "problems": [verdict[3] for verdict in verdicts],
    }
    insert_rows(scope, _ROW, columns)


def settle_verdicts(scope: Scope, import_id: UUID, batch: Sequence[Decision]) -> None:
    """What became of some lines in the end."""
    columns: dict[str, list[Any]] = {
        "client_id": [scope.client_id] * len(batch),
        "import_id": [import_id] * len(batch),
        "line": [decision.line.line for decision in batch],
        "outcome": [decision.outcome for decision in batch],
        "problems": [_stored(decision.problems) for decision in batch],
        "member_id": [decision.member_id for decision in batch],
    }
    update_rows(
        scope,
        _ROW,
        columns,
        "outcome = given.outcome, problems = given.problems, member_id = given.member_id",
        "census_row.client_id = given.client_id AND census_row.import_id = given.import_id "
        "AND census_row.line = given.line",
    )
