"""Every kind of defect is planted on its own, and every one of them is seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from backend.branding import loader, pictures
from backend.branding.loader import Brand
from backend.branding.rules.colours import CONTROL_ON_GROUND, STATUS, TEXT_ON_GROUND, colour_defects
from backend.branding.rules.leaks import VENDORS, leaks
from backend.studio import gate
from backend.studio.drawings import GROUNDS, MEASURED, PAPER, drawing_defects
from tests.backend.branding.palettes import DEFAULTS

SLUG = "nusantara"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{}</svg>'
_DISC = '<circle cx="50" cy="50" r="40" fill="{}"/>'
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def brand() -> Brand:
    return loader.brand_of(SLUG)


# Colours


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_in_the_colour_of_its_ground_is_seen(scheme: str, text: str, ground: str):
    palette = {**DEFAULTS[scheme], text: DEFAULTS[scheme][ground]}
    assert ("branding.contrast_text", text, ground) in _pairs(scheme, palette)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("control", "ground"), CONTROL_ON_GROUND)
def test_a_control_in_the_colour_of_its_ground_is_seen(scheme: str, control: str, ground: str):
    palette = {**DEFAULTS[scheme], control: DEFAULTS[scheme][ground]}
    assert ("branding.contrast_control", control, ground) in _pairs(scheme, palette)


def _pairs(scheme: str, palette: dict[str, str]) -> set[tuple[str, Any, Any]]:
    return {(one.reason, one.figures.get("text"), one.figures.get("ground")) for one in colour_defects(scheme, palette)}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("one", "other"), list(combinations(STATUS, 2)))
def test_two_states_of_one_colour_are_seen(scheme: str, one: str, other: str):
    palette = {**DEFAULTS[scheme], other: DEFAULTS[scheme][one]}
    found = [defect.figures for defect in colour_defects(scheme, palette) if defect.reason == "branding.status_alike"]
    assert (one, other) in {(figures["one"], figures["other"]) for figures in found}


# Words

MENUS = {language: {"text": "1", "voice": "9 0"} for language in ("id", "en")}
LEFT_OUT = [
    (part, language, name)
    for part, names in (
        ("greetings", ("text", "voice")),
        ("texts", ("tagline", "privacy", "terms", "card_note")),
        ("menus", ("text", "voice")),
    )
    for language in ("id", "en")
    for name in names
]


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize(("part", "language", "name"), LEFT_OUT)
def test_each_word_left_out_is_seen_in_its_place(brand: Brand, part: str, language: str, name: str):
    whole = replace(brand, menus=MENUS)
    texts = getattr(whole, part)
    left_out = replace(whole, **{part: {**texts, language: {**texts[language], name: " "}}})
    (found,) = gate.defects(left_out, loader.brands())
    place = f"{part.removesuffix('s') if part == 'menus' else part}.{language}.{name}"
    assert (found.reason, found.figures["place"]) == ("branding.words_missing", place)


def test_a_language_without_any_words_is_seen(brand: Brand):
    found = gate.defects(replace(brand, languages=("id", "en", "pt"), texts={}, greetings={}), loader.brands())
    assert {one.figures["language"] for one in found} == {"id", "en", "pt"}


@pytest.mark.parametrize("name", ["privacy", "terms"])
def test_a_legal_text_that_changed_under_its_number_is_seen(brand: Brand, name: str):
    texts = {**brand.texts, "en": {**brand.texts["en"], name: "Something else."}}
    found = gate.defects(replace(brand, texts=texts), loader.brands())
    assert [(one.reason, one.figures["text"]) for one in found] == [("branding.legal_not_renewed", name)]
    renewed = replace(brand, texts=texts, legal_versions={**brand.legal_versions, name: 2})
    assert gate.defects(renewed, loader.brands()) == []


def test_an_earlier_brand_comes_back_with_the_numbers_its_legal_texts_had(brand: Brand):
    newer = replace(brand, legal_versions={"privacy": 2, "terms": 2})
    assert {one.reason for one in gate.defects(brand, {SLUG: newer})} == {"branding.legal_not_renewed"}
    assert gate.defects(brand, {SLUG: newer}, again=True) == []


GAPS = {
    "a text": (lambda brand: _text(brand, "tagline", "{company}"), "texts.id.tagline"),
    "a greeting": (lambda brand: replace(brand, greetings=_forms("Halo {nama}")), "greetings.id.text"),
    "a menu": (lambda brand: replace(brand, menus=_forms("{menu} 9 0")), "menu.id.voice"),
    "a brace alone": (lambda brand: replace(brand, replies={"id": {"card_none": "Kartu {"}}), "replies.id.card_none"),
    "what belongs to no text": (
        lambda brand: replace(brand, replies={"id": {"card_none": "{client.__class__}"}}),
        "replies.id.card_none",
    ),
    "a sentence": (lambda brand: replace(brand, replies={"id": {"card_none": "Kartu {kode}"}}), "replies.id.card_none"),
}


@pytest.mark.parametrize("where", GAPS)
def test_a_gap_that_nothing_fills_is_seen_in_its_place(brand: Brand, where: str):
    sow, place = GAPS[where]
    found = gate.defects(sow(replace(brand, languages=("id",))), {})
    assert place in {one.figures["place"] for one in found if one.reason == "branding.unknown_gap"}


def test_a_gap_of_the_sentence_itself_may_stand_in_the_clients_wording(brand: Brand):
    own = replace(brand, languages=("id",), replies={"id": {"claim_submitted": "{client}: nomor {number}."}})
    assert gate.defects(own, {}) == []


# Drawings


def _logos(brand: Brand, folder: Path, **insides: str) -> Brand:
    paths = dict(brand.logo)
    for kind, inside in insides.items():
        paths[kind] = folder / f"{kind}.svg"
        paths[kind].write_text(_SVG.format(inside))
    return replace(brand, logo=paths)


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize(("kind", "scheme", "ground"), [*GROUNDS, ("light", "", "paper")])
def test_a_logo_in_the_colour_of_its_ground_is_seen(brand: Brand, tmp_path: Path, kind: str, scheme: str, ground: str):
    colour = brand.colours[scheme][ground] if scheme else PAPER
    faint = _logos(brand, tmp_path, **{kind: _DISC.format(colour)})
    found = [one.figures for one in drawing_defects(faint) if one.reason == "branding.logo_faint"]
    assert (kind, ground) in {(figures["kind"], figures["place"]) for figures in found}


@pytest.mark.parametrize("kind", ["light", "dark", "mark"])
def test_an_empty_logo_is_seen(brand: Brand, tmp_path: Path, kind: str):
    found = {one.figures.get("kind") for one in drawing_defects(_logos(brand, tmp_path, **{kind: ""}))}
    assert kind in found


@pytest.mark.parametrize("name", sorted(MEASURED))
def test_a_picture_of_another_size_is_seen(brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    small = tmp_path / "picture.typ"
    small.write_text("#set page(width: 9pt, height: 9pt, margin: 0pt)\n#image(sys.inputs.mark, width: 5pt)")
    monkeypatch.setattr(pictures, "_TEMPLATE", small)
    monkeypatch.setattr("backend.studio.drawings.MEASURED", {name: MEASURED[name]})
    (found,) = drawing_defects(_logos(brand, tmp_path, mark=_DISC.format("#0b5d3b")))
    assert (found.reason, found.figures["icon"], found.figures["size"]) == ("branding.icon_size", name, "9x9")


def test_start_screens_and_maskable_icons_are_among_what_is_measured():
    assert {name.rpartition("-")[2] for name in MEASURED if name.startswith("splash")} == {"light.png", "dark.png"}
    assert {"icon-maskable-192.png", "icon-maskable-512.png", "icon-192.png", "icon-512.png"} <= set(MEASURED)


@pytest.mark.parametrize("inside", ['<rect width="100" height="100" fill="#0b5d3b"/>'])
def test_a_mark_that_reaches_into_the_corners_is_cut(brand: Brand, tmp_path: Path, monkeypatch, inside: str):
    monkeypatch.setitem(MEASURED, "icon-maskable-512.png", replace(MEASURED["icon-maskable-512.png"], mark=480))
    found = drawing_defects(_logos(brand, tmp_path, mark=inside))
    assert ("branding.mark_cut", "icon-maskable-512.png") in {(one.reason, one.figures.get("icon")) for one in found}


# Names

FIELDS: dict[str, tuple[Callable[[Brand, str], Brand], str]] = {
    "tagline": (lambda brand, name: _text(brand, "tagline", name), "app: manifest"),
    "card note": (lambda brand, name: _text(brand, "card_note", name), "PDF card (id)"),
    "privacy": (lambda brand, name: _text(brand, "privacy", name), "consents (id)"),
    "greeting": (lambda brand, name: replace(brand, greetings=_forms(name)), "TwiML of greeting and menu (id)"),
    "menu": (lambda brand, name: replace(brand, menus=_forms(f"{name} 9 0")), "TwiML of greeting and menu (id)"),
    "written menu": (lambda brand, name: replace(brand, menus=_forms(f"{name} 9 0")), "helpline, text (id)"),
    "reply": (lambda brand, name: replace(brand, replies={"id": {"utter_thank": name}}), "helpline, text (id)"),
    "support": (lambda brand, name: replace(brand, support={"mail": f"care@{name}"}), "mail: addresses"),
    "mail sender": (lambda brand, name: replace(brand, mail_sender=f"care@{name}"), "mail: addresses"),
    "host": (lambda brand, name: replace(brand, hosts=(f"care.{name}.example",)), "links"),
    "video": (lambda brand, name: replace(brand, video_link=f"https://{name}/{{room}}"), "links"),
    "term": (lambda brand, name: replace(brand, glossary={"id": {"employee": name}}), "PDF card (id)"),
    "address": (lambda brand, name: replace(brand, slug=name), "app: sw.js"),
}


def _text(brand: Brand, part: str, name: str) -> Brand:
    return replace(brand, texts={"id": {**brand.texts["id"], part: f"Bersama {name}, sehat."}})


def _forms(said: str) -> dict[str, dict[str, str]]:
    return {"id": {"text": said, "voice": said}}


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize("field", FIELDS)
def test_a_vendors_name_in_a_field_is_seen_where_people_meet_it(brand: Brand, field: str):
    sow, artefact = FIELDS[field]
    found = gate.defects(sow(replace(brand, languages=("id",)), "twilio"), {})
    assert artefact in {one.figures["artefact"] for one in found if one.reason == "branding.leak"}


@pytest.mark.parametrize("kind", ["light", "dark", "mark"])
def test_a_name_written_in_a_drawing_is_seen(brand: Brand, tmp_path: Path, kind: str):
    drawing = tmp_path / f"{kind}.svg"
    shutil.copy(brand.logo[kind], drawing)
    drawing.write_text(drawing.read_text().replace("</svg>", "<desc>made for Índico Saúde</desc></svg>"))
    one = replace(brand, languages=("id",), logo={**brand.logo, kind: drawing})
    assert f"logo: {kind}" in {found.figures["artefact"] for found in gate.defects(one, loader.brands())}


@pytest.mark.parametrize("what", ["voice", "whatsapp"])
def test_another_clients_number_is_seen(brand: Brand, what: str):
    number = getattr(loader.brand_of("indico").hotline, what)
    found = gate.defects(_text(replace(brand, languages=("id",)), "card_note", number), loader.brands())
    assert number in {one.figures.get("name") for one in found}


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_vendor_is_known_by_name(vendor: str):
    (found,) = leaks({"mail": f"Sent by {vendor.title()}."}, ())
    assert found.figures["name"] == vendor


def test_a_foreign_name_inside_the_clients_own_is_its_own():
    text = {"mail": "Nusantara Sehat Timur, and Nusantara Sehat"}
    (found,) = leaks(text, ["Nusantara Sehat"], own=["Nusantara Sehat Timur"])
    assert found.figures["beside"] == ", and Nusantara Sehat"


def test_a_foreign_name_that_is_a_common_word_counts_only_as_it_is_written():
    assert list(leaks({"mail": "hidup sehat"}, ["Sehat"])) == []
    assert [one.figures["name"] for one in leaks({"mail": "dari Sehat"}, ["Sehat"])] == ["Sehat"]
