"""Draws a referral on the client's paper: a page for each language, with its QR, from one typst template."""

from __future__ import annotations

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
from backend.diagnoses import Diagnosis
from backend.kit import locales
from backend.kit.locales import FALLBACK
from backend.referrals.vocabulary import condition_name, specialty_name

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ReferralFace:
    """What stands on a referral; without ``facility`` it is for any of its tier."""

    code: str
    kind: str
    tier: str
    facility: str | None
    from_facility: str | None
    patient: str
    birth_date: date
    member_number: str
    specialty: str
    diagnosis: Diagnosis | None
    condition: str | None
    doctor: str | None
    valid_from: date
    valid_until: date
    visits: int
    review_on: date | None
    emergency: bool
    qr: str


def draw(face: ReferralFace, brand: Brand, languages: tuple[str, ...]) -> bytes:
    """The referral as PDF, A4, a page for each of ``languages``."""
    letter = {
        "code": face.code,
        "pages": [_page(face, brand, language) for language in languages],
    }
    return pdf(_HERE / "referral_letter.typ", brand, "letter", letter, qr=face.qr)


@cache
def _words() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((_HERE / "letter_words.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _page(face: ReferralFace, brand: Brand, language: str) -> dict[str, Any]:
    words = all_in_own_words(brand.glossary, _words().get(language) or _words()[FALLBACK], language)
    facility = face.facility or words["any"].format(tier=face.tier.upper())
    return {
        "language": language,
        "title": words["title"][face.kind],
        "to": words["to"].format(facility=facility),
        "opening": words["opening"].format(client=brand.name),
        "facts": [[words["facts"][name], text] for name, text in _facts(face, words, language).items() if text],
        "qr": words["qr"],
        "terms": _terms(face, words, brand, language),
    }


def _facts(face: ReferralFace, words: dict[str, Any], language: str) -> dict[str, str | None]:
    said = face.diagnosis
    return {
        "code": face.code,
        "patient": face.patient,
        "birth_date": _day(face.birth_date, language),
        "member_number": face.member_number,
        "specialty": specialty_name(face.specialty, language),
        "diagnosis": f"{said.code} {said.title(language)}" if said else None,
        "condition": condition_name(face.condition, language) if face.condition else None,
        "doctor": face.doctor,
        "from": face.from_facility,
        "valid": words["period"].format(first=_day(face.valid_from, language), last=_day(face.valid_until, language)),
        "visits": words["visits"].format(visits=face.visits),
        "review": _day(face.review_on, language) if face.review_on else None,
    }


def _terms(face: ReferralFace, words: dict[str, Any], brand: Brand, language: str) -> list[str]:
    help_line = words["help" if brand.hotline.shown else "help_without_number"].format(voice=brand.hotline.shown)
    back = words["back"].format(doctor=face.doctor, day=_day(face.review_on, language)) if face.review_on else None
    return [line for line in (back or words["once"], words["emergency"] if face.emergency else None, help_line) if line]


def _day(on: date, language: str) -> str:
    return format_date(on, "long", locale=locales.locale(language).babel)
