"""When an initial letter is issued, until which instant it holds, and what confirms it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.guarantees import rules
from backend.guarantees.rules import Cover, LetterState, Standing

DAY = date(2026, 3, 2)
COVERED = Cover(DAY, covered=True, has_inpatient=True)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ISSUED = Standing(LetterState.ISSUED, NOON)
REQUESTED = Standing(LetterState.REQUESTED)


@pytest.mark.requirement("S1-55")
def test_a_covered_inpatient_may_have_a_letter():
    assert rules.may_issue(REQUESTED, COVERED) is None


@pytest.mark.parametrize(
    ("cover", "reason"),
    [
        (Cover(DAY, covered=False, has_inpatient=True), rules.NOT_COVERED),
        (Cover(DAY, covered=True, has_inpatient=False), rules.NO_INPATIENT_BENEFIT),
    ],
)
def test_without_cover_or_benefit_there_is_no_letter(cover, reason):
    refusal = rules.may_issue(REQUESTED, cover)
    assert refusal is not None
    assert refusal.reason == reason


@pytest.mark.parametrize("state", [state for state in LetterState if state is not LetterState.REQUESTED])
def test_only_a_requested_letter_is_issued(state):
    assert rules.may_issue(Standing(state), COVERED).reason == rules.WRONG_STATE


@pytest.mark.requirement("S1-56")
def test_two_times_24_hours_are_48_elapsed_hours():
    """Issued on Monday at 15:30 in Jakarta, over on Wednesday at 15:30 there."""
    jakarta = ZoneInfo("Asia/Jakarta")
    issued = datetime(2026, 3, 2, 15, 30, tzinfo=jakarta)
    assert rules.valid_until(issued, 48) == datetime(2026, 3, 4, 15, 30, tzinfo=jakarta)


def test_a_night_in_which_the_clocks_change_does_not_shorten_the_letter():
    """In Lisbon the night of 29 March 2026 has 23 hours on the wall; 48 elapsed hours end at 16:30 there."""
    lisbon = ZoneInfo("Europe/Lisbon")
    issued = datetime(2026, 3, 28, 15, 30, tzinfo=lisbon)
    assert rules.valid_until(issued, 48) == datetime(2026, 3, 30, 16, 30, tzinfo=lisbon)


@pytest.mark.requirement("S1-56")
def test_the_letter_is_over_at_the_instant_it_says():
    assert ISSUED.at(NOON - timedelta(microseconds=1)) is LetterState.ISSUED
    assert ISSUED.at(NOON) is LetterState.LAPSED


def test_a_confirmed_letter_does_not_lapse():
    assert Standing(LetterState.CONFIRMED, NOON).at(NOON + timedelta(days=9)) is LetterState.CONFIRMED


@pytest.mark.parametrize("card_is_good", [True, None])
def test_card_or_statement_confirm_in_time(card_is_good):
    assert rules.may_confirm(ISSUED, NOON - timedelta(minutes=1), card_is_good=card_is_good) is None


def test_a_card_that_is_not_good_confirms_nothing():
    assert rules.may_confirm(ISSUED, NOON - timedelta(hours=1), card_is_good=False).reason == rules.CARD_NOT_VALID


def test_nothing_confirms_a_letter_that_has_lapsed():
    assert rules.may_confirm(ISSUED, NOON).reason == rules.LAPSED


@pytest.mark.parametrize("state", [LetterState.REQUESTED, LetterState.CONFIRMED, LetterState.VOID])
def test_only_an_issued_letter_is_confirmed(state):
    assert rules.may_confirm(Standing(state), NOON).reason == rules.WRONG_STATE


@pytest.mark.parametrize("state", LetterState)
def test_what_has_ended_cannot_be_withdrawn(state):
    ended = state in {LetterState.FINAL, LetterState.REFUSED, LetterState.LAPSED, LetterState.VOID}
    assert (rules.may_void(Standing(state)) is not None) == ended
