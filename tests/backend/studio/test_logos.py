"""One logo becomes the drawings of a brand, and nothing but shapes of it stays."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from backend.branding import loader
from backend.branding.rules.colours import VISIBLE, contrast
from backend.branding.rules.lightening import lightened
from backend.kit.refusal import Refusal
from backend.studio import bitmaps, logos
from backend.studio.drawings import drawing_defects
from backend.studio.logos import Drawing

GROUNDS = ["#0f1514", "#17453e", "#1f6b5f"]
HEXES = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 80">{}</svg>'


def drawing(upload: bytes) -> Drawing:
    read = logos.read(upload)
    assert isinstance(read, Drawing), read
    return read


def png(size: tuple[int, int] = (640, 240), ground: str | None = None) -> bytes:
    picture = Image.new("RGBA", size, ground or (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((40, 40, size[0] - 40, size[1] - 40), fill="#7a1f5c")
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


UPLOADS = {
    "a wide SVG": SVG.format('<rect x="10" y="10" width="180" height="60" fill="#7a1f5c"/>').encode(),
    "a black SVG that says no colour": SVG.format('<rect x="10" y="10" width="180" height="60"/>').encode(),
    "a tall SVG": SVG.replace("200 80", "60 200").format('<path d="M5 5h50v190h-50z" fill="navy"/>').encode(),
    "a square SVG that fills its corners": SVG.replace("200 80", "90 90")
    .format('<rect width="90" height="90" fill="#064"/>')
    .encode(),
    "an SVG with a style sheet": SVG.format(
        "<style>.red{{fill:#222;stroke:black}}</style><circle class='red' cx='100' cy='40' r='30'/>"
    )
    .replace("{{", "{")
    .replace("}}", "}")
    .encode(),
    "a PNG on nothing": png(),
    "a PNG on white": png(ground="#ffffff"),
}


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize("name", UPLOADS)
def test_one_logo_gives_drawings_that_the_gate_lets_pass(name: str, tmp_path: Path):
    brand = next(iter(loader.brands().values()))
    colours = brand.colours
    grounds = [colours["dark"]["page"], colours["light"]["card_from"], colours["light"]["card_to"]]
    made = logos.set_of(drawing(UPLOADS[name]), grounds)
    for file, content in made.items():
        (tmp_path / file).write_bytes(content)
    drawn = replace(brand, logo={kind: tmp_path / file for kind, file in logos.LOGOS.items()})
    assert list(drawing_defects(drawn)) == []


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a handler": '<rect width="10" height="10" onclick="alert(1)"/>',
    "a page inside": "<foreignObject><iframe/></foreignObject>",
    "something fetched": '<image href="https://elsewhere.example/x.png" width="9" height="9"/>',
    "something fetched by a style": "<style>@import url(https://elsewhere.example/x.css)</style>",
    "a paint from elsewhere": '<rect width="10" height="10" fill="url(https://elsewhere.example/#a)"/>',
    "a link": '<a xlink:href="javascript:alert(1)"><rect width="10" height="10"/></a>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_shape_is_left_out(name: str):
    clean = logos.written(drawing(SVG.format(HOSTILE[name] + '<circle r="30" cx="50" cy="40"/>').encode())).decode()
    assert "circle" in clean
    for word in ("script", "onclick", "iframe", "elsewhere", "@import"):
        assert word not in clean


ENTITY = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">&a;</svg>'

USES = SVG.format(
    "".join(f'<g id="g{at}"><use href="#g{at + 1}"/><use href="#g{at + 1}"/></g>' for at in range(20))
    + '<rect id="g20" width="9" height="9"/>'
).encode()
"""A million rectangles in two lines."""


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (b"", logos.UNREADABLE),
        (b"<html/>", logos.UNREADABLE),
        (b"<svg/>", logos.UNREADABLE),
        (ENTITY, logos.UNREADABLE),
        (b"\x89PNG broken", logos.UNREADABLE),
        (png((300, 120)), logos.TOO_SMALL),
        (USES, logos.UNREADABLE),
        (SVG.format('<image href="data:image/png;base64,AAAA" width="9" height="9"/>').encode(), logos.UNREADABLE),
        (SVG.format('<image href="data:image/png;base64,AAA" width="9" height="9"/>').encode(), logos.UNREADABLE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', logos.WITHOUT_SIZE),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="50%"/>', logos.WITHOUT_SIZE),
    ],
)
def test_what_cannot_be_a_logo_is_refused(upload: bytes, reason: str):
    refusal = logos.read(upload)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


def test_a_picture_too_large_to_be_opened_is_refused(monkeypatch):
    monkeypatch.setattr(bitmaps, "MOST_PIXELS", 640 * 240 - 1)
    assert logos.read(png()) == Refusal(logos.UNREADABLE)


def test_a_picture_inside_a_drawing_is_lightened_too():
    inside = logos.written(drawing(png()))
    assert logos.for_dark(inside, GROUNDS) != inside


def test_a_logo_with_sides_but_no_frame_gets_one():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="120mm" height="40mm"><rect width="9" height="9"/></svg>'
    assert b'viewBox="0 0 120 40"' in logos.written(drawing(svg))


@pytest.mark.requirement("S0-87")
@settings(max_examples=200, deadline=None)
@given(HEXES, st.lists(HEXES, min_size=1, max_size=3))
def test_a_lightened_colour_is_seen_wherever_white_is(colour: str, grounds: list[str]):
    seen = min(contrast(lightened(colour, grounds), ground) for ground in grounds)
    as_white = min(contrast("#ffffff", ground) for ground in grounds)
    assert seen >= min(VISIBLE, as_white) - 0.01


def test_a_colour_that_is_seen_stays_as_it_is():
    assert lightened("#f4c9e2", GROUNDS) == "#f4c9e2"
