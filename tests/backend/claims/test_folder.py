"""A claim handed in at once, in two round trips, leaves the same behind as one that is asked about step by step."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from backend.access import working_for
from backend.adjudication.models import KeptJudgement, KeptLine
from backend.audit.models import AuditRecord
from backend.benefits.models import UtilisationEntry
from backend.claims import folder, queries, service
from backend.claims.models import Claim, ClaimDecision, ClaimEvent, ClaimStatus
from backend.documents.models import Document
from backend.errors import NotFound, RuleRefused
from backend.funds.models import Payable
from backend.funds.models.ledger import LedgerEntry, LedgerLine
from backend.notifications.models import Notification
from tests.backend.claims.test_deciding import Claims, a_client
from tests.backend.claims.test_straight_through import a_read_paper
from tests.factories.claims import make_claim, make_household
from tests.factories.funds import make_fund, rupiah
from tests.factories.papers import a_likeness, make_receipt
from tests.query_counter import counted_queries

_LEFT = (
    Claim,
    ClaimEvent,
    ClaimDecision,
    KeptJudgement,
    KeptLine,
    UtilisationEntry,
    Payable,
    Notification,
    AuditRecord,
)
_OWN = {"id", "client_id", "created_at", "at"}
"""What differs between any two claims of two families."""


def a_sendable_claim(claimed: int = 350_000_00) -> tuple[Claims, Claim]:
    """A draft whose receipt was surely read, of a client that lets the rules decide."""
    claims = a_client(straight_through=True)
    claim = make_claim(claims.home, invoice_number="INV/1")
    with working_for(claims.home.client.id) as scope:
        for paper in scope.session.scalars(select(Document).where(Document.client_id == claims.home.client.id)):
            paper.extracted = a_read_paper(claimed)
    return claims, claim


def what_is_left(claims: Claims) -> dict[str, list[dict[str, Any]]]:
    """Every row of the client that handing in writes, without ids and moments."""
    left = {}
    with working_for(claims.home.client.id) as scope:
        for kind in _LEFT:
            rows = scope.session.scalars(select(kind).where(kind.client_id == claims.home.client.id))
            left[kind.__tablename__] = sorted(
                (_plain(row) for row in rows), key=lambda row: sorted(map(repr, row.items()))
            )
        lines = select(LedgerLine.account, LedgerLine.amount_minor).where(LedgerLine.client_id == scope.client_id)
        left["ledger_line"] = sorted(map(tuple, scope.session.execute(lines)))
        entries = select(func.count()).select_from(LedgerEntry).where(LedgerEntry.client_id == scope.client_id)
        left["ledger_entry"] = [scope.session.scalar(entries)]
        jobs = (
            "SELECT task_name, queue_name, lock, queueing_lock, priority"
            " FROM procrastinate_jobs WHERE args->>'client_id' = %s"
        )
        left["jobs"] = sorted(map(tuple, scope.unit.raw().execute(jobs, [str(scope.client_id)]).fetchall()))
    return left


def _plain(row: Any) -> dict[str, Any]:
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in _OWN}
    return {name: _shape(name, value) for name, value in values.items()}


def _shape(name: str, value: Any) -> Any:
    """Ids, keys and moments say only whether they are there; numbers of claims are drawn by lot."""
    drawn = name.endswith(("_id", "_at", "_by")) or name in {"number", "key", "reference", "facts", "settle_by"}
    return value is not None if drawn else value


def test_both_ways_leave_the_same_rows(app, monkeypatch):
    quick, claim = a_sendable_claim()
    assert quick.as_(quick.home.actor, service.submit_claim, claim).status == ClaimStatus.APPROVED
    monkeypatch.setattr(folder, "at_once", lambda *_: None)
    slow, claim = a_sendable_claim()
    assert slow.as_(slow.home.actor, service.submit_claim, claim).status == ClaimStatus.APPROVED
    assert what_is_left(quick) == what_is_left(slow)


def test_a_plain_claim_is_decided_without_questions_one_by_one(app):
    """The plan's table is read once in a process; after that the unit is opened, and two functions are called."""
    claims, claim = a_sendable_claim()
    claims.as_(claims.home.actor, service.submit_claim, claim)
    again = make_claim(claims.home, invoice_number="INV/2")
    with working_for(claims.home.client.id) as scope:
        for paper in scope.session.scalars(select(Document).where(Document.client_id == claims.home.client.id)):
            paper.extracted = a_read_paper(350_000_00)
    with counted_queries() as seen:
        decided = claims.as_(claims.home.actor, service.submit_claim, again)
    assert decided.status == ClaimStatus.APPROVED
    assert len(seen) == 1, seen


@pytest.mark.requirement("S2-45")
@pytest.mark.parametrize("same", ["page", "number", "total and day"])
def test_a_paper_like_another_one_is_seen_on_the_quick_way_too(app, same):
    claims, claim = a_sendable_claim()
    home = claims.home
    bits, number, total = a_likeness(1), "INV 77", 350_000_00
    shared: dict[str, Any] = {
        "page": {"bits": bits},
        "number": {"number": number},
        "total and day": {"on": claim.visit_on, "total_minor": total},
    }[same]
    with working_for(home.client.id, home.actor, channel="app") as scope:
        make_receipt(scope, home.employee_id, **shared)
        again = make_receipt(scope, home.employee_id, **shared)
        service.add_document(scope, claim.id, again, "doctor_receipt")
        read = folder._read(scope, claim.id)
    assert read is not None
    assert str(again) in [bill["id"] for bill in read["bills"]]
    assert read["others_like"]


def test_a_paper_unlike_all_others_is_not_asked_about(app):
    claims, claim = a_sendable_claim()
    with working_for(claims.home.client.id, claims.home.actor) as scope:
        read = folder._read(scope, claim.id)
    assert read is not None
    assert not read["others_like"]


def test_what_was_handed_in_can_be_read_and_changed_in_the_same_transaction(app):
    claims, claim = a_sendable_claim()
    with working_for(claims.home.client.id, claims.home.actor) as scope:
        service.submit_claim(scope, claim.id)
        assert service.claim_answer(scope, claim.id)["status"] == ClaimStatus.APPROVED
        queries.claim(scope, claim.id).reminded_on = claims.home.today()
    with working_for(claims.home.client.id) as scope:
        assert queries.claim(scope, claim.id).reminded_on == claims.home.today()


def test_a_fund_that_cannot_pay_refuses_as_ever(app):
    """What the ledger does not take undoes the quick way; the ordinary one says why, and nothing is left of either."""
    claims, claim = a_sendable_claim()
    with working_for(claims.home.client.id) as scope:
        make_fund(scope, deposit=rupiah(349_999))
    before = what_is_left(claims)
    with pytest.raises(RuleRefused, match=r"funds\.insufficient"):
        claims.as_(claims.home.actor, service.submit_claim, claim)
    assert what_is_left(claims) == before


def test_a_claim_of_somebody_else_is_not_found(app):
    claims, claim = a_sendable_claim()
    stranger = make_household(sign_in=False)
    with pytest.raises(NotFound):
        claims.as_(stranger.actor, service.submit_claim, claim)


def test_a_plan_that_is_read_again_after_it_changed_is_the_new_one(app):
    """Rows of a plan that were replaced are not answered from what this process kept of them."""
    claims, claim = a_sendable_claim()
    claims.as_(claims.home.actor, service.submit_claim, claim)
    with working_for(claims.home.client.id) as scope:
        scope.unit.raw().execute(
            "UPDATE benefit SET co_payment = '{\"percent\": 10}' WHERE client_id = %s", [scope.client_id]
        )
    second = make_claim(claims.home, invoice_number="INV/3")
    with working_for(claims.home.client.id) as scope:
        for paper in scope.session.scalars(select(Document).where(Document.client_id == claims.home.client.id)):
            paper.extracted = a_read_paper(350_000_00)
    assert claims.as_(claims.home.actor, service.submit_claim, second).status == ClaimStatus.PARTLY_APPROVED
