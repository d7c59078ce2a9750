"""What a letter promises is held: on the patient's limits and on the client's fund, to the same amount, at any moment.

Every change gives back what was held and holds the whole anew, in one transaction behind the family's lock: so what is
held is always what is promised, and no figure has to be reckoned backwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.access import Scope
from backend.benefits import service as benefits
from backend.benefits.queries import entries_of_source
from backend.benefits.rules import OVER_LIMIT, Usage
from backend.benefits.service import Ask
from backend.benefits.stored import as_entry
from backend.errors import RuleRefused
from backend.funds import service as funds
from backend.guarantees.models import GuaranteeLetter
from backend.kit import clock
from backend.kit.money import Money

SOURCE = "guarantee_letter"
HANDED_OVER = "guarantees.handed_over"


@dataclass(frozen=True, slots=True)
class Part:
    """What the plan pays under one benefit, and how many of its days or visits that takes."""

    benefit: str
    amount: Money
    count: int
    granted: Money | None = None
    """What of it the rules of rooms grant above a daily limit."""
    case_key: str | None = None
    """The case of the illness, which limits per disability count by."""


def promise(scope: Scope, letter: GuaranteeLetter, parts: Sequence[Part], key: str) -> Money:
    """Hold ``parts`` for the letter instead of what was held; answers how much that is.

    Where less is left than the engine saw a moment ago, because somebody else was first, that much is held. Raises
    RuleRefused like ``benefits.hold`` for anything else, ``funds.insufficient``.
    """
    benefits.release(scope, SOURCE, letter.id, f"{key}/before")
    held = Money.zero(letter.currency)
    for part in parts:
        held += _hold_what_is_left(scope, _asked(letter, part), f"{key}/{part.benefit}")
    funds.hold(scope, held, SOURCE, letter.id, key)
    return held


def let_go(scope: Scope, letter: GuaranteeLetter, key: str) -> None:
    """Nothing is promised any more; a letter that held nothing is left alone."""
    benefits.release(scope, SOURCE, letter.id, key)
    funds.release(scope, SOURCE, letter.id, key)


def use_up(scope: Scope, letter: GuaranteeLetter, parts: Sequence[Part], key: str) -> None:
    """The stay is over: the limits have paid ``parts``, and the fund keeps that much for the hospital's bill.

    Raises RuleRefused like ``benefits.consume``, ``funds.insufficient``.
    """
    benefits.release(scope, SOURCE, letter.id, f"{key}/before")
    owed = Money.zero(letter.currency)
    for part in parts:
        benefits.consume(scope, _asked(letter, part), f"{key}/{part.benefit}")
        owed += part.amount
    funds.hold(scope, owed, SOURCE, letter.id, key)


def hand_over(scope: Scope, letter: GuaranteeLetter, key: str) -> list[Part]:
    """The hospital's bill uses limits and fund by itself from now on: the letter's use is taken back, once.

    Answers what it was, for whoever counts it in the same transaction. Raises RuleRefused ``guarantees.handed_over``.
    """
    if letter.handed_over_at is not None:
        raise RuleRefused(HANDED_OVER, {"letter_number": letter.number})
    used = used_by(scope, letter)
    benefits.reverse(scope, SOURCE, letter.id, key)
    funds.release(scope, SOURCE, letter.id, key)
    letter.handed_over_at = clock.now()
    scope.session.flush()
    return used


def used_by(scope: Scope, letter: GuaranteeLetter) -> list[Part]:
    """What the letter has used of each benefit and not taken back."""
    found: dict[tuple[str, str | None], Usage] = {}
    for row in entries_of_source(scope, SOURCE, letter.id):
        key = (row.benefit_code, row.case_key)
        found[key] = found.get(key, Usage()).after(as_entry(row))
    return [
        Part(code, Money(use.used_minor, letter.currency), use.used_count, case_key=case_key)
        for (code, case_key), use in found.items()
        if use.used_minor or use.used_count
    ]


def _asked(letter: GuaranteeLetter, part: Part) -> Ask:
    return Ask(
        letter.member_id,
        part.benefit,
        part.amount,
        letter.admission_on,
        SOURCE,
        letter.id,
        count=part.count,
        case_key=part.case_key,
        granted=part.granted,
    )


def _hold_what_is_left(scope: Scope, ask: Ask, key: str) -> Money:
    """Each refusal names less than the one before, so this ends with the tightest limit."""
    while ask.amount:
        try:
            benefits.hold(scope, ask, key)
        except RuleRefused as refusal:
            left = refusal.figures.get("remaining")
            if refusal.reason != OVER_LIMIT or not isinstance(left, Money):
                raise
            ask = replace(ask, amount=left)
        else:
            return ask.amount
    return ask.amount
