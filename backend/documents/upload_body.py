"""Reads one uploaded file from a multipart body as it streams in, without copies on the disk.

Werkzeug's form parser costs five times as much (performance.md 2b-3), and nothing here needs its fields.
"""

from __future__ import annotations

from typing import Protocol

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from backend.documents import rules
from backend.documents.rules import Limits
from backend.kit.refusal import Refusal

_CHUNK = 256 * 1024
# Boundaries, part headers and the small fields that clients add.
MOST_AROUND = 64 * 1024


class Readable(Protocol):
    """A request's body."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, empty at the end."""


class Bounded:
    """A body of known length, without a copy. WSGI leaves open what a server does when it is asked for more."""

    def __init__(self, body: Readable, length: int) -> None:
        self._body = body
        self._left = length

    def read(self, size: int, /) -> bytes:
        """At most ``size`` of the bytes that are left."""
        chunk = self._body.read(min(size, self._left)) if self._left else b""
        self._left -= len(chunk)
        return chunk


def read_file(body: Readable, content_type: str, limits: Limits, field: str = "file") -> bytes | Refusal:
    """The bytes of the part named `field`; Refusal when there is none, too much, or the body breaks off."""
    media_type, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if media_type != b"multipart/form-data" or not boundary:
        return Refusal(rules.NO_FILE)
    collector = _Collector(field.encode())
    parser = MultipartParser(boundary, collector.callbacks())  # type: ignore[arg-type]
    left = limits.most_bytes + MOST_AROUND
    try:
        while chunk := body.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                return rules.refusal(rules.TOO_LARGE, limits)
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError:
        return Refusal(rules.BROKEN_UPLOAD)
    if not collector.ended:
        return Refusal(rules.BROKEN_UPLOAD)
    return collector.data() if collector.found else Refusal(rules.NO_FILE)


class _Collector:
    """Keeps the data of one part; the callbacks are called in the order of the body."""

    def __init__(self, field: bytes) -> None:
        self.found = self.ended = False
        self._field = field
        self._wanted = False
        self._name, self._value, self._disposition = b"", b"", b""
        self._pieces: list[bytes] = []

    def callbacks(self) -> dict[str, object]:
        """What python-multipart calls."""
        return {
            "on_part_begin": self._part_begins,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_ends,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._part_data,
            "on_end": self._body_ends,
        }

    def data(self) -> bytes:
        """The wanted part."""
        return b"".join(self._pieces)

    def _part_begins(self) -> None:
        self._wanted, self._disposition = False, b""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        if self._name.lower() == b"content-disposition":
            self._disposition = self._value
        self._name = self._value = b""

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._wanted = options.get(b"name") == self._field and not self.found
        self.found = self.found or self._wanted

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._wanted:
            self._pieces.append(data[start:end])

    def _body_ends(self) -> None:
        self.ended = True
