"""Photos: decoded by the one decoder their header names, turned upright, copied without any metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pillow_heif
from PIL import Image, ImageOps

from backend.documents import rules
from backend.documents.darkroom import marks
from backend.documents.darkroom.quality import GLANCE_SIDE
from backend.documents.darkroom.refused import Refused
from backend.documents.rules import Limits

LONGEST_SIDE = 2400
JPEG_QUALITY = 85
_DECODERS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}

pillow_heif.register_heif_opener()
# Our own limit is checked before a pixel is decoded; Pillow's guess would only warn.
Image.MAX_IMAGE_PIXELS = None


class Picture:
    """One photo. Raises Refused, or what the decoder raises on damage."""

    pages = 1

    def __init__(self, data: bytes, kind: str, limits: Limits) -> None:
        self._image = Image.open(io.BytesIO(data), formats=[_DECODERS[kind]])
        if self._image.width * self._image.height > limits.most_pixels:
            raise Refused(rules.TOO_MANY_PIXELS)

    def glance(self) -> tuple[Image.Image, int]:
        """A grey, small version and the true short side; a JPEG is decoded at a fraction of its size."""
        short_side = min(self._image.size)
        scale = GLANCE_SIDE / max(self._image.size)
        self._image.draft("L", (int(self._image.width * scale), int(self._image.height * scale)))
        return self._image.convert("L"), short_side

    def each_page(self) -> Iterator[Image.Image]:
        """The photo upright, in colour, at most LONGEST_SIDE pixels."""
        self._image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(self._image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        yield _on_white(upright)

    def marks(self) -> dict[str, Any]:
        """Marks that the photo was worked on after it was taken."""
        return marks.of_picture(self._image)


def clean_jpeg(page: Image.Image) -> bytes:
    """The pixels and nothing else: no place, no camera, no comment, no thumbnail."""
    page.info.clear()
    out = io.BytesIO()
    page.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
