"""Which voice speaks and which engine listens, per language. Data: a language is one more row.

Indonesian has Google voices only and no ``phone_call`` or ``experimental`` speech model; a generic model
fails over between vendors, a specific one does not; with a model named the speech timeout is a whole number.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoiceLocale:
    """One language on the telephone."""

    say_voice: str
    say_language: str
    listen_language: str
    listen_model: str
    speech_timeout: str


VOICES = {
    "id": VoiceLocale("Google.id-ID-Wavenet-A", "id-ID", "id-ID", "default", "2"),
    "en": VoiceLocale("Google.en-GB-Wavenet-A", "en-GB", "en-GB", "default", "2"),
    "pt": VoiceLocale("Polly.Ines-Neural", "pt-PT", "pt-PT", "default", "2"),
}
