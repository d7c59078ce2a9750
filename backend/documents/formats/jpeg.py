"""JPEG: segments up to the first scan, then the end-of-image marker."""

from __future__ import annotations

from backend.documents.formats.facts import DamagedFile, FileFacts

_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN = 0xDA
_END_OF_IMAGE = b"\xff\xd9"
_STANDALONE = frozenset(range(0xD0, 0xD9)) | {0x01}
_MOST_SEGMENTS = 500


def read(data: bytes, *, thorough: bool) -> FileFacts:
    """Facts of a file that starts with FF D8. Raises DamagedFile.

    The end of the picture is searched from its start when `thorough`; else only when the file does not end like a
    picture, which is a quarter of what the whole request may cost.
    """
    at, width, height, end = 2, 0, 0, -1
    for _ in range(_MOST_SEGMENTS):
        if data[at] != 0xFF:
            raise DamagedFile("no marker where a segment must start")
        marker = data[at + 1]
        if marker == 0xFF or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2:
            raise DamagedFile("a segment shorter than its own length")
        if marker in _FRAME_MARKERS:
            height = int.from_bytes(data[at + 5 : at + 7], "big")
            width = int.from_bytes(data[at + 7 : at + 9], "big")
        if marker == _START_OF_SCAN:
            end = _end(data, at, thorough=thorough)
            break
        at += 2 + length
    if not width or not height or end < 0:
        raise DamagedFile("the picture is cut off")
    return FileFacts("jpeg", "image/jpeg", width, height, 1, end)


def _end(data: bytes, scan: int, *, thorough: bool) -> int:
    """Offset behind the picture, -1 when it never ends. Inside a scan every FF of the picture is followed by 00, so
    the first end marker is the end."""
    if not thorough and data.endswith(_END_OF_IMAGE):
        return len(data)
    at = data.find(_END_OF_IMAGE, scan)
    return at + 2 if at >= 0 else -1
