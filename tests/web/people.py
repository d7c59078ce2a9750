"""A family of one of the demo brands with everything that the app shows, and a way to be signed in as them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from playwright.sync_api import Page

from backend.access import Actor, Role, Scope, working_for
from backend.accounts import queries, sessions
from backend.benefits.service import utilisation
from backend.branding import loader
from backend.claims import service as claims
from backend.clients import queries as client_queries
from backend.clients import registry
from backend.clients import service as clients
from backend.clients.registry import ClientFacts
from backend.complaints import queries as complaint_queries
from backend.complaints import service as complaints
from backend.complaints.models import Outcome
from backend.kit import clock
from backend.kit.money import Money
from tests.factories.accounts import make_identity
from tests.factories.benefits import limit, make_plan
from tests.factories.claims import make_paper
from tests.factories.members import make_dependant, make_member
from tests.web.signed_in import KEEP_SESSION

_serial = count(1)
_PLACES = {"ID": ("Asia/Jakarta", "managed_care", "+62819"), "MZ": ("Africa/Maputo", "indemnity", "+25884")}
_NAMES = {
    "ID": ("Dewi Kusumawardhani", "Bagus Prasetyo", "Raka Adi Prasetyo"),
    "MZ": ("Graça Nhantumbo", "Armando Macuácua", "Inês Nhantumbo"),
}


@dataclass(frozen=True)
class Family:
    """Who they are and what is theirs."""

    client: ClientFacts
    phone: str
    names: tuple[str, str, str]
    member_ids: tuple[UUID, UUID, UUID]

    @property
    def actor(self) -> Actor:
        """The employee, acting for spouse and child."""
        return Actor(Role.MEMBER, id=self.member_ids[0], member_ids=self.member_ids)


@cache
def branded_client(slug: str) -> ClientFacts:
    """The client of a demo brand, with a contract for this year; once per test process."""
    brand = loader.brand_of(slug)
    timezone, product, _ = _PLACES[brand.country]
    client = registry.register(
        slug=slug,
        name=brand.name,
        country=brand.country,
        currency=brand.currency,
        timezone=timezone,
        languages=brand.languages,
        default_language=brand.default_language,
    )
    year = clock.today(timezone).year
    with working_for(client.id) as scope:
        if client_queries.contracts(scope):
            return client  # a test of the demo's seed was here first
        contract = clients.sign_contract(
            scope,
            number="W-1",
            product=product,
            starts_on=date(year - 1, 1, 1),
            ends_on=date(year + 1, 12, 31),
            terms={},
        )
        for each in (year - 1, year):
            clients.open_plan_year(scope, contract.id, starts_on=date(each, 1, 1), ends_on=date(each, 12, 31))
    return client


def make_family(slug: str) -> Family:
    """An employee with a phone, a spouse and a child, each enrolled and with a card."""
    client = branded_client(slug)
    serial = next(_serial)
    phone = f"{_PLACES[client.country][2]}{serial:07}"
    names = _NAMES[client.country]
    with working_for(client.id) as scope:
        plan_id = _plan(scope, client)
        common = {"plan_id": plan_id, "card": True}
        first = make_member(scope, full_name=names[0], phone=phone, number=f"{slug[:3].upper()}-{serial:06}", **common)
        spouse = make_dependant(scope, first, "spouse", full_name=names[1], sex="male", **common)
        child = make_dependant(scope, first, "child", full_name=names[2], birth_date=date(2019, 3, 9), **common)
        ids = (first.id, spouse.id, child.id)
    return Family(client, phone, names, ids)


def _plan(scope: Scope, client: ClientFacts) -> UUID:
    unit = 1 if client.currency == "MZN" else 2000
    yearly = limit("year", 7_500_00 * unit)

    def names(indonesian: str, english: str, portuguese: str) -> dict[str, str]:
        return {"id": indonesian, "en": english, "pt": portuguese}

    plan = make_plan(
        scope,
        {
            "code": "OP",
            "names": names("Rawat jalan", "Outpatient", "Consultas externas"),
            "limits": [yearly, limit("visit", 2_500_00 * unit)],
            "co_payment": {"percent": 10, "cap": None} if client.currency == "MZN" else None,
            "exclusions": [],
        },
        {
            "code": "IP",
            "benefit_group": "inpatient",
            "names": names("Rawat inap", "Inpatient", "Internamento"),
            "limits": [limit("year", 250_000_00 * unit, shared_by="family")],
            "referral_required": True,
        },
        {
            "code": "OPT",
            "benefit_group": "optical",
            "names": names("Kacamata", "Glasses", "Óculos"),
            "limits": [limit("year", count=1, years=2)],
            "waiting_days": 400,
        },
        currency=client.currency,
        names=names("Karyawan Utama", "Staff Plus", "Colaborador Plus"),
    )
    return plan.id


def with_use(family: Family) -> None:
    """Some of the outpatient limit is used."""
    spent = Money(2_150_00 if family.client.currency == "MZN" else 4_850_000_00, family.client.currency)
    with working_for(family.client.id, family.actor) as scope:
        ask = utilisation.Ask(
            family.member_ids[0], "OP", spent, clock.today(family.client.timezone), "claim", family.member_ids[0]
        )
        utilisation.consume(scope, ask, f"use:{family.member_ids[0]}")


def with_claim(family: Family, *, papers: tuple[str, ...] = ("claim_form_outpatient", "original_receipt")) -> str:
    """A submitted claim of the employee; its id."""
    client = family.client
    amount = Money(3_480_00 if client.currency == "MZN" else 685_000_00, client.currency)
    with working_for(client.id, family.actor, channel="app") as scope:
        claim = claims.start_claim(
            scope,
            family.member_ids[0],
            "outpatient",
            visit_on=clock.today(client.timezone) - timedelta(days=4),
            provider_name="Klinik Keluarga Melati" if client.country == "ID" else "Clínica da Sommerschield",
            place_region="3171" if client.country == "ID" else None,
            invoice_number=f"K/{next(_serial)}",
            claimed=amount,
        )
        for requirement in papers:
            claims.add_document(scope, claim.id, make_paper(scope, family.member_ids[0], state="received"), requirement)
        claims.submit_claim(scope, claim.id)
        return str(claim.id)


def with_complaint(family: Family) -> str:
    """A complaint of the employee; its id."""
    with working_for(family.client.id, family.actor, channel="app") as scope:
        lodged = complaints.lodge(
            scope,
            family.member_ids[0],
            "provider",
            "The reception asked me to pay first although my card was shown.",
            channel="app",
            spoken=False,
        )
        return str(lodged.id)


def ask_about_complaint(family: Family, complaint_id: str, question: str) -> None:
    """Somebody of the staff asks the complainant for something."""
    with _staff(family) as scope:
        complaints.request_information(scope, UUID(complaint_id), question)


def answer_the_question(family: Family, complaint_id: str, text: str) -> None:
    """The complainant tells what was asked for."""
    with working_for(family.client.id, family.actor) as scope:
        complaints.supply_information(scope, UUID(complaint_id), text)


def answer_complaint(family: Family, complaint_id: str, note: str, *, redress: str) -> None:
    """The complaint is upheld."""
    with _staff(family) as scope:
        complaints.resolve(scope, UUID(complaint_id), note, Outcome.UPHELD, redress)


def with_forgotten_complaint(family: Family) -> str:
    """A complaint of two months ago that nobody answered, and the checks have noticed; its id."""
    with clock.at(clock.now() - timedelta(days=60)):
        complaint_id = with_complaint(family)
    with working_for(family.client.id) as scope:
        complaints.check_deadlines(scope)
        assert complaint_queries.complaint(scope, UUID(complaint_id)).overdue_at is not None
    return complaint_id


def papers_of_complaint(family: Family, complaint_id: str) -> int:
    """How many photos and PDFs are beside it."""
    with working_for(family.client.id) as scope:
        return len(complaint_queries.papers_of(scope, UUID(complaint_id)))


def _staff(family: Family) -> AbstractContextManager[Scope]:
    return working_for(family.client.id, Actor(Role.CLAIMS))


def tokens_of(family: Family) -> dict[str, Any]:
    """A session of the employee, as the API would answer a sign-in."""
    with working_for(family.client.id) as scope:
        known = queries.identity_of_phone(scope, family.phone)
    identity = known.id if known else make_identity(family.client, family.phone)
    actor = Actor(Role.MEMBER, id=identity, member_ids=family.member_ids)
    with working_for(family.client.id, actor) as scope:
        return sessions.open_session(scope, actor=actor, method="code")


def enter(page: Page, site: str, family: Family, place: str = "/") -> None:
    """Open the app as somebody who signed in earlier on this device."""
    home = f"{site}/c/{family.client.slug}/"
    page.goto(f"{home}manifest.webmanifest")
    page.evaluate(KEEP_SESSION, [family.client.slug, tokens_of(family)])
    page.goto(f"{home}#{place}")
    page.locator(".app").wait_for()
