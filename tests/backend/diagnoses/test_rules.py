from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import diagnoses
from backend.diagnoses import rules
from backend.diagnoses.book import codes
from backend.diagnoses.rules import Limits


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a09.9", "A09.9"),
        ("A099", "A09.9"),
        (" i10 ", "I10"),
        ("U07.1", "U07.1"),
        ("asthma", None),
        ("A9", None),
        ("", None),
        ("A09.9; DROP", None),
    ],
)
def test_a_code_is_read_as_people_write_it(typed, code):
    assert rules.code_of(typed) == code


@pytest.mark.parametrize(
    ("typed", "beginning"),
    [
        ("j4", "J4"),
        ("J45", "J45"),
        ("J45.", "J45."),
        ("j459", "J45.9"),
        ("flu", None),
        ("hepatitis b", None),
        ("j", None),
    ],
)
def test_a_beginning_of_a_code_is_told_from_words(typed, beginning):
    assert rules.beginning_of_code(typed) == beginning


@pytest.mark.parametrize(
    ("code", "named", "inside"),
    [
        ("C60", "C60-C63", True),
        ("C63.9", "C60-C63", True),
        ("C64", "C60-C63", False),
        ("M80.1", "M80.0-M80.1", True),
        ("M80.2", "M80.0-M80.1", False),
        ("D29.4", "D29", True),
        ("D30", "D29", False),
        ("N51.8", "N40-N51", True),
    ],
)
def test_a_range_includes_all_below_its_last_code(code, named, inside):
    assert rules.in_range(code, named) is inside


@given(st.sampled_from(sorted(codes())))
def test_every_code_of_the_book_is_read_with_and_without_its_dot(code):
    assert diagnoses.known(code) is diagnoses.known(code.replace(".", "").lower())
    assert diagnoses.known(code).code == code


_ADULT, _CHILD, _INFANT = date(1990, 5, 1), date(2018, 5, 1), date(2026, 10, 30)
_ON = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("code", "sex", "born_on", "flags"),
    [
        ("N40", "male", _ADULT, ()),
        ("N40", "female", _ADULT, ("sex",)),
        ("O80.9", "female", _ADULT, ()),
        ("O80.9", "male", _CHILD, ("sex", "age")),
        ("O80.9", None, None, ()),
        ("P59.9", "female", _INFANT, ()),
        ("P59.9", "female", _ADULT, ("age",)),
        ("J06.9", "female", _INFANT, ()),
        ("Z00.1", "male", _ADULT, ("age",)),
        ("C50.9", "male", _ADULT, ()),  # men have it too
    ],
)
def test_a_code_that_does_not_fit_the_person_is_flagged(code, sex, born_on, flags):
    limits = diagnoses.known(code).limits
    assert rules.implausible(limits, sex=sex, born_on=born_on, on=_ON) == flags


def test_the_age_is_counted_in_whole_years():
    limits = Limits(from_years=10, until_years=55)
    eve, birthday = date(2026, 4, 30), date(2026, 5, 1)
    assert rules.implausible(limits, sex=None, born_on=date(2016, 5, 1), on=eve) == ("age",)
    assert rules.implausible(limits, sex=None, born_on=date(2016, 5, 1), on=birthday) == ()
