"""The words of error messages: ``<domain>/messages/<language>.yml``, one flat mapping of reason to text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from backend.kit import locales
from backend.kit.locales import FALLBACK
from backend.kit.money import Money

__all__ = ["FALLBACK", "LANGUAGES", "Reword", "as_written", "catalogue", "message"]

Reword = Callable[[str, str, str], str]
"""Puts a text of ours into a client's own words: text, language, and what the text is called."""


def as_written(text: str, _language: str, _named: str = "") -> str:
    """A Reword that leaves every text as it is."""
    return text


LANGUAGES = locales.codes()
"""The languages this process began with, for the shapes of the API."""


@locales.kept
def catalogue(language: str) -> dict[str, str]:
    """Every message of a language, of all domains; a reason may be defined once only."""
    words: dict[str, str] = {}
    for path in locales.files(f"**/messages/{language}.yml"):
        for reason, message in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
            if reason in words:
                raise ValueError(f"{path}: {reason} is defined twice")
            words[reason] = message
    return words


class _Figures(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def message(
    reason: str, language: str, figures: Mapping[str, Any] | None = None, *, reword: Reword = as_written
) -> str:
    """The sentence for ``reason`` in ``language``, in a client's words; money is written as that language writes it."""
    shown = {
        name: value.display(language) if isinstance(value, Money) else value for name, value in (figures or {}).items()
    }
    template = catalogue(language).get(reason) or catalogue(FALLBACK).get(reason) or reason
    return reword(template, language, reason).format_map(_Figures(shown))
