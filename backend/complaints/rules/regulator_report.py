"""The regulator's report on the complaints of one quarter (POJK 18/2018: by the 10th of the month after it).

Everything follows from steps, which nobody changes afterwards: the same quarter gives the same figures a year later.
A complaint that was reopened counts as one received, with a round for each time that it was answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

NOT_A_QUARTER = "complaints.not_a_quarter"
QUARTER_RUNS = "complaints.quarter_runs"
NO_REGULATOR = "complaints.no_regulator"

OPENING = frozenset({"received", "reopened"})
ENDING = frozenset({"resolved", "closed"})
TOLD = (*sorted(OPENING), *sorted(ENDING), "extended", "overdue", "converted")
"""The kinds of steps that the figures need."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; written ``2026Q4``."""

    year: int
    number: int

    @classmethod
    def of(cls, written: str) -> Quarter | None:
        """The quarter that is written, or None."""
        found = re.fullmatch(r"(20\d\d)Q([1-4])", written)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def containing(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.following().first_day - timedelta(days=1)

    def following(self) -> Quarter:
        """The next one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    def before(self) -> Quarter:
        """The one before."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


def due_on(quarter: Quarter, report_day: int) -> date:
    """The last day of a quarter's report."""
    return quarter.following().first_day.replace(day=report_day)


@dataclass(frozen=True, slots=True)
class BookStep:
    """One step of the book: what happened to a complaint, when, and our last day as it stood then."""

    kind: str
    on: date
    resolve_by: date
    """Our last day as the step left it."""


@dataclass(frozen=True, slots=True)
class BookEntry:
    """A complaint with its steps in order, and the days on which it was referred to the dispute body."""

    category: str
    channel: str
    steps: Sequence[BookStep]
    referred: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """From a receipt or reopening to its end; ``ended`` is ``resolved``, ``closed`` without an answer, or None."""

    opened_on: date
    ended: str | None
    ended_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of the report; days are calendar days from the receipt to the answer, in tenths."""

    received: int
    reopened: int
    resolved_in_time: int
    resolved_late: int
    closed_without_answer: int
    open_at_end: int
    overdue_at_end: int
    extended: int
    to_dispute_body: int
    average_days_tenths: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A breakdown (``total``, ``category``, ``channel``), the value it is for, and its figures."""

    breakdown: str
    value: str
    figures: Figures


def rounds_of(steps: Sequence[BookStep]) -> list[Round]:
    """The rounds of a complaint.

    A round is late when its answer came after our last day, or when that day had once passed before the papers'
    standstill moved it.
    """
    rounds: list[Round] = []
    opened: date | None = None
    missed = False
    for step in steps:
        if step.kind in OPENING:
            opened, missed = step.on, False
        elif step.kind == "overdue":
            missed = True
        elif step.kind in ENDING and opened is not None:
            rounds.append(Round(opened, step.kind, step.on, missed or step.on > step.resolve_by))
            opened = None
    if opened is not None:
        rounds.append(Round(opened, None, None, missed))
    return rounds


def figures_of(entries: Iterable[BookEntry], quarter: Quarter) -> Figures:
    """The figures of one quarter over a book that is complete up to its last day (S0-94)."""
    first, last = quarter.first_day, quarter.last_day
    known = [[step for step in entry.steps if step.on <= last] for entry in entries]
    referred = [day for entry in entries for day in entry.referred]
    rounds = [each for steps in known for each in rounds_of(steps)]
    within = [step for steps in known for step in steps if step.on >= first]
    ended = [each for each in rounds if each.ended_on is not None and each.ended_on >= first]
    answered = [each for each in ended if each.ended == "resolved"]
    took = [(each.ended_on - each.opened_on).days for each in answered if each.ended_on is not None]
    still = [(steps[-1], each) for steps in known for each in rounds_of(steps)[-1:] if each.ended is None]
    return Figures(
        received=sum(step.kind == "received" for step in within),
        reopened=sum(step.kind == "reopened" for step in within),
        resolved_in_time=sum(not each.late for each in answered),
        resolved_late=sum(each.late for each in answered),
        closed_without_answer=len(ended) - len(answered),
        open_at_end=len(still),
        overdue_at_end=sum(each.late or step.resolve_by < last for step, each in still),
        extended=sum(step.kind == "extended" for step in within),
        to_dispute_body=sum(first <= day <= last for day in referred),
        average_days_tenths=round(10 * sum(took) / len(took)) if took else None,
    )


def report_of(book: Sequence[BookEntry], quarter: Quarter) -> list[Line]:
    """The whole client, then each category and each channel that the quarter knows, by name."""
    lines = [Line("total", "", figures_of(book, quarter))]
    parts: tuple[tuple[str, Callable[[BookEntry], str]], ...] = (
        ("category", lambda entry: entry.category),
        ("channel", lambda entry: entry.channel),
    )
    for breakdown, value_of in parts:
        for value in sorted({value_of(entry) for entry in book}):
            figures = figures_of([entry for entry in book if value_of(entry) == value], quarter)
            if any(figures_part(figures)):
                lines.append(Line(breakdown, value, figures))
    return lines


def figures_part(figures: Figures) -> tuple[int, ...]:
    """The counts, in the order of the report's columns."""
    return (
        figures.received,
        figures.reopened,
        figures.resolved_in_time,
        figures.resolved_late,
        figures.closed_without_answer,
        figures.open_at_end,
        figures.overdue_at_end,
        figures.extended,
        figures.to_dispute_body,
    )


def reminder_due(reminded_on: date | None, last_day: date, today: date, between: Callable[[date, date], int]) -> bool:
    """Whether the admin is reminded today of a report that is not sent.

    Once when the quarter is over, once from three working days before its last day on, on that day, and on every
    day after it.
    """
    if reminded_on is None:
        return True
    return reminded_on < today and (
        today > last_day or _stage(today, last_day, between) > _stage(reminded_on, last_day, between)
    )


def _stage(day: date, last_day: date, between: Callable[[date, date], int]) -> int:
    if day >= last_day:
        return 2
    return 1 if between(day, last_day) <= 3 else 0
