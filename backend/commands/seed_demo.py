"""``python -m backend.commands.seed_demo``: the demo's people, companies and papers, and ``demo.json`` about them.

Goes through the services like everybody else and may run as often as it likes: what is there stays, and
when nothing changed since ``demo.json`` was written it looks no further. The passwords of staff are made
once and live only in that file of the local state.
"""

from __future__ import annotations

import csv
import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from backend import database
from backend.access import Role, Scope, working_for
from backend.accounts import directory
from backend.accounts import service as accounts
from backend.benefits.plan_files.shape import PREFIX
from backend.branding import in_force, loader
from backend.clients import queries as clients
from backend.clients import registry
from backend.clients import service as client_service
from backend.clients.registry import ClientFacts
from backend.commands import (
    demo_funds,
    demo_network,
    demo_papers,
    demo_referrals,
    demo_rosters,
    demo_templates,
    import_plan,
)
from backend.commands.demo_marker import marker
from backend.commands.demo_members import enrol_family, members_shown
from backend.jobs import load_tasks
from backend.kit import clock, ids
from backend.observability import configure_logging
from backend.providers import queries as providers
from backend.providers import service as provider_service
from backend.settings import Settings

DATA = Path(__file__).parent / "demo"
_FIRST_YEAR, _LAST_YEAR = 2026, 2035


@dataclass(frozen=True, slots=True)
class Company:
    """A client of the demo with the part of the cast that plays there."""

    facts: ClientFacts
    cast: dict[str, Any]


def seed(settings: Settings, known_passwords: dict[str, str]) -> dict[str, Any]:
    """Put everything in that is missing; returns the content of ``demo.json``. The database is connected."""
    whole = _cast()
    companies = [_company(entry) for entry in whole["clients"]]
    for company in companies:
        with working_for(company.facts.id) as scope:
            _contract(scope, company)
        _plan_and_network(company)
        demo_templates.approve_all(company.facts)
        for family in company.cast["families"]:
            with working_for(company.facts.id) as scope:
                employee_id = enrol_family(scope, family, company.cast["plan"]["code"])
            demo_papers.bring(company.facts, employee_id, family)
            demo_referrals.bring(company.facts, employee_id, family, company.cast["providers"]["country"])
    staff = [post for company in companies for post in _staff(company, whole["staff"], known_passwords)]
    for company in companies:
        numbers = [family["employee"]["employee_number"] for family in company.cast["families"]]
        network = company.cast["providers"]
        demo_funds.bring(company.facts, company.cast["fund"], numbers, (network["country"], network["front_desk"]))
        with working_for(company.facts.id) as scope:
            demo_rosters.bring(scope, company.facts, company.cast["hours"])
    return {
        "base_url": settings.public_url,
        "twilio_auth_token": settings.twilio_auth_token,
        "clients": [_client_shown(company.facts) for company in companies],
        "members": [member for company in companies for member in members_shown(company.facts)],
        "staff": staff,
    }


def _cast() -> dict[str, Any]:
    return cast(dict[str, Any], yaml.safe_load((DATA / "cast.yml").read_text(encoding="utf-8")))


def _company(entry: dict[str, Any]) -> Company:
    brand = loader.brand_of(entry["slug"])
    facts = registry.register(
        slug=entry["slug"],
        name=brand.name,
        country=brand.country,
        currency=brand.currency,
        timezone=entry["timezone"],
        languages=brand.languages,
        default_language=entry["default_language"],
    )
    return Company(facts, entry)


def _contract(scope: Scope, company: Company) -> None:
    agreed = company.cast["contract"]
    known = next((one for one in clients.contracts(scope) if one.number == agreed["number"]), None)
    whole: dict[str, Any] = {"starts_on": date(_FIRST_YEAR, 1, 1), "ends_on": date(_LAST_YEAR, 12, 31)}
    contract = known or client_service.sign_contract(scope, **agreed, **whole)
    begun = {year.starts_on.year for year in clients.plan_years(scope, contract.id)}
    for year in range(_FIRST_YEAR, clock.today(company.facts.timezone).year + 2):
        if year not in begun:
            period = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
            client_service.open_plan_year(scope, contract.id, **period)
    if not clients.hr_contacts(scope):
        client_service.add_hr_contact(scope, **company.cast["hr_contact"])


def _plan_and_network(company: Company) -> None:
    report = import_plan.run(DATA / "plans" / company.cast["plan"]["file"], company.facts.slug)
    in_use = [reason for _, reason, _ in report.defects] == [f"{PREFIX}version_in_use"]
    if report.defects and not in_use:  # whoever is enrolled keeps the version they were enrolled in
        raise SystemExit(f"the demo plan has defects: {report.defects}")
    network = company.cast["providers"]
    with (DATA / "providers.csv").open(encoding="utf-8", newline="") as file, working_for(company.facts.id) as scope:
        countries = {network["country"], *network.get("abroad", ())}
        rows = [row for row in csv.DictReader(file) if row["country"] in countries]
        since = date(_FIRST_YEAR, 1, 1)
        found = provider_service.import_registry(scope, rows, network=network["network"], since=since)
        if not found.defects:
            demo_network.agree(scope, rows, network["network"], company.facts.currency, since)
    if found.defects:
        raise SystemExit(f"the demo providers have defects: {found.defects}")


def _staff(company: Company, names: dict[str, list[str]], passwords: dict[str, str]) -> list[dict[str, str]]:
    """Everybody who works at a client; the second person of a role has its number in the address."""
    slug, posts = company.facts.slug, []
    with working_for(company.facts.id) as scope:
        country, code = company.cast["providers"]["country"], company.cast["providers"]["front_desk"]
        desk = providers.by_code(scope, country, [code])[code].id
        for role, place, name in ((role, place, one) for role, all_ in names.items() for place, one in enumerate(all_)):
            email = f"{role}{f'-{place + 1}' if place else ''}@{slug}.example"
            password = passwords.get(email) or ids.new_secret(12)
            if directory.client_for(email) == directory.NOBODYS_CLIENT:
                provider_id = desk if role == Role.PROVIDER else None
                accounts.add_staff(
                    scope, email=email, name=name, role=Role(role), password=password, provider_id=provider_id
                )
            elif email not in passwords:
                accounts.reset_password(scope, email, password)
            posts.append({"role": role, "client": slug, "email": email, "password": password})
    return posts


def _client_shown(facts: ClientFacts) -> dict[str, Any]:
    hotline = loader.brand_of(facts.slug).hotline
    return {
        "slug": facts.slug,
        "name": facts.name,
        "languages": list(facts.languages),
        "timezone": facts.timezone,
        "voice_number": hotline.voice,
        "whatsapp_number": hotline.whatsapp,
    }


def bring_up_to_date(settings: Settings, path: Path) -> dict[str, Any]:
    """Seed what is missing and keep ``path``; returns its content. The database is connected."""
    slugs = [entry["slug"] for entry in _cast()["clients"]]
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"staff": []}
    if before.get("seeded") == marker(settings, slugs):
        return cast(dict[str, Any], before)
    database.load_models()
    load_tasks()
    content = seed(settings, {post["email"]: post["password"] for post in before["staff"]})
    content["seeded"] = marker(settings, slugs)
    write(path, content)
    return content


def write(path: Path, content: dict[str, Any]) -> None:
    """Keep it for whoever may read our files, and for nobody else: it holds passwords."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Seed with the settings of the environment; refuses to run in production."""
    settings = Settings.from_env()
    if not settings.rehearsal:
        raise SystemExit("the demo's people do not belong into production")
    configure_logging(settings.log_level)
    database.connect(settings.database_url)
    in_force.look_once(settings.database_url)  # who was given a brand in the studio keeps its name
    content = bring_up_to_date(settings, Path(os.environ.get("CARELINE_STATE_DIR", ".local")) / "demo.json")
    print(f"{len(content['members'])} members, {len(content['staff'])} staff at {len(content['clients'])} clients")


if __name__ == "__main__":
    main()
