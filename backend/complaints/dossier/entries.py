"""One thing that happened, as it was stored: the collectors make these, the redaction takes from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class Hand:
    """Who did it: a role, and for staff which person."""

    role: str
    staff_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """``words`` are sentences of people, ``facts`` everything else.

    ``internal`` is for staff only, ``doctors_note`` what the doctor on duty wrote down, ``illness`` what may name one.
    """

    kind: str
    source: UUID
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str | None] = field(default_factory=dict)
    by: Hand | None = None
    internal: bool = False
    doctors_note: bool = False
    illness: bool = False

    @property
    def id(self) -> str:
        """Names the entry in the dossier and in what the verifier says."""
        return f"{self.kind}:{self.source}"


def plain(value: Any) -> Any:
    """A value as it stands in an entry's JSON: texts, whole numbers, booleans, null, lists and objects of them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return value.as_json()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
