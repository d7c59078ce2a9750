"""What a desk tells about an admission, a longer stay or a discharge, as it comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.guarantees.rules.admission import Admission, Care
from backend.kit.money import Money

_DAYS_OF_AN_INITIAL_LETTER = 2


@dataclass(frozen=True, slots=True)
class Told:
    """Everything may be unknown: at night, on the telephone, the hospital knows a name and nothing more.

    ``positions`` are what the estimate is made of; ``room`` the class and how it came to it. ``diagnosis`` and
    ``reason`` are medical and are kept sealed.
    """

    care: Care = Care.INPATIENT
    sent_by_doctor: bool | None = None
    expected_hours: int | None = None
    emergency: bool = False
    days: int = _DAYS_OF_AN_INITIAL_LETTER
    estimate: Money | None = None
    positions: Sequence[Mapping[str, Any]] = ()
    room: Mapping[str, Any] | None = None
    diagnosis: str | None = None
    reason: str | None = None
    card_number: str | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Told:
        """From a request body of the right shape."""
        care = {"care": Care(data["care"])} if "care" in data else {}
        return cls(**{**data, **care})

    @property
    def admission(self) -> Admission:
        """What the rules of admission look at."""
        return Admission(self.care, self.sent_by_doctor, self.expected_hours)

    @property
    def total(self) -> Money | None:
        """What the positions add up to, else the estimate; None when nobody knows."""
        if not self.positions:
            return self.estimate
        amounts = [each["amount"] for each in self.positions]
        return sum(amounts[1:], start=amounts[0])

    def rows(self) -> list[dict[str, Any]]:
        """The positions as they are kept."""
        return [
            {
                **{name: fact for name, fact in each.items() if name != "amount"},
                "amount_minor": each["amount"].amount_minor,
            }
            for each in self.positions
        ]
