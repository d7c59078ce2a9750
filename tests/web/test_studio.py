"""The studio's pages in a real browser: steps, saving, two people, previews, versions, files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from backend.access import Role, working_for
from backend.branding import loader
from backend.clients.registry import ClientFacts
from backend.studio import service
from tests.factories.accounts import actor_for
from tests.factories.brands import LOGO, make_draft, make_published
from tests.factories.clients import make_client
from tests.structure.source import ROOT
from tests.web.conftest import watched
from tests.web.studio_people import POCKET, TABLE, at_the_studio
from tests.web.test_screens import barriers, shifts_sideways

in_a_browser = pytest.mark.browser

FIELDS = (ROOT / "backend" / "web" / "studio" / "fields.js").read_text(encoding="utf-8")
STEPS = json.loads(re.search(r"STEPS = (\[.*?\]);", FIELDS).group(1))
PAGES = ["publish", "versions", "links", "clients/new"]
IN_THE_REGISTRATION = {"country", "currency"}


@pytest.fixture
def client(app) -> ClientFacts:
    """A client whose brand somebody has begun."""
    return make_client(name="Kirana Logistics", contract=False)


def draft_of(client: ClientFacts) -> dict[str, Any]:
    with working_for(client.id, actor_for(Role.ADMIN, client)) as scope:
        return service.studio(scope)["draft"]


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text("Saved")


def choose_file(page: Page, label: str, name: str, media_type: str, content: bytes) -> None:
    page.get_by_label(label).set_input_files({"name": name, "mimeType": media_type, "buffer": content})


# --- without a browser


def test_the_shell_forbids_scripts_and_styles_of_others(http: FlaskClient):
    policy = http.get("/studio/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


def test_every_file_the_shell_names_is_served(http: FlaskClient):
    text = http.get("/studio/").text
    paths = [one or other for one, other in re.findall(r'(?:href|src)="(/[^"]+)"|"[\w/]+": "(/[^"]+)"', text)]
    assert len(paths) >= 5
    assert [path for path in paths if http.get(path).status_code != 200] == []


def _settings(schema: dict[str, Any], here: dict[str, Any], above: str = "") -> set[str]:
    """The place of every setting; `*` stands for a language."""
    while "$ref" in here:
        here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    spoken = [("*", one) for one in here.get("patternProperties", {}).values()]
    inner = dict([*here.get("properties", {}).items(), *spoken])
    if not inner:
        return {above}
    return {found for name, one in inner.items() for found in _settings(schema, one, f"{above}.{name}".lstrip("."))}


def test_every_setting_of_a_brand_can_be_set():
    schema = loader.schema()
    fields = {".".join(json.loads(f"[{path}]")) for path in re.findall(r"path: \[([^\]]*)\]", FIELDS)}
    whole = set(re.findall(r"^  (\w+): \"", FIELDS[FIELDS.index("WHOLE") :], re.MULTILINE)) - {"texts"}
    asked = {place for place in _settings(schema, schema) if place.split(".")[0] not in whole}
    assert asked - IN_THE_REGISTRATION - fields == set()


@pytest.mark.parametrize("language", ["en", "id", "pt"])
def test_every_field_step_and_switch_has_a_name(language: str):
    words = "\n".join(path.read_text() for path in (ROOT / "backend/web/studio/words").glob(f"{language}*.js"))
    fields = {
        ".".join(one for one in json.loads(f"[{path}]") if one != "*")
        for path in re.findall(r"path: \[([^\]]*)\], kind", FIELDS)
    }
    colours = loader.defaults()["colours"]["light"]
    wanted = (
        {f"field.{name}" for name in fields} | {f"step.{one}" for one in STEPS} | {f"step_text.{one}" for one in STEPS}
    )
    wanted |= {f"field.features.{one}" for one in loader.defaults()["features"]} | {f"colour.{one}" for one in colours}
    assert {key for key in wanted if f'"{key}": "' not in words} == set()


# --- who may


@in_a_browser
def test_hr_makes_the_brand_but_no_new_client(client: ClientFacts, site: str, browser: Browser):
    with at_the_studio(browser, site, client, Role.HR) as page:
        names = page.get_by_role("navigation", name="Pages of the studio").get_by_role("link").all_inner_texts()
        assert [name.strip() for name in names] == ["Design", "Check and publish", "Versions", "Preview links"]


@in_a_browser
def test_an_agent_finds_no_pages_there(client: ClientFacts, site: str, browser: Browser):
    with at_the_studio(browser, site, client, Role.AGENT) as page:
        expect(page.get_by_role("heading", name="No pages for you here")).to_be_visible()


# --- what it looks like


@in_a_browser
@pytest.mark.parametrize("size", [TABLE, POCKET], ids=["table", "pocket"])
def test_every_step_and_page_fits_and_can_be_used_by_everybody(
    client: ClientFacts, size: dict[str, Any], site: str, browser: Browser
):
    make_draft(client)
    with at_the_studio(browser, site, client, Role.ADMIN, **size) as page:
        found = {}
        for place in [*(f"design/{step}" for step in STEPS), *PAGES]:
            page.goto(f"{site}/studio/#/{place}")
            page.locator("h1").first.wait_for()
            page.locator(".step .spinner, .page .spinner").first.wait_for(state="detached")
            wrong = barriers(page) + (["shifts sideways"] if shifts_sideways(page) else [])
            if wrong:
                found[place] = wrong
        assert found == {}


@in_a_browser
@pytest.mark.parametrize("kind", ["Card", "Letter", "Mail", "WhatsApp", "Phone"])
def test_everything_that_is_made_of_the_brand_can_be_looked_at(
    client: ClientFacts, kind: str, site: str, browser: Browser
):
    make_draft(client, name="Melati Raya")
    with at_the_studio(browser, site, client) as page:
        page.get_by_role("button", name=kind, exact=True).click()
        stage = page.locator(".preview-stage")
        if kind in {"Card", "Letter"}:
            picture = stage.get_by_role("img")
            expect(picture).to_be_visible()
            page.wait_for_function("it => it.complete && it.naturalWidth > 300", arg=picture.element_handle())
        elif kind == "Mail":
            expect(page.frame_locator("iframe.mail").get_by_text("Melati Raya").first).to_be_visible()
        else:
            expect(stage.get_by_text("Melati Raya").first).to_be_visible()
            expect(stage.locator("li").first).to_be_visible()


@in_a_browser
def test_the_app_beside_the_form_follows_what_is_saved(client: ClientFacts, site: str, browser: Browser):
    make_draft(client)
    with at_the_studio(browser, site, client) as page:
        app = page.frame_locator(".phone iframe")
        expect(app.locator(".app")).to_be_visible()
        page.get_by_label("Name", exact=True).fill("Teratai Sehat")
        saved(page)
        expect(app.get_by_text("Teratai Sehat").first).to_be_visible()


@in_a_browser
def test_the_app_beside_the_form_is_dark_and_speaks_as_told(client: ClientFacts, site: str, browser: Browser):
    make_draft(client)
    with at_the_studio(browser, site, client) as page:
        app = page.frame_locator(".phone iframe")
        ground = "() => getComputedStyle(document.body).backgroundColor"
        expect(app.get_by_role("navigation").get_by_text("Beranda")).to_be_visible()
        before = app.locator("body").evaluate(ground)
        page.get_by_role("switch", name="Dark").check()
        page.get_by_label("Language of the preview").select_option("en")
        expect(app.get_by_role("navigation").get_by_text("Home")).to_be_visible()
        assert app.locator("body").evaluate(ground) != before


@in_a_browser
def test_steps_are_walked_by_keyboard(client: ClientFacts, site: str, browser: Browser):
    with at_the_studio(browser, site, client) as page:
        page.get_by_role("link", name="Glossary").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Glossary", level=1)).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Indonesian")).to_be_focused()


# --- what is written


@in_a_browser
def test_one_colour_makes_both_palettes_with_their_contrasts_beside_them(
    client: ClientFacts, site: str, browser: Browser
):
    with at_the_studio(browser, site, client, place="/design/look") as page:
        choose_file(page, "Choose a file", "logo.svg", "image/svg+xml", LOGO)
        expect(page.get_by_role("img", name="Mark for icons")).to_be_visible()
        page.get_by_label("Brand colour", exact=True).fill("#7a1f5c")
        expect(page.get_by_text("Brand: #7a1f5c").first).to_be_attached()
        page.locator("#tuning summary").click()
        row = page.locator(".tuned-row").filter(has=page.get_by_text("Quiet text", exact=True))
        row.get_by_role("textbox", name="Quiet text, Light", exact=True).fill("#c9c4c8")
        expect(row.locator(".ratio.bad")).to_be_visible()
        saved(page)
        expect(page.get_by_role("link", name=re.compile("Logo and colours.*to mend"))).to_be_visible()
    assert draft_of(client)["settings"]["colours"]["light"]["muted"] == "#c9c4c8"


@in_a_browser
def test_a_number_half_typed_is_explained_and_everything_else_is_saved(
    client: ClientFacts, site: str, browser: Browser
):
    with at_the_studio(browser, site, client, place="/design/helpline") as page:
        number = page.get_by_label("Telephone number")
        number.fill("+6221")
        expect(page.get_by_text("Digits with country code").first).to_be_visible()
        page.get_by_label("Number as people know it").fill("500 257")
        expect(page.locator(".saved")).to_have_text("To be checked: 1")
        expect(number).to_have_value("+6221")
    settings = draft_of(client)["settings"]
    assert settings["hotline"] == {"shown": "500 257"}


@in_a_browser
def test_a_text_of_the_clients_own_goes_back_to_the_default(client: ClientFacts, site: str, browser: Browser):
    with at_the_studio(browser, site, client) as page:
        page.get_by_label("Tagline", exact=True).fill("Bersama sehat")
        saved(page)
        assert draft_of(client)["settings"]["texts"] == {"id": {"tagline": "Bersama sehat"}}
        page.get_by_role("button", name="Back to the default: Tagline").click()
        saved(page)
    assert "texts" not in draft_of(client)["settings"]


@in_a_browser
def test_a_client_says_associate_and_the_helpline_has_its_own_words(client: ClientFacts, site: str, browser: Browser):
    with at_the_studio(browser, site, client, place="/design/glossary") as page:
        page.get_by_role("button", name="English").click()
        page.get_by_label("employee", exact=True).fill("associate")
        page.get_by_role("link", name="Helpline").click()
        page.get_by_label("Find a sentence").fill("thank")
        page.get_by_label("Written").first.fill("You are most welcome.")
        saved(page)
    settings = draft_of(client)["settings"]
    assert settings["glossary"] == {"en": {"employee": "associate"}}
    assert list(settings["replies"]["en"].values()) == ["You are most welcome."]


# --- two people, and no network


@in_a_browser
def test_changes_of_two_people_are_both_kept(client: ClientFacts, site: str, browser: Browser):
    with (
        at_the_studio(browser, site, client, name="Wina Saraswati") as wina,
        at_the_studio(browser, site, client, name="Bagus Prasetyo") as bagus,
    ):
        bagus.get_by_label("Tagline", exact=True).fill("Bersama sehat")
        saved(bagus)
        wina.get_by_label("Short name").fill("Kirana")
        expect(wina.get_by_text(re.compile("Bagus Prasetyo saved as well"))).to_be_visible()
        expect(wina.get_by_label("Tagline", exact=True)).to_have_value("Bersama sehat")
        saved(wina)
    settings = draft_of(client)["settings"]
    assert (settings["short_name"], settings["texts"]["id"]["tagline"]) == ("Kirana", "Bersama sehat")


@in_a_browser
def test_who_changed_the_same_thing_chooses_with_both_before_them(client: ClientFacts, site: str, browser: Browser):
    with (
        at_the_studio(browser, site, client, name="Wina Saraswati") as wina,
        at_the_studio(browser, site, client, name="Bagus Prasetyo") as bagus,
    ):
        bagus.get_by_label("Tagline", exact=True).fill("Bersama sehat")
        saved(bagus)
        wina.get_by_label("Tagline", exact=True).fill("Sehat selalu")
        asked = wina.get_by_role("dialog", name="Two people changed the same thing")
        expect(asked).to_contain_text("Bagus Prasetyo")
        expect(asked.get_by_label(re.compile("Bersama sehat"))).to_be_checked()
        assert barriers(wina) == []
        asked.get_by_label(re.compile("Sehat selalu")).check()
        asked.get_by_role("button", name="Go on with these").click()
        saved(wina)
    assert draft_of(client)["settings"]["texts"]["id"]["tagline"] == "Sehat selalu"


@in_a_browser
def test_what_the_network_did_not_take_is_there_in_the_next_window(client: ClientFacts, site: str, browser: Browser):
    with at_the_studio(browser, site, client) as page:
        saved(page)
        page.context.set_offline(True)
        page.get_by_label("Tagline", exact=True).fill("Tanpa jaringan")
        expect(page.locator(".saved")).to_have_text("Not saved: no network")
        another = page.context.new_page()
        page.close()
        another.context.set_offline(False)
        another.goto(f"{site}/studio/")
        expect(another.get_by_label("Tagline", exact=True)).to_have_value("Tanpa jaringan")
        saved(another)
    assert draft_of(client)["settings"]["texts"]["id"]["tagline"] == "Tanpa jaringan"


# --- links, versions, files


@in_a_browser
def test_a_link_opens_the_app_without_signing_in_until_it_is_revoked(client: ClientFacts, site: str, browser: Browser):
    make_draft(client, name="Melati Raya")
    with at_the_studio(browser, site, client, place="/links") as page:
        page.get_by_label("Works for").select_option("3")
        page.get_by_role("button", name="Make a link").click()
        address = site + "/" + page.get_by_label("The link", exact=True).input_value().split("/", 3)[3]
        for guest in watched(browser.new_context(**POCKET, locale="en-GB")):
            guest.goto(address)
            expect(guest.get_by_text("Melati Raya").first).to_be_visible()
            page.get_by_role("button", name=re.compile("Revoke the link")).click()
            expect(page.get_by_text("No link works at the moment.")).to_be_visible()
            expect(page.get_by_label("The link", exact=True)).to_have_count(0)
            assert guest.goto(address).status == 404
            expect(guest.get_by_text("Melati Raya")).to_have_count(0)


@in_a_browser
@pytest.mark.requirement("S0-87")
def test_an_earlier_version_is_put_back_in_force(client: ClientFacts, site: str, browser: Browser):
    make_published(client, name="Melati Raya")
    make_published(client, name="Teratai Sehat")
    with at_the_studio(browser, site, client, place="/versions") as page:
        page.get_by_role("button", name="Put version 1 back in force").click()
        page.get_by_role("dialog").get_by_role("button", name="Put back in force").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator("li").filter(has=page.get_by_text("In force", exact=True))).to_have_count(1)
        page.get_by_role("link", name="Design").click()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Melati Raya")
    assert loader.brand_of(client.slug).name == "Melati Raya"


@in_a_browser
def test_a_package_brings_back_the_brand_it_was_made_of(client: ClientFacts, site: str, browser: Browser):
    make_published(client, name="Melati Raya", short_name="Melati")
    before = draft_of(client)
    with at_the_studio(browser, site, client, place="/versions") as page:
        with page.expect_download() as given:
            page.get_by_role("button", name="Export version 1").click()
        package = Path(given.value.path()).read_bytes()
        page.get_by_role("link", name="Design").click()
        page.get_by_label("Name", exact=True).fill("Something else")
        saved(page)
        page.get_by_role("link", name="Versions").click()
        choose_file(page, "A brand as a package (ZIP)", "brand.zip", "application/zip", package)
        page.get_by_role("dialog").get_by_role("button", name="Replace the draft").click()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Melati Raya")
    after = draft_of(client)
    assert after["settings"] == before["settings"]
    assert [(one["name"], one["size"]) for one in after["assets"]] == [
        (one["name"], one["size"]) for one in before["assets"]
    ]


@in_a_browser
def test_a_package_that_is_none_is_refused_in_words(client: ClientFacts, site: str, browser: Browser):
    with at_the_studio(browser, site, client, place="/versions") as page:
        choose_file(page, "A brand as a package (ZIP)", "brand.zip", "application/zip", b"no zip at all")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Replace the draft").click()
        expect(dialog.get_by_role("alert")).to_have_text(re.compile(r"\w+ \w+"))
