"""A reason of the front desk as a person there reads it: days and amounts as the language writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date

from backend import languages
from backend.kit import locales
from backend.kit.refusal import Refusal


def sentence(language: str, said: Refusal) -> str:
    """The reason in words of ``language``."""
    figures = {name: _written(figure, language) for name, figure in said.figures.items()}
    return languages.message(said.reason, language, figures)


def _written(figure: Any, language: str) -> Any:
    if isinstance(figure, date):
        return format_date(figure, "long", locale=locales.locale(language).babel)
    return figure
