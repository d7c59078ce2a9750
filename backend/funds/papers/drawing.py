"""Draws a paper about money as PDF, from one typst template in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.branding.loader import Brand
from backend.branding.paper import pdf
from backend.branding.vocabulary import all_in_own_words
from backend.kit.locales import FALLBACK

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; the first column is what the row is about."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on it, finished words all of them."""

    title: str
    number: str
    opening: Sequence[str]
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table] = ()
    closing: Sequence[str] = field(default_factory=tuple)


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((_HERE / "words.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def words_in(language: str, brand: Brand | None = None) -> dict[str, Any]:
    """The words of papers in a language, and in the client's own terms; English where a language has none."""
    ours = _catalogue().get(language) or _catalogue()[FALLBACK]
    return all_in_own_words(brand.glossary, ours, language) if brand else ours


def category_name(language: str, category: str) -> str:
    """A benefit group as people call it."""
    return str(words_in(language)["categories"].get(category, category))


def draw(paper: Paper, brand: Brand, language: str) -> bytes:
    """PDF, A4, on the client's paper."""
    shown = {
        "language": language,
        "title": paper.title,
        "number": paper.number,
        "opening": list(paper.opening),
        "facts": [list(fact) for fact in paper.facts],
        "tables": [
            {"title": one.title, "columns": list(one.columns), "rows": [list(row) for row in one.rows]}
            for one in paper.tables
        ],
        "closing": list(paper.closing),
    }
    return pdf(_HERE / "paper.typ", brand, "paper", shown)
