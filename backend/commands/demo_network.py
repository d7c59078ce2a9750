"""The demo's agreements: every invented facility gets a contract, rooms, prices and doctors, once."""

from __future__ import annotations

from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import update

from backend.access import Scope
from backend.clients.registry import client_by_id
from backend.kit.money import Money
from backend.providers import queries
from backend.providers.models import NetworkProvider, Provider
from backend.providers.rules.hours import opening_hours
from backend.providers.service import agreements, doctors
from backend.providers.service.agreements import Price

_FILE = Path(__file__).resolve().parent / "demo" / "network.yml"
_WITHOUT_TERMINAL = 7
"""Every so manieth clinic has no terminal of the administrator yet: there one pays first (S1-22)."""
_SURGERY_HOURS = ("mon 08:00-12:00; thu 08:00-12:00", "tue 13:00-17:00; fri 13:00-17:00", "wed 09:00-15:00")
_TITLES = {
    "INT": "Sp.PD",
    "ANA": "Sp.A",
    "OBG": "Sp.OG",
    "BED": "Sp.B",
    "JAN": "Sp.JP",
    "MAT": "Sp.M",
    "THT": "Sp.THT-KL",
    "SAR": "Sp.N",
}  # noqa: E501


def agree(scope: Scope, rows: list[dict[str, str]], network: str, currency: str, since: date) -> None:
    """Sign with everybody of the file who has no contract yet; the second time nothing is left to do."""
    demo = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    names = {country: cycle(given) for country, given in demo["doctors"].items()}
    home = client_by_id(scope.client_id).country
    for number, row in enumerate(rows):
        provider = queries.by_code(scope, row["country"], [row["code"]])[row["code"]]
        if queries.contracts_with(scope, provider.id):
            continue
        terms = {
            "number": f"PKS-{row['code']}",
            "valid_from": since,
            "valid_until": None,
            "cashless": provider.kind != "optician" and provider.country == home,  # S1-70: abroad one pays first
            "edc_available": provider.kind != "clinic" or number % _WITHOUT_TERMINAL != 0,
        }
        contract = agreements.sign_contract(scope, provider.id, terms, common=True)
        scope.session.execute(
            update(NetworkProvider)
            .where(
                NetworkProvider.client_id == scope.client_id,
                NetworkProvider.provider_id == provider.id,
                NetworkProvider.network == network,
            )
            .values(contract_id=contract.id)
        )
        paid_in = demo["currencies"].get(provider.country, currency)
        agreements.agree_prices(scope, contract.id, since, _prices(demo, provider), paid_in)
        if provider.kind == "hospital":
            _rooms(scope, demo, provider, paid_in, since)
        _doctors(scope, demo, provider, names[row["country"]], since)


def _share(demo: dict[str, Any], provider: Provider) -> int:
    return int(demo["tiers"].get(provider.tier, 100))


def _prices(demo: dict[str, Any], provider: Provider) -> list[Price]:
    share, country = _share(demo, provider), provider.country
    return [
        Price(line["code"], line["names"][country], line[country] * share, contents=line.get("contents"))
        for line in demo["prices"][provider.kind]
    ]


def _rooms(scope: Scope, demo: dict[str, Any], provider: Provider, currency: str, since: date) -> None:
    for room in demo["rooms"]:
        rate = Money(room[provider.country] * _share(demo, provider), currency)
        facts = {"rank": room["rank"], "name": room["names"][provider.country], "valid_from": since}
        agreements.set_room_rate(scope, provider.id, room["code"], rate, facts)


def _doctors(scope: Scope, demo: dict[str, Any], provider: Provider, names: Any, since: date) -> None:
    practised: list[str | None] = {"hospital": list(demo["specialties"]), "clinic": [None], "dentist": ["GIG"]}.get(
        provider.kind, []
    )
    for place, specialty in enumerate(practised):
        title = "drg." if specialty == "GIG" else "dr."
        name = f"{title} {next(names)}" if provider.country == "ID" else f"Dr. {next(names)}"
        after = _TITLES.get(specialty or "") if provider.country == "ID" else None
        doctor = doctors.register_doctor(
            scope,
            {
                "country": provider.country,
                "code": f"{provider.code}-D{place + 1}",
                "name": f"{name}, {after}" if after else name,
                "specialty": specialty,
                "languages": demo["languages"][provider.country],
                "active": True,
            },
        )
        schedule = opening_hours(_SURGERY_HOURS[place % len(_SURGERY_HOURS)])
        doctors.place_doctor(scope, doctor.id, provider.id, schedule, since)
