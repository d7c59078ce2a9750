"""Client companies made for one test."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.access import working_for
from backend.clients import registry, service
from backend.clients.registry import ClientFacts
from backend.kit import clock, ids


def make_client(
    *,
    name: str = "Kirana Logistics",
    country: str = "ID",
    currency: str = "IDR",
    timezone: str = "Asia/Jakarta",
    languages: tuple[str, ...] = ("id", "en"),
    product: str = "managed_care",
    terms: dict[str, Any] | None = None,
    contract: bool = True,
) -> ClientFacts:
    """A client of its own, by default with a contract and plan years for last year, this year and the next."""
    client = registry.register(
        slug=f"client-{ids.new_id().hex[-12:]}",
        name=name,
        country=country,
        currency=currency,
        timezone=timezone,
        languages=languages,
        default_language=languages[0],
    )
    if contract:
        year = clock.today(timezone).year
        with working_for(client.id) as scope:
            made = service.sign_contract(
                scope,
                number="C-1",
                product=product,
                starts_on=date(year - 1, 1, 1),
                ends_on=date(year + 1, 12, 31),
                terms=terms or {},
            )
            for each in (year - 1, year, year + 1):
                service.open_plan_year(scope, made.id, starts_on=date(each, 1, 1), ends_on=date(each, 12, 31))
    return client
