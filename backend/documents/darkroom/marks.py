"""Marks that a file was worked on after it was made: programs that change pictures or papers, later additions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from PIL import Image

_EDITORS = (
    *("Adobe Photoshop", "Photopea", "GIMP", "Snapseed", "PicsArt", "Canva", "Pixelmator", "Affinity Photo"),
    *("Paint.NET", "Inkscape", "Adobe Illustrator", "ibisPaint", "Adobe Lightroom", "CorelDRAW", "Krita"),
    *("iLovePDF", "Sejda", "PDFescape", "Smallpdf", "PDF-XChange", "Foxit PDF Editor", "PDFelement", "DocHub"),
    *("pdfFiller", "Nitro Pro", "Wondershare", "LibreOffice Draw"),
)
"""Programs whose purpose is to change a picture or a paper, by the name they sign with; no scanners and cameras."""
_SIGNED_AS = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in _EDITORS}
_SOFTWARE, _PROCESSING = 0x0131, 0x000B
_XMP_TOOLS = re.compile(rb"(?:CreatorTool|softwareAgent)(?:=\"|>)([^\"<]{1,100})")
_LINEARIZED = re.compile(rb"/Linearized\b")
_END_OF_PART = b"startxref"


def of_picture(image: Image.Image) -> dict[str, Any]:
    """``editor``: the program that the photo names in EXIF, XMP or its comments, when it is one that changes photos."""
    exif = image.getexif()
    named = [str(exif.get(tag, "")) for tag in (_SOFTWARE, _PROCESSING)]
    named += [str(image.info.get(key, "")) for key in ("Software", "software", "comment")]
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    raw = xmp if isinstance(xmp, bytes) else str(xmp).encode()
    named += [tool.decode("latin-1") for tool in _XMP_TOOLS.findall(raw)]
    return _named(named)


def of_paper(data: bytes, facts: Iterable[str]) -> dict[str, Any]:
    """``editor`` as the PDF names it, and ``revisions``: how often something was added behind its end.

    A file that was made for fast web view has two ends from the beginning.
    """
    ends = data.count(_END_OF_PART) - (1 if _LINEARIZED.search(data[:1024]) else 0)
    return _named(facts) | ({"revisions": ends - 1} if ends > 1 else {})


def _named(programs: Iterable[str]) -> dict[str, Any]:
    for program in programs:
        plain = re.sub(r"[^a-z0-9]", "", program.lower())
        for signature, name in _SIGNED_AS.items():
            if signature in plain:
                return {"editor": name}
    return {}
