"""Draws a card: PNG for a screen or a chat, PDF to print. One typst template for every brand and language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import typst
import yaml
from babel.dates import format_date, format_datetime

from backend.api import dump_json
from backend.branding.loader import Brand
from backend.branding.paper import qr_drawing
from backend.branding.vocabulary import all_in_own_words
from backend.kit import locales
from backend.kit.locales import FALLBACK
from backend.members.rules.numbers import grouped

Format = Literal["png", "pdf"]

_HERE = Path(__file__).parent
_PIXELS_PER_INCH = 400


@dataclass(frozen=True, slots=True)
class CardFace:
    """What stands on a card."""

    name: str
    relationship: str
    birth_date: date
    member_number: str
    card_number: str
    plan: str
    status: str
    valid_until: date | None
    qr: str | None
    qr_expires_at: datetime | None


def draw(face: CardFace, brand: Brand, language: str, form: Format, zone: str) -> bytes:
    """The card as PNG (round corners, transparent outside) or PDF (A4, true size); dates in ``zone``."""
    document = _document(face, brand, language, form, zone)
    inputs = {"card": dump_json(document).decode(), "qr": qr_drawing(face.qr) if face.qr else ""}
    logo = brand.logo["dark"]
    return typst.compile(  # type: ignore[type-var,return-value]  # its types want input and root alike
        (_HERE / "card.typ").read_bytes(),
        root=logo.parent,
        format=form,
        ppi=_PIXELS_PER_INCH,
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


@cache
def _words() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((_HERE / "card_words.yml").read_text(encoding="utf-8"))


def _document(face: CardFace, brand: Brand, language: str, form: Format, zone: str) -> dict[str, Any]:
    words = all_in_own_words(brand.glossary, _words().get(language) or _words()[FALLBACK], language)
    locale = locales.locale(language).babel
    ends = (
        format_datetime(face.qr_expires_at.astimezone(ZoneInfo(zone)), "d MMM HH:mm", locale=locale)
        if face.qr_expires_at
        else ""
    )
    line = "help" if brand.hotline.shown else "help_without_number"
    help_line = words[line].format(voice=brand.hotline.shown, emergency=brand.emergency_number)
    texts = brand.texts[brand.speaks(language)]
    notes = [texts["card_note"], *([words["print_note"].format(date=ends)] if ends else []), texts["terms"], help_line]
    return {
        "words": {key: words[key] for key in ("plan", "member_number", "born", "valid_until", "qr")},
        "language": language,
        "paper": "card" if form == "png" else "a4",
        "colours": dict(brand.colours["light"]),
        "pattern": brand.shape["card_pattern"],
        "logo": brand.logo["dark"].name,
        "client": brand.name,
        "plan": face.plan,
        "name": face.name,
        "relationship": words["relationship"][face.relationship],
        "number": grouped(face.card_number),
        "member_number": face.member_number,
        "birth_date": format_date(face.birth_date, "d MMM y", locale=locale),
        "valid_until": format_date(face.valid_until, "d MMM y", locale=locale)
        if face.valid_until
        else words["open_end"],
        "status": face.status,
        "status_word": words["status"][face.status],
        "qr_note": words["qr_note"].format(date=ends),
        "help": help_line,
        "notes": notes,
    }
