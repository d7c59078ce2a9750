"""Draws a prescription on the client's paper: a page for each language, from one typst template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date

from backend.branding.loader import Brand
from backend.branding.paper import pdf
from backend.branding.vocabulary import all_in_own_words
from backend.kit import locales
from backend.kit.locales import FALLBACK

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class PrescriptionFace:
    """What stands on a prescription; its QR is its number, which a pharmacy looks up. It names no diagnosis."""

    number: str
    written_on: date
    name: str
    birth_date: date
    member_number: str
    doctor: str
    items: Sequence[Mapping[str, Any]]


def draw(face: PrescriptionFace, brand: Brand, languages: tuple[str, ...]) -> bytes:
    """The prescription as PDF, A4, a page for each of ``languages``."""
    document = {
        "number": face.number,
        "pages": [_page(face, brand, language) for language in languages],
    }
    return pdf(_HERE / "prescription.typ", brand, "prescription", document, qr=face.number)


@cache
def _words() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((_HERE / "prescription_words.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _page(face: PrescriptionFace, brand: Brand, language: str) -> dict[str, Any]:
    words = all_in_own_words(brand.glossary, _words().get(language) or _words()[FALLBACK], language)
    locale = locales.locale(language).babel
    facts = {
        "name": face.name,
        "birth_date": format_date(face.birth_date, "long", locale=locale),
        "member_number": face.member_number,
        "doctor": face.doctor,
        "written": format_date(face.written_on, "long", locale=locale),
    }
    return {
        "language": language,
        "title": words["title"],
        "opening": words["opening"].format(client=brand.name),
        "facts": [[words["facts"][name], text] for name, text in facts.items()],
        "columns": words["columns"],
        "items": [_item(one, words) for one in face.items],
        "check": words["check"].format(client=brand.name),
        "repeats": words["repeats"],
    }


def _item(one: Mapping[str, Any], words: Mapping[str, Any]) -> list[str]:
    times = one["repeats"]
    repeats = words["repeat"].format(times=times) if times else words["no_repeat"]
    return [one["name"], one["quantity"], one["directions"], repeats]
