from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.money import Money
from backend.providers.rules.tariff_line import amount_minor, read_price
from backend.providers.rules.tariffs import Agreed, Billed, Verdict, compare

LIST = UUID(int=1)


def rupiah(minor):
    return Money(minor, "IDR")


def agreed(code, minor, room="", **contents):
    return {(code, room): Agreed(code, code, rupiah(minor), LIST, 1, date(2026, 1, 1), room, contents)}


PRICES = (
    agreed("GP", 100)
    | agreed("LAB", 50)
    | agreed("ROOM", 300, "1")
    | agreed("ROOM", 200)
    | agreed("MCU", 120, GP=1, LAB=2)
)


@pytest.mark.requirement("S0-23")
@pytest.mark.requirement("S2-40")
@pytest.mark.parametrize(
    ("line", "verdict", "allowed"),
    [
        (("GP", 1, 100), Verdict.AS_AGREED, 100),
        (("GP", 1, 130), Verdict.ABOVE, 100),
        (("GP", 2, 190), Verdict.BELOW, 190),
        (("GP", 3, 330), Verdict.ABOVE, 300),
        (("ROOM", 1, 350, "1"), Verdict.ABOVE, 300),
        (("ROOM", 1, 350, "vip"), Verdict.ABOVE, 200),
        (("SPA", 1, 70), Verdict.NOT_AGREED, 70),
    ],
)
def test_a_line_is_allowed_up_to_its_agreed_price(line, verdict, allowed):
    code, quantity, amount, *room = line
    found = compare([Billed(code, quantity, rupiah(amount), *room)], PRICES)[0]
    assert (found.verdict, found.allowed, found.excess) == (verdict, rupiah(allowed), rupiah(amount - allowed))


@pytest.mark.requirement("S2-40")
def test_what_a_package_contains_is_paid_with_it_and_more_of_it_apart():
    bill = [Billed("MCU", 1, rupiah(120)), Billed("GP", 1, rupiah(100)), Billed("LAB", 3, rupiah(150))]
    package, consultation, tests = compare(bill, PRICES)
    assert (package.allowed, consultation.allowed, tests.allowed) == (rupiah(120), rupiah(0), rupiah(50))
    assert (consultation.verdict, consultation.package) == (Verdict.IN_PACKAGE, "MCU")


def test_what_only_a_package_names_is_asked_for_by_its_share_when_it_is_more():
    prices = agreed("DELIVERY", 1000, NURSE=2)
    found = compare([Billed("DELIVERY", 1, rupiah(1000)), Billed("NURSE", 4, rupiah(80))], prices)[1]
    assert (found.allowed, found.excess) == (rupiah(40), rupiah(40))


lines = st.builds(
    Billed,
    st.sampled_from(["GP", "LAB", "ROOM", "MCU", "SPA"]),
    st.integers(1, 20),
    st.integers(0, 10**9).map(rupiah),
    st.sampled_from(["", "1", "vip"]),
)


@given(st.lists(lines, max_size=8))
def test_allowed_and_excess_are_what_was_billed(bill):
    for found in compare(bill, PRICES):
        assert found.allowed + found.excess == found.billed.amount
        assert rupiah(0) <= found.allowed <= found.billed.amount
        assert found.expected is None or found.allowed <= found.expected


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("150000", 150_000_00),
        ("1.500.000", 1_500_000_00),
        ("1,500,000", 1_500_000_00),
        ("1,500,000.50", 1_500_000_50),
        ("1.500.000,5", 1_500_000_50),
        ("1.500", 1_500_00),
        ("1500,25", 1_500_25),
        ("150000.0", 150_000_00),
        ("Rp 150.000", 150_000_00),
        ("0", 0),
        ("12.345.6", None),
        ("1.50.000", None),
        ("seratus", None),
        ("-5", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, minor):
    assert amount_minor(text, "IDR") == minor


@given(st.integers(0, 10**9))
def test_whole_amounts_are_read_with_and_without_signs(amount):
    for written in (str(amount), f"{amount:,}", f"{amount:,}".replace(",", ".")):
        assert amount_minor(written, "IDR") == amount * 100


def test_a_line_without_a_country_or_currency_means_the_clients():
    line = read_price({"code": "X", "service_code": "GP", "name": "Visit", "amount": "5"}, "MZ", "MZN")
    assert (line.country, line.currency, line.amount_minor, line.problems) == ("MZ", "MZN", 500, ())
