"""How a code and a term are read, and whose diagnosis a code can be: pure answers (S0-26, S0-84)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_CODE = re.compile(r"^([A-Z])(\d)(\d?)\.?(\d?)(\d?)$")
_WHOLE_CODE = re.compile(r"^([A-Z]\d\d)\.?(\d{0,2})$")
_WORD = re.compile(r"[a-z0-9]+")

WRONG_SEX = "sex"
WRONG_AGE = "age"

_FILLERS_OF_EACH = (
    "and the of with without in on by for or not other unspecified elsewhere classified due to",
    "dan yang di ke dengan tanpa pada akibat",
    "com sem de da do das dos em na no por a o e",
)
FILLERS = frozenset(word for line in _FILLERS_OF_EACH for word in line.split())
"""Words that say nothing about an illness, in the three languages and in the book's titles."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Whose diagnosis a code can be by the book: one sex only, an age in whole years; None where it says nothing."""

    sex: str | None = None
    from_years: int | None = None
    until_years: int | None = None


def folded(text: str) -> str:
    """Lower case without accents, as terms are compared."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def words(text: str) -> tuple[str, ...]:
    """The words of a term that say something; all of them when none does."""
    every = tuple(_WORD.findall(folded(text).replace("'", "")))
    return tuple(word for word in every if word not in FILLERS) or every


def code_of(text: str) -> str | None:
    """``a09.9``, ``A099`` and ``A09.9`` as the book writes it; None when it cannot be a code."""
    found = _WHOLE_CODE.match(text.strip().upper())
    if not found:
        return None
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


def beginning_of_code(text: str) -> str | None:
    """What somebody has typed of a code so far (``j4``, ``J45.``) as a beginning to look for; None for words."""
    typed = text.strip().upper()
    found = _CODE.match(typed)
    if not found:
        return None
    rest = found[4] + found[5]
    return f"{found[1]}{found[2]}{found[3]}" + (f".{rest}" if rest or typed.endswith(".") else "")


def in_range(code: str, named: str) -> bool:
    """Whether ``code`` lies in ``C60-C63`` or below ``D29``; a range includes all below its last code."""
    first, _, last = named.partition("-")
    upper = last or first
    return code >= first and (code <= upper or code.startswith(upper))


def among(code: str, named: Iterable[str]) -> bool:
    """Whether a code lies in any of the ranges."""
    return any(in_range(code, each) for each in named)


def implausible(limits: Limits, *, sex: str | None, born_on: date | None, on: date) -> tuple[str, ...]:
    """Which facts of a person the book's limits of a code do not fit: flags for somebody to look at, never a refusal.

    What is not known about the person is not held against the code.
    """
    flags = []
    if limits.sex and sex in {"male", "female"} and sex != limits.sex:
        flags.append(WRONG_SEX)
    if born_on is not None:
        years = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
        too_young = limits.from_years is not None and years < limits.from_years
        too_old = limits.until_years is not None and years > limits.until_years
        if too_young or too_old:
            flags.append(WRONG_AGE)
    return tuple(flags)
