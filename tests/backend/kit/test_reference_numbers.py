from hypothesis import given
from hypothesis import strategies as st

from backend.kit.reference_numbers import Kind, new_number, read_number

kinds = st.sampled_from(list(Kind))
numbers = st.builds(lambda kind, year: (kind, new_number(kind, year)), kinds, st.integers(2020, 2099))


@given(numbers, st.sampled_from(["", " ", "-", ". ", " / "]))
def test_a_number_is_read_back_however_it_is_grouped(made, separator):
    kind, number = made
    assert read_number(kind, separator.join(number.replace("-", ""))) == number


@given(numbers, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(made, place, shift):
    kind, number = made
    digits = list(number.replace("-", ""))
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert read_number(kind, "".join(digits)) is None


@given(numbers, st.integers(0, 10))
def test_two_digits_in_the_wrong_order_are_noticed(made, place):
    kind, number = made
    digits = list(number.replace("-", ""))
    swapped = digits.copy()
    swapped[place], swapped[place + 1] = digits[place + 1], digits[place]
    assert swapped == digits or read_number(kind, "".join(swapped)) is None


def test_a_claim_number_is_no_complaint_number():
    assert read_number(Kind.COMPLAINT, new_number(Kind.CLAIM, 2026)) is None


def test_what_is_too_short_is_no_number():
    assert read_number(Kind.CLAIM, "1264-0815") is None


def test_the_year_and_the_kind_can_be_seen():
    assert new_number(Kind.CLAIM, 2026).startswith("126")
