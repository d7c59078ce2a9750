"""Every question to the registry, the networks and what is agreed; the search has a file of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from backend.access import Scope
from backend.benefits.models import Plan
from backend.clients import registry as clients
from backend.errors import NotFound
from backend.kit import clock
from backend.kit.money import Money
from backend.members.models import Enrolment, Member
from backend.providers.models import (
    Doctor,
    DoctorPractice,
    MarketPrice,
    NetworkProvider,
    PrimaryProvider,
    Provider,
    ProviderContract,
    RoomRate,
    TariffLine,
    TariffVersion,
)
from backend.providers.rules.market_line import StandardPrice, Unit
from backend.providers.rules.rooms import RoomClass
from backend.providers.rules.standing import Membership, Standing, standing
from backend.providers.rules.tariffs import ANY_ROOM, Agreed


def provider(scope: Scope, provider_id: UUID) -> Provider:
    """One provider, also a closed one; raises NotFound."""
    found = scope.session.get(Provider, provider_id)
    if found is None:
        raise NotFound()
    return found


def by_code(scope: Scope, country: str, codes: list[str]) -> Mapping[str, Provider]:
    """The providers with these registry codes."""
    query = select(Provider).where(Provider.country == country, Provider.code.in_(codes))
    return {row.code: row for row in scope.session.scalars(query)}


def countries(scope: Scope) -> list[str]:
    """The countries in which the registry knows anybody: a few steps through an index, however many they are."""
    rows = scope.unit.ask(
        (
            "WITH RECURSIVE known (country) AS (SELECT min(country) FROM provider UNION ALL "
            "SELECT (SELECT min(p.country) FROM provider p WHERE p.country > known.country) FROM known "
            "WHERE known.country IS NOT NULL) SELECT country FROM known WHERE country IS NOT NULL",
            {},
        )
    )
    return [row.country for row in rows]


def network_of(scope: Scope, member_id: UUID | None) -> str | None:
    """The network of a member's plan today; None without one (indemnity: any provider)."""
    if member_id is None:
        return None
    today = clock.today(clients.client_by_id(scope.client_id).timezone)
    return network_on(scope, member_id, today)


def network_on(scope: Scope, member_id: UUID, on: date) -> str | None:
    """The network of the plan that covers a member on a day; None without cover or without a network."""
    wanted = (
        select(Plan.network)
        .join(Enrolment, and_(Enrolment.client_id == Plan.client_id, Enrolment.plan_id == Plan.id))
        .where(
            Enrolment.client_id == scope.client_id,
            Enrolment.member_id == member_id,
            Enrolment.starts_on <= on,
            or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= on),
        )
    )
    return scope.session.scalar(wanted)


def network_standing(scope: Scope, provider_id: UUID, network: str | None, on: date) -> Standing:
    """Where a provider stands in a network of the client on a day, and why not when it does not; raises NotFound."""
    row = provider(scope, provider_id)
    found = scope.session.execute(
        select(NetworkProvider, ProviderContract)
        .join(ProviderContract, ProviderContract.id == NetworkProvider.contract_id, isouter=True)
        .where(
            NetworkProvider.client_id == scope.client_id,
            NetworkProvider.provider_id == provider_id,
            NetworkProvider.network == network,
        )
    )
    memberships = [
        Membership(one.valid_from, one.valid_until, one.cashless, contract.agreement if contract else None)
        for one, contract in found
    ]
    return standing(network, row.tier, memberships, on, open_=row.active)


def tariff_for(
    scope: Scope, provider_id: UUID, service_code: str, on: date, room_class: str = ANY_ROOM
) -> Agreed | None:
    """What one of a service costs at a provider by what was agreed on a day; None when nobody agreed on it."""
    found = tariffs_for(scope, provider_id, {service_code}, on)
    return found.get((service_code, room_class)) or found.get((service_code, ANY_ROOM))


def tariffs_for(
    scope: Scope, provider_id: UUID, service_codes: set[str] | None, on: date
) -> dict[tuple[str, str], Agreed]:
    """The agreed prices of some services (None: of all) on a day, by code and room class.

    The client's own agreement goes before the administrator's, which fills what the own one does not name.
    """
    version = _versions_in_force(provider_id, on).subquery()
    wanted = (
        select(TariffLine, version.c.number, version.c.currency, version.c.valid_from)
        .join(version, version.c.id == TariffLine.version_id)
        .order_by(version.c.client_id.nulls_first())
    )
    if service_codes is not None:
        wanted = wanted.where(TariffLine.service_code.in_(service_codes))
    return {
        (line.service_code, line.room_class): Agreed(
            line.service_code,
            line.name,
            Money(line.amount_minor, currency),
            line.version_id,
            number,
            valid_from,
            line.room_class,
            line.contents or {},
        )
        for line, number, currency, valid_from in scope.session.execute(wanted)
    }


def _versions_in_force(provider_id: UUID, on: date) -> Select[Any]:
    """The newest begun price list of every agreement that holds on a day: at most the own one and the common one."""
    holds = and_(
        ProviderContract.valid_from <= on,
        or_(ProviderContract.valid_until.is_(None), ProviderContract.valid_until >= on),
        or_(ProviderContract.suspended_from.is_(None), ProviderContract.suspended_from > on),
    )
    return (
        select(TariffVersion)
        .join(ProviderContract, ProviderContract.id == TariffVersion.contract_id)
        .where(TariffVersion.provider_id == provider_id, TariffVersion.valid_from <= on, holds)
        .ext(distinct_on(TariffVersion.contract_id))
        .order_by(TariffVersion.contract_id, TariffVersion.valid_from.desc())
    )


def market_prices(scope: Scope, country: str, service_codes: Collection[str], on: date) -> list[StandardPrice]:
    """The market's prices of some services that are in force in a country on a day, of all its regions (S2-44)."""
    wanted = select(MarketPrice).where(
        MarketPrice.country == country,
        MarketPrice.service_code.in_(service_codes),
        MarketPrice.valid_from <= on,
        or_(MarketPrice.valid_until.is_(None), MarketPrice.valid_until >= on),
    )
    return [
        StandardPrice(
            row.service_code,
            Unit(row.unit),
            Money(row.amount_minor, row.currency),
            row.region_code,
            row.valid_from,
            row.valid_until,
        )
        for row in scope.session.scalars(wanted)
    ]


def contract(scope: Scope, contract_id: UUID, *, lock: bool = False) -> ProviderContract:
    """One agreement, the client's own or a common one; raises NotFound, also for another client's."""
    found = scope.session.get(ProviderContract, contract_id, with_for_update=lock, populate_existing=lock)
    if found is None:
        raise NotFound()
    return found


def contracts_with(scope: Scope, provider_id: UUID) -> list[ProviderContract]:
    """The agreements with a provider that this client may know, the newest first."""
    wanted = select(ProviderContract).where(ProviderContract.provider_id == provider_id)
    return list(scope.session.scalars(wanted.order_by(ProviderContract.valid_from.desc(), ProviderContract.id)))


def doctor_by_code(scope: Scope, country: str, code: str) -> Doctor | None:
    """A doctor by registration code."""
    return scope.session.scalar(select(Doctor).where(Doctor.country == country, Doctor.code == code))


def contract_versions(scope: Scope, contract_id: UUID) -> list[TariffVersion]:
    """The price lists of an agreement, the newest first."""
    wanted = select(TariffVersion).where(TariffVersion.contract_id == contract_id)
    return list(scope.session.scalars(wanted.order_by(TariffVersion.valid_from.desc())))


def room_classes(scope: Scope, provider_id: UUID, on: date) -> list[RoomClass]:
    """The room classes of a facility with their rates on a day, the simplest first."""
    begun = (
        select(RoomRate)
        .where(RoomRate.provider_id == provider_id, RoomRate.valid_from <= on)
        .ext(distinct_on(RoomRate.code))
        .order_by(RoomRate.code, RoomRate.valid_from.desc())
    )
    rates = [row for row in scope.session.scalars(begun) if row.valid_until is None or row.valid_until >= on]
    return [
        RoomClass(row.rank, row.code, row.name, Money(row.rate_minor, row.currency))
        for row in sorted(rates, key=lambda one: (one.rank, one.code))
    ]


def doctors_at(scope: Scope, provider_id: UUID, on: date) -> list[tuple[Doctor, DoctorPractice]]:
    """Who sees patients at a facility on a day, by name, each with the schedule there."""
    wanted = (
        select(Doctor, DoctorPractice)
        .join(DoctorPractice, DoctorPractice.doctor_id == Doctor.id)
        .where(
            Doctor.active,
            DoctorPractice.provider_id == provider_id,
            DoctorPractice.valid_from <= on,
            or_(DoctorPractice.valid_until.is_(None), DoctorPractice.valid_until >= on),
        )
    )
    return [(row[0], row[1]) for row in scope.session.execute(wanted.order_by(Doctor.search_name, Doctor.id))]


def primary_choices(scope: Scope, member_id: UUID) -> list[PrimaryProvider]:
    """Every first-tier choice of a member that took or will take effect, the latest first."""
    scope.check_member(member_id)
    wanted = select(PrimaryProvider).where(
        PrimaryProvider.client_id == scope.client_id,
        PrimaryProvider.member_id == member_id,
        PrimaryProvider.replaced_at.is_(None),
    )
    return list(scope.session.scalars(wanted.order_by(PrimaryProvider.starts_on.desc())))


def lock_choices(scope: Scope, member_id: UUID) -> None:
    """Let nobody else choose for this member until the transaction ends."""
    scope.session.execute(
        select(Member.id).where(Member.client_id == scope.client_id, Member.id == member_id).with_for_update()
    )
