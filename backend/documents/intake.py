"""The first gate: bytes in, facts or a refusal out, without decoding anything."""

from __future__ import annotations

from backend.documents import rules
from backend.documents.formats import heic, jpeg, pdf, png, webp
from backend.documents.formats.appended import carries_stowaway
from backend.documents.formats.facts import AvoidedFile, DamagedFile, FileFacts
from backend.documents.rules import Limits
from backend.kit.refusal import Refusal


def examine(data: bytes, limits: Limits, *, thorough: bool = False) -> FileFacts | Refusal:
    """What the file is, or why it is not accepted (`documents.*`). The name and the type the sender claims
    are never asked. `thorough` also walks what is too long for a request; the darkroom does."""
    if not data:
        return Refusal(rules.EMPTY)
    if len(data) > limits.most_bytes:
        return rules.refusal(rules.TOO_LARGE, limits)
    try:
        facts = _read(data, thorough=thorough)
    except (DamagedFile, IndexError):
        return Refusal(rules.DAMAGED)
    except AvoidedFile as avoided:
        return Refusal(avoided.reason)
    if facts is None:
        return Refusal(rules.POLYGLOT if b"%PDF-" in data[:1024] else rules.UNKNOWN_TYPE)
    if carries_stowaway(data, facts.end):
        return Refusal(rules.POLYGLOT)
    return rules.over_limits(facts.width, facts.height, facts.pages, limits) or facts


def _read(data: bytes, *, thorough: bool) -> FileFacts | None:
    if data.startswith(b"\xff\xd8\xff"):
        return jpeg.read(data, thorough=thorough)
    if data.startswith(png.SIGNATURE):
        return png.read(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return webp.read(data)
    if data[4:8] == b"ftyp" and heic.is_heic(data):
        return heic.read(data)
    if data.startswith(b"%PDF-"):
        return pdf.read(data)
    return None
