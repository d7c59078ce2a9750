"""The page of a client's app as it is sent: it brings along what its first screen needs, but for the scripts."""

from __future__ import annotations

from html import escape

from flask import request

from backend.api import dump_json
from backend.branding.files import as_json, own_letters, theme_css
from backend.branding.loader import Brand
from backend.web.bundle import INSIDE, PHOTO_WORKER, START
from backend.web.files import build, template, words_file


def member_page(brand: Brand, home: str, tags: str, pictures: str | None = None, scheme: str = "") -> str:
    """The page. ``home`` is the path of the app, ``tags`` stand in its head.

    ``pictures`` is the folder of the brand's drawings and typeface where it is not ``/c/<slug>/``;
    ``scheme`` is the only palette of it, '' both.
    """
    folder = f"/c/{brand.slug}/"
    likely = request.accept_languages.best_match(brand.languages) or brand.languages[0]
    needed = dict.fromkeys([*build().needs[START], *build().needs[words_file(likely)], *build().needs[INSIDE]])
    letters = own_letters(brand) or build().letters(brand.shape["font"])
    known = dump_json({"brand": as_json(brand), "letters": letters}).decode()
    values = {
        "slug": brand.slug,
        "home": home,
        "head": tags,
        "name": escape(brand.name),
        "language": brand.languages[0],
        "start": build().path(START),
        "photo_worker": build().path(PHOTO_WORKER),
        "preloads": "\n    ".join(
            f'<link rel="modulepreload" href="{build().path(name)}">' for name in needed if name != START
        ),
        "style": f"{build().sheet.strip()}\n{theme_css(brand, scheme, letters=False).strip()}",
        "known": known.replace(f'"{folder}', f'"{pictures or folder}').replace("<", "\\u003c"),
    }
    return template("member/index.html", values)
