"""Amounts as people type them; the module itself runs, in a browser."""

import pytest
from playwright.sync_api import Page

from backend.web.files import build

pytestmark = pytest.mark.browser


def run(page: Page, site: str, expression: str) -> object:
    page.goto(f"{site}/c/nusantara/")
    return page.evaluate(f"import('{build().path('shared/amount.js')}').then(amounts => {expression})")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("685000", "IDR", 68_500_000),
        ("685.000", "IDR", 68_500_000),
        ("1,250,000", "IDR", 125_000_000),
        ("Rp 1.250.000,00", "IDR", 125_000_000),
        ("125,50", "IDR", None),
        ("1.250,50", "MZN", 125_050),
        ("1,250.5", "MZN", 125_050),
        ("1250", "MZN", 125_000),
        ("1 250,00 MT", "MZN", 125_000),
        ("0", "MZN", None),
        ("12.34.56", "MZN", None),
        ("abc", "IDR", None),
        ("", "IDR", None),
    ],
)
def test_an_amount_is_read_as_its_currency_is_written(
    text: str, currency: str, minor: int | None, site: str, phone: Page
):
    assert run(phone, site, f"amounts.minorUnits({text!r}, {currency!r})") == minor


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("125000000, 'IDR', 'id'", "1.250.000"),
        ("1250050, 'MZN', 'pt'", "12\u00a0500,50"),
        ("1250000, 'MZN', 'en'", "12,500"),
    ],
)
def test_an_amount_is_grouped_as_the_reader_writes_it(amount: str, shown: str, site: str, phone: Page):
    assert run(phone, site, f"amounts.typed({amount})") == shown
