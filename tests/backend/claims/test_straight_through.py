"""A claim whose papers speak for themselves is complete, and decided, in the moment it is sent."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.claims import service
from backend.claims.models import ClaimStatus
from backend.documents.models import Document
from tests.backend.claims.test_deciding import Claims, a_client
from tests.factories.claims import make_claim


@pytest.fixture
def straight(app) -> Claims:
    return a_client(straight_through=True)


@pytest.fixture
def by_hand(app) -> Claims:
    return a_client()


def a_read_paper(total: int | None, *, doubtful: bool = False, on: str | None = None) -> dict:
    """What a machine read on a receipt, as it is kept."""
    read: dict = {}
    if total is not None:
        value = {"amount_minor": total, "currency": "IDR"}
        read["total"] = {"value": value, "confidence": 0.4 if doubtful else 0.95, "doubtful": doubtful}
    if on is not None:
        read["date"] = {"value": on, "confidence": 0.95, "doubtful": False}
    return read


@pytest.mark.requirement("S0-47", "S0-81")
@pytest.mark.parametrize(
    ("read", "status"),
    [
        (a_read_paper(350_000_00), ClaimStatus.APPROVED),
        (a_read_paper(350_000_00, doubtful=True), ClaimStatus.SUBMITTED),
        (a_read_paper(340_000_00), ClaimStatus.SUBMITTED),
        (a_read_paper(350_000_00, on="2020-01-05"), ClaimStatus.SUBMITTED),
        (a_read_paper(None), ClaimStatus.SUBMITTED),
    ],
)
def test_papers_that_speak_for_themselves_need_nobody(straight, read: dict, status: ClaimStatus):
    """Sent with the total surely read it is decided at once; any doubt waits for the intake desk."""
    home = straight.home
    claim = make_claim(home)
    with working_for(home.client.id) as scope:
        for paper in scope.session.scalars(select(Document).where(Document.client_id == home.client.id)):
            paper.extracted = read
    sent = straight.as_(home.actor, service.submit_claim, claim)
    assert sent.status == status
    assert straight.as_(home.actor, service.submit_claim, claim).status == status


def test_papers_speak_for_nobody_where_the_contract_wants_people(by_hand):
    claim = make_claim(by_hand.home)
    with working_for(by_hand.home.client.id) as scope:
        for paper in scope.session.scalars(select(Document).where(Document.client_id == by_hand.home.client.id)):
            paper.extracted = a_read_paper(350_000_00)
    assert by_hand.as_(by_hand.home.actor, service.submit_claim, claim).status == ClaimStatus.SUBMITTED
