"""Which voice speaks and which engine listens, per language. Data: a language is one more file.

Indonesian has Google voices only and no ``phone_call`` or ``experimental`` speech model; a generic model
fails over between vendors, a specific one does not; with a model named the speech timeout is a whole number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend.kit import locales


@dataclass(frozen=True, slots=True)
class VoiceLocale:
    """One language on the telephone."""

    say_voice: str
    say_language: str
    listen_language: str
    listen_model: str
    speech_timeout: str


@locales.kept
def voices() -> Mapping[str, VoiceLocale]:
    """The voice of every language, from its file in ``locales``."""
    return {code: VoiceLocale(**locales.locale(code).voice) for code in locales.codes()}
