"""Hold, release, consume, reverse: the only writers of utilisation.

Whoever writes locks the family's employee row first, so two requests cannot both see the same rupiah as
left. Every verb takes a key: the same key again gives the first answer and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from backend.access import Scope
from backend.benefits import queries, rules, stored
from backend.benefits.models import Benefit, UtilisationEntry
from backend.benefits.queries import Cover
from backend.benefits.rules import Entry, EntryKind, Usage, Use
from backend.errors import Conflict, NotFound, RuleRefused
from backend.gathering import remembered
from backend.kit.money import Money
from backend.members.models import Member

NO_COVER = "benefits.no_cover"
NOT_IN_PLAN = "benefits.not_in_plan"
KEY_REUSED = "benefits.key_reused"


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a benefit: how much, for how many days, visits or pieces, when, and as part of what.

    ``source_type`` and ``source_id`` name the claim, letter or case; ``case_key`` joins treatments of one
    disability under limits per case. ``granted`` is what a rule allows above a daily limit.
    """

    member_id: UUID
    benefit_code: str
    amount: Money
    happened_on: date
    source_type: str
    source_id: UUID
    count: int = 1
    case_key: str | None = None
    granted: Money | None = None


def hold(scope: Scope, ask: Ask, key: str) -> UtilisationEntry:
    """Reserve ``ask``; raises RuleRefused ``benefits.over_limit``, ``over_count``, ``no_cover``, ``not_in_plan``."""
    return _first_time(scope, ask, key, EntryKind.HOLD) or _write_checked(scope, ask, key, EntryKind.HOLD)


def consume(scope: Scope, ask: Ask, key: str) -> UtilisationEntry:
    """Use ``ask`` for good, freeing what its source held of this benefit; raises like ``hold``."""
    known = _first_time(scope, ask, key, EntryKind.CONSUME)
    if known is not None:
        return known
    rows = queries.entries_of_source(scope, ask.source_type, ask.source_id)
    _cancel(scope, [row for row in rows if row.benefit_code == ask.benefit_code], EntryKind.RELEASE, f"{key}/release")
    return _write_checked(scope, ask, key, EntryKind.CONSUME)


def consume_judged(scope: Scope, ask: Ask, key: str) -> UtilisationEntry:
    """Use for good what a judgement has already held within every limit; raises ``no_cover``, ``not_in_plan``.

    The judgement was made under the family's lock (``lock_family``), and it may grant a day more than its limit (a room
    one class higher), so limits are not asked again.
    """
    known = _first_time(scope, ask, key, EntryKind.CONSUME)
    if known is not None:
        return known
    rows = queries.entries_of_source(scope, ask.source_type, ask.source_id)
    _cancel(scope, [row for row in rows if row.benefit_code == ask.benefit_code], EntryKind.RELEASE, f"{key}/release")
    cover = queries.cover_on(scope, ask.member_id, ask.happened_on)
    if cover is None:
        raise RuleRefused(NO_COVER, {"on": ask.happened_on})
    line = next((one for one in queries.benefits_of(scope, cover.plan.id) if one.code == ask.benefit_code), None)
    if line is None:
        raise RuleRefused(NOT_IN_PLAN, {"benefit": ask.benefit_code})
    return _write(scope, _entry_of(ask, EntryKind.CONSUME), line.id, cover.employee_id, key)


def lock_family(scope: Scope, member_id: UUID) -> None:
    """Let nobody else hold or use the family's benefits until this transaction ends; raises NotFound."""
    _lock_family(scope, member_id)


def release(scope: Scope, source_type: str, source_id: UUID, key: str) -> None:
    """Free everything a source still holds, of every benefit; a source that holds nothing is left alone."""
    _undo(scope, source_type, source_id, key, EntryKind.RELEASE)


def reverse(scope: Scope, source_type: str, source_id: UUID, key: str) -> None:
    """Take back everything a source has used, of every benefit, by entries of its own."""
    _undo(scope, source_type, source_id, key, EntryKind.REVERSE)


def _first_time(scope: Scope, ask: Ask, key: str, kind: EntryKind) -> UtilisationEntry | None:
    """The entry of an earlier call with this key; otherwise the family is locked and None comes back."""
    if ask.amount.amount_minor < 0 or ask.count < 0:
        raise ValueError("held and used figures are never negative")
    known = queries.entry_by_key(scope, key)
    if known is None:
        _lock_family(scope, ask.member_id)
        known = queries.entry_by_key(scope, key)
    if known is None:
        return None
    same = (ask.member_id, ask.benefit_code, kind.value, ask.amount.amount_minor, ask.source_id)
    if (known.member_id, known.benefit_code, known.kind, known.amount_minor, known.source_id) != same:
        raise Conflict(KEY_REUSED)
    return known


@remembered
def _lock_family(scope: Scope, member_id: UUID) -> None:
    member = scope.session.get(Member, (scope.client_id, member_id))
    if member is None:
        raise NotFound()
    # NO KEY: whoever only points at the member with a foreign key need not wait.
    scope.session.execute(
        select(Member.id)
        .where(Member.client_id == scope.client_id, Member.id == (member.employee_id or member.id))
        .with_for_update(key_share=True)
    )


def _write_checked(scope: Scope, ask: Ask, key: str, kind: EntryKind) -> UtilisationEntry:
    cover = queries.cover_on(scope, ask.member_id, ask.happened_on)
    if cover is None:
        raise RuleRefused(NO_COVER, {"on": ask.happened_on})
    line = _line_within_limits(scope, cover, ask)
    return _write(scope, _entry_of(ask, kind), line.id, cover.employee_id, key)


def _entry_of(ask: Ask, kind: EntryKind) -> Entry:
    return Entry(
        ask.member_id,
        ask.benefit_code,
        kind,
        ask.amount.amount_minor,
        ask.count,
        ask.happened_on,
        ask.source_type,
        ask.source_id,
        ask.case_key,
    )


def _line_within_limits(scope: Scope, cover: Cover, ask: Ask) -> Benefit:
    lines, limits = queries.benefits_of(scope, cover.plan.id), queries.limits_of(scope, cover.plan.id)
    line = next((line for line in lines if line.code == ask.benefit_code), None)
    if line is None:
        raise RuleRefused(NOT_IN_PLAN, {"benefit": ask.benefit_code})
    sharing = stored.codes_by_pool(lines, limits)
    entries = queries.entries_of_family(scope, cover.employee_id)
    use = Use(ask.happened_on, ask.source_type, ask.source_id, ask.case_key)
    for row in limits:
        if row.benefit_id != line.id:
            continue
        limit = stored.as_limit(row, cover.plan.currency)
        codes = sharing[row.pool, row.basis] if row.pool else {line.code}
        usage = rules.usage_of(entries, limit, codes, ask.member_id, policy_year=cover.policy_year, use=use)
        refusal = rules.check(limit, usage, ask.amount, ask.count, ask.granted)
        if refusal is not None:
            raise RuleRefused.of(refusal)
    return line


def _undo(scope: Scope, source_type: str, source_id: UUID, key: str, kind: EntryKind) -> None:
    rows = queries.entries_of_source(scope, source_type, source_id)
    if not rows:
        return
    _lock_family(scope, rows[0].member_id)
    rows = queries.entries_of_source(scope, source_type, source_id)
    if not any(row.key.startswith(f"{key}/") for row in rows):
        _cancel(scope, rows, kind, key)


def _cancel(scope: Scope, rows: Sequence[UtilisationEntry], kind: EntryKind, key: str) -> None:
    """Write what brings the rows to nothing, day by day: each is undone in the policy year it counted in."""
    parts: dict[tuple[UUID, str, date, str | None], list[UtilisationEntry]] = {}
    for row in rows:
        parts.setdefault((row.member_id, row.benefit_code, row.happened_on, row.case_key), []).append(row)
    for number, part in enumerate(parts.values()):
        total = Usage()
        for row in part:
            total = total.after(stored.as_entry(row))
        minor, count = (
            (total.held_minor, total.held_count) if kind is EntryKind.RELEASE else (total.used_minor, total.used_count)
        )
        if minor or count:
            undone = replace(stored.as_entry(part[-1]), kind=kind, amount_minor=minor, count=count)
            _write(scope, undone, part[-1].benefit_id, part[-1].employee_id, f"{key}/{number}")


def _write(scope: Scope, entry: Entry, benefit_id: UUID, employee_id: UUID, key: str) -> UtilisationEntry:
    row = UtilisationEntry(
        client_id=scope.client_id,
        benefit_id=benefit_id,
        benefit_code=entry.benefit_code,
        member_id=entry.member_id,
        employee_id=employee_id,
        kind=entry.kind.value,
        amount_minor=entry.amount_minor,
        count=entry.count,
        happened_on=entry.happened_on,
        case_key=entry.case_key,
        source_type=entry.source_type,
        source_id=entry.source_id,
        key=key,
    )
    scope.session.add(row)
    scope.session.flush()
    return row
