"""What the figures of the helpline mean: pure ratios over counts, and the goals they are held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.kit.refusal import Refusal

PERIOD = "reports.period"
LONGEST_DAYS = 366
_DEFAULT_DAYS = 7

ANSWER_WITHIN_SECONDS = 20
ANSWER_GOAL = 0.80
"""Service level of calls (S0-90): four out of five are answered within twenty seconds."""
LOW_SCORE = 2


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days at the client's seat, both included, and the instants they begin and end at."""

    first: date
    last: date
    begin: datetime
    end: datetime
    zone: str


def period(first: date | None, last: date | None, today: date, zone: str) -> Period | Refusal:
    """The period asked for; by default the seven days up to today, and up to today where no end is named."""
    until = last or max(today, first or today)
    since = first or until - timedelta(days=_DEFAULT_DAYS - 1)
    if not since <= until or (until - since).days >= LONGEST_DAYS:
        return Refusal(PERIOD, {"days": LONGEST_DAYS})
    begin, end = (datetime.combine(day, time.min, ZoneInfo(zone)) for day in (since, until + timedelta(days=1)))
    return Period(since, until, begin, end, zone)


def share(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` between 0 and 1 with four digits; None where there is nothing to have a share of."""
    return round(part / whole, 4) if whole else None


def seconds(figure: float | None) -> int | None:
    """Whole seconds."""
    return None if figure is None else round(figure)


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls that came to wait for a person. ``undecided`` still wait and may yet be answered in time."""

    offered: int = 0
    answered: int = 0
    in_time: int = 0
    abandoned: int = 0
    callbacks: int = 0
    voicemails: int = 0
    undecided: int = 0
    average_wait: float | None = None
    longest_wait: float | None = None

    def figures(self) -> dict[str, Any]:
        """The service level is counted over every call whose twenty seconds are over, however it ended (S0-90)."""
        level = share(self.in_time, self.offered - self.undecided)
        return {
            "offered": self.offered,
            "answered": self.answered,
            "answered_in_time": self.in_time,
            "abandoned": self.abandoned,
            "callbacks": self.callbacks,
            "voicemails": self.voicemails,
            "service_level": level,
            "goal": ANSWER_GOAL,
            "goal_met": None if level is None else level >= ANSWER_GOAL,
            "abandoned_share": share(self.abandoned, self.offered),
            "average_wait_seconds": seconds(self.average_wait),
            "longest_wait_seconds": seconds(self.longest_wait),
        }


@dataclass(frozen=True, slots=True)
class FirstResponse:
    """Cases that began in writing. ``undecided`` have no answer yet and are not late either."""

    cases: int = 0
    answered: int = 0
    in_time: int = 0
    undecided: int = 0
    average: float | None = None
    median: float | None = None

    def figures(self) -> dict[str, Any]:
        """In time is what its priority allows (helpline/rules/cases.py); no answer at all is late (S0-90)."""
        return {
            "cases": self.cases,
            "answered": self.answered,
            "in_time_share": share(self.in_time, self.cases - self.undecided),
            "average_seconds": seconds(self.average),
            "median_seconds": seconds(self.median),
        }


@dataclass(frozen=True, slots=True)
class Handling:
    """Cases that were closed, and how long from taken to closed those took that somebody had taken."""

    closed: int = 0
    average: float | None = None
    median: float | None = None

    def figures(self) -> dict[str, Any]:
        """The same in whole seconds."""
        return {
            "closed": self.closed,
            "average_seconds": seconds(self.average),
            "median_seconds": seconds(self.median),
        }


@dataclass(frozen=True, slots=True)
class Containment:
    """Threads in which a member wrote or spoke, and those that the bot answered while no case was open."""

    threads: int = 0
    contained: int = 0

    def figures(self) -> dict[str, Any]:
        """The share that needed no person."""
        return {"threads": self.threads, "contained": self.contained, "share": share(self.contained, self.threads)}


@dataclass(frozen=True, slots=True)
class Scores:
    """Members who were asked after a closed case, and what they answered (1 to 5)."""

    asked: int = 0
    answered: int = 0
    low: int = 0
    average: float | None = None

    def figures(self) -> dict[str, Any]:
        """The average with two digits, and how many answered at all."""
        return {
            "asked": self.asked,
            "answered": self.answered,
            "answered_share": share(self.answered, self.asked),
            "low": self.low,
            "average": None if self.average is None else round(self.average, 2),
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything about one day and channel, or about the whole period."""

    calls: Calls = Calls()
    first_response: FirstResponse = FirstResponse()
    handling: Handling = Handling()
    containment: Containment = Containment()
    satisfaction: Scores = Scores()

    def shown(self) -> dict[str, Any]:
        """As the API answers it."""
        return {
            "calls": self.calls.figures(),
            "first_response": self.first_response.figures(),
            "handling": self.handling.figures(),
            "containment": self.containment.figures(),
            "satisfaction": self.satisfaction.figures(),
        }
