"""A census import at work: the file is read and judged, then written in batches that a dead worker cannot half do."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any
from uuid import UUID

from psycopg.errors import IntegrityError as DriverIntegrityError
from sqlalchemy.exc import IntegrityError

from backend.access import Scope, working_for
from backend.clients.registry import ClientFacts, client_by_id
from backend.errors import RuleRefused
from backend.kit import clock, ids, phone
from backend.members import census_file, census_load, census_write, identity
from backend.members.models import CensusImport, ImportState
from backend.members.rules import national_id
from backend.members.rules.census import Columns, Line, Problem, columns_of, read_line
from backend.members.rules.census_decision import Decision, decide

BATCH = 2000
UNREACHABLE_PHONE = "census.unreachable_phone"
CONFLICT = "census.conflict"
_HEADER_SEEN = 3


@dataclass(slots=True)
class Reading:
    """A file read to its end: lines that name a person, and those that cannot be one."""

    columns: Columns
    lines: list[tuple[Line, list[Problem], bytes | None]]
    unreadable: list[tuple[int, list[Problem]]]

    @property
    def total(self) -> int:
        """All lines below the header."""
        return len(self.lines) + len(self.unreadable)


def check(scope: Scope, import_id: UUID) -> None:
    """Judge every line without writing a member; the import is then ``checked``, or ``refused`` as a file."""
    row = census_load.locked(scope, import_id)
    if row.state != ImportState.UPLOADED.value:
        return
    client = client_by_id(scope.client_id)
    try:
        reading = _read(scope, row, client)
    except RuleRefused as error:
        row.state, row.refusal = ImportState.REFUSED.value, {"reason": error.reason, "figures": error.figures}
        row.content = None
        return
    decisions = _decide(scope, row, client, reading)
    census_write.keep_verdicts(scope, row.id, decisions, reading.unreadable)
    row.columns = {"recognised": dict(reading.columns.headers), "ignored": list(reading.columns.unknown)}
    row.counts, row.total_rows = _counts(decisions, reading), reading.total
    row.state = ImportState.CHECKED.value


def apply(client_id: UUID, import_id: UUID) -> None:
    """Write what was checked, batch by batch, each in a transaction of its own; going on after a death is safe."""
    with working_for(client_id) as scope:
        row = census_load.locked(scope, import_id)
        if row.state != ImportState.APPLYING.value:
            return
        done = row.done_rows
        reading = _read(scope, row, client_by_id(client_id))
        decisions = _decide(scope, row, client_by_id(client_id), reading)
    while done < len(decisions):
        batch = decisions[done : done + BATCH]
        if not _apply_batch(client_id, import_id, done, batch):
            return
        done += len(batch)
    with working_for(client_id) as scope:
        row = census_load.locked(scope, import_id)
        if row.state == ImportState.APPLYING.value:
            row.counts = census_load.counts(scope, import_id)
            row.state, row.applied_at = ImportState.APPLIED.value, clock.now()
            row.done_rows, row.content = row.total_rows, None


def _apply_batch(client_id: UUID, import_id: UUID, done: int, batch: list[Decision]) -> bool:
    with working_for(client_id) as scope:
        row = census_load.locked(scope, import_id)
        if row.state != ImportState.APPLYING.value or row.done_rows != done:
            return False
        client = client_by_id(client_id)
        if not _written(scope, client, batch):
            for decision in batch:
                if not _written(scope, client, [decision]):
                    decision.outcome, decision.member_id = "refused", None
                    decision.problems.append(Problem(CONFLICT))
        census_write.settle_verdicts(scope, import_id, batch)
        row.done_rows = done + len(batch)
    return True


def _written(scope: Scope, client: ClientFacts, batch: list[Decision]) -> bool:
    try:
        with scope.session.begin_nested():
            census_write.write(scope, client, batch)
    except (IntegrityError, DriverIntegrityError):
        return False
    return True


def _read(scope: Scope, row: CensusImport, client: ClientFacts) -> Reading:
    data = identity.ring().unseal(row.content or b"", content_context(row.id))
    today = clock.today(client.timezone)
    rows = census_file.lines(data, row.file_format)
    columns = _header(rows)
    reading = Reading(columns, [], [])
    for number, cells in rows:
        line, problems = read_line(number, cells, columns, today)
        if line is None:
            reading.unreadable.append((number, problems))
        else:
            reading.lines.append(_completed(client, line, problems))
    if not reading.total:
        raise RuleRefused("census.empty")
    return reading


def content_context(import_id: UUID) -> str:
    """What the sealed file is bound to."""
    return f"census_import.content:{import_id}"


def _header(rows: Iterator[tuple[int, list[Any]]]) -> Columns:
    """The header may stand below a title: the first of ten lines with three known columns."""
    best: Columns | None = None
    for _, (_, cells) in zip(range(10), rows, strict=False):
        columns = columns_of(cells)
        if best is None or len(columns.at) > len(best.at):
            best = columns
        if len(columns.at) >= _HEADER_SEEN:
            break
    if best is None:
        raise RuleRefused("census.empty")
    if best.missing:
        raise RuleRefused("census.missing_columns", {"columns": ", ".join(best.missing)})
    return best


def _completed(client: ClientFacts, line: Line, problems: list[Problem]) -> tuple[Line, list[Problem], bytes | None]:
    number, mark = line.phone, None
    if number:
        try:
            number = phone.normalise(number, client.country)
        except phone.InvalidPhone:
            number = None
            problems.append(Problem(UNREACHABLE_PHONE, warning=True))
    if line.national_id:
        mark = identity.fingerprint(client.id, line.national_id)
        if client.country == "ID":
            found = national_id.nik_warnings(identity.cleaned(line.national_id), line.birth_date, line.sex)
            problems += [Problem(reason, warning=True) for reason in found]
    return (dataclasses.replace(line, phone=number) if number != line.phone else line), problems, mark


def _decide(scope: Scope, row: CensusImport, client: ClientFacts, reading: Reading) -> list[Decision]:
    census = census_load.census(scope, row.effective_on, clock.today(client.timezone))
    return decide(census, reading.lines, (ids.new_id() for _ in repeat(None)))


def _counts(decisions: list[Decision], reading: Reading) -> dict[str, int]:
    found = Counter(decision.outcome for decision in decisions)
    found["refused"] += len(reading.unreadable)
    found["warnings"] = sum(any(problem.warning for problem in decision.problems) for decision in decisions)
    return {name: found[name] for name in ("new", "changed", "unchanged", "refused", "warnings")}


def default_effective_day(client: ClientFacts) -> date:
    """The first day of cover when neither the upload nor the line names one: today."""
    return clock.today(client.timezone)
