"""The words of consents, per purpose and language: our own, in the client's terms, and the client's legal texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from backend import languages
from backend.branding.loader import Brand
from backend.branding.vocabulary import own_words
from backend.members.rules.consents import LEGAL, Purpose


@cache
def _wordings() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(
        Path(__file__).with_name("consent_wordings.yml").read_text(encoding="utf-8")
    )
    return loaded


def wording(purpose: Purpose, language: str, brand: Brand) -> str:
    """What somebody of the client who reads ``language`` agrees to."""
    if purpose in LEGAL:
        return brand.texts[brand.speaks(language)][purpose.value].replace("{name}", brand.name)
    known = _wordings()[purpose.value]
    spoken = language if language in known else languages.FALLBACK
    return own_words(brand.glossary)(known[spoken], spoken, f"consent.{purpose.value}")


def language_of(purpose: Purpose, shown: str, brand: Brand) -> str | None:
    """The language of a wording that the client's people are shown today; None for any other text."""
    spoken = brand.languages if purpose in LEGAL else tuple(_wordings()[purpose.value])
    return next((language for language in spoken if wording(purpose, language, brand) == shown), None)


def version(purpose: Purpose, brand: Brand) -> int | None:
    """The version of the client's legal text; None where a wording has none."""
    return brand.legal_versions[purpose.value] if purpose in LEGAL else None
