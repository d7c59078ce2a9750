"""The published books through the product: nine of ten claims need nobody, and no payment is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from backend.benefits.service_kinds import ServiceKind
from backend.claims import service_words
from tests.fixture_book.__main__ import GOAL_PERCENT, made
from tests.fixture_book.book import FOLDER, MARKETS, book, mix, month
from tests.fixture_book.judging import wrong_payments
from tests.fixture_book.running import Outcome, run

Runs = Mapping[str, Sequence[Outcome]]


@pytest.fixture(scope="module")
def runs(app) -> Runs:
    """Both books, handed in day by day."""
    return {market: run(book(market)) for market in MARKETS}


@pytest.mark.parametrize("market", MARKETS)
def test_the_published_file_is_what_the_generator_makes(market: str):
    """Whoever changes the mix or the generator writes the books anew: ``python -m tests.fixture_book write``."""
    assert (FOLDER / f"{market}.yml").read_text(encoding="utf-8") == made(market)


def test_the_books_are_a_months_work():
    """At least 500 claims, every kind of the mix in them, all sent in one month."""
    claims = [claim for market in MARKETS for claim in book(market).claims]
    assert len(claims) >= 500
    assert {claim.sent for claim in claims} <= set(month())
    for market in MARKETS:
        assert {claim.kind for claim in book(market).claims} == set(mix(market)["kinds"])
        assert sum(kind["of_thousand"] for kind in mix(market)["kinds"].values()) == 1000


@pytest.mark.requirement("S0-47", "S0-81", "S2-37", "S2-38")
@pytest.mark.parametrize("market", MARKETS)
def test_nine_of_ten_claims_are_decided_without_a_person(runs: Runs, market: str):
    decided = sum(one.decided for one in runs[market])
    assert 100 * decided >= GOAL_PERCENT * len(runs[market])


@pytest.mark.requirement("S0-47", "S2-34", "S2-35")
@pytest.mark.parametrize("market", MARKETS)
def test_no_payment_is_wrong_by_the_second_oracle(runs: Runs, market: str):
    """Line by line against a reading of the sources, with what families used before by the oracle's own count."""
    assert [str(one) for one in wrong_payments(book(market), runs[market])] == []


@pytest.mark.requirement("S2-38")
@pytest.mark.parametrize("market", MARKETS)
def test_nothing_that_is_left_to_a_person_is_decided_by_the_rules(runs: Runs, market: str):
    """Late, incomplete, sent twice, hard to read, another payer's, soap, stays: each kind of the mix that waits."""
    assert [one.claim.id for one in runs[market] if one.claim.waits and one.decided] == []


@pytest.mark.parametrize("market", MARKETS)
def test_what_is_paid_is_what_the_book_publishes(runs: Runs, market: str):
    published = {one.claim.id: one.claim.pays for one in runs[market] if one.paid is not None}
    assert {one.claim.id: sum(one.paid.values()) for one in runs[market] if one.paid is not None} == published


def test_the_comparison_notices_a_payment_that_is_one_sen_too_much(runs: Runs):
    """A test that could not fail would prove nothing."""
    outcomes = list(runs["indonesia"])
    place = next(number for number, one in enumerate(outcomes) if one.paid)
    paid = dict(outcomes[place].paid or {})
    paid[1] += 1
    outcomes[place] = Outcome(outcomes[place].claim, paid)
    assert len(wrong_payments(book("indonesia"), outcomes)) == 1


def test_every_kind_that_the_vocabulary_reads_is_a_plans_or_nobodys():
    assert service_words.kinds() - set(ServiceKind) == {"other_payer", "non_medical"}
