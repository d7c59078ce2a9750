"""A claim's folder: what handing it in and deciding it asks, in one round trip, and what comes of it in another.

A draft that is handed in for the first time has no decision, no appeal and no use yet, which is why its folder can be
read at once; the function ``claim_folder`` locks the claim and the family first, in the order of the ordinary way.
``claim_settled`` writes all rows and posts behind the fund's lock last, so that the fund is held for that call and the
commit. Whatever is not that plain is done on the ordinary way instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import make_transient_to_detached

from backend.access import SYSTEM, Scope
from backend.adjudication import queries as adjudication
from backend.adjudication.rules import BenefitTerms
from backend.benefits import queries as benefits
from backend.benefits.models import Benefit, BenefitLimit, Plan
from backend.benefits.rules import Entry, EntryKind, Period
from backend.benefits.service import utilisation
from backend.claims import queries
from backend.claims.models import Claim, ClaimLine
from backend.claims.papers import bills_of, others_like
from backend.claims.queries import Attached
from backend.clients import queries as clients
from backend.clients.rules import CalendarChanges, ContractFacts, PlanYearFacts, Terms
from backend.documents.models import Document
from backend.errors import CareError
from backend.funds.queries.payments import times_taken_back
from backend.gathering import Gathered, Ungathered, row_of, values_of
from backend.members import queries as members
from backend.members.models import Card, Enrolment, Member

_FOLDER = "SELECT claim_folder(%s, %s)"
_SETTLED = "SELECT claim_settled(%s, %s)"
_TABLES = frozenset(
    {
        *("claim_event", "claim_decision", "judgement", "judgement_line", "utilisation_entry"),
        *("payable", "notification", "audit_record"),
    }
)
_CHANGES = ("status", "missing", "flags", "submit_by", "settle_by", "submitted_at", "complete_at", "refusal")
"""What ``claim_settled`` changes in a claim's row."""


@dataclass(frozen=True, slots=True)
class _OfPlan:
    benefits: list[Benefit]
    limits: list[BenefitLimit]
    terms: dict[str, BenefitTerms]


_plans: dict[tuple[UUID, str, str], _OfPlan] = {}
"""Benefits of plan versions by id, content and state of their rows; one that somebody is enrolled in never changes."""
_MOST_PLANS = 500


def at_once(scope: Scope, claim_id: UUID, verb: Callable[[Scope, UUID], Claim]) -> Claim | None:
    """Do ``verb`` to a draft with its folder at hand; None when that is not possible, and nothing was written then.

    A refusal is left to the ordinary way too: it may keep changes, and it is rare.
    """
    if scope.unit.memory is not None or scope.unit.holds(Claim, claim_id):
        return None
    read = _read(scope, claim_id)
    if read is None:
        return None
    unit = Gathered(scope.unit)
    gathering = Scope(
        unit,
        scope.client_id,
        scope.actor,
        language=lambda: scope.language,
        request_id=scope.request_id,
        channel=scope.channel,
    )
    try:
        claim = _open(gathering, unit, read)
        before = values_of(claim)
        verb(gathering, claim_id)
        _send(scope, unit, claim, before)
    except (CareError, Ungathered):
        return None
    make_transient_to_detached(claim)
    scope.session.add(claim)
    return claim


def _read(scope: Scope, claim_id: UUID) -> dict[str, Any] | None:
    row = scope.unit.raw().execute(_FOLDER, (scope.client_id, claim_id), prepare=True).fetchone()
    return orjson.loads(row[0]) if row and row[0] else None


def _open(scope: Scope, unit: Gathered, read: Mapping[str, Any]) -> Claim:
    """Let every question of the use case know its answer; raises NotFound for somebody else's claim."""
    claim = row_of(Claim, read["claim"])
    scope.check_member(claim.member_id)
    unit.know(queries.claim_to_change, claim.id, answer=claim)
    unit.know(queries.lines_of, claim.id, answer=[row_of(ClaimLine, line) for line in read["lines"]])
    papers = [Attached(UUID(one[0]), one[1], datetime.fromisoformat(one[2])) for one in read["papers"]]
    unit.know(queries.attached_to, claim.id, answer=papers)
    unit.know(queries.readings_of, claim.id, answer=read["readings"])
    if not read["same_file"]:
        unit.know(queries.claims_with_the_same_files, claim.id, answer=[])
    if not read["same_day_and_amount"]:
        unit.know_nothing(queries.claims_of_the_same_day_and_amount, [])
    unit.know(bills_of, claim.id, answer=[row_of(Document, one) for one in read["bills"]])
    if not read["others_like"]:
        unit.know(others_like, claim.id, answer=({}, {}))
    for ask, nothing in _NOTHING_YET:
        unit.know_nothing(ask, nothing)
    _open_cover(unit, claim, read)
    return claim


_NOTHING_YET: tuple[tuple[Callable[..., Any], Any], ...] = (
    (queries.decision_of, None),
    (queries.appeals_of, []),
    (benefits.entry_by_key, None),
    (benefits.entries_of_source, []),
    (times_taken_back, 0),
)


def _open_cover(unit: Gathered, claim: Claim, read: Mapping[str, Any]) -> None:
    assert claim.visit_on is not None, "a folder is only made for a claim with its day"
    patient = row_of(Member, read["member"])
    family = patient.employee_id or patient.id
    enrolments = [row_of(Enrolment, one) for one in read["enrolments"]]
    unit.know(members.member, patient.id, answer=patient)
    unit.know(utilisation._lock_family, patient.id, answer=None)
    unit.know(members.enrolments_of, patient.id, answer=enrolments)
    unit.know(members.card_in_use, patient.id, answer=row_of(Card, read["card"]) if read["card"] else None)
    contracts, years, changes = _agreed(read["contracts"], read["plan_years"], read["calendar"])
    unit.know(clients.contracts, answer=contracts)
    unit.know(clients.plan_years, answer=years)
    unit.know(clients.calendar_changes, answer=changes)
    unit.know(benefits.entries_of_family, family, answer=[_entry(one) for one in read["entries"]])
    if read["plan"] is None:
        return
    plan = row_of(Plan, read["plan"])
    policy_year = _policy_year(years, claim.visit_on)
    since = min(one.starts_on for one in enrolments)
    cover = benefits.Cover(patient.id, family, plan, since, policy_year)
    unit.know(benefits.cover_on, patient.id, claim.visit_on, answer=cover)
    unit.know(benefits.policy_year, claim.visit_on, answer=policy_year)
    known = _of_plan(unit, plan, read["benefits_state"])
    unit.know(benefits.benefits_of, plan.id, answer=known.benefits)
    unit.know(benefits.limits_of, plan.id, answer=known.limits)
    unit.know(adjudication.terms_of_plan, plan.id, plan.currency, answer=known.terms)


def _policy_year(years: Sequence[PlanYearFacts], on: date) -> Period:
    for year in years:
        if year.starts_on <= on <= year.ends_on:
            return Period(year.starts_on, year.ends_on)
    return Period(date(on.year, 1, 1), date(on.year, 12, 31))


def _of_plan(unit: Gathered, plan: Plan, state: str) -> _OfPlan:
    key = (plan.id, plan.digest, state)
    if key not in _plans:
        asking = Scope(unit, plan.client_id, SYSTEM)
        found = _OfPlan(
            benefits.benefits_of(asking, plan.id),
            benefits.limits_of(asking, plan.id),
            adjudication.terms_of_plan(asking, plan.id, plan.currency),
        )
        for row in (*found.benefits, *found.limits):
            unit.session.expunge(row)
        if len(_plans) >= _MOST_PLANS:
            _plans.clear()
        _plans[key] = found
    return _plans[key]


@lru_cache(maxsize=256)
def _agreed(
    contracts: str, years: str, calendar: str
) -> tuple[list[ContractFacts], list[PlanYearFacts], CalendarChanges]:
    """What rarely changes, by its text: contracts, plan years, the client's own free and worked days."""
    days = [(date.fromisoformat(day), working) for day, working in orjson.loads(calendar)]
    return (
        [
            ContractFacts(
                UUID(key), number, product, date.fromisoformat(first), date.fromisoformat(last), Terms.of(terms)
            )
            for key, number, product, first, last, terms in orjson.loads(contracts)
        ],
        [
            PlanYearFacts(UUID(one[0]), UUID(one[1]), date.fromisoformat(one[2]), date.fromisoformat(one[3]))
            for one in orjson.loads(years)
        ],
        CalendarChanges(
            frozenset(day for day, working in days if not working), frozenset(day for day, working in days if working)
        ),
    )


def _entry(one: Sequence[Any]) -> Entry:
    return Entry(
        UUID(one[0]),
        one[1],
        EntryKind(one[2]),
        one[3],
        one[4],
        date.fromisoformat(one[5]),
        one[6],
        UUID(one[7]),
        one[8],
    )


def _send(scope: Scope, unit: Gathered, claim: Claim, before: Mapping[str, Any]) -> None:
    rows = unit.gathered()
    after = values_of(claim)
    changed = {name for name, value in after.items() if value != before[name]}
    if not changed <= set(_CHANGES) or not rows.keys() <= _TABLES:
        raise Ungathered
    sent = {
        "claim": {name: after[name] for name in ("client_id", "id", *_CHANGES)},
        "rows": rows,
        "jobs": unit.jobs,
        "entry": unit.posting,
    }
    text = orjson.dumps(sent, default=str).decode()
    row = scope.unit.raw().execute(_SETTLED, (scope.client_id, text), prepare=True).fetchone()
    if row is None or row[0] != "written":
        raise Ungathered
