"""The way to the darkroom: asks its process to look at a file or to make clean copies of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from backend.documents import rules
from backend.documents.rules import Limits, Measures
from backend.documents.sandbox import Sandbox, SandboxBusy, SandboxFailed
from backend.kit.refusal import Refusal

DARKROOM = Sandbox("backend.documents.darkroom")

LOOK_SECONDS = 2.0
LOOK_PATIENCE = 0.25
DEVELOP_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Glance:
    """What one quick look showed."""

    pages: int
    measures: list[Measures]


@dataclass(frozen=True, slots=True)
class Developed:
    """A clean JPEG per page, its measures and its likeness in four turns; ``marks`` of work on the file."""

    copies: list[bytes]
    measures: list[Measures]
    likenesses: list[list[str]] = field(default_factory=list)
    marks: dict[str, Any] = field(default_factory=dict)


def look(data: bytes, limits: Limits) -> Glance | Refusal | None:
    """One look within LOOK_SECONDS; None when the darkroom is busy or slow: the worker measures it then."""
    try:
        header, _ = DARKROOM.ask(_question("look", limits), data, seconds=LOOK_SECONDS, patience=LOOK_PATIENCE)
    except SandboxFailed:
        return None
    if "refused" in header:
        return rules.refusal(header["refused"], limits)
    return Glance(header["pages"], [Measures(**page) for page in header["measures"]])


def develop(data: bytes, limits: Limits) -> Developed | Refusal:
    """Clean copies of all pages. A file on which the decoder dies or hangs is refused as damaged.

    Raises SandboxBusy: that is our fault, not the file's, and the job tries again.
    """
    try:
        header, copies = DARKROOM.ask(_question("develop", limits), data, seconds=DEVELOP_SECONDS)
    except SandboxBusy:
        raise
    except SandboxFailed:
        return Refusal(rules.DAMAGED)
    if "refused" in header:
        return rules.refusal(header["refused"], limits)
    measures = [Measures(**page) for page in header["measures"]]
    return Developed(copies, measures, header["likenesses"], header["marks"])


def _question(task: str, limits: Limits) -> dict[str, object]:
    return {"task": task, "limits": _figures(limits)}


@cache
def _figures(limits: Limits) -> dict[str, int]:
    return asdict(limits)
