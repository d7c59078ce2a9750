"""The reference list of specialties: codes of the field, and what people call them in each language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from backend.kit.locales import FALLBACK


@cache
def _listed() -> dict[str, dict[str, str]]:
    return yaml.safe_load((Path(__file__).parent / "specialties.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def known(code: str) -> bool:
    """Whether the list has this code."""
    return code in _listed()


def codes() -> list[str]:
    """Every code, in the order in which people are shown them."""
    return list(_listed())


def name_of(code: str, language: str) -> str:
    """What people call it; the code itself when the list does not have it."""
    names = _listed().get(code, {})
    return names.get(language) or names.get(FALLBACK) or code


def shown(code: str, language: str) -> dict[str, str]:
    """Code and name, as the API answers them."""
    return {"code": code, "name": name_of(code, language)}
