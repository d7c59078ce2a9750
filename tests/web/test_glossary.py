"""The member app says a client's own terms, by the same rule as everything else that people read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from backend.branding import files, loader
from backend.branding.vocabulary import for_pages, own_words
from backend.web.files import build
from tests.backend.branding.own_words import OWN, SAID
from tests.web.test_words import words

pytestmark = pytest.mark.browser


def in_the_browser(page: Page, site: str, texts: dict[str, str], language: str) -> dict[str, str]:
    page.goto(f"{site}/c/nusantara/")
    said: dict[str, str] = page.evaluate(
        f"([texts, own]) => import('{build().path('shared/glossary.js')}').then(one => one.reworded(texts, own))",
        [texts, for_pages(OWN, language)],
    )
    return said


@pytest.mark.parametrize("language", OWN)
def test_the_pages_replace_as_the_backend_does(language: str, site: str, phone: Page):
    ours = {
        f"{named}:{at}" if named else f"x{at}": text
        for at, (said, text, named, _) in enumerate(SAID)
        if said == language
    }
    ours |= words("member", language)
    reword = own_words(OWN)
    theirs = {name: reword(text, language, name) for name, text in ours.items()}
    assert theirs != ours
    assert in_the_browser(phone, site, ours, language) == theirs


@pytest.mark.requirement("S0-87")
def test_a_member_reads_the_clients_word_for_a_claim(site: str, phone: Page):
    brand = replace(loader.brand_of("indico"), glossary=OWN)
    shown: dict[str, Any] = files.as_json(brand)

    def answer(route: Route) -> None:
        route.fulfill(json=shown)

    phone.route("**/branding", answer)
    phone.goto(f"{site}/c/indico/")
    expect(phone.locator("#app")).not_to_have_attribute("aria-busy", "true")
    said = phone.evaluate(f"import('{build().path('shared/words.js')}').then(({{ t }}) => t('claim.new'))")
    assert said == "New expense"
