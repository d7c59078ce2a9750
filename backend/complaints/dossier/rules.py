"""Who may have which dossier, what stands in it for which reader, and where its story begins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Reader(StrEnum):
    """For whom a dossier is redacted."""

    MEMBER = "member"
    REGULATOR = "regulator"
    OMBUDSMAN = "ombudsman"
    INTERNAL = "internal"


NOT_FOR_THIS_ROLE = "complaints.dossier_not_for_this_role"
NOT_READY = "complaints.dossier_not_ready"

_ALL = frozenset(Reader)
_MAY_HAVE = {
    "member": frozenset({Reader.MEMBER}),
    "agent": frozenset({Reader.MEMBER}),
    "claims": _ALL,
    "admin": _ALL,
    "system": _ALL,
}

ONE_CONTACT = timedelta(hours=24)
"""Words that lie closer together than this belong to one contact, as a WhatsApp session does."""

_KEPT_FOR_OUTSIDERS_YEARS = 10
_KEPT_FOR_OTHERS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class View:
    """What a reader may see.

    ``doctors_notes`` is what the doctor on duty wrote down, ``illness`` what was said by the doctor to the member and
    the papers that may name an illness. ``shows_gaps`` marks a place that was left out; the member is not told of
    notes they may not read.
    """

    names_of_staff: bool
    internal_notes: bool
    doctors_notes: bool
    illness: bool
    shows_gaps: bool


def may_have(role: str, reader: Reader) -> bool:
    """May this role ask for, list and fetch a dossier for that reader? Agents: the member's only (never medical)."""
    return reader in _MAY_HAVE.get(role, frozenset())


def view_of(reader: Reader, *, medical_consent: bool) -> View:
    """What stands in a dossier: nobody outside reads names of staff, nothing medical goes out without consent.

    The member reads their own papers and what the doctor told them, but neither notes of staff among themselves nor
    the doctor's; inside, the doctor's notes stay with the doctors, whatever the member agreed to for others.
    """
    if reader is Reader.MEMBER:
        return View(names_of_staff=False, internal_notes=False, doctors_notes=False, illness=True, shows_gaps=False)
    if reader is Reader.INTERNAL:
        return View(names_of_staff=True, internal_notes=True, doctors_notes=False, illness=True, shows_gaps=True)
    return View(
        names_of_staff=False,
        internal_notes=True,
        doctors_notes=medical_consent,
        illness=medical_consent,
        shows_gaps=True,
    )


def story_begins(linked: Collection[datetime], words_before: Sequence[datetime], received_at: datetime) -> datetime:
    """The first contact in the matter.

    That is the earliest beginning of what the complaint disputes, or the complaint itself; and before it the words of
    the same contact, as long as no pause of 24 hours lies between. ``words_before`` are moments of the thread, in any
    order.
    """
    begins = min([*linked, received_at])
    for moment in sorted(words_before, reverse=True):
        if moment >= begins:
            continue
        if begins - moment >= ONE_CONTACT:
            break
        begins = moment
    return begins


def keep_until(reader: Reader, asked_on: date) -> date:
    """The last day of a dossier: what went to an authority is kept like an accounting record (ten years), what
    can be made anew at any time for 90 days."""
    if reader not in {Reader.REGULATOR, Reader.OMBUDSMAN}:
        return asked_on + _KEPT_FOR_OTHERS
    years = asked_on.year + _KEPT_FOR_OUTSIDERS_YEARS
    leap_day = asked_on.month == 2 and asked_on.day == 29
    return asked_on.replace(year=years, day=28) if leap_day else asked_on.replace(year=years)
