"""Decided claims judged again by the rules of today, by the terms and the use of their own day; nothing is written.

A page of claims is read with a handful of statements whatever is on it, and judged in memory. What the family had used
is what stood in its book when the claim was judged: entries that came later do not count. What no row tells of that day
is taken as it is now: whether a card is stopped, what the registry says of the provider, which referrals hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from backend.access import SYSTEM, Scope
from backend.adjudication import queries as adjudication
from backend.adjudication import record
from backend.adjudication import service as judging
from backend.adjudication.models import KeptJudgement, KeptLine
from backend.adjudication.rules import Judgement, Step
from backend.benefits import queries as benefits
from backend.benefits.models import UtilisationEntry
from backend.benefits.stored import as_entry
from backend.claims import queries
from backend.claims.bill import bill_of
from backend.claims.models import Claim, ClaimDecision, ClaimLine
from backend.gathering import Gathered
from backend.kit.money import Money
from backend.members import queries as members
from backend.members.models import Card, CardStatus, Enrolment, Member

_PARTS = ("plan", "other", "member", "provider")


@dataclass(frozen=True, slots=True)
class Window:
    """Which claims: by their day of treatment, both days included; None has no end."""

    since: date | None = None
    until: date | None = None

    def conditions(self, scope: Scope) -> list[ColumnElement[bool]]:
        """Decided claims of the client in this window."""
        wanted = [
            Claim.client_id == scope.client_id,
            ClaimDecision.client_id == Claim.client_id,
            ClaimDecision.claim_id == Claim.id,
            ClaimDecision.state == "in_force",
        ]
        if self.since is not None:
            wanted.append(Claim.visit_on >= self.since)
        if self.until is not None:
            wanted.append(Claim.visit_on <= self.until)
        return wanted


@dataclass(frozen=True, slots=True)
class Moved:
    """What one rule took from a claim then and takes now; minor units."""

    rule: str
    then: int
    now: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """One claim: whether anybody would pay another amount, and the rules that speak differently."""

    claim_id: UUID
    number: str
    version: str
    plan_then: Money
    plan_now: Money
    amounts_differ: bool
    moved: tuple[Moved, ...]

    @property
    def same(self) -> bool:
        """Nothing differs, no amount and no rule."""
        return not self.amounts_differ and not self.moved


def count(scope: Scope, window: Window) -> int:
    """How many claims there are to judge again."""
    return scope.session.scalar(select(func.count()).select_from(Claim).where(*window.conditions(scope))) or 0


def page(scope: Scope, window: Window, after: UUID | None, limit: int) -> list[Replayed]:
    """The next ``limit`` claims by their id, judged again."""
    wanted = select(Claim, ClaimDecision.judgement_id).where(*window.conditions(scope))
    if after is not None:
        wanted = wanted.where(Claim.id > after)
    rows = scope.session.execute(wanted.order_by(Claim.id).limit(limit)).all()
    if not rows:
        return []
    kept = _kept(scope, [row.judgement_id for row in rows])
    unit = Gathered(scope.unit)
    reading = Scope(unit, scope.client_id, SYSTEM)
    claims = [row.Claim for row in rows]
    _know_members(scope, unit, claims)
    _know_lines(scope, unit, claims)
    _know_use(scope, unit, claims, {row.Claim.id: kept[row.judgement_id].judgement.created_at for row in rows})
    return [_again(reading, row.Claim, kept[row.judgement_id]) for row in rows]


@dataclass(slots=True)
class _Kept:
    judgement: KeptJudgement
    lines: list[KeptLine]


def _kept(scope: Scope, ids: Sequence[UUID]) -> dict[UUID, _Kept]:
    judgements = select(KeptJudgement).where(KeptJudgement.client_id == scope.client_id, KeptJudgement.id.in_(ids))
    found = {row.id: _Kept(row, []) for row in scope.session.scalars(judgements)}
    lines = select(KeptLine).where(KeptLine.client_id == scope.client_id, KeptLine.judgement_id.in_(ids))
    for line in scope.session.scalars(lines.order_by(KeptLine.judgement_id, KeptLine.position)):
        found[line.judgement_id].lines.append(line)
    return found


def _know_members(scope: Scope, unit: Gathered, claims: Sequence[Claim]) -> None:
    ids = {claim.member_id for claim in claims}
    patients = select(Member).where(Member.client_id == scope.client_id, Member.id.in_(ids))
    for patient in scope.session.scalars(patients):
        unit.know(members.member, patient.id, answer=patient)
    enrolments: dict[UUID, list[Enrolment]] = {one: [] for one in ids}
    wanted = select(Enrolment).where(Enrolment.client_id == scope.client_id, Enrolment.member_id.in_(ids))
    for enrolment in scope.session.scalars(wanted.order_by(Enrolment.starts_on.desc())):
        enrolments[enrolment.member_id].append(enrolment)
    cards: dict[UUID, Card | None] = dict.fromkeys(ids)
    in_use = (CardStatus.ACTIVE.value, CardStatus.SUSPENDED.value)
    held = select(Card).where(Card.client_id == scope.client_id, Card.member_id.in_(ids), Card.status.in_(in_use))
    for card in scope.session.scalars(held):
        cards[card.member_id] = card
    for member_id in ids:
        unit.know(members.enrolments_of, member_id, answer=enrolments[member_id])
        unit.know(members.card_in_use, member_id, answer=cards[member_id])
    reading = Scope(unit, scope.client_id, SYSTEM)
    for claim in claims:
        if claim.visit_on is not None:
            _know_cover(reading, unit, claim.member_id, claim.visit_on, enrolments[claim.member_id])


def _know_cover(scope: Scope, unit: Gathered, member_id: UUID, on: date, enrolments: Sequence[Enrolment]) -> None:
    held = next((one for one in enrolments if one.starts_on <= on and (one.ends_on is None or one.ends_on >= on)), None)
    cover = None
    if held is not None:
        patient = members.member(scope, member_id)
        since = min(one.starts_on for one in enrolments)
        plan = benefits.plan(scope, held.plan_id)
        year = benefits.policy_year(scope, on)
        cover = benefits.Cover(member_id, patient.employee_id or patient.id, plan, since, year)
    unit.know(benefits.cover_on, member_id, on, answer=cover)


def _know_lines(scope: Scope, unit: Gathered, claims: Sequence[Claim]) -> None:
    lines: dict[UUID, list[ClaimLine]] = {claim.id: [] for claim in claims}
    wanted = select(ClaimLine).where(ClaimLine.client_id == scope.client_id, ClaimLine.claim_id.in_(lines))
    for line in scope.session.scalars(wanted.order_by(ClaimLine.claim_id, ClaimLine.position)):
        lines[line.claim_id].append(line)
    for claim_id, found in lines.items():
        unit.know(queries.lines_of, claim_id, answer=found)
    # A case is the one that the claim was counted in; it is taken from the judgement that is replayed.
    unit.know_nothing(adjudication.case_within, None)


def _know_use(scope: Scope, unit: Gathered, claims: Sequence[Claim], judged: Mapping[UUID, datetime]) -> None:
    reading = Scope(unit, scope.client_id, SYSTEM)
    families = {}
    for claim in claims:
        patient = members.member(reading, claim.member_id)
        families[claim.id] = patient.employee_id or patient.id
    entries: defaultdict[UUID, list[Any]] = defaultdict(list)
    columns = UtilisationEntry.__table__.c
    of_families = columns.employee_id.in_(set(families.values()))
    wanted = select(UtilisationEntry.__table__).where(columns.client_id == scope.client_id, of_families)
    for row in scope.session.execute(wanted):
        entries[row.employee_id].append((row.created_at, as_entry(row)))  # type: ignore[arg-type]
    for claim in claims:
        moment, family = judged[claim.id], families[claim.id]
        then = [entry for written, entry in entries[family] if written < moment]
        unit.know(benefits.entries_of_family, family, moment, answer=then)


def _again(scope: Scope, claim: Claim, kept: _Kept) -> Replayed:
    assert claim.visit_on is not None, "a decided claim has its day"
    cover = adjudication.cover_of(scope, claim.member_id, claim.visit_on)
    bill = replace(bill_of(scope, claim, cover), case_key=kept.judgement.case_key)
    now = judging.judge(scope, bill, as_of=kept.judgement.created_at)
    then = {line.line_key: line for line in kept.lines}
    differ = len(then) != len(now.lines) or any(
        line.key not in then
        or any(getattr(line.shares, part).amount_minor != getattr(then[line.key], f"{part}_minor") for part in _PARTS)
        for line in now.lines
    )
    return Replayed(
        claim.id,
        claim.number,
        kept.judgement.version,
        Money(kept.judgement.plan_minor, claim.currency),
        now.shares.plan,
        differ,
        _moved(kept.lines, now),
    )


def _moved(then: Sequence[KeptLine], now: Judgement) -> tuple[Moved, ...]:
    before = _by_rule([step for line in then for step in record.read(line.steps)])
    after = _by_rule([step for line in now.lines for step in line.steps])
    rules = sorted(before.keys() | after.keys())
    both = [Moved(rule, sum(before.get(rule, ())), sum(after.get(rule, ()))) for rule in rules]
    return tuple(one for one in both if before.get(one.rule) != after.get(one.rule))


def _by_rule(steps: Sequence[Step]) -> dict[str, list[int]]:
    """What each rule took at every step it left, in order."""
    found: dict[str, list[int]] = {}
    for step in steps:
        minor = step.moved.amount_minor if isinstance(step.moved, Money) else 0
        found.setdefault(step.rule.value, []).append(minor)
    return found
