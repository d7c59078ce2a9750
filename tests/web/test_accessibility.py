"""What axe cannot see, on every screen: large letters, small screens, thumbs, the keyboard, where one lands (WCAG 2.2).

One window for all screens, and each is looked at for everything at once: a browser's minute is dear.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.devstack.screens import walk
from tests.web.conftest import PHONE, until, watched
from tests.web.people import enter, make_family, with_claim, with_complaint
from tests.web.test_screens import shifts_sideways

pytestmark = pytest.mark.browser

SLUG = "nusantara"
SMALL = {"width": 320, "height": 640}
MOST_STOPS = 80

_TARGETS = """() => {
  // 2.5.8: 24 by 24 pixels, but for links within a line of text and what the browser itself draws.
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".visually-hidden, .skip");
  const inText = (e) => e.tagName === "A" && getComputedStyle(e).display === "inline";
  const whole = (e) => (e.matches("input[type=checkbox], input[type=radio]") ? e.closest("label") || e : e);
  const box = (e) => whole(e).getBoundingClientRect();
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((e) => seen(e) && !inText(e) && (box(e).width < 24 || box(e).height < 24))
    .map((e) => `${e.outerHTML.slice(0, 90)} ${Math.round(box(e).width)}x${Math.round(box(e).height)}`);
}"""
_STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(e);
  const { top, bottom, left, right } = e.getBoundingClientRect();
  const within = top < innerHeight && bottom > 0 && left < innerWidth && right > 0;
  const shown = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const place = [...document.querySelectorAll("*")].indexOf(e);
  return { place, shown, within, what: e.outerHTML.slice(0, 90) };
}"""
_ROUND = '<a class="skip"'
"""What the keyboard meets first on every screen."""
_FAULTS = {"no focus to be seen": "shown", "out of sight": "within"}


@pytest.fixture
def screens(browser: Browser, site: str):
    """The screens of a member with a claim and a complaint, one after the other in one window."""
    family = make_family(SLUG)
    with_claim(family)
    with_complaint(family)
    context = browser.new_context(**PHONE, locale="en-GB", reduced_motion="reduce", service_workers="block")

    def visit():
        for page in watched(context):
            enter(page, site, family)
            for name in walk(page, f"{site}/c/{SLUG}/"):
                yield name, page

    return visit


def badly_placed(page: Page) -> list[str]:
    """Stops of the keyboard that go backwards, show no focus, or lie where nobody sees them."""
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    wrong: list[str] = []
    first = last = None
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None or stop["place"] in {first, last} or (first is not None and stop["what"].startswith(_ROUND)):
            break  # once round
        if last is not None and stop["place"] < last:
            wrong.append(f"goes back: {stop['what']}")
            break
        wrong += [f"{fault}: {stop['what']}" for fault, holds in _FAULTS.items() if not stop[holds]]
        first, last = stop["place"] if first is None else first, stop["place"]
    return wrong


def landed(page: Page) -> bool:
    """Whether the reader stands on the heading of the page they went to."""
    try:
        until(page, "document.activeElement?.tagName === 'H1'", seconds=3)
    except TimeoutError:
        return False
    return True


def moves(page: Page) -> bool:
    """Whether something still moves for somebody who asked for no motion."""
    lasting = "document.getAnimations().some((one) => Number(one.effect.getComputedTiming().duration) > 1)"
    moving: bool = page.evaluate(lasting)
    return moving


def test_every_screen_is_for_thumbs_keyboards_large_letters_and_small_phones(screens):
    found: dict[str, list[str]] = {}
    for name, page in screens():
        wrong = []
        if name != "home" and not landed(page):
            wrong.append("the reader does not land on the heading")
        wrong += page.evaluate(_TARGETS)
        wrong += ["something moves"] if moves(page) else []
        wrong += badly_placed(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wrong += ["200 % text shifts sideways"] if shifts_sideways(page) else []
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(SMALL)
        wrong += ["320 px shift sideways"] if shifts_sideways(page) else []
        page.set_viewport_size(PHONE["viewport"])
        if wrong:
            found[name] = wrong
    assert found == {}


def test_every_page_has_a_name_of_its_own(screens):
    titles = {name: page.title() for name, page in screens()}
    assert len(set(titles.values())) == len(titles), titles


def test_letters_grow_with_what_the_reader_has_set(site: str, phone: Page):
    phone.goto(f"{site}/c/{SLUG}/")
    phone.get_by_role("heading", level=1).wait_for()
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = phone.evaluate(size)
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.evaluate(size) == 2 * before


def test_a_refused_field_says_what_is_wrong_and_is_tied_to_it(site: str, phone: Page):
    phone.goto(f"{site}/c/{SLUG}/")
    number = phone.get_by_label("Mobile number")
    number.fill("12345678901234567890")
    phone.get_by_role("button", name="SMS").click()
    expect(number).to_have_attribute("aria-invalid", "true")
    problem = phone.locator(f"#{(number.get_attribute('aria-describedby') or '').split()[-1]}")
    expect(problem).to_have_text("This is not a mobile number we can read.")
    expect(phone.get_by_role("alert").filter(has=problem)).to_be_visible()
