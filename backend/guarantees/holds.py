"""What a letter promises is held: on the patient's limits and on the client's fund, to the same amount, at any moment.

Every change gives back what was held and holds the whole anew, in one transaction behind the family's lock: so what is
held is always what is promised, and no figure has to be reckoned backwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.access import Scope
from backend.benefits import service as benefits
from backend.benefits.rules import OVER_LIMIT
from backend.benefits.service import Ask
from backend.errors import RuleRefused
from backend.funds import service as funds
from backend.guarantees.models import GuaranteeLetter
from backend.kit.money import Money

SOURCE = "guarantee_letter"


@dataclass(frozen=True, slots=True)
class Part:
    """What the plan pays under one benefit, and how many of its days or visits that takes."""

    benefit: str
    amount: Money
    count: int
    granted: Money | None = None
    """What of it the rules of rooms grant above a daily limit."""


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


def hand_over(scope: Scope, letter: GuaranteeLetter, key: str) -> None:
    """The hospital's bill is decided as a claim that uses limits and fund by itself: the letter's use is taken back."""
    benefits.reverse(scope, SOURCE, letter.id, key)
    funds.release(scope, SOURCE, letter.id, key)


def _asked(letter: GuaranteeLetter, part: Part) -> Ask:
    return Ask(
        letter.member_id,
        part.benefit,
        part.amount,
        letter.admission_on,
        SOURCE,
        letter.id,
        count=part.count,
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
