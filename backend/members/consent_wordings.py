"""The words of consents, per purpose and language, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from backend import languages
from backend.members.rules.consents import Purpose


@cache
def _wordings() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(
        Path(__file__).with_name("consent_wordings.yml").read_text(encoding="utf-8")
    )
    return loaded


def wording(purpose: Purpose, language: str) -> str:
    """What somebody who reads ``language`` agrees to."""
    known = _wordings()[purpose.value]
    return known.get(language) or known[languages.FALLBACK]


def language_of(purpose: Purpose, shown: str) -> str | None:
    """The language of a wording that is ours today; None for any other text."""
    return next((language for language, text in _wordings()[purpose.value].items() if text == shown), None)
