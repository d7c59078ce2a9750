"""Draws a letter of guarantee on the client's paper: a page for each language, from one typst template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst
import yaml
from babel.dates import format_date, format_time

from backend.api import dump_json
from backend.branding.loader import Brand
from backend.kit import locales
from backend.kit.locales import FALLBACK

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LetterFace:
    """What stands in a letter; ``valid_until`` is empty once it is confirmed for the whole stay."""

    number: str
    issued_at: datetime
    valid_until: datetime | None
    confirmed_by: str | None
    hospital: str
    admission_on: date
    patient: str
    birth_date: date
    member_number: str
    plan_names: Mapping[str, str]
    room_class: str | None


def draw(face: LetterFace, brand: Brand, languages: tuple[str, ...], zone: str) -> bytes:
    """The letter as PDF, A4, a page for each of ``languages``; moments as clocks in ``zone`` show them."""
    logo = brand.logo["light"]
    letter = {
        "colours": dict(brand.colours["light"]),
        "logo": logo.name,
        "client": brand.name,
        "number": face.number,
        "pages": [_page(face, brand, language, ZoneInfo(zone)) for language in languages],
    }
    return typst.compile(  # type: ignore[call-overload,no-any-return]  # its types want input and root alike
        (_HERE / "guarantee_letter.typ").read_bytes(),
        root=logo.parent,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"letter": dump_json(letter).decode()},
    )


@cache
def _words() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((_HERE / "letter_words.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _page(face: LetterFace, brand: Brand, language: str, zone: ZoneInfo) -> dict[str, Any]:
    words, locale = _words().get(language) or _words()[FALLBACK], locales.locale(language).babel

    def moment(at: datetime) -> str:
        there = at.astimezone(zone)
        return f"{day(there.date())}, {format_time(there, words['clock'], tzinfo=zone, locale=locale)}"

    def day(on: date) -> str:
        return format_date(on, "long", locale=locale)

    if face.valid_until is not None:
        holds = [
            words["holds_until"].format(moment=moment(face.valid_until)),
            words["show"].format(moment=moment(face.valid_until)),
        ]
    else:
        holds = [words["confirmed"][face.confirmed_by]]
    facts = {
        "number": face.number,
        "issued": moment(face.issued_at),
        "hospital": face.hospital,
        "patient": face.patient,
        "birth_date": day(face.birth_date),
        "member_number": face.member_number,
        "plan": face.plan_names.get(language) or face.plan_names.get("en") or "",
        "room_class": face.room_class or words["room_by_plan"],
        "admission": day(face.admission_on),
    }
    help_line = "help" if brand.hotline.shown else "help_without_number"
    return {
        "language": language,
        "title": words["title"],
        "to": words["to"].format(hospital=face.hospital),
        "opening": words["opening"].format(client=brand.name),
        "facts": [[words["facts"][name], text] for name, text in facts.items()],
        "holds": holds,
        "terms": [words["terms"], words[help_line].format(number=face.number, voice=brand.hotline.shown)],
    }
