"""Takes out of a dossier what its reader may not see, and masks in all of them what nobody needs to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import phonenumbers

from backend.complaints.dossier.entries import Entry, plain
from backend.complaints.dossier.rules import View
from backend.kit.reference_numbers import Kind, read_number

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IDENTITY = re.compile(r"(?<![\d+])\d(?:[ .-]?\d){15}(?!\d)|\b\d{12}[A-Z]\b|\b\d{9}[A-Z]{2}\d{3}\b")
"""Indonesia's NIK (16 digits), Mozambique's and Angola's identity numbers."""
_REFERENCE = re.compile(r"(?<!\d)\d{4}-\d{4}-\d{4}(?!\d)")
_BEGINNINGS = ("+", "0", "8", "62", "258", "244")
_FEWEST_DIGITS = 9
_SHOWN = 3
_COVER = "•"

Span = tuple[int, int]


def redacted(entries: Iterable[Entry], view: View, names: Mapping[UUID, str], region: str) -> Iterator[dict[str, Any]]:
    """The entries as they stand in the dossier; ``names`` are those of staff, ``region`` is the client's country."""
    for entry in entries:
        if entry.internal and not view.internal_notes:
            continue
        held_back = (entry.doctors_note and not view.doctors_notes) or (entry.illness and not view.illness)
        if held_back and not view.shows_gaps:
            continue
        words = {name: masked(text, region) for name, text in entry.words.items() if text}
        yield {
            "id": entry.id,
            "kind": entry.kind,
            "at": plain(entry.at),
            "by": _hand(entry, view, names),
            "internal": entry.internal,
            "held_back": held_back,
            "facts": plain(entry.facts),
            "words": {} if held_back else words,
        }


def _hand(entry: Entry, view: View, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    if entry.by is None:
        return None
    known = names.get(entry.by.staff_id) if entry.by.staff_id and view.names_of_staff else None
    return {"role": entry.by.role, "name": known}


def masked(text: str, region: str) -> str:
    """The text with telephone numbers, national ids and mail addresses covered up to their last characters.

    Numbers of claims, complaints, cases and letters stay: their check digits tell them apart.
    """
    kept = [match.span() for match in _REFERENCE.finditer(text) if any(read_number(kind, match[0]) for kind in Kind)]
    characters = list(text)
    for start, end in _personal_numbers(text, region):
        if any(start < other_end and other < end for other, other_end in kept):
            continue
        places = [at for at in range(start, end) if characters[at].isalnum()]
        for at in places[:-_SHOWN]:
            characters[at] = _COVER
    return _MAIL.sub(f"{_COVER * _SHOWN}@{_COVER * _SHOWN}", "".join(characters))


def _personal_numbers(text: str, region: str) -> Iterator[Span]:
    for match in _IDENTITY.finditer(text):
        yield match.span()
    for found in phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.POSSIBLE):
        digits = sum(character.isdigit() for character in found.raw_string)
        if digits >= _FEWEST_DIGITS and found.raw_string.lstrip("(").startswith(_BEGINNINGS):
            yield found.start, found.end


def masked_tail(number: str) -> str:
    """A telephone or identity number with only its last three characters: ``•••••••••••••001``."""
    return _COVER * max(0, len(number) - _SHOWN) + number[-_SHOWN:]
