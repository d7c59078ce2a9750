"""What a movement on the account is: clear enough to settle something, or for a person to look at (S1-83..S1-86).

A claim number settles; a name and an amount only propose. What names nothing settles nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.kit.money import Money

_DIGITS = re.compile(r"\d")
_WORD = re.compile(r"[a-z0-9]+")
_LEGAL_FORMS = frozenset(["pt", "tbk", "cv", "lda", "sa", "ltd", "persero"])
_SHORTEST_NUMBER = 8


@dataclass(frozen=True, slots=True)
class OpenExcess:
    """An excess that money may be for, with every number and name that a sender may write."""

    id: UUID
    numbers: tuple[str, ...]
    employee: str
    open_amount: Money


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that arrived, and what the sender wrote."""

    amount: Money
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """The one excess that a movement settles, or those it may be for, the likeliest first."""

    settles: UUID | None
    proposals: tuple[UUID, ...] = ()


def plain_words(text: str) -> list[str]:
    """The words of a text, without accents and case."""
    stripped = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in stripped if not unicodedata.combining(letter)))


def names(text: str, name: str) -> bool:
    """Whether every word of a name stands in the text; a company's legal form need not."""
    wanted = [word for word in plain_words(name) if word not in _LEGAL_FORMS]
    return bool(wanted) and set(wanted) <= set(plain_words(text))


def has_number(text: str, number: str) -> bool:
    """Whether the digits of a number stand in the text, however they are grouped, and not within a longer one."""
    digits = "".join(_DIGITS.findall(number))
    if len(digits) < _SHORTEST_NUMBER:
        return False
    spaced = r"[\s./-]*".join(digits)
    return re.search(rf"(?<!\d){spaced}(?!\d)", text) is not None


def match(movement: Movement, candidates: Sequence[OpenExcess], company: str) -> Match:
    """What a movement is for.

    It settles when it names exactly one number and is not more than what is open under it (S1-83, S1-84). Everything
    else is proposed: a number with too much money, an employee with the exact amount, an employee of the company. Two
    equally good candidates are a person's to choose between; a bare amount proposes nothing (S1-86).
    """
    numbered = [one for one in candidates if any(has_number(movement.text, number) for number in one.numbers)]
    if len(numbered) == 1 and movement.amount <= numbered[0].open_amount:
        return Match(numbered[0].id)
    named = [one for one in candidates if names(movement.text, one.employee)]
    exact = [one for one in named if one.open_amount == movement.amount]
    of_company = named if names(movement.text, company) else []
    likely = [*numbered, *exact, *of_company, *named]
    return Match(None, tuple(dict.fromkeys(one.id for one in likely)))
