"""Draws a letter of guarantee on the client's paper: a page for each language, by typst, with its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_date, format_time

from backend.branding.loader import Brand
from backend.branding.paper import pdf
from backend.branding.vocabulary import all_in_own_words
from backend.kit import locales
from backend.kit.locales import FALLBACK
from backend.kit.money import Money

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LetterFace:
    """What stands in a letter; ``valid_until`` is empty once it is confirmed for the whole stay.

    ``settled`` are the figures of the bill in a final letter, by the names of ``Split``.
    """

    number: str
    kind: str
    issued_at: datetime
    valid_until: datetime | None
    confirmed_by: str | None
    hospital: str
    admission_on: date
    days: int
    patient: str
    birth_date: date
    member_number: str
    plan_names: Mapping[str, str]
    room_class: str | None
    promised: Money
    settled: Mapping[str, Money] | None
    claim_due_on: date | None
    qr: str
    qr_expires_at: datetime


def draw(face: LetterFace, brand: Brand, languages: tuple[str, ...], zone: str) -> bytes:
    """The letter as PDF, A4, a page for each of ``languages``; moments as clocks in ``zone`` show them."""
    letter = {
        "number": face.number,
        "pages": [_page(face, brand, language, ZoneInfo(zone)) for language in languages],
    }
    return pdf(_HERE / "guarantee_letter.typ", brand, "letter", letter, qr=face.qr)


@cache
def _words() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((_HERE / "letter_words.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


class _Speaker:
    """Dates, moments and amounts as one language writes them in one place."""

    def __init__(self, brand: Brand, language: str, zone: ZoneInfo) -> None:
        self.language, self.zone = language, zone
        self.words = all_in_own_words(brand.glossary, _words().get(language) or _words()[FALLBACK], language)
        self._locale = locales.locale(language).babel

    def day(self, on: date) -> str:
        return format_date(on, "long", locale=self._locale)

    def moment(self, at: datetime) -> str:
        there = at.astimezone(self.zone)
        shown = format_time(there, self.words["clock"], tzinfo=self.zone, locale=self._locale)
        return f"{self.day(there.date())}, {shown}"

    def amount(self, money: Money) -> str:
        return money.display(self.language)


def _page(face: LetterFace, brand: Brand, language: str, zone: ZoneInfo) -> dict[str, Any]:
    said = _Speaker(brand, language, zone)
    words = said.words
    help_line = "help" if brand.hotline.shown else "help_without_number"
    return {
        "language": language,
        "title": words["title"][face.kind],
        "to": words["to"].format(hospital=face.hospital),
        "opening": words["opening"][_opening(face)].format(client=brand.name),
        "facts": [[words["facts"][name], text] for name, text in _facts(face, said).items()],
        "figures": _figures(face, said),
        "holds": _holds(face, said),
        "terms": [
            words["terms"][face.kind],
            words[help_line].format(number=face.number, voice=brand.hotline.shown),
        ],
        "qr_note": words["qr_note"].format(moment=said.moment(face.qr_expires_at)),
    }


def _opening(face: LetterFace) -> str:
    if face.settled is not None:
        return "final"
    return "without_card" if face.valid_until is not None else "with_card"


def _facts(face: LetterFace, said: _Speaker) -> dict[str, str]:
    words = said.words
    facts = {
        "number": face.number,
        "issued": said.moment(face.issued_at),
        "hospital": face.hospital,
        "patient": face.patient,
        "birth_date": said.day(face.birth_date),
        "member_number": face.member_number,
        "plan": face.plan_names.get(said.language) or face.plan_names.get("en") or "",
        "room_class": face.room_class or words["room_by_plan"],
        "admission": said.day(face.admission_on),
    }
    if face.settled is None:
        facts["days"] = str(face.days)
        facts["promised"] = said.amount(face.promised)
    return facts


def _figures(face: LetterFace, said: _Speaker) -> list[list[str]]:
    """The bill of a final letter; what nobody pays is left out."""
    if face.settled is None:
        return []
    shown = {name: money for name, money in face.settled.items() if money or name in {"billed", "plan", "cost"}}
    return [[said.words["figures"][name], said.amount(money)] for name, money in shown.items()]


def _holds(face: LetterFace, said: _Speaker) -> list[str]:
    words = said.words
    if face.settled is not None:
        collected = [words["collect"].format(amount=said.amount(face.settled["cost"]))] if face.settled["cost"] else []
        later = [words["later"].format(day=said.day(face.claim_due_on))] if face.claim_due_on else []
        return [*collected, *later] or [words["nothing_due"]]
    if face.valid_until is not None:
        until = said.moment(face.valid_until)
        return [words["holds_until"].format(moment=until), words["show"].format(moment=until)]
    return [words["confirmed"][face.confirmed_by]]
