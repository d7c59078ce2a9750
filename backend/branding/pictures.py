"""Every picture that is made from one mark and the brand's colours: icons, start screens, what a shared link shows.

A picture has an exact size in pixels, a ground and a place for the mark; typst draws it and the process keeps it.
Nobody uploads an icon.
"""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import typst
from PIL import Image

from backend.branding.loader import Brand

Scheme = Literal["light", "dark"]

_TEMPLATE = Path(__file__).parent / "picture.typ"
_TAGLINE_LETTERS = 140
"""More does not fit under a name; the rest of a long tagline is left out."""
_ALIKE = 40
"""How far a pixel's red, green and blue may lie from the mark's main colour to belong to its body."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture looks like, in pixels; ``mark`` is the side of the mark.

    ``ground`` names a colour of the brand's ``scheme``, ``tile`` one of the light scheme; '' is transparent.
    ``opaque`` pictures have no alpha channel, as the iOS home screen and Apple's store want them. ``silhouette`` keeps
    the shape alone, in white. ``titled`` has name and tagline beside the mark.
    """

    width: int
    height: int
    mark: int
    ground: str = ""
    scheme: Scheme = "light"
    tile: str = ""
    opaque: bool = False
    silhouette: bool = False
    titled: bool = False

    @property
    def sizes(self) -> str:
        """As HTML and manifests write it."""
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Screen:
    """A telephone or tablet of Apple's, held upright: points, and pixels per point."""

    width: int
    height: int
    ratio: int

    def media(self, scheme: Scheme) -> str:
        """The media query that only this device meets, in this colour scheme."""
        return (
            f"(device-width: {self.width}px) and (device-height: {self.height}px)"
            f" and (-webkit-device-pixel-ratio: {self.ratio}) and (orientation: portrait)"
            f" and (prefers-color-scheme: {scheme})"
        )

    def name(self, scheme: Scheme) -> str:
        """The file of its start screen."""
        return f"splash-{self.width * self.ratio}x{self.height * self.ratio}-{scheme}.png"


SCREENS = (
    Screen(375, 667, 2),
    Screen(414, 736, 3),
    Screen(375, 812, 3),
    Screen(414, 896, 2),
    Screen(414, 896, 3),
    Screen(390, 844, 3),
    Screen(428, 926, 3),
    Screen(393, 852, 3),
    Screen(430, 932, 3),
    Screen(402, 874, 3),
    Screen(420, 912, 3),
    Screen(440, 956, 3),
    Screen(810, 1080, 2),
    Screen(820, 1180, 2),
    Screen(834, 1194, 2),
    Screen(1024, 1366, 2),
)
"""iPhones and iPads since 2017 that still get updates (Apple, Human Interface Guidelines: Layout, device sizes)."""
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")

SAFE_MARK = 0.62
"""The mark's side as a share of a maskable icon: what is round lies within the safe circle of 80 % (W3C manifest, "Icon
masks and safe zone"); the gate refuses a mark whose corners still reach out of it."""


def plain(side: int) -> Picture:
    """The mark alone on nothing."""
    return Picture(side, side, side)


def maskable(side: int) -> Picture:
    """Full-bleed, for launchers that cut their own shape."""
    return Picture(side, side, round(side * SAFE_MARK), ground="brand_soft")


def home_screen(side: int) -> Picture:
    """For a home screen that rounds the corners itself and knows no transparency."""
    return Picture(side, side, round(side * 0.72), ground="brand_soft", opaque=True)


def silhouette(side: int) -> Picture:
    """For Android's status bar and themed icons, which keep the alpha channel only."""
    return Picture(side, side, side, silhouette=True)


def splash(width: int, height: int, scheme: Scheme) -> Picture:
    """A start screen: on the page's colour, and in the dark on a tile, as a dark mark would not be seen there."""
    side = min(width, height)
    if scheme == "light":
        return Picture(width, height, round(side * 0.34), ground="page", opaque=True)
    return Picture(width, height, round(side * 0.24), ground="page", scheme="dark", tile="brand_soft", opaque=True)


APP_ICONS = {
    "icon-192.png": plain(192),
    "icon-512.png": plain(512),
    "icon-maskable-192.png": maskable(192),
    "icon-maskable-512.png": maskable(512),
    "icon-monochrome-96.png": silhouette(96),
    "icon-monochrome-512.png": silhouette(512),
}
SPLASHES = {
    screen.name(scheme): splash(screen.width * screen.ratio, screen.height * screen.ratio, scheme)
    for screen in SCREENS
    for scheme in SCHEMES
}
PICTURES = {
    **APP_ICONS,
    **SPLASHES,
    "favicon-32.png": plain(32),
    "apple-touch-icon.png": home_screen(180),
    "social.png": Picture(1200, 630, 300, ground="page", titled=True, opaque=True),
}
"""Every picture that is served beside the member app, by its file name."""


def drawn(brand: Brand, picture: Picture) -> bytes:
    """The picture as PNG; the same brand always gives the same bytes."""
    light, own = brand.colours["light"], brand.colours[picture.scheme]
    words = (
        (brand.name, brand.texts[brand.default_language]["tagline"][:_TAGLINE_LETTERS]) if picture.titled else ("", "")
    )
    return _drawn(
        brand.logo["mark"],
        picture,
        own[picture.ground] if picture.ground else "",
        light[picture.tile] if picture.tile else "",
        (*words, light["text"], light["brand"], brand.default_language),
    )


def favicon(brand: Brand) -> bytes:
    """The mark as SVG, whatever it was uploaded as: sharp in every tab."""
    mark = brand.logo["mark"]
    if mark.suffix == ".svg":
        return mark.read_bytes()
    encoded = b64encode(drawn(brand, plain(128))).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">'
        f'<image width="128" height="128" href="data:image/png;base64,{encoded}"/></svg>'
    ).encode()


@lru_cache(maxsize=512)
def _drawn(mark: Path, picture: Picture, ground: str, tile: str, words: tuple[str, str, str, str, str]) -> bytes:
    name, tagline, ink, band, language = words
    inputs = {
        "mark": f"/{mark.name}",
        "width": str(picture.width),
        "height": str(picture.height),
        "mark_side": str(picture.mark),
        "ground": ground,
        "tile": tile,
        "tile_side": str(round(picture.mark * 1.5)),
        "name": name,
        "tagline": tagline,
        "ink": ink,
        "band": band,
        "language": language,
    }
    png: bytes = typst.compile(  # type: ignore[call-overload]  # its types want input and root alike
        _TEMPLATE.read_bytes(), root=mark.parent, format="png", ppi=72, ignore_system_fonts=True, sys_inputs=inputs
    )
    if picture.silhouette:
        return _png(_silhouette(Image.open(io.BytesIO(png)).convert("RGBA")))
    return _png(Image.open(io.BytesIO(png)).convert("RGB")) if picture.opaque else png


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _silhouette(mark: Image.Image) -> Image.Image:
    """White where the mark has its main colour, nothing where it has another: a drawing on a disc stays readable."""
    pixels = np.asarray(mark).astype(np.int16)
    inked = pixels[pixels[..., 3] > 127][:, :3]
    if not len(inked):
        return mark
    shades, counts = np.unique(inked // 16, axis=0, return_counts=True)
    near = (inked // 16 == shades[counts.argmax()]).all(axis=1)
    main = np.median(inked[near], axis=0)
    apart = np.abs(pixels[..., :3] - main).max(axis=-1)
    # Between body and ornament the edge stays soft.
    share = np.clip(2 - apart / _ALIKE, 0, 1)
    white = np.full((*pixels.shape[:2], 4), 255, dtype=np.uint8)
    white[..., 3] = (pixels[..., 3] * share).astype(np.uint8)
    return Image.fromarray(white, "RGBA")
