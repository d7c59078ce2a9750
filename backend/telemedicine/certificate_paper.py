"""Draws a rest certificate on the client's paper: a page for each language, from one typst template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_date

from backend.branding.loader import Brand
from backend.branding.paper import pdf
from backend.branding.vocabulary import all_in_own_words
from backend.kit import locales
from backend.kit.locales import FALLBACK

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class CertificateFace:
    """What stands on a certificate. It names no illness: the employer reads it."""

    number: str
    issued_at: datetime
    from_on: date
    until_on: date
    name: str
    birth_date: date
    member_number: str
    doctor: str
    qr: str


def draw(face: CertificateFace, brand: Brand, languages: tuple[str, ...], zone: str) -> bytes:
    """The certificate as PDF, A4, a page for each of ``languages``; days as calendars in ``zone`` show them."""
    document = {
        "number": face.number,
        "pages": [_page(face, brand, language, ZoneInfo(zone)) for language in languages],
    }
    return pdf(_HERE / "rest_certificate.typ", brand, "certificate", document, qr=face.qr)


@cache
def _words() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((_HERE / "certificate_words.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _page(face: CertificateFace, brand: Brand, language: str, zone: ZoneInfo) -> dict[str, Any]:
    words = all_in_own_words(brand.glossary, _words().get(language) or _words()[FALLBACK], language)
    locale = locales.locale(language).babel

    def day(on: date) -> str:
        return format_date(on, "long", locale=locale)

    days = (face.until_on - face.from_on).days + 1
    facts = {
        "name": face.name,
        "birth_date": day(face.birth_date),
        "member_number": face.member_number,
        "from": day(face.from_on),
        "until": day(face.until_on),
        "days": words["one_day"] if days == 1 else words["days"].format(days=days),
        "doctor": face.doctor,
        "issued": day(face.issued_at.astimezone(zone).date()),
    }
    return {
        "language": language,
        "title": words["title"],
        "opening": words["opening"].format(client=brand.name),
        "facts": [[words["facts"][name], text] for name, text in facts.items()],
        "no_reason": words["no_reason"],
        "check": words["check"].format(client=brand.name),
    }
