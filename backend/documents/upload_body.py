"""Takes one uploaded file out of a multipart body, without copies on the disk.

A body of one part, as the app sends it, is cut out with two searches; anything else goes through python-multipart.
Werkzeug's form parser costs five times as much as that one (performance.md 2b-3), and nothing here needs its fields.
"""

from __future__ import annotations

from typing import Protocol

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from backend.documents import rules
from backend.documents.rules import Limits
from backend.kit.refusal import Refusal

_LONGEST_HEAD = 2048
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
    whole = _whole(body, limits.most_bytes + MOST_AROUND)
    if whole is None:
        return rules.refusal(rules.TOO_LARGE, limits)
    only = _only_part(whole, boundary, field.encode())
    return _parsed(whole, boundary, field.encode()) if only is None else only


def _whole(body: Readable, most: int) -> bytes | None:
    """All of the body in as few pieces as the server gives; None when it is longer than `most`."""
    pieces, left = [], most
    while left >= 0 and (piece := body.read(left + 1)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces) if left >= 0 else None


def _only_part(whole: bytes, boundary: bytes, field: bytes) -> bytes | None:
    """The file of a body that is this one part and nothing else; None: let the parser decide."""
    opening, closing = b"--" + boundary + b"\r\n", b"\r\n--" + boundary
    head_ends = whole.find(b"\r\n\r\n", 0, _LONGEST_HEAD)
    if head_ends < 0 or not whole.startswith(opening):
        return None
    data_ends = whole.find(closing, head_ends + 4)
    if data_ends < 0 or whole[data_ends + len(closing) :] not in {b"--\r\n", b"--"}:
        return None
    for line in whole[len(opening) : head_ends].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-disposition" and parse_options_header(value)[1].get(b"name") == field:
            return whole[head_ends + 4 : data_ends]
    return None


def _parsed(whole: bytes, boundary: bytes, field: bytes) -> bytes | Refusal:
    collector = _Collector(field)
    parser = MultipartParser(boundary, collector.callbacks())  # type: ignore[arg-type]
    try:
        parser.write(whole)
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
