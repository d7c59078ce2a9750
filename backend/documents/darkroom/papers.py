"""PDFs: pages rendered by pdfium. Scripts are never run (this pdfium has no engine for them) and are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from backend.documents import rules
from backend.documents.darkroom import marks
from backend.documents.darkroom.pictures import LONGEST_SIDE
from backend.documents.darkroom.quality import GLANCE_SIDE
from backend.documents.darkroom.refused import Refused
from backend.documents.rules import Limits

_POINTS_PER_INCH = 72
_FINEST_DPI = 220


class Paper:
    """One PDF. Raises Refused."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
            raise Refused(rules.ENCRYPTED_PDF if locked else rules.DAMAGED) from error
        self._data = data
        self.pages = len(self._document)
        if not self.pages:
            raise Refused(rules.DAMAGED)
        if self.pages > limits.most_pages:
            raise Refused(rules.TOO_MANY_PAGES)
        if raw.FPDFDoc_GetJavaScriptActionCount(self._document) > 0:
            raise Refused(rules.ACTIVE_PDF)

    def glance(self) -> tuple[Image.Image, int]:
        """The first page, grey and small, and the short side it will have when developed."""
        page = self._render(0, GLANCE_SIDE)
        return page.convert("L"), min(page.size) * LONGEST_SIDE // GLANCE_SIDE

    def each_page(self) -> Iterator[Image.Image]:
        """Every page in colour, at most LONGEST_SIDE pixels."""
        for number in range(self.pages):
            yield self._render(number, LONGEST_SIDE).convert("RGB")

    def marks(self) -> dict[str, Any]:
        """Marks that the file was worked on after it was made."""
        return marks.of_paper(self._data, self._document.get_metadata_dict(skip_empty=True).values())

    def _render(self, number: int, longest_side: int) -> Image.Image:
        try:
            page = self._document[number]
            scale = min(longest_side / max(*page.get_size(), 1), _FINEST_DPI / _POINTS_PER_INCH)
            return page.render(scale=scale, may_draw_forms=False).to_pil()
        except pdfium.PdfiumError as error:
            raise Refused(rules.DAMAGED) from error
