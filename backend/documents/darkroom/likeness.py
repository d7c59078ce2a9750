"""What a paper looks like, in 256 bits that stay nearly the same in another photo of the same paper.

The paper is found on its table and laid flat, uneven light is divided out, and what is printed is stretched to one
size. The slow waves of that picture (32 down, 8 across) give a bit each: above or below nothing. Digits leave no trace
in it: two bills of one form look alike, and what is read on them tells them apart (decisions/0038).
"""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image

cv2.setNumThreads(1)

ROWS, COLUMNS = 32, 8
"""Waves down and across: receipts differ in their rows."""
_LONG_SIDE = 800
_FLAT = 512
_LIGHT_STEPS = 5
_LEAST_PAPER, _MOST_PAPER = 0.12, 0.97
_GOOD_FIT = 0.8
_CORNER_TOLERANCES = (0.01, 0.02, 0.03, 0.05, 0.08)
_FAINT_INK, _FULL_INK = 0.12, 0.4
_RIM = 10
_TAIL = 0.01
_LEAST_PRINT = 0.004
_SMALLEST_CONTENT = 50


def likeness(page: Image.Image) -> list[str]:
    """The bits of a page as it lies and turned by a quarter, a half and three quarters; empty for an empty page."""
    ink = _ink(page)
    if ink is None:
        return []
    return [_bits(np.ascontiguousarray(np.rot90(ink, turn))) for turn in range(4)]


def _ink(page: Image.Image) -> MatLike | None:
    """How much ink stands where on the paper laid flat (0 to 1); None when there is next to none."""
    grey = np.asarray(page.convert("L"))
    scale = _LONG_SIDE / max(grey.shape)
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    flat = cv2.medianBlur(_laid_flat(grey, _corners(grey)), 3)
    behind = cv2.GaussianBlur(cv2.morphologyEx(flat, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8)), (0, 0), 6)
    ink = np.clip(1 - flat / np.maximum(behind.astype(np.float32), 1) - _FAINT_INK, 0, _FULL_INK)
    for rim in (ink[:_RIM], ink[-_RIM:], ink[:, :_RIM], ink[:, -_RIM:]):
        rim[:] = 0
    if (ink > 0).mean() < _LEAST_PRINT:
        return None
    return _stretched(np.minimum(ink / max(float(np.percentile(ink, 97)), 0.02), 1).astype(np.float32))


def _laid_flat(grey: MatLike, corners: MatLike | None) -> MatLike:
    if corners is None:
        return cv2.resize(grey, (_FLAT, _FLAT), interpolation=cv2.INTER_AREA)
    square = np.array([[0, 0], [_FLAT, 0], [_FLAT, _FLAT], [0, _FLAT]], np.float32)
    return cv2.warpPerspective(grey, cv2.getPerspectiveTransform(corners, square), (_FLAT, _FLAT))


def _stretched(ink: MatLike) -> MatLike:
    """The part that holds nearly all ink, so that a wider rim of paper or a whole scan changes nothing."""
    (top, bottom), (left, right) = _span(ink.sum(axis=1)), _span(ink.sum(axis=0))
    if min(bottom - top, right - left) < _SMALLEST_CONTENT:
        return ink
    return cv2.resize(ink[top : bottom + 1, left : right + 1], (_FLAT, _FLAT), interpolation=cv2.INTER_AREA)


def _span(profile: np.ndarray) -> tuple[int, int]:
    so_far = np.cumsum(profile) / max(float(profile.sum()), 1e-6)
    return int(np.searchsorted(so_far, _TAIL)), int(np.searchsorted(so_far, 1 - _TAIL))


def _bits(ink: MatLike) -> str:
    waves = cv2.dct(cv2.resize(ink, (64, 64), interpolation=cv2.INTER_AREA))[:ROWS, :COLUMNS]
    return "".join("1" if wave > 0 else "0" for wave in waves.ravel())


def _corners(grey: MatLike) -> MatLike | None:
    """The corners of the paper from top left clockwise; None when the paper fills the picture or is not found.

    Light that falls off across the picture is learnt step by step: paper and table are told apart by brightness, a
    smooth surface is fitted through both, and they are told apart again without it.
    """
    smooth = cv2.morphologyEx(cv2.medianBlur(grey, 3), cv2.MORPH_CLOSE, np.ones((17, 17), np.uint8))
    smooth = cv2.GaussianBlur(smooth, (0, 0), 3)
    coarse = cv2.resize(smooth, (smooth.shape[1] // 8, smooth.shape[0] // 8), interpolation=cv2.INTER_AREA)
    seen, seen_coarse = _log(smooth), _log(coarse).ravel()
    surface, surface_coarse = _surface(smooth.shape), _surface(coarse.shape)
    best: tuple[float, MatLike | None] = (_GOOD_FIT, None)
    light = np.zeros(surface.shape[1])
    for _ in range(_LIGHT_STEPS):
        level = seen - (surface @ light).reshape(seen.shape)
        low, high = np.percentile(level, 1), np.percentile(level, 99)
        spread = max(high - low, 1e-6)
        grey_level = np.clip((level - low) / spread * 255, 0, 255).astype(np.uint8)
        threshold, bright = cv2.threshold(grey_level, 0, 255, cv2.THRESH_OTSU)
        fit, corners = _quadrangle(cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8)))
        if fit > best[0]:
            best = (fit, corners)
        is_paper = seen_coarse - surface_coarse @ light > low + spread * threshold / 255
        facts = np.column_stack([surface_coarse, np.ones(len(surface_coarse)), is_paper])
        light = np.linalg.lstsq(facts, seen_coarse, rcond=None)[0][: surface.shape[1]]
    return best[1]


def _log(grey: MatLike) -> MatLike:
    return np.log(grey.astype(np.float32) + 8)


def _surface(shape: tuple[int, int]) -> MatLike:
    """The terms of a cubic surface over the picture, a column each."""
    down, across = np.meshgrid(np.linspace(-1, 1, shape[0]), np.linspace(-1, 1, shape[1]), indexing="ij")
    powers = [(1, 0), (0, 1), (2, 0), (1, 1), (0, 2), (3, 0), (2, 1), (1, 2), (0, 3)]
    return np.stack([across**x * down**y for x, y in powers], axis=-1).reshape(-1, len(powers)).astype(np.float32)


def _quadrangle(bright: MatLike) -> tuple[float, MatLike | None]:
    """How well four corners say what the largest bright patch is (0 to 1), and these corners."""
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return 0.0, None
    outline = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    if not _LEAST_PAPER * bright.size < cv2.contourArea(hull) < _MOST_PAPER * bright.size:
        return 0.0, None
    corners = _four_corners(hull)
    within = cv2.fillConvexPoly(np.zeros_like(bright), cv2.convexHull(corners).astype(np.int32), 1)
    patch = cv2.drawContours(np.zeros_like(bright), [outline], -1, 1, -1)
    both, either = int(np.logical_and(within, patch).sum()), int(np.logical_or(within, patch).sum())
    total, difference = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    order = [total.argmin(), difference.argmax(), total.argmax(), difference.argmin()]
    return both / max(either, 1), corners[order]


def _four_corners(hull: np.ndarray) -> MatLike:
    around = cv2.arcLength(hull, closed=True)
    for tolerance in _CORNER_TOLERANCES:
        corners = cv2.approxPolyDP(hull, tolerance * around, closed=True)
        if len(corners) == 4:
            return corners.reshape(4, 2).astype(np.float32)
    return cv2.boxPoints(cv2.minAreaRect(hull)).astype(np.float32)
