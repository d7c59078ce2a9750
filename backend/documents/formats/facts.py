"""What a header says about a file."""

from __future__ import annotations

from dataclasses import dataclass


class DamagedFile(ValueError):
    """The file ends or contradicts itself before its own structure does."""


class AvoidedFile(ValueError):
    """The file is whole but of a sort that is refused; `reason` is one of the constants in `rules.py`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Header facts. `width` and `height` in pixels (None for PDF), `pages` None when the header hides it.

    `end` is the offset of the first byte after the file proper: whatever lies behind it was appended.
    """

    kind: str
    media_type: str
    width: int | None
    height: int | None
    pages: int | None
    end: int
