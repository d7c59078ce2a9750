"""Every fact that a judgement asks the database for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select

from backend.access import Scope
from backend.adjudication import stored
from backend.adjudication.models import KeptJudgement, KeptLine
from backend.adjudication.rules import Accumulators, BenefitTerms, Bill, Calendar, Cover, Item, Place, PlanTerms, Tariff
from backend.adjudication.rules.rooms import RoomClass
from backend.benefits import queries as benefit_queries
from backend.benefits.models import Plan
from backend.benefits.rules import Period
from backend.clients import registry as clients
from backend.clients.queries import terms_on
from backend.errors import NotFound
from backend.gathering import remembered
from backend.kit.money import Money
from backend.members import queries as member_queries
from backend.members.models import CardStatus, Relationship
from backend.members.rules.cover import is_covered
from backend.providers import queries as provider_queries
from backend.providers.rules import Kind, Tier
from backend.providers.rules.market_line import Unit, standard_price
from backend.providers.rules.tariffs import ANY_ROOM

_BY_DAY = frozenset({Item.ROOM, Item.INTENSIVE_CARE})


@remembered
def cover_of(scope: Scope, member_id: UUID, on: date, supposed: PlanTerms | None = None) -> Cover:
    """The plan, the contract's terms and the member's standing on a day; raises NotFound for an unknown member.

    Whoever asks "what if" names the plan terms that are ``supposed`` to hold instead of the member's own.
    """
    patient = member_queries.member(scope, member_id)
    card = member_queries.card_in_use(scope, member_id)
    found = benefit_queries.cover_on(scope, member_id, on)
    covered = found is not None and is_covered(member_queries.periods_of(scope, member_id), patient.left_on, on)
    plan = PlanTerms({})
    if found is not None:
        plan = supposed or plan_terms(scope, found.plan)
    return Cover(
        member_id=member_id,
        since=found.covered_since if found is not None and covered else None,
        benefits=plan.benefits if covered else {},
        terms=terms_on(scope, on),
        child=patient.relationship == Relationship.CHILD,
        card_usable=card is None or card.status != CardStatus.SUSPENDED,
        network=plan.network,
    )


def plan_terms(scope: Scope, plan: Plan) -> PlanTerms:
    """What a stored plan version says."""
    return PlanTerms(terms_of_plan(scope, plan.id, plan.currency), plan.network)


@remembered
def terms_of_plan(scope: Scope, plan_id: UUID, currency: str) -> dict[str, BenefitTerms]:
    """The benefits of a plan version by their code, as the rules read them."""
    lines = benefit_queries.benefits_of(scope, plan_id)
    return stored.benefit_terms(lines, benefit_queries.limits_of(scope, plan_id), currency)


def accumulators_of(scope: Scope, member_id: UUID, as_of: datetime | None = None) -> Accumulators:
    """What the member's family held and used of every benefit, before a moment when one is named."""
    patient = member_queries.member(scope, member_id)
    family = patient.employee_id or patient.id
    if as_of is None:
        return Accumulators(benefit_queries.entries_of_family(scope, family))
    return Accumulators(benefit_queries.entries_of_family(scope, family, as_of))


def deductibles_of(
    scope: Scope, bill: Bill, cover: Cover, policy_year: Period, as_of: datetime | None = None
) -> dict[str, Money]:
    """What the member bore before of each deductible that lasts longer than a visit."""
    borne = {}
    for benefit in cover.benefits.values():
        if benefit.deductible is not None and benefit.deductible.per != "visit":
            year = policy_year if benefit.deductible.per == "year" else None
            minor = deductible_borne(scope, bill, benefit.code, year, as_of)
            borne[benefit.code] = Money(minor, bill.currency)
    return borne


def deductible_borne(scope: Scope, bill: Bill, benefit: str, year: Period | None, as_of: datetime | None = None) -> int:
    """Minor units of a deductible that binding judgements left to the member, in a year or in the bill's case."""
    wanted = (
        select(func.coalesce(func.sum(KeptLine.deductible_minor), 0))
        .join(
            KeptJudgement,
            (KeptJudgement.client_id == KeptLine.client_id) & (KeptJudgement.id == KeptLine.judgement_id),
        )
        .where(
            KeptJudgement.client_id == scope.client_id,
            KeptJudgement.member_id == bill.member_id,
            KeptJudgement.binding,
            KeptJudgement.source_id != bill.source_id,
            KeptLine.benefit_code == benefit,
        )
    )
    if as_of is not None:
        wanted = wanted.where(KeptJudgement.created_at < as_of)
    if year is not None:
        wanted = wanted.where(KeptJudgement.happened_on.between(year.first, year.last))
    else:
        wanted = wanted.where(KeptJudgement.case_key.is_not(None), KeptJudgement.case_key == bill.case_key)
    return int(scope.session.scalar(wanted) or 0)


def case_of(scope: Scope, member_id: UUID, diagnosis: str | None, on: date, days: int) -> str | None:
    """The case of an illness: the running one within the rejoin ``days``, else a new one; None while nobody named it.

    The key names no illness: it is a hash of the member with the first three characters of the ICD-10 code.
    """
    if diagnosis is None:
        return None
    illness = sha256(f"{member_id}:{diagnosis[:3]}".encode()).hexdigest()[:16]
    return case_within(scope, member_id, illness, on, days) or f"{illness}/{on:%Y%m%d}"


@remembered
def case_within(scope: Scope, member_id: UUID, illness: str, on: date, days: int) -> str | None:
    """The case that the member's latest treatment of an illness in the ``days`` before ``on`` belongs to."""
    wanted = select(KeptJudgement.case_key).where(
        KeptJudgement.client_id == scope.client_id,
        KeptJudgement.member_id == member_id,
        KeptJudgement.binding,
        KeptJudgement.case_key.startswith(illness, autoescape=True),
        KeptJudgement.happened_on.between(on - timedelta(days=days), on),
    )
    return scope.session.scalar(wanted.order_by(KeptJudgement.happened_on.desc()).limit(1))


def kept(scope: Scope, judgement_id: UUID) -> KeptJudgement:
    """One kept judgement; raises NotFound, also when it is about somebody the actor does not act for."""
    found = scope.session.get(KeptJudgement, (scope.client_id, judgement_id))
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    return found


def binding(scope: Scope, source_type: str, source_id: UUID) -> KeptJudgement | None:
    """The judgement that counts for a source; None while there is none, or none any more."""
    wanted = select(KeptJudgement).where(
        KeptJudgement.client_id == scope.client_id,
        KeptJudgement.source_type == source_type,
        KeptJudgement.source_id == source_id,
        KeptJudgement.binding,
    )
    return scope.session.scalars(wanted).one_or_none()


def kept_lines(scope: Scope, judgement_id: UUID) -> list[KeptLine]:
    """The lines of a kept judgement in the order of the bill."""
    wanted = select(KeptLine).where(KeptLine.client_id == scope.client_id, KeptLine.judgement_id == judgement_id)
    return list(scope.session.scalars(wanted.order_by(KeptLine.position)))


def exclusion_names(scope: Scope, member_id: UUID, on: date) -> dict[str, dict[str, str]]:
    """What the member's plan calls its exclusions, by code."""
    found = benefit_queries.cover_on(scope, member_id, on)
    lines = benefit_queries.benefits_of(scope, found.plan.id) if found else []
    return {one["code"]: one["names"] for line in lines for one in line.exclusions}


def calendar_of(scope: Scope, on: date) -> Calendar:
    """The policy year of a day."""
    return Calendar(benefit_queries.policy_year(scope, on))


def at_its_place(scope: Scope, bill: Bill, cover: Cover) -> Bill:
    """The bill with what the registry knows of the provider: network, tier, country, room classes.

    A provider that is not registered keeps what the bill says. Raises NotFound for an unknown id.
    """
    provider_id = bill.place.provider_id
    if provider_id is None:
        return bill
    row = provider_queries.provider(scope, provider_id)
    standing = provider_queries.network_standing(scope, provider_id, cover.network, bill.visit_on)
    place = Place(
        provider_id=provider_id,
        in_network=cover.network is None or standing.in_network,
        first_tier=standing.tier == Tier.FIRST,
        abroad=row.country != clients.client_by_id(scope.client_id).country,
        hospital=row.kind == Kind.HOSPITAL,
        country=row.country,
        region=row.region_code,
    )
    stay = bill.stay
    if stay is not None and not stay.classes:
        known = provider_queries.room_classes(scope, provider_id, bill.visit_on)
        stay = replace(stay, classes=tuple(RoomClass(one.rank, one.code, one.rate) for one in known))
    return replace(bill, place=place, stay=stay)


def tariffs_of(scope: Scope, bill: Bill) -> dict[str, Tariff]:
    """The prices that the services on the bill are held against: what was agreed, else the market's standard (S2-44).

    An agreed price of the member's room class goes before a common one, any agreed price before the market's, and the
    market's price of a smaller region before that of a larger one. All as of the day of the visit and in the currency
    of the bill.
    """
    codes = {line.service for line in bill.lines if line.service}
    if not codes:
        return {}
    agreed = _agreed(scope, bill, codes)
    return agreed | _of_market(scope, bill, codes - set(agreed))


def _agreed(scope: Scope, bill: Bill, codes: set[str]) -> dict[str, Tariff]:
    if bill.place.provider_id is None:
        return {}
    agreed = provider_queries.tariffs_for(scope, bill.place.provider_id, codes, bill.visit_on)
    made = {}
    for code in codes:
        price = agreed.get((code, bill.room_class or ANY_ROOM)) or agreed.get((code, ANY_ROOM))
        if price is not None and price.amount.currency == bill.currency:
            made[code] = Tariff(price.amount, agreed=True, version=f"{price.valid_from:%Y-%m-%d}/{price.version}")
    return made


def _of_market(scope: Scope, bill: Bill, codes: set[str]) -> dict[str, Tariff]:
    if not codes:
        return {}
    country = bill.place.country or clients.client_by_id(scope.client_id).country
    prices = provider_queries.market_prices(scope, country, codes, bill.visit_on)
    by_day = {line.service for line in bill.lines if line.item in _BY_DAY}
    made = {}
    for code in codes:
        unit = Unit.DAY if code in by_day else Unit.EACH
        price = standard_price(prices, code, unit, bill.place.region, bill.visit_on)
        if price is not None and price.amount.currency == bill.currency:
            where = f"{country}-{price.region_code}" if price.region_code else country
            made[code] = Tariff(price.amount, agreed=False, version=f"{price.valid_from:%Y-%m-%d}/{where}")
    return made
