"""A second reading of a message for danger, learned from examples: it knows no phrase, only what such messages have
in common.

The lexicon finds what somebody thought of. This finds "her stitches burst and it will not stop" because enough other
messages of danger were alike. Its weights are learned by ``backend.helpline.evaluation.learn_danger`` and kept
beside the lexicons; a language that nobody gave examples for is judged by its lexicon alone.
"""

from __future__ import annotations

import gzip
import math
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zlib import crc32

from backend.helpline.understanding.normalise import words

WEIGHTS = Path(__file__).resolve().parents[1] / "lexicon" / "second_reading.weights"
PLACES = 1 << 16
"""Features share this many weights; two that meet in one place rarely matter to the same message."""

SCALE = 16
"""A weight is kept as a whole number of sixteenths in one byte."""

ALARM = -0.25
"""From this score on a message is one of danger; found on messages that nothing was learned from."""

_PIECES = (4, 5)
_FEWEST_WORDS = 2
"""A date, an amount or a single word says too little; the lexicon knows the words that are an alarm alone."""


def features(text: str) -> list[int]:
    """The places of a message's words, pairs of words and pieces of words."""
    said = words(text, {})
    found = {f"w{word}" for word in said}
    found |= {f"b{first} {second}" for first, second in zip(said, said[1:], strict=False)}
    for word in said:
        edged = f"_{word}_"
        found |= {f"p{edged[at : at + size]}" for size in _PIECES for at in range(len(edged) - size + 1)}
    return [crc32(feature.encode()) % PLACES for feature in found]


def score(places: Sequence[int], weights: Sequence[float], bias: float) -> float:
    """How much a message is like those of danger, above zero rather than not."""
    return bias + sum(weights[place] for place in places) / math.sqrt(max(1, len(places)))


def sounds_dangerous(text: str) -> bool:
    """Tell whether a message of more than a word, figures aside, is like the messages of danger that were learned."""
    if sum(word.isalpha() for word in words(text, {})) < _FEWEST_WORDS:
        return False
    weights, bias = _learned()
    return score(features(text), weights, bias) / SCALE > ALARM


@cache
def _learned() -> tuple[array[int], float]:
    kept = array("b", gzip.decompress(WEIGHTS.read_bytes()))
    return kept[1:], float(kept[0])


def keep(weights: Sequence[float], bias: float, file: Path = WEIGHTS) -> None:
    """Write what was learned."""
    whole = [round(max(-127, min(127, SCALE * value))) for value in (bias, *weights)]
    file.write_bytes(gzip.compress(array("b", whole).tobytes(), mtime=0))
