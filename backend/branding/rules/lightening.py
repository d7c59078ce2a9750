"""A drawing made for light ground, seen on dark: its colours mixed with white, only as far as they must be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backend.branding.rules.colours import VISIBLE

_ENOUGH = VISIBLE * 1.2
"""A little more than must be: the drawing's edges are mixed with the ground."""


def lightened(colour: str, grounds: Sequence[str]) -> str:
    """``#rrggbb`` mixed with white in linear light until it stands out from every ground (WCAG 2.2, 1.4.11)."""
    rgb = np.array([[int(colour[at : at + 2], 16) for at in (1, 3, 5)]], dtype=np.float64)
    return "#" + "".join(f"{part:02x}" for part in _lightened(rgb, grounds)[0])


def lightened_pixels(pixels: np.ndarray, grounds: Sequence[str]) -> np.ndarray:
    """The same for every pixel of an RGBA picture; what is transparent stays so."""
    out = pixels.copy()
    out[..., :3] = _lightened(pixels[..., :3].reshape(-1, 3).astype(np.float64), grounds).reshape(pixels[..., :3].shape)
    return out


def _lightened(rgb: np.ndarray, grounds: Sequence[str]) -> np.ndarray:
    linear = _linear(rgb / 255)
    luminance = linear @ np.array([0.2126, 0.7152, 0.0722])
    darkest_allowed = max(_ENOUGH * (_luminance(ground) + 0.05) - 0.05 for ground in grounds)
    wanted = min(darkest_allowed, 1.0)
    share = np.clip((wanted - luminance) / np.maximum(1 - luminance, 1e-9), 0, 1)
    mixed = linear + share[:, None] * (1 - linear)
    # Upwards, so that rounding never takes away what was just gained.
    seen = np.where(share[:, None] > 0, np.ceil(_encoded(mixed) * 255 - 1e-6), rgb)
    return np.clip(seen, 0, 255).astype(np.uint8)


def _luminance(colour: str) -> float:
    rgb = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)
    return float(_linear(rgb / 255) @ np.array([0.2126, 0.7152, 0.0722]))


def _linear(part: np.ndarray) -> np.ndarray:
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: np.ndarray) -> np.ndarray:
    return np.where(part <= 0.0031308, part * 12.92, 1.055 * np.maximum(part, 1e-12) ** (1 / 2.4) - 0.055)
