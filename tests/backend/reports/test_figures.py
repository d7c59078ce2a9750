"""What the ratios of the helpline mean."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.refusal import Refusal
from backend.reports import rules
from backend.reports.rules import Calls, Containment, FirstResponse, Scores

TODAY = date(2026, 11, 23)


@pytest.mark.requirement("S0-90")
@pytest.mark.parametrize(
    ("calls", "level", "met"),
    [
        pytest.param(Calls(offered=10, answered=8, in_time=8), 0.8, True, id="eight of ten are enough"),
        pytest.param(Calls(offered=10, answered=9, in_time=7), 0.7, False, id="answered late does not count"),
        pytest.param(
            Calls(offered=5, answered=4, in_time=4, abandoned=1), 0.8, True, id="who hung up counts against us"
        ),
        pytest.param(
            Calls(offered=9, answered=8, in_time=8, undecided=1), 1.0, True, id="who has just come does not yet"
        ),
        pytest.param(Calls(), None, None, id="no calls, no level"),
        pytest.param(Calls(offered=1, undecided=1), None, None, id="only somebody who has just come"),
    ],
)
def test_four_of_five_calls_are_answered_in_twenty_seconds(calls, level, met):
    shown = calls.figures()
    assert (shown["service_level"], shown["goal_met"]) == (level, met)


def test_an_answer_that_never_came_is_late_and_one_that_may_still_come_is_not():
    shown = FirstResponse(cases=4, answered=2, in_time=2, undecided=1).figures()
    assert shown["in_time_share"] == pytest.approx(2 / 3, abs=1e-4)


@pytest.mark.parametrize(("threads", "contained", "share"), [(4, 3, 0.75), (0, 0, None), (3, 0, 0.0)])
def test_containment_is_a_share_of_the_threads(threads, contained, share):
    assert Containment(threads, contained).figures()["share"] == share


def test_the_average_score_has_two_digits_and_who_did_not_answer_is_seen():
    shown = Scores(asked=4, answered=3, low=1, average=3.6666).figures()
    assert (shown["average"], shown["answered_share"]) == (3.67, 0.75)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_share_lies_between_nothing_and_everything(part, more):
    found = rules.share(part, part + more)
    assert found is None if part + more == 0 else 0 <= found <= 1


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        pytest.param(None, None, (date(2026, 11, 17), TODAY), id="the last seven days"),
        pytest.param(date(2026, 11, 1), None, (date(2026, 11, 1), TODAY), id="up to today"),
        pytest.param(None, date(2026, 11, 10), (date(2026, 11, 4), date(2026, 11, 10)), id="seven days up to a day"),
        pytest.param(TODAY, TODAY, (TODAY, TODAY), id="one day"),
        pytest.param(date(2026, 12, 1), None, (date(2026, 12, 1), date(2026, 12, 1)), id="a day to come"),
        pytest.param(date(2025, 11, 23), TODAY, (date(2025, 11, 23), TODAY), id="a year"),
    ],
)
def test_a_period_is_whole_days(first, last, days):
    of = rules.period(first, last, TODAY, "Asia/Jakarta")
    assert (of.first, of.last) == days


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(date(2026, 11, 2), date(2026, 11, 1), id="backwards"),
        pytest.param(date(2024, 1, 1), date(2026, 1, 1), id="two years"),
    ],
)
def test_a_period_that_is_none_is_refused(first, last):
    refused = rules.period(first, last, TODAY, "Asia/Jakarta")
    assert isinstance(refused, Refusal)
    assert refused.reason == "reports.period"


def test_a_day_begins_at_midnight_of_the_clients_seat():
    of = rules.period(TODAY, TODAY, TODAY, "Asia/Jakarta")
    assert (of.begin, of.end) == (datetime(2026, 11, 22, 17, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC))
