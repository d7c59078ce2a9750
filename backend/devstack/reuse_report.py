"""`make reuse-report`: is a receipt that is photographed again found, and are other receipts of one form left alone?

Papers are developed and read as the worker does it. Every paper is photographed twice: on another table, askew, in
other light, sent smaller or cropped; each pair of photos is judged by what it looks like and what was read on both.
"""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations

from PIL import Image

from backend.devstack.reading_report import READ_ON
from backend.devstack.receipts.camera import Conditions, photograph
from backend.devstack.receipts.content import COUNTRIES, Receipt, ReceiptLine, invent_receipt
from backend.devstack.receipts.printing import print_receipt
from backend.documents.develop import develop
from backend.documents.read import read_pages
from backend.documents.reading.receipt import Proposal, Reading
from backend.documents.reading.same_paper import NEAR, PaperRead, Read, Verdict, compare
from backend.documents.rules import LIMITS, SURE, plain_number
from backend.kit.refusal import Refusal

FOUND_GOAL = 0.95
"""Of receipts photographed again, at least this share must be found."""
FALSE_GOAL = 0.01
"""Of pairs of different receipts of one form, at most this share may be taken for one paper."""

FORMS = (("ID", "clinic"), ("MZ", "pharmacy"), ("ID", "hospital"), ("AO", "clinic"), ("ID", "pharmacy"))
PAPERS = 12
_FIRST_SEED = 7_100
_TAKEN = Conditions()
_AGAIN = (
    Conditions(skew=0.06),
    Conditions(shadow=0.6, skew=0.04),
    Conditions(fade=0.3, noise=8),
    Conditions(light=0.6, noise=10),
    Conditions(blur=1.2),
    Conditions(crumple=4.0, shadow=0.4),
)
_SIZE = (1200, 1600)
_CROPPED = 5
"""Every so manieth photo shows nothing but the paper."""


@dataclass(frozen=True)
class Shot:
    """One photo as it was developed and read."""

    paper: int
    turns: list[str]
    read: PaperRead


@dataclass
class Found:
    """How the pairs of one kind came out: by the picture alone, by both, and how far apart the pictures were."""

    pairs: int = 0
    near: int = 0
    same: int = 0
    furthest: int = 0

    @property
    def share(self) -> float:
        """Of all pairs, those taken for one paper."""
        return self.same / self.pairs if self.pairs else 0.0

    def add(self, one: Shot, other: Shot) -> None:
        """One more pair."""
        apart = min((_apart(bits, other.turns[0]) for bits in one.turns), default=None) if other.turns else None
        self.pairs += 1
        self.near += apart is not None and apart <= NEAR
        self.same += compare(one.read, other.read, apart) is not Verdict.OTHER
        self.furthest = max(self.furthest, apart or 0)


def measure(forms: int = len(FORMS), papers: int = PAPERS) -> tuple[Found, Found]:
    """Photos of one paper against each other, and photos of different papers of one form."""
    again, others = Found(), Found()
    for place in range(forms):
        first = [_shot(form, number, _TAKEN) for number, form in enumerate(_papers(place, papers))]
        second = [
            _shot(form, number, _AGAIN[number % len(_AGAIN)], again=True)
            for number, form in enumerate(_papers(place, papers))
        ]
        for one, other in zip(first, second, strict=True):
            again.add(one, other)
        for one, other in combinations(first, 2):
            others.add(one, other)
    return again, others


def _papers(place: int, papers: int) -> Iterator[tuple[Image.Image, int]]:
    """Different bills of one form: the same place and print, as many lines, other goods, patients, days and numbers."""
    country, kind = FORMS[place]
    seed = _FIRST_SEED + place
    model = invent_receipt(seed, country, kind)
    for number in range(papers):
        yield print_receipt(_another(model, seed * 1000 + number), seed), seed * 1000 + number


def _another(model: Receipt, seed: int) -> Receipt:
    dice = random.Random(f"another:{seed}")  # noqa: S311 - a bill, not a secret
    country = COUNTRIES[model.country]
    goods = dice.sample(list(country.goods[model.kind]), len(model.lines))
    lines = tuple(
        ReceiptLine(text, dice.randint(1, 3) if model.kind == "pharmacy" else 1, dice.randrange(low, high, step) * 100)
        for text, low, high, step in goods
    )
    return replace(
        model,
        number=f"{model.number[:-4]}{dice.randrange(10_000):04d}",
        issued_on=model.issued_on + timedelta(days=dice.randint(-3, 30)),
        patient=dice.choice(country.people),
        lines=lines,
        tax_minor=sum(line.amount_minor for line in lines) * 16 // 100 if model.tax_minor else 0,
    )


def _shot(form: tuple[Image.Image, int], number: int, conditions: Conditions, *, again: bool = False) -> Shot:
    paper, seed = form
    size = _SIZE if paper.height > paper.width else _SIZE[::-1]
    if again:
        size = size[0] * 3 // 4, size[1] * 3 // 4
    if again and number % _CROPPED == _CROPPED - 1:
        picture = paper.convert("RGB").resize((900, 900 * paper.height // paper.width))
    else:
        picture = photograph(paper, seed + (500_000 if again else 0), conditions, size)
    return _developed(number, picture, 70 if again else 85)


def _developed(number: int, picture: Image.Image, quality: int) -> Shot:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    outcome = develop(out.getvalue(), LIMITS)
    if isinstance(outcome, Refusal):
        raise SystemExit(f"a receipt was refused: {outcome.reason}")
    reading = read_pages(outcome.copies, currency="IDR", today=READ_ON)
    return Shot(number, outcome.likenesses[0], _paper_read(reading))


def _paper_read(reading: Reading | None) -> PaperRead:
    if reading is None:
        return PaperRead()
    number, total = _read(reading.number, plain_number), _read(reading.total_minor)
    return PaperRead(number, _read(reading.issued_on), total)


def _read(proposal: Proposal | None, form: Callable[[str], str | None] | None = None) -> Read | None:
    value = None if proposal is None else form(proposal.value) if form else proposal.value
    return None if proposal is None or value is None else Read(value, proposal.confidence >= SURE)


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def main() -> None:
    """Print both rates; ends with 1 when one misses its goal."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--papers", type=int, default=PAPERS, help="papers of each form")
    again, others = measure(papers=asked.parse_args().papers)
    rows = (
        ("photographed again", again, FOUND_GOAL, "at least"),
        ("another of the form", others, FALSE_GOAL, "at most"),
    )
    print(f"{'':22}{'pairs':>7}{'look alike':>12}{'one paper':>11}{'furthest':>10}  goal")
    for name, found, goal, how in rows:
        shares = f"{found.near / found.pairs:>12.1%}{found.share:>11.1%}"
        print(f"{name:22}{found.pairs:>7}{shares}{found.furthest:>10}  {how} {goal:.0%}")
    raise SystemExit(0 if again.share >= FOUND_GOAL and others.share <= FALSE_GOAL else 1)


if __name__ == "__main__":
    main()
