"""Decided claims judged again: nothing differs while nothing changed; what a change would do is named rule by rule."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.benefits.models import BenefitLimit, UtilisationEntry
from backend.claims import service
from backend.claims.models import Claim
from backend.claims.replay import Window
from backend.commands import replay_claims
from tests.backend.claims.test_deciding import ANALYST, Claims, a_client


@pytest.fixture
def book(app) -> Claims:
    """Four claims of Rp 350.000 in a year of Rp 1.000.000: paid, paid, cut, and refused by an analyst."""
    claims = a_client(straight_through=True)
    for _ in range(3):
        claims.claim()
    claims.as_(ANALYST, service.decide_claim, claims.claim())
    return claims


def replayed(book: Claims, **window) -> replay_claims.Report:
    return replay_claims.run(book.home.client.id, Window(**window), page=2)


def test_what_was_used_later_does_not_count(book):
    """The first claim was judged with the whole year before it, and is so again."""
    report = replayed(book)
    assert (report.claims, report.same, report.amounts_differ) == (4, 4, 0)
    assert report.plan_then == report.plan_now == 1_000_000_00


def test_other_figures_are_named_rule_by_rule(book):
    """With 300.000 a visit the first two would have lost 50.000 each; the third got 300.000 anyway."""
    with working_for(book.home.client.id) as scope:
        (visit,) = scope.session.scalars(
            select(BenefitLimit).where(BenefitLimit.client_id == scope.client_id, BenefitLimit.basis == "visit")
        )
        visit.amount_minor = 300_000_00
    report = replayed(book)
    assert report.amounts_differ == 2
    assert (report.plan_then, report.plan_now) == (1_000_000_00, 900_000_00)
    assert report.rules["over_limit"].claims >= 2
    assert {one.plan_now.amount_minor for one in report.shown if one.amounts_differ} == {300_000_00}


def test_only_the_window_is_judged_again(book):
    today = book.home.today()
    assert replayed(book, since=today).claims == 0
    assert replayed(book, until=today).claims == 4


def test_a_replay_writes_nothing(book):
    def rows() -> list:
        with working_for(book.home.client.id) as scope:
            claims = scope.session.scalars(select(Claim).where(Claim.client_id == scope.client_id))
            uses = scope.session.scalars(select(UtilisationEntry).where(UtilisationEntry.client_id == scope.client_id))
            return sorted([(one.id, one.status) for one in claims] + [(one.id, one.kind) for one in uses])

    before = rows()
    replayed(book)
    assert rows() == before


def test_progress_is_told_page_by_page(book):
    heard: list[tuple[int, int]] = []
    replay_claims.run(book.home.client.id, Window(), page=2, tell=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 4), (2, 4), (4, 4)]


@pytest.mark.parametrize(("change", "code"), [(False, 0), (True, 1)])
def test_the_command_ends_with_one_when_amounts_differ(book, monkeypatch, capsys, change, code):
    if change:
        with working_for(book.home.client.id) as scope:
            scope.unit.raw().execute(
                "UPDATE benefit_limit SET amount_minor = 1 WHERE client_id = %s", [scope.client_id]
            )
    monkeypatch.setattr("sys.argv", ["replay_claims", "--client", book.home.client.slug])
    monkeypatch.setattr(replay_claims.database, "connect", lambda _: None)
    monkeypatch.setattr(
        replay_claims.Settings, "from_env", classmethod(lambda cls: type("S", (), {"database_url": ""}))
    )
    with pytest.raises(SystemExit) as ended:
        replay_claims.main()
    assert ended.value.code == code
    assert "4 claims" in capsys.readouterr().out
