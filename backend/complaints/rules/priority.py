"""What a complaint is about and how urgent that makes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a complaint is about."""

    SERVICE = "service"
    PROVIDER = "provider"
    CLAIM_DECISION = "claim_decision"
    PAYMENT = "payment"
    AGENT = "agent"
    DATA = "data"
    OTHER = "other"


class Priority(StrEnum):
    """Which complaint comes first among those of one day."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


RANK = {Priority.URGENT: 0, Priority.HIGH: 1, Priority.NORMAL: 2}


@dataclass(frozen=True, slots=True)
class Words:
    """Words and phrases that make a complaint more urgent, of all languages together; see ``priority_words.yml``."""

    urgent: frozenset[str]
    vulnerable: frozenset[str]


def priority_of(
    category: Category, amount_minor: int | None, large_from_minor: int, text: str, words: Words
) -> Priority:
    """How urgent a complaint is (S0-94).

    Urgent: care is refused or somebody's life is spoken of. High: a child, an old, pregnant or disabled person, a leak
    of personal data, or an amount from ``large_from_minor`` on (0 means that no amount counts as large).
    """
    told = _plain(text)
    if _names_one(told, words.urgent):
        return Priority.URGENT
    is_large = amount_minor is not None and 0 < large_from_minor <= amount_minor
    if category is Category.DATA or is_large or _names_one(told, words.vulnerable):
        return Priority.HIGH
    return Priority.NORMAL


def _plain(text: str) -> str:
    """Lower case letters and digits without accents, one space between words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(each for each in letters if not unicodedata.combining(each))))


def _names_one(told: str, phrases: Collection[str]) -> bool:
    padded = f" {told} "
    return any(f" {_plain(phrase)} " in padded for phrase in phrases)
