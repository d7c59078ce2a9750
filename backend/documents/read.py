"""The way to the reading process: pages in, proposals out."""

from __future__ import annotations

from datetime import date

from backend.documents.reading.layout import TextBox
from backend.documents.reading.receipt import Reading, read_receipt
from backend.documents.sandbox import Sandbox, SandboxFailed

READER = Sandbox("backend.documents.ocr")

PAGE_SECONDS = 60.0
MOST_PAGES = 3


def read_pages(copies: list[bytes], *, currency: str, today: date) -> Reading | None:
    """Proposals from the first pages that say a total, else from the first page; None when nothing was read in
    time. Waits its turn: one page is read at a time."""
    first: Reading | None = None
    for copy in copies[:MOST_PAGES]:
        try:
            header, _ = READER.ask({}, copy, seconds=PAGE_SECONDS, patience=PAGE_SECONDS * 5)
        except SandboxFailed:
            break
        reading = read_receipt([_box(*box) for box in header["boxes"]], currency=currency, today=today)
        if reading.total_minor is not None:
            return reading
        first = first or reading
    return first


def _box(text: str, confidence: float, corners: list[list[float]]) -> TextBox:
    (left_top, right_top, right_bottom, left_bottom) = corners
    width = max(1.0, right_top[0] - left_top[0])
    return TextBox(
        text=text,
        left=left_top[0],
        top=(left_top[1] + right_top[1]) / 2,
        right=right_top[0],
        bottom=(left_bottom[1] + right_bottom[1]) / 2,
        slope=(right_top[1] - left_top[1]) / width,
        confidence=confidence,
    )
