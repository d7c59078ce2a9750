"""Photographs a printed paper: lying askew on a table, in uneven light, with a small sensor's noise."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter


@dataclass(frozen=True)
class Conditions:
    """How the photo was taken.

    `blur` is a Gaussian radius in pixels, `light` a factor on brightness (1 = a lit room), `noise` the
    standard deviation in grey levels, `fade` how much of the print is gone (0..1), `skew` the largest shift
    of a corner as a share of the picture, `shadow` the depth of the hand's shadow (0..1), `cut` the share of
    the paper's width that lies outside the picture, `crumple` how far its folds move the print (pixels of paper).
    """

    blur: float = 0.5
    light: float = 1.0
    noise: float = 5.0
    fade: float = 0.1
    skew: float = 0.03
    shadow: float = 0.3
    cut: float = 0.0
    crumple: float = 0.0


def photograph(paper: Image.Image, seed: int, conditions: Conditions, size: tuple[int, int]) -> Image.Image:
    """An RGB picture of `size` (width, height) pixels showing the paper under `conditions`."""
    dice = np.random.default_rng(seed)
    sheet = _fade(paper, conditions.fade, dice)
    if conditions.crumple:
        sheet = _crumple(sheet, conditions.crumple, dice)
    table = _table(size, dice)
    corners = _corners(sheet.size, size, conditions, dice)
    flat = Image.new("L", sheet.size, 255)
    matrix = _perspective(corners, sheet.size)
    shown = sheet.transform(size, Image.Transform.PERSPECTIVE, matrix, Image.Resampling.BICUBIC)
    mask = flat.transform(size, Image.Transform.PERSPECTIVE, matrix, Image.Resampling.BICUBIC)
    table.paste(shown.convert("RGB"), mask=mask)
    picture = np.asarray(table, dtype=np.float32) * _light(size, conditions, dice)[..., None]
    blurred = _image(picture).filter(ImageFilter.GaussianBlur(conditions.blur))
    grain = dice.normal(0, conditions.noise, (size[1], size[0], 1)) + dice.normal(0, 1, (size[1], size[0], 3))
    return _image(np.asarray(blurred, dtype=np.float32) + grain)


def _image(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")


def _fade(paper: Image.Image, amount: float, dice: np.random.Generator) -> Image.Image:
    """Thermal print loses ink in soft horizontal bands."""
    ink = 255 - np.asarray(paper, dtype=np.float32)
    bands = np.interp(np.arange(paper.height), np.linspace(0, paper.height, 9), dice.uniform(1 - amount * 2, 1, 9))
    return Image.fromarray((255 - ink * np.clip(bands, 0.2, 1)[:, None]).astype(np.uint8), "L")


def _crumple(paper: Image.Image, amount: float, dice: np.random.Generator) -> Image.Image:
    """Paper that was in a pocket: print wanders with the folds, and each fold has a bright and a dark side."""
    down, across = np.indices((paper.height, paper.width), dtype=np.float32)
    folds = [_waves(paper.size, dice) for _ in range(2)]
    rows = np.clip(down + amount * folds[0], 0, paper.height - 1).astype(np.intp)
    columns = np.clip(across + amount * folds[1], 0, paper.width - 1).astype(np.intp)
    slope = np.gradient(folds[0], axis=0) + np.gradient(folds[1], axis=1)
    shade = np.clip(1 + slope * amount * 3, 0.72, 1.08)
    return Image.fromarray(np.clip(np.asarray(paper)[rows, columns] * shade, 0, 255).astype(np.uint8), "L")


def _waves(size: tuple[int, int], dice: np.random.Generator) -> np.ndarray:
    """Soft hills and valleys between about -2 and 2, one every 140 pixels."""
    coarse = dice.normal(0, 1, (size[1] // 140 + 2, size[0] // 140 + 2)).astype(np.float32)
    return np.asarray(Image.fromarray(coarse, "F").resize(size, Image.Resampling.BICUBIC))


def _table(size: tuple[int, int], dice: np.random.Generator) -> Image.Image:
    wood = dice.normal(0, 14, (size[1] // 40 + 2, size[0] // 6 + 2))
    grain = Image.fromarray(np.clip(wood + 118, 0, 255).astype(np.uint8), "L")
    shade = np.asarray(grain.resize(size, Image.Resampling.BICUBIC), dtype=np.float32)
    return _image(shade[..., None] * np.array([1.0, 0.82, 0.62], dtype=np.float32))


def _light(size: tuple[int, int], conditions: Conditions, dice: np.random.Generator) -> np.ndarray:
    """Brightness falls across the picture; the photographer's hand throws one soft shadow."""
    across, down = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    angle = dice.uniform(0, 2 * np.pi)
    slope = (np.cos(angle) * (across - 0.5) + np.sin(angle) * (down - 0.5)) * conditions.shadow
    edge = dice.uniform(0.55, 0.8)
    hand = 1 / (1 + np.exp((across * 0.6 + down * 0.4 - edge) * -18))
    return (conditions.light * (0.92 + slope) * (1 - conditions.shadow * 0.5 * hand)).astype(np.float32)


def _corners(sheet: tuple[int, int], size: tuple[int, int], conditions: Conditions, dice: np.random.Generator):
    scale = min(size[0] * 0.86 / sheet[0], size[1] * 0.9 / sheet[1])
    width, height = sheet[0] * scale, sheet[1] * scale
    left = (size[0] - width) / 2
    if conditions.cut:
        left = size[0] - width * (1 - conditions.cut)
    top = (size[1] - height) / 2
    square = np.array([[left, top], [left + width, top], [left + width, top + height], [left, top + height]])
    return square + dice.uniform(-1, 1, (4, 2)) * conditions.skew * np.array(size)


def _perspective(corners: np.ndarray, sheet: tuple[int, int]) -> tuple[float, ...]:
    """Pillow's eight coefficients: they map a point of the picture back to the paper."""
    targets = np.array([[0, 0], [sheet[0], 0], [sheet[0], sheet[1]], [0, sheet[1]]], dtype=float)
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, targets, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(np.linalg.solve(np.array(rows), np.array(values)))
