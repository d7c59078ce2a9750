"""The seeded generator of the published books: the same seed and mix give the same file on every machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

from tests.fixture_book.book import Book, FixtureClaim, TrueLine, mix, month, relations
from tests.fixture_book.truth import Ledger, places

SEED = 20261031
_SOON, _LATE = (1, 21), (36, 50)


@dataclass
class Draw:
    """What one kind draws from: chance, the market's words, who and where."""

    rng: Random
    country: str
    straight_limit: int
    hospitals: dict[str, str] = field(default_factory=dict)
    """The hospital that each referred member goes to."""

    def pick(self, words: Sequence[str]) -> str:
        """One of these words."""
        return self.rng.choice(words)

    def price(self, low: int, high: int, step: int) -> int:
        """An amount in minor units, a multiple of ``step`` whole units."""
        return 100 * step * self.rng.randrange(low // step, high // step + 1)

    def place(self, kind: str, tier: str = "", near: bool = True) -> str:
        """A facility of the register; ``near`` those in the region of the short deadline."""
        found = [
            code
            for code, row in places().items()
            if row["country"] == self.country and row["kind"] == kind and (not tier or row["tier"] == tier)
        ]
        inside = [code for code in found if places()[code]["region_code"] in _INSIDE[self.country]]
        return self.rng.choice(inside if near and inside else found)

    def hospital_of(self, member: str) -> str:
        """The hospital where a member's referral was accepted."""
        return self.hospitals.setdefault(member, self.place("hospital", "ppk2"))


_INSIDE = {"ID": {"3171", "3172", "3173", "3174", "3175", "3276", "3271", "3671", "3275"}, "MZ": {"MZ-MPM"}}

Kind = Callable[[Draw, str], Mapping[str, Any]]
"""Makes the facts of a claim of this kind for a member: form, place, lines and what is special."""


def make(market: str, kinds: Mapping[str, Kind], straight_limit: int) -> list[FixtureClaim]:
    """The claims of a month in the order they are sent, each with what the plan pays by the second oracle."""
    head = mix(market)
    draw = Draw(Random(f"{SEED}/{market}"), head["country"], straight_limit)
    named = [name for name, told in head["kinds"].items() for _ in range(_number(told, head["claims"]))]
    draw.rng.shuffle(named)
    days = sorted(draw.rng.choice(month()) for _ in named)
    made: list[FixtureClaim] = []
    for serial, (kind, sent) in enumerate(zip(named, days, strict=True), start=1):
        waits = "waits" in head["kinds"][kind]
        common = {"id": f"{head['country']}-{serial:03}", "kind": kind, "sent": sent, "waits": waits}
        if kind == "sent_twice":
            made.append(_again(draw, made, common))
            continue
        member = draw.rng.choice(relations())
        facts = _facts(draw, kinds[kind], member, waits=waits)
        visit = sent - timedelta(days=draw.rng.randrange(*(_LATE if kind == "late" else _SOON)))
        stay = timedelta(days=facts.pop("nights")) if "nights" in facts else None
        how = facts.pop("how", None) or draw.rng.choice(("typed", "typed", "photo"))
        invoice = f"{facts['place'][3:]}/{visit:%y%m}/{1000 + serial}"
        dated = {"visit": visit - stay if stay else visit, "discharge": visit if stay else None}
        made.append(FixtureClaim(**common, **facts, **dated, member=member, how=how, invoice=invoice))
    return _with_payments(Book(market, head["currency"], head["country"], head["plan"]), made)


def _number(told: Mapping[str, Any], claims: int) -> int:
    return max(1, round(told["of_thousand"] * claims / 1000))


def _facts(draw: Draw, kind: Kind, member: str, *, waits: bool) -> dict[str, Any]:
    """Facts of the kind; what the rules decide lies under the amount of the contract."""
    while True:
        facts = dict(kind(draw, member))
        if waits or sum(line.amount for line in facts["lines"]) <= draw.straight_limit:
            return facts


def _again(draw: Draw, made: Sequence[FixtureClaim], common: Mapping[str, Any]) -> FixtureClaim:
    """A paper shown once more: the very file, or another photo of the same receipt."""
    before = [one for one in made if not one.waits and one.lines and one.sent < common["sent"]]
    first = draw.rng.choice(before)
    return replace(first, **common, again=first.id, again_as=draw.pick(("file", "invoice")))


def _with_payments(book: Book, made: Sequence[FixtureClaim]) -> list[FixtureClaim]:
    ledger = Ledger(book)
    return [one if one.waits else replace(one, pays=ledger.remember(one)) for one in made]


def lines(*given: tuple[str | None, int, str, str]) -> list[TrueLine]:
    """Lines of words, amount, benefit and item."""
    return [TrueLine(words, amount, benefit, item) for words, amount, benefit, item in given]
