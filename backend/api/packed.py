"""Sends texts compressed: brotli where the browser takes it, else gzip.

Only for what is the same for everybody (pages, scripts, styles, pictures drawn as text): an answer with somebody's
data is never compressed, so that nothing can be learnt from its length.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
from flask import Response, request

_SMALLEST = 200
"""Bytes; below, the head of the answer outweighs what is saved."""
_LARGE = 300_000
_BEST = 11
_QUICK = 5
_KEPT = 512


def packed(answer: Response, *, lasting: bool = False) -> Response:
    """The answer in the smallest form that the asking browser reads, with the ``Vary`` and ``ETag`` that go with it.

    ``lasting`` says that these bytes are sent again and again: they are compressed once, as small as can be.
    """
    answer.vary.add("Accept-Encoding")
    content = answer.get_data()
    if len(content) < _SMALLEST or answer.headers.get("Content-Encoding"):
        return answer
    form = _form()
    if form is None:
        return answer
    answer.set_data(_kept(content, form) if lasting else _pack(content, form, _QUICK))
    answer.headers["Content-Encoding"] = form
    tag, weak = answer.get_etag()
    if tag:
        answer.set_etag(f"{tag}-{form}", weak=bool(weak))
    return answer


def _form() -> str | None:
    """What the browser asked for and we can make, the smaller first."""
    accepted = request.accept_encodings
    return next((form for form in ("br", "gzip") if accepted[form] > 0), None)


@lru_cache(_KEPT)
def _kept(content: bytes, form: str) -> bytes:
    return _pack(content, form, _BEST if len(content) < _LARGE else _QUICK)


def _pack(content: bytes, form: str, effort: int) -> bytes:
    if form == "br":
        return brotli.compress(content, mode=brotli.MODE_TEXT, quality=effort)  # type: ignore[no-any-return]
    return gzip.compress(content, compresslevel=min(effort, 9), mtime=0)
