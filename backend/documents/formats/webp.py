"""WebP: a RIFF container with a lossy, lossless or extended first chunk."""

from __future__ import annotations

from backend.documents.formats.facts import DamagedFile, FileFacts

_LOSSY_START = b"\x9d\x01\x2a"
_LOSSLESS_SIGNATURE = 0x2F


def read(data: bytes) -> FileFacts:
    """Facts of a file that starts with RIFF…WEBP. Raises DamagedFile."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise DamagedFile("the container is cut off")
    width, height = _size(data[12:16], data[20:30])
    return FileFacts("webp", "image/webp", width, height, 1, end)


def _size(chunk: bytes, head: bytes) -> tuple[int, int]:
    if len(head) < 10:
        raise DamagedFile("no room for a header")
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if chunk == b"VP8L" and head[0] == _LOSSLESS_SIGNATURE:
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 " and head[3:6] == _LOSSY_START:
        sides = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
        return sides[0] & 0x3FFF, sides[1] & 0x3FFF
    raise DamagedFile("an unknown first chunk")
