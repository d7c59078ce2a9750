"""The one file of a form."""

from __future__ import annotations

from flask import request

from backend.errors import InvalidShape, TooLarge

MOST_BYTES = 10_000_000


def uploaded_file() -> bytes:
    """The bytes of ``file``; raises InvalidShape without one, TooLarge beyond ten megabytes."""
    sent = request.files.get("file")
    if sent is None:
        raise InvalidShape(figures={"file": ["missing"]})
    data = sent.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge(figures={"most_bytes": MOST_BYTES})
    return data
