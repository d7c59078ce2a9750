"""What is kept although somebody asks to be erased: for how many years, since when, and which law says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Category(StrEnum):
    """Why rows outlive a person's wish."""

    ACCOUNTING = "accounting"
    """Claims, their papers and decisions, guarantees, payments: the vouchers of money that moved."""
    MEDICAL = "medical"
    """What our doctors wrote: consultations, prescriptions, certificates, notes."""
    EVIDENCE = "evidence"
    """That a consent was given, who looked at what, that erasure was asked for: numbers and times, no contact."""


@dataclass(frozen=True, slots=True)
class Retention:
    """``years`` counted from the end of the year of the last record; None: as long as somebody may ask for proof.

    ``checked`` says whether the source was read for this country or is taken over until counsel confirms it.
    """

    category: Category
    country: str | None
    years: int | None
    in_force_from: date
    source: str
    checked: bool = True


_RULES = (
    Retention(Category.ACCOUNTING, "ID", 10, date(1997, 3, 24), "UU 8/1997 Ps 11"),
    Retention(Category.MEDICAL, "ID", 25, date(2022, 8, 31), "Permenkes 24/2022 Ps 39-40"),
    Retention(Category.EVIDENCE, "ID", None, date(2022, 10, 17), "UU 27/2022 Ps 24, 31"),
    Retention(Category.ACCOUNTING, None, 10, date(1900, 1, 1), "contract and accounting law", checked=False),
    Retention(Category.MEDICAL, None, 25, date(1900, 1, 1), "contract and health law", checked=False),
    Retention(Category.EVIDENCE, None, None, date(1900, 1, 1), "data protection law", checked=False),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A category of a person's data that stays, and until when."""

    category: Category
    until: date | None
    source: str
    checked: bool


def rule_for(category: Category, country: str, on: date) -> Retention:
    """The rule of a country (ISO 3166) that is in force on a day, else the one that serves every country."""
    in_force = [one for one in _RULES if one.category is category and one.in_force_from <= on]
    own = [one for one in in_force if one.country == country]
    return max(own or [one for one in in_force if one.country is None], key=lambda one: one.in_force_from)


def kept(last_records: Mapping[Category, date | None], country: str, on: date) -> list[Kept]:
    """What stays of a person, by the day of the last record of each category; None where there is none.

    Categories whose time is over on ``on`` are left out: nothing holds them any more.
    """
    found = []
    for category, last in last_records.items():
        if last is None:
            continue
        rule = rule_for(category, country, on)
        until = None if rule.years is None else date(last.year + rule.years, 12, 31)
        if until is None or until >= on:
            found.append(Kept(category, until, rule.source, rule.checked))
    return found
