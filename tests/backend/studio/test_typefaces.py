"""A typeface is taken when it is one, may be embedded, and has every letter."""

from __future__ import annotations

import io

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from backend.access import Role
from backend.studio import typefaces
from backend.web.files import build
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client

LATIN = "".join(chr(code) for code in range(0x20, 0x180)) + "–—“”‘’•…€"


def typeface(letters: str = LATIN, *, embedding: int = 0) -> bytes:
    """A typeface whose every letter is a box."""
    names = {ord(letter): f"g{ord(letter)}" for letter in letters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    pen = TTGlyphPen(None)
    for at, point in enumerate([(0, 0), (0, 500), (500, 500), (500, 0)]):
        (pen.lineTo if at else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], box))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(fsType=embedding)
    builder.setupPost()
    builder.font.flavor = "woff2"
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


@pytest.mark.parametrize("embedding", [0x0000, 0x0004, 0x0008])
def test_a_typeface_that_may_be_embedded_is_taken(embedding: int):
    assert typefaces.refusal(typeface(embedding=embedding), ["id", "en", "pt"]) is None


def test_our_own_typefaces_would_be_taken():
    ours = build().files["vendor/inter.woff2"].content
    assert typefaces.refusal(ours, ["id", "en", "pt"]) is None


@pytest.mark.parametrize(
    ("upload", "languages", "reason"),
    [
        (b"", ["en"], typefaces.UNREADABLE),
        (b"wOF2 and nothing behind it", ["en"], typefaces.UNREADABLE),
        (typeface()[:400], ["en"], typefaces.UNREADABLE),
        (b"OTTO" + typeface()[4:], ["en"], typefaces.UNREADABLE),
        (typeface(embedding=0x0002), ["en"], typefaces.NOT_EMBEDDABLE),
        (typeface(embedding=0x0204), ["en"], typefaces.NOT_EMBEDDABLE),
        (typeface("abc"), ["en"], typefaces.LETTERS_MISSING),
        (typeface(LATIN.replace("ã", "")), ["pt"], typefaces.LETTERS_MISSING),
    ],
)
def test_a_typeface_that_cannot_be_used_is_refused(upload: bytes, languages: list[str], reason: str):
    refusal = typefaces.refusal(upload, languages)
    assert refusal is not None
    assert refusal.reason == reason


def test_letters_of_languages_that_nobody_reads_are_not_asked_for():
    assert typefaces.refusal(typeface(LATIN.replace("ã", "")), ["id"]) is None


def test_a_typeface_is_put_into_the_draft_and_taken_out_again(http, app):
    hr = headers_for(Role.HR, make_client(contract=False))
    form = {"file": (io.BytesIO(typeface()), "boxes.woff2")}
    draft = http.post("/api/v1/studio/draft/typeface", data=form, headers=hr).json
    assert [one["name"] for one in draft["assets"]] == ["typeface.woff2"]
    served = http.get("/api/v1/studio/draft/sample/typeface.woff2", headers=hr)
    assert served.mimetype == "font/woff2"
    assert http.delete("/api/v1/studio/draft/typeface", headers=hr).json["assets"] == []
