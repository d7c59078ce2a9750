"""Puts recognised boxes back into printed rows, also when the paper lay askew."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class TextBox:
    """A recognised run of text: its corners' left, top, right, bottom in pixels, the rise of its baseline (pixels
    down per pixel right) and the recogniser's confidence (0..1)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    slope: float
    confidence: float

    @property
    def height(self) -> float:
        """Pixels."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row. `cells` from left to right; `height` of the letters, `confidence` of the worst cell."""

    cells: tuple[str, ...]
    height: float
    confidence: float

    @property
    def text(self) -> str:
        """The whole row, cells apart by two spaces."""
        return "  ".join(self.cells)


def rows(boxes: list[TextBox]) -> list[Row]:
    """Rows from top to bottom. Boxes are levelled by the common slope before they are compared."""
    if not boxes:
        return []
    slope = median(box.slope for box in boxes)
    levelled = sorted(((_middle(box, slope), box) for box in boxes), key=lambda pair: pair[0])
    grouped: list[list[tuple[float, TextBox]]] = []
    for middle, box in levelled:
        last = grouped[-1] if grouped else []
        reach = 0.5 * min(box.height, last[-1][1].height) if last else 0.0
        if last and middle - sum(at for at, _ in last) / len(last) < reach:
            last.append((middle, box))
        else:
            grouped.append([(middle, box)])
    return [_row([box for _, box in group]) for group in grouped]


def _middle(box: TextBox, slope: float) -> float:
    return (box.top + box.bottom) / 2 - slope * (box.left + box.right) / 2


def _row(boxes: list[TextBox]) -> Row:
    ordered = sorted(boxes, key=lambda box: box.left)
    return Row(
        tuple(box.text.strip() for box in ordered),
        max(box.height for box in ordered),
        min(box.confidence for box in ordered),
    )
