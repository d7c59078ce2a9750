"""Money, dates and numbers of things as each language writes them: the pages' own module, and the server's with it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from backend.kit.money import Money
from backend.web.files import build, words_file

pytestmark = pytest.mark.browser

NBSP = "\u00a0"
AMOUNTS = [
    (125_000_000, "IDR", {"id": "Rp 1.250.000", "en": "Rp 1,250,000", "pt": "Rp 1 250 000"}),
    (1_250_050, "MZN", {"id": "12.500,50 MT", "en": "12,500.50 MT", "pt": "12 500,50 MT"}),
    (98_765_432_10, "AOA", {"id": "98.765.432,10 Kz", "en": "98,765,432.10 Kz", "pt": "98 765 432,10 Kz"}),
    (150_000, "USD", {"id": "1.500,00 USD", "en": "1,500.00 USD", "pt": "1500,00 USD"}),
    (5_000, "JPY", {"id": "5.000 JPY", "en": "5,000 JPY", "pt": "5000 JPY"}),
    (0, "IDR", {"id": "Rp 0", "en": "Rp 0", "pt": "Rp 0"}),
]
DATES = {
    "long": {"id": "1 Desember 2026", "en": "1 December 2026", "pt": "1 de dezembro de 2026"},
    "short": {"id": "1 Des 2026", "en": "1 Dec 2026", "pt": "1/12/2026"},
}
COUNTS = {
    "en": {0: "0 unread messages", 1: "1 unread message", 2: "2 unread messages", 21: "21 unread messages"},
    "id": {
        0: "0 pesan belum dibaca",
        1: "1 pesan belum dibaca",
        2: "2 pesan belum dibaca",
        21: "21 pesan belum dibaca",
    },
    "pt": {0: "0 mensagens por ler", 1: "1 mensagem por ler", 2: "2 mensagens por ler", 21: "21 mensagens por ler"},
}


@pytest.fixture
def run(site: str, phone: Page):
    """Runs an expression over the pages' modules ``format`` and ``words``, and ``WORDS`` by language."""
    phone.goto(f"{site}/c/nusantara/")
    said = {language: build().needs[words_file(language)][0] for language in ("id", "en", "pt")}
    paths = ["shared/format.js", "shared/words.js", *said.values()]
    loaded = ", ".join(f"import('{build().path(path)}')" for path in paths)
    spoken = ", ".join(f"{language}: {language}.default" for language in said)

    def on(expression: str) -> Any:
        names = ", ".join(["format", "words", *said])
        return phone.evaluate(
            f"Promise.all([{loaded}]).then(([{names}]) => {{ const WORDS = {{ {spoken} }}; return {expression}; }})"
        )

    return on


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace(NBSP, " ")


def test_each_currency_is_written_as_each_language_writes_it(run):
    shown = {
        (minor, currency, language): plain(
            run(f"format.money({{amount_minor: {minor}, currency: '{currency}'}}, '{language}')")
        )
        for minor, currency, forms in AMOUNTS
        for language in forms
    }
    wanted = {
        (minor, currency, language): text for minor, currency, forms in AMOUNTS for language, text in forms.items()
    }
    assert shown == wanted


def test_a_date_is_written_as_each_language_writes_it(run):
    for style, forms in DATES.items():
        shown = {language: plain(run(f"format.date('2026-12-01', '{language}', '{style}')")) for language in forms}
        assert shown == forms


def test_a_number_of_things_takes_the_form_of_its_language(run):
    for language, forms in COUNTS.items():
        run(f"words.speak('{language}', WORDS['{language}'])")
        assert {count: run(f"words.counted('inbox.count', {count})") for count in forms} == forms


@pytest.mark.parametrize(("minor", "currency"), [(125_000_000, "IDR"), (1_250_050, "MZN"), (98_765_432_10, "AOA")])
@pytest.mark.parametrize("language", ["id", "en", "pt"])
def test_letters_and_pages_write_the_same_amount(run, minor, currency, language):
    page = run(f"format.money({{amount_minor: {minor}, currency: '{currency}'}}, '{language}')")
    assert plain(page) == plain(Money(minor, currency).display(language))
