"""PDFs as the studio looks at them: what can be read on them, and a picture of the first page.

PDFium may be used by one thread at a time; two at once end the process. Our own letters are small, so they wait for
each other here. Files of strangers are opened in the darkroom, a process of its own.
"""

from __future__ import annotations

import io
from threading import Lock

import pypdfium2 as pdfium

_DESCRIBING = frozenset(["Title", "Author", "Subject", "Keywords"])
_ONE_AT_A_TIME = Lock()


def pdf_text(pdf: bytes) -> str:
    """What can be read on the pages of a PDF, and its title and author."""
    with _ONE_AT_A_TIME:
        document = pdfium.PdfDocument(pdf)
        try:
            told = [value for key, value in document.get_metadata_dict().items() if key in _DESCRIBING]
            for page in document:
                words = page.get_textpage()
                told.append(words.get_text_bounded())
                words.close()
                page.close()
        finally:
            document.close()
    return "\n".join(told)


def first_page(pdf: bytes, scale: float) -> bytes:
    """The first page as PNG; ``scale`` 1 is 72 pixels to the inch."""
    with _ONE_AT_A_TIME:
        document = pdfium.PdfDocument(pdf)
        try:
            page = document[0]
            picture = page.render(scale=scale).to_pil().copy()
            page.close()
        finally:
            document.close()
    drawn = io.BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()
