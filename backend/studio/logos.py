"""A logo as it was uploaded becomes the drawings of a brand: for light ground, for dark ground, and a square mark.

Only shapes survive: an SVG is taken apart and put together from what may be drawn, so that no script, no style of
a page and nothing from elsewhere comes along. A PNG is wrapped in an SVG, its plain ground made transparent.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as Xml

import numpy as np
import typst
from defusedxml import DefusedXmlException
from defusedxml import ElementTree as ReadXml
from PIL import Image

from backend.branding.assets import LOGOS
from backend.branding.rules.lightening import lightened, lightened_pixels
from backend.kit.refusal import Refusal
from backend.studio import bitmaps

UNREADABLE = "studio.logo_unreadable"
TOO_SMALL = "studio.logo_too_small"
WITHOUT_SIZE = "studio.logo_without_size"

MOST_BYTES = 2_000_000
SMALLEST = 512
"""Pixels on the longer side of a PNG: the largest icon is as wide."""
_LARGEST_KEPT = 1024
_MOST_USES = 16
"""A shape that is used, in a shape that is used, … multiplies: sixteen make a few hundred, forty a million."""
_SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"
_HREFS = (f"{{{_LINK}}}href", "href")
_DRAWN = frozenset(
    [
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style", "image", "text", "tspan"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask"),
    ]
)
_OWN_LINK = re.compile(r"^(#[\w.:-]+|data:image/png;base64,[A-Za-z0-9+/=\s]+)$")
_FETCHES = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression\(|javascript:", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|rgb\(\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\)")
_NAMED = re.compile(
    r"(^\s*|:\s*)(black|navy|maroon|purple|green|blue|teal|olive|gray|grey|red|darkblue|darkgreen|darkred)\b"
)
_PAINTS = ("fill", "stroke", "stop-color", "color", "style")
_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)?)")
_SQUARE = 1.02
_MARK_SIDE = 0.62
"""Share of a maskable icon's side that the mark takes (icon.typ)."""
_SAFE_RADIUS = 0.4
"""Radius of the circle that launchers keep, in sides of the icon."""
_SAMPLE = 128

Xml.register_namespace("", _SVG)
Xml.register_namespace("xlink", _LINK)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A clean SVG and how it is framed (left, top, width, height of its view box)."""

    svg: Xml.Element
    frame: tuple[float, float, float, float]


def read(upload: bytes) -> Drawing | Refusal:
    """The drawing of an SVG or PNG file; a Refusal for what is neither, too small, or without a size."""
    if upload.startswith(b"\x89PNG"):
        return _of_png(upload)
    try:
        root = ReadXml.fromstring(upload, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (Xml.ParseError, DefusedXmlException, ValueError, LookupError):
        return Refusal(UNREADABLE)
    if root.tag != f"{{{_SVG}}}svg":
        return Refusal(UNREADABLE)
    clean = _cleaned(root)
    frame = _frame(root)
    if clean is not None and not _can_be_drawn(clean):
        return Refusal(UNREADABLE)
    if clean is None or frame is None:
        return Refusal(WITHOUT_SIZE)
    clean.set("viewBox", " ".join(f"{side:g}" for side in frame))
    clean.attrib.pop("width", None)
    clean.attrib.pop("height", None)
    drawing = Drawing(clean, frame)
    try:
        _raster(drawing)
    except (RuntimeError, typst.TypstError):
        return Refusal(UNREADABLE)
    return drawing


def set_of(drawing: Drawing, dark_grounds: Sequence[str]) -> dict[str, bytes]:
    """All three drawings of one: light as it is, lightened for ``dark_grounds`` (``#rrggbb``), and as a square mark."""
    light = written(drawing)
    return {
        LOGOS["light"]: light,
        LOGOS["dark"]: for_dark(light, dark_grounds),
        LOGOS["mark"]: written(_square(drawing)),
    }


def named(drawing: Drawing, kind: str) -> dict[str, bytes]:
    """The drawing as one of the three; a mark is made square."""
    return {LOGOS[kind]: written(_square(drawing) if kind == "mark" else drawing)}


def for_dark(light: bytes, grounds: Sequence[str]) -> bytes:
    """A clean SVG whose colours are mixed with white until they can be seen on every ground."""
    root = copy.deepcopy(ReadXml.fromstring(light, forbid_entities=True))
    if not root.get("fill"):
        root.set("fill", "#000000")  # what is not said is black
    for element in root.iter():
        for name in _PAINTS:
            value = element.get(name)
            if value:
                element.set(name, _lightened(value, grounds))
        if element.tag == f"{{{_SVG}}}style" and element.text:
            element.text = _lightened(element.text, grounds)
        if element.tag == f"{{{_SVG}}}image":
            _lighten_picture(element, grounds)
    return bytes(Xml.tostring(root, encoding="utf-8"))


def written(drawing: Drawing) -> bytes:
    """The drawing as a file."""
    return bytes(Xml.tostring(drawing.svg, encoding="utf-8"))


def _lightened(paint: str, grounds: Sequence[str]) -> str:
    with_hex = _NAMED.sub(lambda found: found[1] + _HEX[found[2]], paint)
    return _COLOUR.sub(lambda found: lightened(_hex(found[0]), grounds), with_hex)


_HEX = {
    "black": "#000000",
    "navy": "#000080",
    "maroon": "#800000",
    "purple": "#800080",
    "green": "#008000",
    "blue": "#0000ff",
    "teal": "#008080",
    "olive": "#808000",
    "gray": "#808080",
    "grey": "#808080",
    "red": "#ff0000",
    "darkblue": "#00008b",
    "darkgreen": "#006400",
    "darkred": "#8b0000",
}


def _hex(colour: str) -> str:
    if colour.startswith("rgb"):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in re.findall(r"\d+", colour))
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def _lighten_picture(element: Xml.Element, grounds: Sequence[str]) -> None:
    for name in _HREFS:
        picture = bitmaps.linked(element.get(name, ""))
        if picture is not None:
            element.set(name, bitmaps.as_link(Image.fromarray(lightened_pixels(np.asarray(picture), grounds))))


def _cleaned(element: Xml.Element) -> Xml.Element | None:
    """A copy with nothing but shapes in it; None for what is no shape."""
    if not isinstance(element.tag, str) or not element.tag.startswith(f"{{{_SVG}}}"):
        return None
    if element.tag.rpartition("}")[2] not in _DRAWN:
        return None
    clean = Xml.Element(element.tag, {name: value for name, value in element.attrib.items() if _harmless(name, value)})
    is_style = element.tag == f"{{{_SVG}}}style"
    clean.text = None if is_style and _FETCHES.search(element.text or "") else element.text
    clean.tail = element.tail
    for child in element:
        kept = _cleaned(child)
        if kept is not None:
            clean.append(kept)
    return clean


def _can_be_drawn(clean: Xml.Element) -> bool:
    """Not more shapes than it says, and every picture in it is one, of a size that can be opened."""
    if sum(1 for _ in clean.iter(f"{{{_SVG}}}use")) > _MOST_USES:
        return False
    for element in clean.iter(f"{{{_SVG}}}image"):
        for name in _HREFS:
            value = element.get(name)
            if value and bitmaps.linked(value) is None:
                return False
    return True


def _harmless(name: str, value: str) -> bool:
    plain = name.rpartition("}")[2]
    if name.startswith("{") and not name.startswith(f"{{{_LINK}}}"):
        return False
    if plain == "href":
        return bool(_OWN_LINK.match(value))
    return not name.startswith("{") and not plain.lower().startswith("on") and not _FETCHES.search(value)


def _frame(root: Xml.Element) -> tuple[float, float, float, float] | None:
    parts = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        left, top, width, height = (float(part) for part in parts)
    except ValueError:
        sides = [_NUMBER.match(root.get(side, "")) for side in ("width", "height")]
        if not all(sides) or any("%" in root.get(side, "") for side in ("width", "height")):
            return None
        left, top, (width, height) = 0.0, 0.0, (float(found[1]) for found in sides if found)
    return (left, top, width, height) if width > 0 and height > 0 else None


def _square(drawing: Drawing) -> Drawing:
    """The drawing within a square, small enough that launchers which cut a circle out of an icon cut nothing off it."""
    left, top, width, height = drawing.frame
    inked = _raster(drawing)
    if 1 / _SQUARE <= width / height <= _SQUARE and _reach(inked) * _MARK_SIDE <= _SAFE_RADIUS:
        return drawing
    side = max(width, height)
    room = side * max(1.0, _reach(inked) * _MARK_SIDE / (_SAFE_RADIUS * 0.97))
    outer = Xml.Element(f"{{{_SVG}}}svg", {"viewBox": f"0 0 {room:g} {room:g}"})
    inner = copy.deepcopy(drawing.svg)
    inner.attrib.update(
        x=f"{(room - width) / 2:g}", y=f"{(room - height) / 2:g}", width=f"{width:g}", height=f"{height:g}"
    )
    inner.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    outer.append(inner)
    return Drawing(outer, (0.0, 0.0, room, room))


def _reach(pixels: np.ndarray) -> float:
    """How far from the middle of its square anything is drawn, in sides of the square."""
    rows, columns = np.nonzero(pixels[..., 3] > 16)
    if not len(rows):
        return 0.0
    height, width = pixels.shape[:2]
    across = np.abs(columns + 0.5 - width / 2) + 0.5
    down = np.abs(rows + 0.5 - height / 2) + 0.5
    return float(np.hypot(across, down).max() / max(width, height))


def _raster(drawing: Drawing) -> np.ndarray:
    with TemporaryDirectory() as folder:
        (Path(folder) / "logo.svg").write_bytes(written(drawing))
        source = (
            f'#set page(width: {_SAMPLE}pt, height: auto, margin: 0pt, fill: none)\n#image("/logo.svg", width: 100%)'
        )
        png = typst.compile(  # type: ignore[call-overload]  # its types want input and root alike
            source.encode(), root=folder, format="png", ppi=72, ignore_system_fonts=True
        )
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


def _of_png(upload: bytes) -> Drawing | Refusal:
    picture = bitmaps.opened(upload)
    if picture is None:
        return Refusal(UNREADABLE)
    if max(picture.size) < SMALLEST:
        return Refusal(TOO_SMALL, {"pixels": max(picture.size), "needed": SMALLEST})
    picture.thumbnail((2 * _LARGEST_KEPT, 2 * _LARGEST_KEPT))
    cut = bitmaps.without_ground(picture)
    box = cut.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox()
    if box:
        cut = cut.crop(box)
    cut.thumbnail((_LARGEST_KEPT, _LARGEST_KEPT))
    width, height = cut.size
    root = Xml.Element(f"{{{_SVG}}}svg", {"viewBox": f"0 0 {width} {height}"})
    image = Xml.SubElement(root, f"{{{_SVG}}}image", {"width": str(width), "height": str(height)})
    image.set(f"{{{_LINK}}}href", bitmaps.as_link(cut))
    return Drawing(root, (0.0, 0.0, float(width), float(height)))
