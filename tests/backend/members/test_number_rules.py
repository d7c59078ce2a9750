from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.members.rules import national_id as nik
from backend.members.rules.national_id import nik_warnings
from backend.members.rules.numbers import card_number, grouped, is_well_typed, member_number

BORN = date(1990, 5, 17)
MAN, WOMAN = "3174011705900001", "3174015705900001"
serials = st.integers(1, 10**7)


@pytest.mark.parametrize(("number", "sex"), [(MAN, "male"), (WOMAN, "female")])
def test_a_nik_that_fits_has_no_warning(number: str, sex: str):
    assert nik_warnings(number, BORN, sex) == []


@pytest.mark.parametrize(
    ("number", "sex", "warning"),
    [
        ("317401170590001", "male", nik.SHAPE),
        ("31740117059OOO01", "male", nik.SHAPE),
        ("٣١٧٤٠١١٧٠٥٩٠٠٠٠١", "male", nik.SHAPE),
        ("9974011705900001", "male", nik.PROVINCE),
        ("3174013202900001", "male", nik.DATE),
        ("3174018105900001", "female", nik.DATE),
        ("3174011805900001", "male", nik.BIRTH_DATE),
        (WOMAN, "male", nik.SEX),
        ("3174011705900000", "male", nik.SEQUENCE),
    ],
)
def test_a_nik_that_does_not_fit_is_only_warned_about(number: str, sex: str, warning: str):
    assert nik_warnings(number, BORN, sex) == [warning]


@pytest.mark.parametrize("province", ["91", "92", "93", "94", "95", "96"])
def test_papua_before_and_after_its_division_is_known(province: str):
    assert nik.PROVINCE not in nik_warnings(f"{province}74011705900001", BORN, "male")


def test_the_century_comes_from_the_declared_birth_date():
    assert nik_warnings("3174011705100001", date(2010, 5, 17), "male") == []
    assert nik_warnings("3174011705100001", date(1910, 5, 17), "male") == []


def test_the_leap_day_of_its_own_century_exists():
    assert nik_warnings("3174012902000001", date(2000, 2, 29), "male") == []


def test_without_a_declared_birth_date_only_the_number_is_judged():
    assert nik_warnings(MAN, None, None) == []


@given(serials, serials)
def test_no_two_members_have_the_same_number(one: int, other: int):
    assert (member_number(one) == member_number(other)) is (one == other)


@given(serials, serials)
def test_no_two_cards_have_the_same_number(one: int, other: int):
    assert (card_number(one) == card_number(other)) is (one == other)


@given(serials)
def test_numbers_have_one_length_and_a_check_digit(serial: int):
    assert len(member_number(serial)) == 9
    assert len(card_number(serial)) == 12
    assert is_well_typed(card_number(serial))


@given(serials, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(serial: int, place: int, shift: int):
    number = card_number(serial)
    wrong = str((int(number[place]) + shift) % 10)
    assert not is_well_typed(number[:place] + wrong + number[place + 1 :])


def test_a_neighbours_number_cannot_be_guessed_by_counting():
    assert abs(int(card_number(2)) - int(card_number(1))) > 1_000_000


def test_a_number_is_read_in_groups_of_four():
    assert grouped("090112345678") == "0901 1234 5678"
