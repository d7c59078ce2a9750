"""PDF: what the plain part of the file says; compressed parts are judged by pdfium in the darkroom."""

from __future__ import annotations

import re

from backend.documents import rules
from backend.documents.formats.facts import AvoidedFile, DamagedFile, FileFacts

_TAIL = 2048
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PAGES = re.compile(rb"/Count\s+(\d{1,7})\b")
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA|ImportData|SubmitForm)\b")
_ENCRYPTED = re.compile(rb"/Encrypt\b")


def read(data: bytes) -> FileFacts:
    """Facts of a file that starts with %PDF-. Raises DamagedFile and AvoidedFile."""
    last = data.rfind(b"%%EOF", max(0, len(data) - _TAIL))
    if last < 0 or b"startxref" not in data[max(0, last - _TAIL) : last]:
        raise DamagedFile("no end of document")
    plain = _outside_streams(data)
    if _ENCRYPTED.search(plain):
        raise AvoidedFile(rules.ENCRYPTED_PDF)
    if _ACTIVE.search(plain):
        raise AvoidedFile(rules.ACTIVE_PDF)
    counts = [int(count) for count in _PAGES.findall(plain)]
    return FileFacts("pdf", "application/pdf", None, None, max(counts, default=None), last + len(b"%%EOF"))


def _outside_streams(data: bytes) -> bytes:
    """The file without its streams (random bytes there would look like names), escapes in names undone."""
    pieces, at = [], 0
    while (start := data.find(b"stream", at)) >= 0:
        pieces.append(data[at:start])
        stop = data.find(b"endstream", start)
        if stop < 0:
            break
        at = stop + len(b"endstream")
    else:
        pieces.append(data[at:])
    plain = b" ".join(pieces)
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), plain) if b"#" in plain else plain
