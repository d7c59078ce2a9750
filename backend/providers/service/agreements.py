"""What the administrator agrees with facilities: contracts, networks, price lists, rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import RuleRefused
from backend.kit.money import Money
from backend.providers import queries
from backend.providers.models import (
    NetworkProvider,
    ProviderContract,
    RoomRate,
    TariffLine,
    TariffVersion,
)
from backend.providers.rules.tariffs import ANY_ROOM


@dataclass(frozen=True, slots=True)
class Price:
    """A line of a price list; with ``contents`` a package."""

    service_code: str
    name: str
    amount_minor: int
    room_class: str = ANY_ROOM
    contents: Mapping[str, int] | None = None


def sign_contract(scope: Scope, provider_id: UUID, facts: Mapping[str, Any], *, common: bool) -> ProviderContract:
    """A new agreement, the administrator's for every client (``common``) or this client's own.

    Raises NotFound, RuleRefused ``providers.contract_overlaps`` when the same side has one in that time.
    """
    queries.provider(scope, provider_id)
    row = ProviderContract(client_id=None if common else scope.client_id, provider_id=provider_id, **facts)
    stored(scope, row, "providers.contract_overlaps")
    audit.record(scope, "create", "provider_contract", row.id)
    return row


def change_contract(scope: Scope, contract_id: UUID, changes: Mapping[str, Any]) -> ProviderContract:
    """Suspend, resume, end or prolong an agreement, or change how it pays; prices and past days stay as they were.

    Raises NotFound, RuleRefused ``providers.period_backwards`` or ``providers.contract_overlaps``.
    """
    row = queries.contract(scope, contract_id, lock=True)
    until = changes.get("valid_until", row.valid_until)
    if until is not None and until < row.valid_from:
        raise RuleRefused("providers.period_backwards")
    for name, value in changes.items():
        setattr(row, name, value)
    stored(scope, row, "providers.contract_overlaps")
    audit.record(scope, "update", "provider_contract", row.id, fields=sorted(changes))
    return row


def put_in_network(
    scope: Scope, contract_id: UUID, network: str, valid_from: date, valid_until: date | None = None
) -> NetworkProvider:
    """The provider of an agreement belongs to a network of the client, as long as both last.

    Raises NotFound, RuleRefused ``providers.already_in_network``.
    """
    contract = queries.contract(scope, contract_id)
    row = NetworkProvider(
        client_id=scope.client_id,
        provider_id=contract.provider_id,
        network=network,
        valid_from=valid_from,
        valid_until=valid_until,
        cashless=contract.cashless,
        contract_id=contract.id,
    )
    stored(scope, row, "providers.already_in_network")
    audit.record(scope, "create", "network_provider", row.id)
    return row


def agree_prices(
    scope: Scope, contract_id: UUID, valid_from: date, prices: Sequence[Price], currency: str
) -> TariffVersion:
    """A new price list from a day on; the earlier ones stay as they are (S2-40).

    Raises NotFound, RuleRefused ``providers.tariff_version_exists``.
    """
    contract = queries.contract(scope, contract_id, lock=True)
    versions = queries.contract_versions(scope, contract_id)
    if any(one.valid_from == valid_from for one in versions):
        raise RuleRefused("providers.tariff_version_exists", {"day": valid_from})
    row = TariffVersion(
        client_id=contract.client_id,
        contract_id=contract.id,
        provider_id=contract.provider_id,
        number=1 + max((one.number for one in versions), default=0),
        currency=currency,
        valid_from=valid_from,
        lines=len(prices),
    )
    scope.session.add(row)
    scope.session.flush()
    for price in prices:
        scope.session.add(
            TariffLine(
                version_id=row.id,
                service_code=price.service_code,
                room_class=price.room_class,
                client_id=contract.client_id,
                name=price.name,
                amount_minor=price.amount_minor,
                contents=dict(price.contents) if price.contents else None,
            )
        )
    stored(scope, row, "providers.price_twice")
    audit.record(scope, "create", "tariff_version", row.id)
    return row


def set_room_rate(scope: Scope, provider_id: UUID, code: str, rate: Money, facts: Mapping[str, Any]) -> RoomRate:
    """What a room class costs from a day on; ``facts`` are ``rank``, ``name`` and ``valid_from`` (``valid_until``).

    Raises NotFound, RuleRefused ``providers.room_rate_exists`` for the same class and day.
    """
    queries.provider(scope, provider_id)
    row = RoomRate(provider_id=provider_id, code=code, rate_minor=rate.amount_minor, currency=rate.currency, **facts)
    stored(scope, row, "providers.room_rate_exists")
    audit.record(scope, "create", "room_rate", row.id)
    return row


def stored(scope: Scope, row: Any, reason: str) -> None:
    """Write a row; what PostgreSQL does not let stand beside it refuses it with ``reason``."""
    try:
        with scope.session.begin_nested():
            scope.session.add(row)
            scope.session.flush()
    except IntegrityError as error:
        raise RuleRefused(reason) from error
