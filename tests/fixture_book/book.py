"""The published books as they are read: claims with what their papers say and what is true of every line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
MARKETS = ("indonesia", "mozambique")
FAMILIES = 150
"""Employees of a book; every second has a spouse, every third a child."""


@dataclass(frozen=True)
class TrueLine:
    """A line of a paper with what it really is. ``words`` is None where the receipt has no lines."""

    words: str | None
    amount: int
    benefit: str
    item: str = "other"
    named: tuple[str, ...] = ()
    quantity: int = 1


@dataclass(frozen=True)
class FixtureClaim:
    """One claim: amounts in minor units.

    ``how`` the lines come: ``typed`` by the member, ``photo`` as read on it, ``none``. ``pays`` is what the plan pays
    by the sources; None where a person decides.
    """

    id: str
    kind: str
    member: str
    form: str
    visit: date
    sent: date
    place: str
    invoice: str
    lines: Sequence[TrueLine]
    how: str = "typed"
    papers: str = "all"
    reading: str = "sure"
    discharge: date | None = None
    chosen: str | None = None
    referral: bool = False
    again: str | None = None
    """The claim whose paper this one shows once more, with how: ``file`` or ``invoice``."""
    again_as: str = ""
    waits: bool = False
    pays: int | None = None

    @property
    def total(self) -> int:
        """What is claimed."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True)
class Book:
    """One market's month."""

    market: str
    currency: str
    country: str
    plan: str
    claims: Sequence[FixtureClaim] = field(default_factory=tuple)


@cache
def mix(market: str) -> dict[str, Any]:
    """What the month is made of, with the sources."""
    whole: dict[str, Any] = yaml.safe_load((FOLDER / "mix.yml").read_text(encoding="utf-8"))[market]
    return whole


@cache
def book(market: str) -> Book:
    """The published book of a market."""
    told = yaml.load((FOLDER / f"{market}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    head = mix(market)
    claims = tuple(_claim(one) for one in told)
    return Book(market, head["currency"], head["country"], head["plan"], claims)


def _claim(told: dict[str, Any]) -> FixtureClaim:
    lines = [TrueLine(**{**line, "named": tuple(line.get("named", ()))}) for line in told["lines"]]
    return FixtureClaim(**told["claim"], lines=lines)


def written(claims: Sequence[FixtureClaim]) -> str:
    """A book as its file: one line for the claim, one for each line of its bill; what is usual is left out."""
    said = []
    for one in claims:
        usual = {name: getattr(FixtureClaim, name) for name in _USUAL}
        head = {name: value for name, value in vars(one).items() if name != "lines" and value != usual.get(name, ...)}
        said.append(f"- claim: {_flow(head)}\n  lines:\n")
        for line in one.lines:
            told = {name: value for name, value in vars(line).items() if value != _USUAL_LINE.get(name, ...)}
            said.append(f"    - {_flow({**told, **({'named': list(line.named)} if line.named else {})})}\n")
    return "".join(said)


_USUAL = ("how", "papers", "reading", "discharge", "chosen", "referral", "again", "again_as", "waits", "pays")
_USUAL_LINE: dict[str, Any] = {"item": "other", "named": (), "quantity": 1}


def _flow(told: dict[str, Any]) -> str:
    return str(yaml.safe_dump(told, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)).strip()


def relations() -> list[str]:
    """Every member of a book by name: ``E001``, ``E002-S`` a spouse, ``E003-C`` a child."""
    found = []
    for number in range(1, FAMILIES + 1):
        found.append(f"E{number:03}")
        found += [f"E{number:03}-S"] if number % 2 == 0 else []
        found += [f"E{number:03}-C"] if number % 3 == 0 else []
    return found


def family_of(member: str) -> str:
    """The employee whose family a member belongs to."""
    return member.split("-", maxsplit=1)[0]


def month() -> list[date]:
    """The days on which the claims of a book are sent: October 2026."""
    return [date(2026, 10, 1) + timedelta(days=day) for day in range(31)]
