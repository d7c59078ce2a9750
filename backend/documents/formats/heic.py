"""HEIC: ISO base media boxes; the picture's size stands in the `ispe` properties of the `meta` box."""

from __future__ import annotations

from collections.abc import Iterator

from backend.documents.formats.facts import DamagedFile, FileFacts

BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_CODED_AS_HEVC = frozenset({b"heic", b"heix", b"heim", b"heis"})
_MOST_BOXES = 200


def is_heic(data: bytes) -> bool:
    """Whether an ISO media file says that it holds an HEVC still picture (and not AVIF or video)."""
    brands = _brands(data)
    return data[8:12] in BRANDS and not brands.isdisjoint(_CODED_AS_HEVC)


def read(data: bytes) -> FileFacts:
    """Facts of a file for which `is_heic` holds. Raises DamagedFile."""
    meta, end = b"", 0
    for name, start, stop in _boxes(data):
        if name == b"meta":
            meta = data[start:stop]
        end = stop
    width, height = _largest_picture(meta)
    return FileFacts("heic", "image/heic", width, height, 1, end)


def _brands(data: bytes) -> set[bytes]:
    size = min(int.from_bytes(data[:4], "big"), 256)
    return {data[at : at + 4] for at in range(8, size, 4)}


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > len(data):
            return
        size, name, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if not name.isalnum():
            return  # what follows is not a box: the caller sees it as appended
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            raise DamagedFile("a box is cut off")
        yield name, at + head, at + size
        at += size


def _largest_picture(meta: bytes) -> tuple[int, int]:
    sizes, at = [], meta.find(b"ispe")
    while at >= 0 and len(meta) >= at + 16:
        sizes.append((int.from_bytes(meta[at + 8 : at + 12], "big"), int.from_bytes(meta[at + 12 : at + 16], "big")))
        at = meta.find(b"ispe", at + 4)
    if not sizes:
        raise DamagedFile("no picture size")
    return max(sizes, key=lambda size: size[0] * size[1])
