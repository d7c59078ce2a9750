"""A brand with a planted defect is not published, and each defect is named with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from backend.branding import loader
from backend.branding.loader import Brand
from backend.commands import check_brand
from backend.kit.refusal import Refusal
from backend.languages import LANGUAGES, catalogue, message
from backend.studio.artefacts import artefacts
from backend.studio.gate import defects

SLUG = "nusantara"
Sown = Callable[[Brand, Path], Brand]
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{inside}</svg>'


def _coloured(scheme: str, **colours: str) -> Sown:
    return lambda brand, _: replace(brand, colours={**brand.colours, scheme: {**brand.colours[scheme], **colours}})


def _drawn(kind: str, inside: str, width: int = 100, height: int = 100) -> Sown:
    def sow(brand: Brand, folder: Path) -> Brand:
        path = folder / f"{kind}.svg"
        path.write_text(_SVG.format(width=width, height=height, inside=inside))
        return replace(brand, logo={**brand.logo, kind: path})

    return sow


def _written(part: str, language: str, **words: str) -> Sown:
    def sow(brand: Brand, _: Path) -> Brand:
        texts = getattr(brand, part)
        return replace(brand, **{part: {**texts, language: {**texts.get(language, {}), **words}}})

    return sow


PLANTED: dict[str, tuple[Sown, str]] = {
    "text too pale in light": (_coloured("light", muted="#b5bdb8"), "branding.contrast_text"),
    "text too dark in dark": (_coloured("dark", text="#3a4440"), "branding.contrast_text"),
    "a button nobody sees": (_coloured("light", brand="#dfe9e3", on_brand="#000000"), "branding.contrast_control"),
    "green like red to some": (_coloured("light", good="#4f6f1e", bad="#9a3d1c"), "branding.status_alike"),
    "a white logo on a light page": (
        _drawn("light", '<rect width="100" height="40" fill="#fdfdfd"/>', 100, 40),
        "branding.logo_faint",
    ),
    "a black logo on a dark page": (
        _drawn("dark", '<rect width="100" height="40" fill="#101010"/>', 100, 40),
        "branding.logo_faint",
    ),
    "a logo without a stroke": (_drawn("light", "", 100, 40), "branding.logo_empty"),
    "a mark that is no square": (
        _drawn("mark", '<rect width="200" height="100" fill="#0b5d3b"/>', 200, 100),
        "branding.mark_not_square",
    ),
    "a legal text left out": (_written("texts", "id", privacy=" "), "branding.words_missing"),
    "a greeting without a voice": (_written("greetings", "en", voice=""), "branding.words_missing"),
    "the maker of the telephone": (_written("texts", "en", tagline="Good health, powered by Twilio"), "branding.leak"),
    "our own name": (_written("greetings", "id", text="Halo, ini Careline."), "branding.leak"),
    "another client": (_written("texts", "id", terms="Seperti di Índico Saúde"), "branding.leak"),
    "a reply that is never said": (_written("replies", "id", farewell="Sampai jumpa"), "branding.unknown_reply"),
    "another client in a reply": (_written("replies", "id", utter_goodbye="Salam dari Índico Saúde"), "branding.leak"),
}


@pytest.fixture(scope="module")
def brand() -> Brand:
    return loader.brand_of(SLUG)


@pytest.fixture(scope="module")
def found(brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Refusal]]:
    """What the gate finds for each planted defect."""
    return {
        name: defects(sow(brand, tmp_path_factory.mktemp("drawings")), loader.brands())
        for name, (sow, _) in PLANTED.items()
    }


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize("slug", sorted(loader.brands()))
def test_the_shipped_brands_may_be_published(slug: str):
    assert defects(loader.brand_of(slug), loader.brands()) == []


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_defect_keeps_a_brand_from_being_published(planted: str, found: dict[str, list[Refusal]]):
    assert PLANTED[planted][1] in {defect.reason for defect in found[planted]}


def test_a_mark_that_launchers_would_cut_is_named_by_its_icon(brand: Brand, tmp_path: Path, monkeypatch):
    # Our own icons keep the mark within the middle; whoever changes that is told.
    template = tmp_path / "icon.typ"
    template.write_text(filling_the_square())
    monkeypatch.setattr("backend.branding.pictures._TEMPLATE", template)
    whole = _drawn("mark", '<rect width="100" height="100" fill="#0b5d3b"/>')(brand, tmp_path)
    assert {defect.figures.get("icon") for defect in defects(whole, loader.brands())} == {
        "icon-maskable-192.png",
        "icon-maskable-512.png",
    }


def filling_the_square() -> str:
    """Icons whose mark reaches into the corners."""
    return (
        "#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)\n"
        "#image(sys.inputs.mark, width: 100%)"
    )


def test_a_clients_own_name_is_no_leak(brand: Brand):
    twin = replace(loader.brand_of("indico"), name=brand.name, short_name=brand.short_name)
    assert defects(brand, {SLUG: brand, "twin": twin}) == []


def test_what_members_read_and_hear_is_looked_through(brand: Brand):
    seen = artefacts(brand)
    for language in brand.languages:
        for what in (
            "PDF card",
            "app: words",
            "helpline, text",
            "helpline, voice",
            "mail claim_paid",
            "whatsapp card_lost",
        ):
            assert seen[f"{what} ({language})"].strip()
    assert brand.name in seen["PDF card (id)"]
    assert brand.name in seen["app: index.html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_defect_has_a_sentence_that_uses_what_is_known_of_it(language: str, found: dict[str, list[Refusal]]):
    for defect in (one for many in found.values() for one in many):
        assert defect.reason in catalogue(language)
        assert "{" not in message(defect.reason, language, defect.figures)


def test_the_command_names_what_is_wrong_and_fails(monkeypatch, capsys, tmp_path: Path):
    folder = tmp_path / "brands"
    shutil.copytree(loader.directory(), folder)
    logo = folder / "assets" / SLUG / "logo.svg"
    logo.write_text(_SVG.format(width=10, height=4, inside='<rect width="10" height="4" fill="#fefefe"/>'))
    monkeypatch.setattr(loader, "_chosen", folder)
    assert check_brand.main([]) == 1
    said = capsys.readouterr().out
    assert f"{SLUG}: 3 to mend" in said
    assert "Logo, light: it can hardly be seen on page" in said
    assert "indico: may be published" in said
    assert check_brand.main(["indico"]) == 0


def test_an_unknown_brand_is_answered_with_those_there_are(capsys):
    assert check_brand.main(["nobody"]) == 1
    assert SLUG in capsys.readouterr().out


def test_two_people_who_let_the_gate_look_at_once_get_both_their_answer(brand: Brand):
    """PDFium ends the process when two threads use it; the letters of two brands wait for each other."""
    with ThreadPoolExecutor(2) as both:
        found = list(both.map(lambda _place: len(defects(brand, {})), range(4)))
    assert found == [0, 0, 0, 0]
