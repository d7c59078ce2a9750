"""Dates and amounts as people say them."""

from datetime import date
from decimal import Decimal

import pytest

from backend.kit.amounts_in_words import amount_in
from backend.kit.dates_in_words import date_in

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17-08-1990", date(1990, 8, 17)),
        ("17/8/90", date(1990, 8, 17)),
        ("17081990", date(1990, 8, 17)),
        ("1990-08-17", date(1990, 8, 17)),
        ("lahir 17 Agustus 1990", date(1990, 8, 17)),
        ("17 de Agosto de 1990", date(1990, 8, 17)),
        ("the 3rd of March 2026", date(2026, 3, 3)),
        ("March 3rd, 2026", date(2026, 3, 3)),
        ("14 nov", date(2026, 11, 14)),
        ("14 desember", date(2025, 12, 14)),
        ("14/12", date(2025, 12, 14)),
        ("tanggal 19", date(2026, 11, 19)),
        ("the 30th", date(2026, 10, 30)),
        ("foi no dia 1", date(2026, 11, 1)),
        ("kemarin", date(2026, 11, 21)),
        ("kemarin lusa", date(2026, 11, 20)),
        ("foi ontem", date(2026, 11, 21)),
        ("31-02-2026", None),
        ("besok", None),
        ("saya sakit", None),
    ],
)
def test_a_date_is_found(text, expected):
    assert date_in(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("350000", "350000"),
        ("Rp 350.000", "350000"),
        ("Rp350.000,00", "350000"),
        ("350 ribu", "350000"),
        ("350rb", "350000"),
        ("1,5 juta", "1500000"),
        ("kira-kira 2 jt", "2000000"),
        ("3.500,50 MT", "3500.50"),
        ("3 500 meticais", "3500"),
        ("2 mil", "2000"),
        ("1,250.75", "1250.75"),
        ("12,50", "12.50"),
    ],
)
def test_an_amount_is_found(text, expected):
    assert amount_in(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["tidak tahu", "", "antara 100 dan 200"])
def test_what_is_no_single_amount_is_not_guessed(text):
    assert amount_in(text) is None
