"""Looks at a brand's drawings as pixels: can the logo be seen on its ground, is the mark whole in every icon?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import typst
from PIL import Image

from backend.branding.files import ICONS
from backend.branding.loader import Brand
from backend.branding.pictures import PICTURES, SCHEMES, SCREENS, SPLASHES, drawn
from backend.branding.rules.colours import VISIBLE, contrast
from backend.kit.refusal import Refusal

LOGO_FAINT = "branding.logo_faint"
LOGO_EMPTY = "branding.logo_empty"
MARK_NOT_SQUARE = "branding.mark_not_square"
MARK_CUT = "branding.mark_cut"

ICON_SIZE = "branding.icon_size"

PAPER = "#ffffff"
"""What letters, receipts and certificates are printed on."""
GROUNDS = (
    ("light", "light", "page"),
    ("light", "light", "surface"),
    ("mark", "light", "brand_soft"),
    ("mark", "light", "page"),
    ("dark", "dark", "page"),
    ("dark", "light", "card_from"),
    ("dark", "light", "card_to"),
)
"""Which logo stands on which colour of which scheme. The card is dark in both; the mark makes icons, start screens."""
MEASURED = {
    **{name: one for name, one in PICTURES.items() if name not in SPLASHES},
    **{
        screen.name(scheme): SPLASHES[screen.name(scheme)] for screen in (SCREENS[0], SCREENS[-1]) for scheme in SCHEMES
    },
}
"""Pictures whose size is looked at: of the start screens, which differ in nothing else, the first and the last."""
SEEN = 0.3
"""Share of a logo's ink that must stand out from its ground."""
SAFE = 0.8
"""Launchers keep a circle of this share of a maskable icon's side (W3C manifest, safe zone)."""
_WIDTH = 320
_INKED = 128
_NEARLY_SQUARE = 1.02
_DRAWING = '#set page(width: {width}pt, height: auto, margin: 0pt, fill: none)\n#image("/{name}", width: 100%)'


def drawing_defects(brand: Brand) -> Iterator[Refusal]:
    """What is wrong with logos, mark and icons."""
    for kind, scheme, ground in GROUNDS:
        yield from _logo(brand.logo[kind], kind, ground, brand.colours[scheme][ground])
    yield from _logo(brand.logo["light"], "light", "paper", PAPER)
    mark = _drawn(brand.logo["mark"])
    if not 1 / _NEARLY_SQUARE <= mark.width / mark.height <= _NEARLY_SQUARE:
        yield Refusal(MARK_NOT_SQUARE, {"width": mark.width, "height": mark.height})
        return
    for name, picture in MEASURED.items():
        png = drawn(brand, picture)
        size = Image.open(io.BytesIO(png)).size
        if size != (picture.width, picture.height):
            yield Refusal(ICON_SIZE, {"icon": name, "size": f"{size[0]}x{size[1]}", "needed": picture.sizes})
        elif name in ICONS and ICONS[name][1] and _reaches_out(png, brand.colours["light"]["brand_soft"]):
            yield Refusal(MARK_CUT, {"icon": name})


def _logo(path: Path, kind: str, place: str, ground: str) -> Iterator[Refusal]:
    ink = _ink(_drawn(path))
    if not len(ink):
        yield Refusal(LOGO_EMPTY, {"kind": kind, "place": place})
        return
    colours, counts = np.unique(ink // 8 * 8, axis=0, return_counts=True)
    ratios = np.array([contrast("#{:02x}{:02x}{:02x}".format(*colour), ground) for colour in colours])
    order = np.argsort(ratios)[::-1]
    # The contrast that the most visible part of the ink reaches: a pale ornament around a strong word is fine.
    covered = np.searchsorted(np.cumsum(counts[order]), SEEN * counts.sum())
    ratio = float(ratios[order][min(covered, len(order) - 1)])
    if ratio < VISIBLE:
        yield Refusal(LOGO_FAINT, {"kind": kind, "place": place, "ratio": int(ratio * 100) / 100, "needed": VISIBLE})


def _drawn(path: Path) -> Image.Image:
    source = _DRAWING.format(width=_WIDTH, name=path.name)
    png = typst.compile(  # type: ignore[call-overload]  # its types want input and root alike
        source.encode(), root=path.parent, format="png", ppi=72, ignore_system_fonts=True
    )
    return Image.open(io.BytesIO(png)).convert("RGBA")


def _ink(drawing: Image.Image) -> np.ndarray:
    """Red, green and blue of every pixel that is more drawn than not."""
    pixels = np.asarray(drawing)
    return pixels[pixels[..., 3] >= _INKED][:, :3]


def _reaches_out(png: bytes, ground: str) -> bool:
    """Whether anything but the ground lies outside the safe circle."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(np.int16)
    side = pixels.shape[0]
    across, down = np.meshgrid(np.arange(side), np.arange(side))
    outside = np.hypot(across - side / 2, down - side / 2) > SAFE * side / 2
    plain = np.array([int(ground[at : at + 2], 16) for at in (1, 3, 5)])
    return bool((np.abs(pixels - plain).max(axis=-1)[outside] > 8).any())
