"""A flag as a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend import languages
from backend.adjudication.record import figure


def said(reason: str, figures: Mapping[str, Any], language: str) -> str:
    """The sentence of ``reason``, its stored amounts written as the language writes them."""
    shown = {name: figure(value) if isinstance(value, dict) else value for name, value in figures.items()}
    return languages.message(reason, language, shown)
