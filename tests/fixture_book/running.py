"""A book through the product: families enrolled, papers attached, every claim handed in on its day."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access import SYSTEM, Actor, Role, Scope, working_for
from backend.adjudication import queries as judging
from backend.benefits import service as benefits
from backend.claims import checklists, queries, rules, service
from backend.claims.models import Claim, ClaimStatus
from backend.clients import registry
from backend.clients import service as clients
from backend.clients.registry import ClientFacts
from backend.documents import queries as documents
from backend.errors import RuleRefused
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.providers import queries as providers
from backend.providers import service as provider_service
from backend.referrals import service as referrals
from backend.referrals.service import NewReferral
from tests.factories.members import enrol, make_dependant, make_member
from tests.factories.papers import make_receipt
from tests.fixture_book.book import FAMILIES, Book, FixtureClaim, family_of, relations
from tests.fixture_book.truth import COVERED_SINCE, DEMO

_MARKETS: Mapping[str, tuple[str, str, str, dict[str, Any]]] = {
    "ID": ("Asia/Jakarta", "managed_care", "nasional", {"straight_through_limit_minor": 1_000_000_00}),
    "MZ": (
        "Africa/Maputo",
        "indemnity",
        "livre",
        {"straight_through_limit_minor": 5_000_00, "submission_region": ["MZ-MPM"]},
    ),
}
_REFERRED_ON = datetime(2026, 9, 8, 3, tzinfo=UTC)
_RECEIPTS = frozenset(
    {"original_receipt", "pharmacy_receipt", "optician_receipt", "hospital_receipt", "ambulance_receipt"}
)


@dataclass(frozen=True)
class Outcome:
    """What became of a claim: ``paid`` by line in minor units when the rules decided it, else why somebody waits."""

    claim: FixtureClaim
    paid: Mapping[int, int] | None
    why: str = ""

    @property
    def decided(self) -> bool:
        """Whether nobody had to look."""
        return self.paid is not None


@dataclass
class Market:
    """The client of one book with everybody and everything that its claims name."""

    book: Book
    client: ClientFacts
    members: dict[str, UUID]
    places: dict[str, UUID]

    def actor(self, member: str) -> Actor:
        """The employee of a member's family, acting for all of it."""
        family = [self.members[name] for name in self.members if family_of(name) == family_of(member)]
        return Actor(Role.MEMBER, id=self.members[family_of(member)], member_ids=tuple(family))


def run(book: Book) -> list[Outcome]:
    """Every claim of a book in the order of the days they were sent."""
    market = _open(book)
    _refer(market)
    done: dict[str, Claim] = {}
    outcomes = []
    for number, claim in enumerate(book.claims):
        moment = datetime(claim.sent.year, claim.sent.month, claim.sent.day, 4, tzinfo=UTC) + timedelta(seconds=number)
        with clock.at(moment):
            done[claim.id], outcome = _hand_in(market, claim)
        outcomes.append(outcome)
    return outcomes


def _open(book: Book) -> Market:
    """A client of its own with contract, plan, register, families and a fund that is large enough."""
    timezone, product, network, terms = _MARKETS[book.country]
    client = registry.register(
        slug=f"book-{ids.new_id().hex[-12:]}",
        name=f"Book of {book.market}",
        country=book.country,
        currency=book.currency,
        timezone=timezone,
        languages=("id", "en") if book.country == "ID" else ("pt", "en"),
        default_language="id" if book.country == "ID" else "pt",
    )
    year = {"starts_on": COVERED_SINCE, "ends_on": date(2026, 12, 31)}
    with working_for(client.id) as scope:
        signed = clients.sign_contract(
            scope, number="BOOK", product=product, terms={"straight_through": True, **terms}, **year
        )
        clients.open_plan_year(scope, signed.id, **year)
        report = benefits.import_plan(scope, (DEMO / "plans" / book.plan).read_bytes(), book.plan)
        assert report.plan_id is not None, report.defects
        members = _enrol(scope, report.plan_id)
        places = _register(scope, book.country, network)
    return Market(book, client, members, places)


def _enrol(scope: Scope, plan_id: UUID) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for number in range(1, FAMILIES + 1):
        name = f"E{number:03}"
        employee = make_member(scope, birth_date=date(1975 + number % 25, 3, 1 + number % 28), sex=_sex(number))
        found[name] = employee.id
        if f"{name}-S" in _NAMES:
            found[f"{name}-S"] = make_dependant(scope, employee, "spouse", sex=_sex(number + 1)).id
        if f"{name}-C" in _NAMES:
            born = date(2012 + number % 12, 6, 1)
            found[f"{name}-C"] = make_dependant(scope, employee, "child", birth_date=born, sex=_sex(number // 3)).id
    for member_id in found.values():
        enrol(scope, member_id, plan_id, COVERED_SINCE)
    return found


_NAMES = frozenset(relations())


def _sex(number: int) -> str:
    return "female" if number % 2 else "male"


def _register(scope: Scope, country: str, network: str) -> dict[str, UUID]:
    with (DEMO / "providers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] == country]
    report = provider_service.import_registry(scope, rows, network=network, since=COVERED_SINCE)
    assert not report.defects, report.defects
    found = providers.by_code(scope, country, [row["code"] for row in rows])
    return {code: row.id for code, row in found.items()}


def _refer(market: Market) -> None:
    """The referrals that the book's claims rest on: issued and accepted before the month, one for each hospital."""
    wanted = {(claim.member, claim.place) for claim in market.book.claims if claim.referral}
    for member, place in sorted(wanted):
        with clock.at(_REFERRED_ON):
            with working_for(market.client.id, SYSTEM) as scope:
                to = NewReferral(
                    market.members[member],
                    specialty="INT",
                    diagnosis="I10",
                    to_provider_id=market.places[place],
                    doctor="dr. Melati",
                )
                code = referrals.issue(scope, to).code
            desk = Actor(Role.PROVIDER, id=ids.new_id(), provider_id=market.places[place])
            with working_for(market.client.id, desk) as scope:
                referrals.accept(scope, code)


def _hand_in(market: Market, told: FixtureClaim) -> tuple[Claim, Outcome]:
    with working_for(market.client.id, market.actor(told.member), channel="app") as scope:
        claim = service.start_claim(scope, market.members[told.member], told.form, **_facts(market, told))
        for requirement in _papers(told):
            paper = _paper(scope, market, told, requirement)
            service.add_document(scope, claim.id, paper, requirement)
    refused = ""
    try:
        with working_for(market.client.id, market.actor(told.member), channel="app") as scope:
            service.submit_claim(scope, claim.id)
    except RuleRefused as refusal:
        refused = refusal.reason
    with working_for(market.client.id) as scope:
        return claim, _outcome(scope, told, claim.id, refused)


def _facts(market: Market, told: FixtureClaim) -> dict[str, Any]:
    typed = told.how == "typed"
    facts: dict[str, Any] = {
        "visit_on": told.visit,
        "discharge_on": told.discharge,
        "invoice_number": told.invoice,
        "claimed": Money(told.total, market.book.currency),
        "chosen_benefit": told.chosen,
        "lines": [
            {"description": line.words, "quantity": line.quantity, "amount": Money(line.amount, market.book.currency)}
            for line in told.lines
            if typed and line.words is not None
        ],
    }
    if told.place in market.places:
        return {**facts, "provider_id": market.places[told.place]}
    return {**facts, "provider_name": told.place, "place_region": "3171"}


def _papers(told: FixtureClaim) -> Sequence[str]:
    """The codes that the member attaches: all that the checklist asks of them, or the receipt alone."""
    circumstances = rules.circumstances_of((), "child" if told.member.endswith("-C") else "employee")
    asked = [one.code for one in checklists.required_documents(told.form) if one.applies(circumstances)]
    return asked if told.papers == "all" else [code for code in asked if code in _RECEIPTS]


def _paper(scope: Scope, market: Market, told: FixtureClaim, requirement: str) -> UUID:
    """A photographed paper; a receipt says its number, day, total and, where the member typed none, its lines."""
    first = told.again or told.id
    content = f"{first}/{requirement}" if told.again_as in {"", "file"} else f"{told.id}/{requirement}"
    employee = market.members[family_of(told.member)]
    if requirement not in _RECEIPTS or told.reading == "nothing":
        return make_receipt(scope, employee, content=content)
    total = told.total * 10 if told.reading == "otherwise" else told.total
    facts = {"number": told.invoice, "on": told.visit, "total_minor": total, "doubtful": told.reading == "doubtful"}
    paper = make_receipt(scope, employee, content=content, currency=market.book.currency, **facts)
    if told.how == "photo":
        _with_lines(scope, paper, told, market.book.currency)
    return paper


def _with_lines(scope: Scope, paper: UUID, told: FixtureClaim, currency: str) -> None:
    from_photo = [
        {
            "text": line.words,
            "quantity": line.quantity,
            "amount": {"amount_minor": line.amount, "currency": currency},
            "confidence": 0.95,
            "doubtful": False,
        }
        for line in told.lines
    ]
    document = documents.documents(scope, [paper])[0]
    document.extracted = {**document.extracted, "lines": from_photo}
    scope.session.flush()


def _outcome(scope: Scope, told: FixtureClaim, claim_id: UUID, refused: str) -> Outcome:
    claim = queries.claim(scope, claim_id)
    decision = queries.decision_of(scope, claim.id, "in_force")
    if decision is not None:
        lines = judging.kept_lines(scope, decision.judgement_id)
        paid = {1 if line.line_key == "whole" else int(line.line_key): line.plan_minor for line in lines}
        return Outcome(told, paid)
    if claim.status == ClaimStatus.IN_REVIEW:
        reason = queries.history_of(scope, claim.id)[-1].reason or ""
        flags = [flag["reason"] for flag in claim.flags]
        return Outcome(told, None, flags[0] if reason == rules.FLAGGED and flags else reason)
    if refused or claim.refusal:
        return Outcome(told, None, refused or claim.refusal or "")
    if claim.missing:
        return Outcome(told, None, rules.DOCUMENTS_MISSING)
    flagged = [flag["reason"] for flag in claim.flags]
    return Outcome(told, None, flagged[0] if flagged else "reading_in_doubt")


def shares(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many claims by what became of them: decided, or the reason for which somebody looks."""
    found: dict[str, int] = {}
    for one in outcomes:
        found["decided"] = found.get("decided", 0) + one.decided
        if not one.decided:
            found[one.why] = found.get(one.why, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (pair[0] != "decided", -pair[1], pair[0])))
