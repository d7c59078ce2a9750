"""Which days of a matter stand in a calendar, and whether they still count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

SHOWN_AFTERWARDS = timedelta(days=30)
"""How long a day that is settled stays in the feed as cancelled, so that every calendar learns of it."""


class Kind(StrEnum):
    """What is due; each has its title in ``titles.yml``."""

    CLAIM_HAND_IN = "claim_hand_in"
    CLAIM_DOCUMENTS = "claim_documents"
    COMPLAINT_CONFIRMATION = "complaint_confirmation"
    COMPLAINT_INFORMATION = "complaint_information"
    COMPLAINT_ANSWER = "complaint_answer"
    LETTER_CARD = "letter_card"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one matter.

    ``revision`` grows with every step of the matter, ``changed_at`` is the moment of its last one.
    """

    kind: Kind
    matter_id: UUID
    number: str
    on: date
    is_open: bool
    revision: int
    changed_at: datetime

    @property
    def uid(self) -> str:
        """The same for as long as the matter lives, whatever happens to the day (RFC 5545, 3.8.4.7)."""
        return f"{self.kind}-{self.matter_id}@deadlines.invalid"


@dataclass(frozen=True, slots=True)
class Matter:
    """What all kinds share: which one, its number, how many steps it has seen and when the last one was."""

    id: UUID
    number: str
    steps: int
    changed_at: datetime

    def day(self, kind: Kind, on: date | None, *, is_open: bool) -> list[Day]:
        """The day, when there is one."""
        return [Day(kind, self.id, self.number, on, is_open, self.steps, self.changed_at)] if on else []


def of_complaint(
    matter: Matter,
    *,
    answered: bool,
    acknowledged: bool,
    acknowledge_by: date,
    information_by: date | None,
    resolve_by: date,
) -> list[Day]:
    """Until when we confirm and answer, and until when the member sends what was asked for (S0-94).

    The day of an earlier question is not known any more once it was answered: it leaves the feed.
    """
    waits_for_member = information_by is not None and not answered
    return [
        *matter.day(Kind.COMPLAINT_CONFIRMATION, acknowledge_by, is_open=not (acknowledged or answered)),
        *matter.day(Kind.COMPLAINT_INFORMATION, information_by, is_open=waits_for_member),
        *matter.day(Kind.COMPLAINT_ANSWER, resolve_by, is_open=not answered),
    ]


def of_claim(matter: Matter, *, status: str, submit_by: date | None, resubmit_by: date | None) -> list[Day]:
    """Until when a claim is handed in, and until when a returned one comes back."""
    return [
        *matter.day(Kind.CLAIM_HAND_IN, submit_by, is_open=status == "draft"),
        *matter.day(Kind.CLAIM_DOCUMENTS, resubmit_by, is_open=status == "returned"),
    ]


def of_letter(matter: Matter, *, state: str, last_day: date | None) -> list[Day]:
    """Until when the card is shown for an initial letter of guarantee, which holds that long (S1-56)."""
    return matter.day(Kind.LETTER_CARD, last_day, is_open=state == "issued")


def shown(days: list[Day], now: datetime) -> list[Day]:
    """What stands in the feed: every open day, and settled ones for a while; the nearest first."""
    kept = [day for day in days if day.is_open or now - day.changed_at <= SHOWN_AFTERWARDS]
    return sorted(kept, key=lambda day: (day.on, day.uid))
