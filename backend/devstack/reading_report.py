"""`make ocr-report`: reads the labelled album of photographed receipts as the worker does; how often is it right?

A proposal counts as sure from `SURE` on, as the app shows it; a wrong one that is sure is the worst kind.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backend.devstack.receipts.album import Photo, album
from backend.devstack.receipts.content import Receipt
from backend.documents.develop import develop
from backend.documents.read import read_pages
from backend.documents.reading.receipt import Proposal, Reading, without_accents
from backend.documents.rules import LIMITS, SURE
from backend.kit.refusal import Refusal

READ_ON = date(2026, 11, 28)
"""The day the album is read on: after every receipt in it."""
GOAL = 0.85
"""Of totals and dates, at least this share must be right."""
FIELDS = ("total", "date", "number", "provider", "lines")


@dataclass
class Score:
    """How one field did in one scene: right, doubtful but wrong or missing, and wrong though sure."""

    right: int = 0
    doubtful: int = 0
    wrong_but_sure: int = 0

    @property
    def photos(self) -> int:
        """How many were looked at."""
        return self.right + self.doubtful + self.wrong_but_sure

    @property
    def share_right(self) -> float:
        """Between 0 and 1."""
        return self.right / self.photos if self.photos else 0.0

    def add(self, *, right: bool, confidence: float) -> None:
        """One more photo."""
        self.right += right
        self.wrong_but_sure += not right and confidence >= SURE
        self.doubtful += not right and confidence < SURE

    def plus(self, other: Score) -> Score:
        """Both together."""
        return Score(
            self.right + other.right, self.doubtful + other.doubtful, self.wrong_but_sure + other.wrong_but_sure
        )


@dataclass
class Report:
    """Scores by scene and field."""

    scenes: dict[str, dict[str, Score]] = field(default_factory=dict)

    def add(self, photo: Photo, reading: Reading | None) -> list[str]:
        """Judge one photo; returns the fields that were not right."""
        scores = self.scenes.setdefault(photo.scene, {name: Score() for name in FIELDS})
        wrong = []
        for name, (right, confidence) in judged(photo.truth, reading).items():
            if name == "lines" and not photo.itemised:
                continue
            scores[name].add(right=right, confidence=confidence)
            wrong += [] if right else [name]
        return wrong

    def of(self, name: str) -> Score:
        """A field over all scenes."""
        total = Score()
        for scores in self.scenes.values():
            total = total.plus(scores[name])
        return total


def judged(truth: Receipt, reading: Reading | None) -> dict[str, tuple[bool, float]]:
    """Per field whether it is right, and how sure the reading was of it."""
    if reading is None:
        return dict.fromkeys(FIELDS, (False, 0.0))
    lines = sorted(line.amount_minor for line in reading.lines)
    return {
        "total": _compared(reading.total_minor, lambda value: value == truth.total_minor),
        "date": _compared(reading.issued_on, lambda value: value == truth.issued_on),
        "number": _compared(reading.number, lambda value: _letters(value) in _numbers(truth)),
        "provider": _compared(reading.provider, lambda value: _letters(value) == _letters(truth.provider)),
        "lines": (
            lines == sorted(line.amount_minor for line in truth.lines),
            min((line.confidence for line in reading.lines), default=0.0),
        ),
    }


def measure(photos: Iterable[Photo], tell: Callable[[Photo, list[str]], None] = lambda *_: None) -> Report:
    """Develop and read each photo; `tell` hears of each what was not right."""
    report = Report()
    for photo in photos:
        tell(photo, report.add(photo, read(photo)))
    return report


def read(photo: Photo) -> Reading | None:
    """What the worker would propose for the photo."""
    developed = develop(photo.data, LIMITS)
    if isinstance(developed, Refusal):
        return None
    return read_pages(developed.copies, currency=photo.truth.currency, today=READ_ON)


def _compared(proposal: Proposal | None, fits: Callable[[Any], bool]) -> tuple[bool, float]:
    return (fits(proposal.value), proposal.confidence) if proposal else (False, 0.0)


def _letters(text: str) -> str:
    return "".join(letter for letter in without_accents(text).lower() if letter.isalnum())


def _numbers(truth: Receipt) -> set[str]:
    """The number as printed, or as a hand wrote its last part."""
    return {_letters(truth.number), _letters(truth.number.rsplit("-", 1)[-1])}


def main() -> int:
    """Print the table; the exit code is 1 when totals or dates are right less often than `GOAL`."""
    parser = argparse.ArgumentParser(description="How well photographed receipts are read")
    parser.add_argument("--of-each", type=int, default=None, help="at most so many photos of each scene")
    parser.add_argument("--wrong", action="store_true", help="name what was not right in each photo")
    options = parser.parse_args()

    def tell(photo: Photo, wrong: list[str]) -> None:
        if options.wrong and wrong:
            print(f"  {photo.scene}: {photo.truth.provider} {photo.truth.number}: {', '.join(wrong)}")

    report = measure(album(options.of_each), tell)
    print(f"{'scene':28}" + "".join(f"{name:>22}" for name in FIELDS))
    for scene, scores in report.scenes.items():
        print(f"{scene:28}" + "".join(_cell(scores[name]) for name in FIELDS))
    print(f"{'all':28}" + "".join(_cell(report.of(name)) for name in FIELDS))
    return 0 if min(report.of("total").share_right, report.of("date").share_right) >= GOAL else 1


def _cell(score: Score) -> str:
    sure = f" ({score.wrong_but_sure} sure)" if score.wrong_but_sure else ""
    return f"{score.right}/{score.photos} {score.share_right:4.0%}{sure}".rjust(22)


if __name__ == "__main__":
    raise SystemExit(main())
