"""Providers as tests need them."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from backend.access import Scope
from backend.kit import ids
from backend.providers import rules, service
from backend.providers.models import Provider

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
        **facts,
    }
    row = Provider(search_name=rules.search_name(values["name"]), **values)
    scope.session.add(row)
    scope.session.flush()
    if network:
        service.join_network(scope, row.id, network, date(2020, 1, 1))
    return row
