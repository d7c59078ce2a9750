"""Specialties and the illnesses of the back-referral programme, from the files beside this one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.kit.locales import FALLBACK
from backend.referrals.rules import Condition

GENERAL = "UMU"
"""General practice: what a patient who is handed back goes on with."""

_HERE = Path(__file__).parent


@cache
def _specialties() -> dict[str, dict[str, str]]:
    return yaml.safe_load((_HERE / "specialties.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _programme() -> list[dict[str, Any]]:
    return yaml.safe_load((_HERE / "chronic_conditions.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


SPECIALTIES = tuple(_specialties())


@cache
def conditions() -> tuple[Condition, ...]:
    """The illnesses of the programme as the rules see them."""
    return tuple(
        Condition(one["code"], tuple(one["icd10"]), one["valid_from"], one.get("valid_until")) for one in _programme()
    )


@cache
def _said() -> dict[str, list[str]]:
    return yaml.safe_load((_HERE / "specialty_words.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def specialty_in(plain_words: str) -> str | None:
    """The specialty that a sentence names, None without one; ``plain_words`` are lower case and without accents."""
    text = f" {' '.join(re.findall(r'[a-z0-9]+', plain_words))} "
    named = {code: [one for one in words if f" {one}" in text] for code, words in _said().items()}
    found = [(max(map(len, words)), code) for code, words in named.items() if words]
    return max(found)[1] if found else None


def specialty_names(code: str) -> dict[str, str]:
    """What a specialty is called in every language."""
    return dict(_specialties()[code])


def specialty_name(code: str, language: str) -> str:
    """What a specialty is called; the code itself when nobody knows it."""
    names = _specialties().get(code, {})
    return names.get(language) or names.get(FALLBACK) or code


def condition_name(code: str, language: str) -> str:
    """What an illness of the programme is called."""
    names: dict[str, str] = next((one["names"] for one in _programme() if one["code"] == code), {})
    return names.get(language) or names.get(FALLBACK) or code
