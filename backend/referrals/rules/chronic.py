"""Back-referral of stable chronic patients (PRB): nine conditions, a certificate, thirty days of medicine at a time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.kit.deadlines import calendar_days_after
from backend.kit.refusal import Refusal

NOT_CHRONIC = "referrals.not_chronic"
OTHER_DIAGNOSIS = "referrals.other_diagnosis"
NOT_STABLE = "referrals.not_stable"
ALREADY_BACK = "referrals.already_back"
HOLDS_SUPPLY = "referrals.holds_supply"
TOO_LONG = "referrals.supply_too_long"
TOO_EARLY = "referrals.supply_too_early"
REVIEW_DUE = "referrals.review_due"


@dataclass(frozen=True, slots=True)
class Condition:
    """One illness of the programme; ``icd10`` are the beginnings of its codes, both days count."""

    code: str
    icd10: tuple[str, ...]
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the programme takes it on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The specialist's word that the patient is stable."""

    stable: bool
    certified_by: str
    certified_on: date


@dataclass(frozen=True, slots=True)
class Supply:
    """Medicine for some days, handed out on a day."""

    dispensed_on: date
    days: int

    @property
    def lasts_until(self) -> date:
        """The last day it lasts for."""
        return calendar_days_after(self.dispensed_on, self.days - 1)


def condition_of(conditions: Sequence[Condition], code: str, diagnosis: str | None, on: date) -> Condition | Refusal:
    """The condition by its code; refused when the programme does not take it, or the diagnosis is another illness."""
    found = next((one for one in conditions if one.code == code and one.holds_on(on)), None)
    if found is None:
        return Refusal(NOT_CHRONIC, {"condition": code})
    if diagnosis is not None and not diagnosis.upper().startswith(found.icd10):
        return Refusal(OTHER_DIAGNOSIS, {"condition": code})
    return found


def may_send_back(certificate: Certificate | None, open_conditions: Sequence[str], code: str) -> Refusal | None:
    """May a specialist hand the patient back? Stable by certificate, and not handed back already."""
    if certificate is None or not certificate.stable:
        return Refusal(NOT_STABLE)
    return Refusal(ALREADY_BACK, {"condition": code}) if code in open_conditions else None


def may_dispense(
    supplies: Sequence[Supply], days: int, on: date, *, most_days: int, review_until: date
) -> Refusal | None:
    """May medicine for ``days`` be handed out? A month's at a time, when the last has run out, until the review."""
    if on > review_until:
        return Refusal(REVIEW_DUE, {"until": review_until})
    if days > most_days:
        return Refusal(TOO_LONG, {"days": most_days})
    held = holds_supply(supplies, on)
    return Refusal(TOO_EARLY, {"from_day": calendar_days_after(held, 1)}) if held else None


def holds_supply(supplies: Sequence[Supply], on: date) -> date | None:
    """The last day of the medicine somebody holds on a day; None without any."""
    held = [one.lasts_until for one in supplies if one.dispensed_on <= on <= one.lasts_until]
    return max(held, default=None)


def may_leave_programme(
    held_until: date | None, review: date | None, today: date, *, window_days: int, emergency: bool
) -> Refusal | None:
    """May a patient with programme medicine be referred? In an emergency, or when the specialist's review is near."""
    due = review is not None and calendar_days_after(today, window_days) >= review
    return None if held_until is None or emergency or due else Refusal(HOLDS_SUPPLY, {"until": held_until})


def review_on(sent_back_on: date, months: int) -> date:
    """When the specialist sees the patient again: so many months later, at the end of a shorter month."""
    year, month = divmod(sent_back_on.year * 12 + sent_back_on.month - 1 + months, 12)
    return date(year, month + 1, min(sent_back_on.day, monthrange(year, month + 1)[1]))
