"""Pictures made of pixels: opened without running out of memory, freed from their plain ground, written into an SVG."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 16_000_000
_LINK = "data:image/png;base64,"


def opened(png: bytes) -> Image.Image | None:
    """A PNG in red, green, blue and alpha; None for what is none or too large."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as found:
            return found.convert("RGBA") if found.width * found.height <= MOST_PIXELS else None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None


def linked(address: str) -> Image.Image | None:
    """The PNG that stands in an address itself (``data:``); None for any other address."""
    try:
        return opened(base64.b64decode(address.removeprefix(_LINK))) if address.startswith(_LINK) else None
    except ValueError:
        return None


def without_ground(picture: Image.Image) -> Image.Image:
    """The picture with its plain ground made transparent, where all four corners have one opaque colour."""
    pixels = np.asarray(picture).astype(np.float64)
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1]]
    if corners[:, 3].min() < 250 or np.ptp(corners[:, :3], axis=0).max() > 12:
        return picture
    ground = corners[:, :3].mean(axis=0)
    # How much of each pixel is ink: 0 where it is the ground, 1 where the ground cannot show through any more.
    far = np.abs(pixels[..., :3] - ground).max(axis=-1)
    ink = np.clip(far / 96, 0, 1)
    shown = np.where(ink[..., None] > 0, ground + (pixels[..., :3] - ground) / np.maximum(ink[..., None], 1e-6), 0)
    out = np.dstack([np.clip(shown, 0, 255), ink * 255]).round().astype(np.uint8)
    return Image.fromarray(out)


def as_link(picture: Image.Image) -> str:
    """The picture as an address that holds it itself."""
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return f"{_LINK}{base64.b64encode(out.getvalue()).decode()}"
