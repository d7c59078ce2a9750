"""PNG: the chain of chunks from IHDR to IEND."""

from __future__ import annotations

from backend.documents.formats.facts import DamagedFile, FileFacts

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 20_000


def read(data: bytes) -> FileFacts:
    """Facts of a file that starts with the PNG signature. Raises DamagedFile."""
    if data[12:16] != b"IHDR":
        raise DamagedFile("the first chunk is not IHDR")
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    at, seen_pixels = len(SIGNATURE), False
    for _ in range(_MOST_CHUNKS):
        name = data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if at > len(data) or len(name) < 4:
            break
        seen_pixels = seen_pixels or name == b"IDAT"
        if name == b"IEND" and seen_pixels and width and height:
            return FileFacts("png", "image/png", width, height, 1, at)
    raise DamagedFile("no end of picture")
