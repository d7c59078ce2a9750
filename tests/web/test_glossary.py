"""The member app says a client's own terms, by the same rule as everything else that people read."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest
from playwright.sync_api import Page, Route, expect

from backend.branding import files, loader
from backend.branding.vocabulary import for_pages, own_words
from backend.web.files import build
from tests.backend.branding.own_words import OWN, SAID
from tests.web.people import enter, make_family
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
    shown = orjson.dumps({"brand": files.as_json(brand), "letters": []}).decode()

    def answer(route: Route) -> None:
        whole = route.fetch(headers={**route.request.headers, "accept-encoding": "identity"})
        before, rest = whole.text().split('type="application/json">')
        body = f'{before}type="application/json">{shown}</script>{rest.split("</script>", 1)[1]}'
        route.fulfill(response=whole, body=body)

    phone.route("**/c/indico/", answer)
    enter(phone, site, make_family("indico"), "/claims")
    expect(phone.get_by_role("link", name="New expense")).to_be_visible()
