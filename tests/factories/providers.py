"""Providers as tests need them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy.dialects.postgresql import Range

from backend.access import Scope
from backend.kit import ids
from backend.providers import rules, service
from backend.providers.models import (
    NetworkProvider,
    Provider,
    ProviderContract,
    RoomRate,
    TariffLine,
    TariffVersion,
)
from backend.providers.queries import contract_versions

_serial = count(1)


def make_provider(scope: Scope, *, network: str | None = None, **facts: Any) -> Provider:
    """A stored clinic in Jakarta, with ``network`` a member of it for the scope's client."""
    values: dict[str, Any] = {
        "code": f"T{ids.new_id().hex}",
        "name": f"Klinik Uji {next(_serial)}",
        "kind": "clinic",
        "country": "ID",
        "region_code": "3171",
        "address": "Jl. Uji 1",
        "city": "Jakarta",
        "latitude": -6.19,
        "longitude": 106.82,
        "phone": None,
        "opening": {},
        "tier": "ppk1",
        "active": True,
        "timezone": "Asia/Jakarta",
        "languages": ["id"],
        "services": ["general_practice"],
        "specialties": [],
        **facts,
    }
    values["open_minutes"] = [Range(*span) for span in rules.minutes_open(values["opening"])]
    row = Provider(search_name=rules.search_name(values["name"]), **values)
    scope.session.add(row)
    scope.session.flush()
    if network:
        service.join_network(scope, row.id, network, date(2020, 1, 1))
    return row


def make_contract(scope: Scope, provider: Provider, *, common: bool = False, **facts: Any) -> ProviderContract:
    """A stored agreement since 2020, cashless with a terminal; with ``common`` the administrator's for every client."""
    values: dict[str, Any] = {
        "number": f"PKS-{next(_serial)}",
        "valid_from": date(2020, 1, 1),
        "valid_until": None,
        "cashless": True,
        "edc_available": True,
        **facts,
    }
    row = ProviderContract(client_id=None if common else scope.client_id, provider_id=provider.id, **values)
    scope.session.add(row)
    scope.session.flush()
    return row


def make_membership(scope: Scope, provider: Provider, network: str = "main", **facts: Any) -> NetworkProvider:
    """A stored membership of a network since 2020."""
    values: dict[str, Any] = {"valid_from": date(2020, 1, 1), "valid_until": None, "cashless": True, **facts}
    row = NetworkProvider(client_id=scope.client_id, provider_id=provider.id, network=network, **values)
    scope.session.add(row)
    scope.session.flush()
    return row


def make_tariff(
    scope: Scope,
    contract: ProviderContract,
    prices: Mapping[str, int],
    *,
    valid_from: date = date(2020, 1, 1),
    contents: Mapping[str, Mapping[str, int]] | None = None,
    currency: str = "IDR",
) -> TariffVersion:
    """A stored price list; ``prices`` are minor units by service code, or by ``code/room class``."""
    number = 1 + len(contract_versions(scope, contract.id))
    version = TariffVersion(
        client_id=contract.client_id,
        contract_id=contract.id,
        provider_id=contract.provider_id,
        number=number,
        currency=currency,
        valid_from=valid_from,
        lines=len(prices),
    )
    scope.session.add(version)
    scope.session.flush()
    for code, amount in prices.items():
        service_code, _, room_class = code.partition("/")
        scope.session.add(
            TariffLine(
                version_id=version.id,
                service_code=service_code,
                room_class=room_class,
                client_id=contract.client_id,
                name=f"Service {service_code}",
                amount_minor=amount,
                contents=dict((contents or {}).get(code, {})) or None,
            )
        )
    scope.session.flush()
    return version


def make_room(
    scope: Scope, provider: Provider, code: str, rank: int, rate_minor: int, *, valid_from: date = date(2020, 1, 1)
) -> RoomRate:
    """A stored room rate."""
    row = RoomRate(
        provider_id=provider.id,
        code=code,
        rank=rank,
        name=f"Kelas {code}",
        rate_minor=rate_minor,
        currency="IDR",
        valid_from=valid_from,
        valid_until=None,
    )
    scope.session.add(row)
    scope.session.flush()
    return row
