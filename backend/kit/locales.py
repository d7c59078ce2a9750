"""Which languages there are, and where their files lie: a language is data.

``locales/<code>.yml`` makes one. Its words lie beside those of the others: ``helpline/lexicon``, ``helpline/replies``,
``**/messages``, ``notifications/templates``. A language pack is another folder with the same paths in it; the setting
``CARELINE_LANGUAGE_PACKS`` names such folders.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import yaml

P = ParamSpec("P")
T = TypeVar("T")

FALLBACK = "en"
_OWN = Path(__file__).resolve().parent.parent
_kept: list[Any] = []


@dataclass(frozen=True, slots=True)
class Locale:
    """One language: ``babel`` is its CLDR name, ``long_date`` a CLDR pattern; ``months`` have the names of each."""

    babel: str
    long_date: str
    voice: Mapping[str, str]
    months: tuple[tuple[str, ...], ...]
    days_ago: Mapping[str, int]
    day_words: tuple[str, ...]
    amounts: Mapping[str, int]


def _named() -> tuple[Path, ...]:
    named = os.environ.get("CARELINE_LANGUAGE_PACKS", "")
    return tuple(Path(folder) for folder in named.split(os.pathsep) if folder)


_packs = _named()


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """Like ``functools.cache``, and forgotten when other packs are used."""
    cached = cache(function)
    _kept.append(cached)
    return cast("Callable[P, T]", cached)


def use(*packs: Path) -> tuple[Path, ...]:
    """Read these language packs beside our own files from now on; returns those before. For start and tests."""
    global _packs  # noqa: PLW0603 - one process, one set of languages
    before, _packs = _packs, packs
    for cached in _kept:
        cached.cache_clear()
    return before


def files(pattern: str) -> Iterator[Path]:
    """Files of every pack by a glob, our own first; later ones add to earlier ones."""
    for root in (_OWN, *_packs):
        yield from sorted(root.glob(pattern))


@kept
def codes() -> tuple[str, ...]:
    """Every language."""
    return tuple(sorted({path.stem for path in files("locales/*.yml")}))


@kept
def locale(code: str) -> Locale:
    """What is known of a language; an unknown one reads like the fallback."""
    known = code if code in codes() else FALLBACK
    path = list(files(f"locales/{known}.yml"))[-1]
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Locale(
        babel=raw["locale"],
        long_date=raw["long_date"],
        voice=raw["voice"],
        months=tuple(tuple(names) for names in raw["months"]),
        days_ago=raw["days_ago"],
        day_words=tuple(raw["day_words"]),
        amounts=raw["amounts"],
    )


def every() -> tuple[Locale, ...]:
    """All of them: people mix languages in one sentence."""
    return tuple(locale(code) for code in codes())
