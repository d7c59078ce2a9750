"""Analysts at the workbench, signed in earlier on this device, and claims with a photo for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from backend.access import Actor, Role, working_for
from backend.claims import service
from backend.claims.models import Claim
from backend.clients.models import Contract
from backend.clients.registry import ClientFacts
from backend.documents.models import Document
from backend.kit import ids
from tests.factories.accounts import make_staff
from tests.factories.benefits import limit, make_benefit
from tests.factories.claims import Household, make_claim, make_household
from tests.web.signed_in import sign_staff_in, window

TABLE = {"viewport": {"width": 1280, "height": 800}, "service_workers": "block"}


@dataclass
class Office:
    """A client whose plan pays Rp 350.000 a visit, two analysts, and its claims."""

    home: Household
    first: UUID
    second: UUID

    @property
    def client(self) -> ClientFacts:
        """Whose claims these are."""
        return self.home.client

    def claim(self, *, extracted: dict | None = None, complete: bool = True, **facts) -> Claim:
        """A claim of the employee with its papers, complete unless said otherwise."""
        claim = make_claim(self.home, submitted=True, **facts)
        with working_for(self.client.id, Actor(Role.CLAIMS, id=ids.new_id())) as scope:
            if extracted:
                paper = scope.session.scalars(select(Document).order_by(Document.created_at.desc()).limit(1)).one()
                paper.extracted = extracted
            return service.complete_claim(scope, claim.id) if complete else claim

    def now(self, claim: Claim) -> Claim:
        """The claim as it is kept now."""
        with working_for(self.client.id) as scope:
            return scope.session.get_one(Claim, (self.client.id, claim.id))


def make_office(**terms) -> Office:
    """Its own client, so that the queue holds only what a test put there."""
    home = make_household(sign_in=True)
    with working_for(home.client.id) as scope:
        limits = [limit("visit", 350_000_00), limit("year", 5_000_000_00)]
        make_benefit(scope, home.plan_id, code="OP", benefit_group="outpatient", limits=limits)
        contract = scope.session.scalars(select(Contract)).one()
        contract.terms = {**contract.terms, **terms}
    people = [make_staff(home.client, Role.CLAIMS, name=name) for name in ("Ratna Dewanti", "Yusuf Hakim")]
    return Office(home, *people)


@contextmanager
def at_the_workbench(
    browser: Browser, site: str, client: ClientFacts, staff_id: UUID, place: str = "/", **options: object
) -> Iterator[Page]:
    """The workbench of an analyst in a window of its own."""
    with window(browser, TABLE, options) as page:
        sign_staff_in(page, site, "claims", client, Actor(Role.CLAIMS, id=staff_id), place=place)
        yield page
