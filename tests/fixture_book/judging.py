"""Held against the oracle: what a run paid, and what it should have paid by the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.fixture_book.book import Book
from tests.fixture_book.running import Outcome
from tests.fixture_book.truth import Ledger


@dataclass(frozen=True)
class Wrong:
    """A claim that was decided otherwise than the sources say."""

    outcome: Outcome
    should: str

    def __str__(self) -> str:
        claim = self.outcome.claim
        words = ", ".join(f"{line.words} {line.amount}" for line in claim.lines)
        return f"{claim.id} ({claim.kind}): paid {self.outcome.paid}, should be {self.should}; {words}"


def wrong_payments(book: Book, outcomes: Sequence[Outcome]) -> list[Wrong]:
    """Every line of every decided claim against the second oracle; what is for a person was not to be decided."""
    ledger = Ledger(book)
    found = []
    for one in outcomes:
        if one.paid is None:
            continue
        if one.claim.waits:
            found.append(Wrong(one, "left to a person"))
            continue
        should = ledger.pays(one.claim)
        if dict(one.paid) != should:
            found.append(Wrong(one, str(should)))
        ledger.remember(one.claim)
    return found
