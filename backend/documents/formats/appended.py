"""A second file hidden behind the first: archives, web pages and programs that ride on a picture.

Phones append honest things to a JPEG (a short film, a depth map), so only what a browser, a shell or an
unpacker would run is looked for.
"""

from __future__ import annotations

import re

_LEADING = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"MZ", b"\x7fELF", b"#!", b"\x1f\x8b", b"%PDF-")
_WEB_PAGE = re.compile(rb"<\s*(?:script|html|!doctype|svg|iframe|\?php)|<\?php|javascript:", re.IGNORECASE)
_END_OF_ARCHIVE = b"PK\x05\x06"
_LONGEST_ARCHIVE_COMMENT = 65_535


def carries_stowaway(data: bytes, end: int) -> bool:
    """Whether something that could be run or unpacked follows offset `end`, or the file ends as an archive."""
    rest = data[end:].lstrip(b"\x00\r\n\t ")
    return rest.startswith(_LEADING) or _WEB_PAGE.search(rest) is not None or _ends_as_archive(data)


def _ends_as_archive(data: bytes) -> bool:
    """Archives are read from their end, so one may begin anywhere, even inside a comment of the picture."""
    at = data.rfind(_END_OF_ARCHIVE, max(0, len(data) - _LONGEST_ARCHIVE_COMMENT - 22))
    if at < 0 or at + 22 > len(data):
        return False
    size, offset = int.from_bytes(data[at + 12 : at + 16], "little"), int.from_bytes(data[at + 16 : at + 20], "little")
    comment = int.from_bytes(data[at + 20 : at + 22], "little")
    return size + offset <= at and at + 22 + comment <= len(data)
