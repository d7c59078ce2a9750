"""Measures a page as a person would judge it: is there light, is the print sharp, does print run off the rim?

People wait for this answer, so it works on bytes, looks closely only where the print is strong, and takes a
millisecond for a page of GLANCE_SIDE.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image

from backend.documents.rules import Measures

GLANCE_SIDE = 800
_BLOCK = 25
_RIM = 10
_STROKE = 21
_STRONG_BLOCKS = 0.08
_PAPER = 0.95

Pixels = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
Figures = np.ndarray[tuple[int], np.dtype[np.intp]]


def measure(page: Image.Image, short_side: int) -> Measures:
    """Measures of a page; it is brought to GLANCE_SIDE first, so that the figures do not depend on the camera."""
    grey = page if page.mode == "L" else page.convert("L")
    if max(grey.size) > GLANCE_SIDE:
        grey = grey.copy()
        grey.thumbnail((GLANCE_SIDE, GLANCE_SIDE), Image.Resampling.BOX)
    pixels = np.asarray(grey)
    paper = float(np.searchsorted(np.cumsum(grey.histogram()), _PAPER * pixels.size))
    return Measures(paper, round(_sharpness(pixels), 3), round(_print_on_rim(pixels, paper), 4), short_side)


def _sharpness(pixels: Pixels) -> float:
    """How much of the step from ink to paper happens within one pixel, in the blocks with the strongest print.

    A ratio inside small blocks: shadow, faded ink and exposure divide out, only focus and shake remain.
    """
    rows, columns = (side // _BLOCK for side in pixels.shape)
    if not rows or not columns:
        return 0.0
    whole = pixels[: rows * _BLOCK, : columns * _BLOCK]
    contrast = (_by_block(whole, np.maximum) - _by_block(whole, np.minimum)).ravel()
    strong = np.argsort(contrast, kind="stable")[-max(4, int(len(contrast) * _STRONG_BLOCKS)) :]
    steepest = _steepest(pixels, strong // columns * _BLOCK, strong % columns * _BLOCK)
    return float(np.median(steepest / np.maximum(contrast[strong], 1)))


def _by_block(pixels: Pixels, most: np.ufunc) -> Pixels:
    rows, columns = (side // _BLOCK for side in pixels.shape)
    by_row = most.reduce(pixels.reshape(rows, _BLOCK, -1), axis=1)
    return most.reduce(by_row.reshape(rows, columns, _BLOCK), axis=2)  # type: ignore[no-any-return]


def _steepest(pixels: Pixels, tops: Figures, lefts: Figures) -> Figures:
    """The largest step to the left or upper neighbour within each block whose corner is given."""
    within = np.arange(-1, _BLOCK)
    rows = np.maximum(tops[:, None] + within, 0)
    columns = np.maximum(lefts[:, None] + within, 0)
    blocks = pixels[rows[:, :, None], columns[:, None, :]].astype(np.int16)
    across = np.abs(np.diff(blocks[:, 1:], axis=2)).max(axis=(1, 2))
    down = np.abs(np.diff(blocks[:, :, 1:], axis=1)).max(axis=(1, 2))
    return np.maximum(across, down)  # type: ignore[no-any-return]


def _print_on_rim(pixels: Pixels, paper: float) -> float:
    """The largest share of print on one of the four rims: dark strokes with paper on both sides along the rim."""
    rims = (pixels[:_RIM], pixels[-_RIM:], pixels[:, :_RIM].T, pixels[:, -_RIM:].T)
    return max(_strokes(rim, paper) for rim in rims)


def _strokes(rim: Pixels, paper: float) -> float:
    if rim.shape[1] < _STROKE * 2:
        return 0.0
    filled = _sliding(_sliding(rim, np.maximum), np.minimum).astype(np.int16)
    return float(np.mean((filled - rim > 0.3 * paper) & (filled > 0.6 * paper)))


def _sliding(rim: Pixels, most: Callable[[Pixels, Pixels], Pixels]) -> Pixels:
    """The extreme of the _STROKE pixels around each; a window twice as wide is the extreme of two."""
    seen = np.pad(rim, ((0, 0), (_STROKE // 2, _STROKE // 2)), mode="edge")
    width = 1
    while width < _STROKE:
        step = min(width, _STROKE - width)
        seen = most(seen[:, :-step], seen[:, step:])
        width += step
    return seen
