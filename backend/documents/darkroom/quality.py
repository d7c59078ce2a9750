"""Measures a page as a person would judge it: is there light, is the print sharp, does print run off the rim?"""

from __future__ import annotations

import numpy as np
from PIL import Image

from backend.documents.rules import Measures

GLANCE_SIDE = 800
_BLOCK = 25
_RIM = 10
_STROKE = 21
_STRONG_BLOCKS = 0.08


def measure(page: Image.Image, short_side: int) -> Measures:
    """Measures of a page; it is brought to GLANCE_SIDE first, so that the figures do not depend on the camera."""
    grey = page.convert("L")
    grey.thumbnail((GLANCE_SIDE, GLANCE_SIDE), Image.Resampling.BOX)
    pixels = np.asarray(grey, dtype=np.float32)
    paper = float(np.percentile(pixels, 95))
    return Measures(round(paper, 1), round(_sharpness(pixels), 3), round(_print_on_rim(pixels, paper), 4), short_side)


def _sharpness(pixels: np.ndarray) -> float:
    """How much of the step from ink to paper happens within one pixel, in the blocks with the strongest print.

    A ratio inside small blocks: shadow, faded ink and exposure divide out, only focus and shake remain.
    """
    height, width = (side // _BLOCK * _BLOCK for side in pixels.shape)
    if not height or not width:
        return 0.0
    steps = np.zeros_like(pixels)
    steps[:, 1:] = np.abs(np.diff(pixels, axis=1))
    steps[1:] = np.maximum(steps[1:], np.abs(np.diff(pixels, axis=0)))
    blocks = _blocks(pixels, height, width)
    contrast = blocks.max(axis=1) - blocks.min(axis=1)
    steepest = _blocks(steps, height, width).max(axis=1)
    strong = np.argsort(contrast)[-max(4, int(len(contrast) * _STRONG_BLOCKS)) :]
    return float(np.median(steepest[strong] / np.maximum(contrast[strong], 1)))


def _blocks(pixels: np.ndarray, height: int, width: int) -> np.ndarray:
    grid = pixels[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    return grid.swapaxes(1, 2).reshape(-1, _BLOCK * _BLOCK)


def _print_on_rim(pixels: np.ndarray, paper: float) -> float:
    """The largest share of print on one of the four rims: dark strokes with paper on both sides along the rim."""
    rims = (pixels[:_RIM], pixels[-_RIM:], pixels[:, :_RIM].T, pixels[:, -_RIM:].T)
    return max(_strokes(rim, paper) for rim in rims)


def _strokes(rim: np.ndarray, paper: float) -> float:
    if rim.shape[1] < _STROKE * 2:
        return 0.0
    filled = _sliding(_sliding(rim, np.max), np.min)
    return float(np.mean((filled - rim > 0.3 * paper) & (filled > 0.6 * paper)))


def _sliding(rim: np.ndarray, of: object) -> np.ndarray:
    padded = np.pad(rim, ((0, 0), (_STROKE // 2, _STROKE // 2)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, _STROKE, axis=1)
    return of(windows, axis=2)  # type: ignore[operator,no-any-return]
