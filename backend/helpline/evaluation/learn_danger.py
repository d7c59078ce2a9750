"""Learns the second reading of danger: `python -m backend.helpline.evaluation.learn_danger`.

Examples are the tables of emergencies that tests hold and the utterances of the bot. What lies in folders that are
kept aside (``unseen``, ``sixth``) is never learned from: it says what to expect of words nobody thought of.
"""

from __future__ import annotations

import csv
import math
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from backend.helpline.evaluation.bot_process import ROOT
from backend.helpline.understanding.second_reading import PLACES, WEIGHTS, features, keep, score

TABLES = ROOT / "tests" / "backend" / "helpline" / "emergencies"
LEARNED_FROM = (".", "second", "third", "fourth", "fifth", "answers")
_UTTERANCES = ROOT / "chatbot" / "data" / "nlu"
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_ROUNDS = 12
_STEP = 0.5
_SHRINK = 1e-4
_DANGER_COUNTS = 3
"""A missed danger is worse than a false alarm by this much."""

Example = tuple[str, bool]


def table(folder: Path) -> Iterator[Example]:
    """Yield the messages of a folder of tables, and whether each is one of danger."""
    for file in sorted(folder.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield row["text"], row["kind"] == "emergency"


def utterances() -> Iterator[Example]:
    """Yield what the bot was taught, without its annotations."""
    for file in sorted(_UTTERANCES.glob("*/*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", []):
            if "intent" in block and isinstance(block.get("examples"), str):
                for line in block["examples"].splitlines():
                    yield _ANNOTATION.sub(r"\1", line.lstrip("- ").strip()), block["intent"] == "report_emergency"


def learn(examples: list[Example]) -> tuple[list[float], float]:
    """Logistic regression, one example after the other, the same every time."""
    known = [(features(text), danger) for text, danger in examples if text]
    weights, seen, bias = [0.0] * PLACES, [1e-8] * PLACES, -1.0
    order = random.Random(1)  # noqa: S311  an order of examples, no secret
    for _ in range(_ROUNDS):
        order.shuffle(known)
        for places, danger in known:
            likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, score(places, weights, bias)))))
            error = (likely - danger) * (_DANGER_COUNTS if danger else 1)
            for place in places:
                slope = error / math.sqrt(len(places)) + _SHRINK * weights[place]
                seen[place] += slope * slope
                weights[place] -= _STEP * slope / math.sqrt(seen[place])
            bias -= 0.02 * error
    return weights, bias


def main(file: Path = WEIGHTS) -> None:
    """Learn from every example there is, and keep the weights."""
    examples = [example for folder in LEARNED_FROM for example in table(TABLES / folder)] + list(utterances())
    keep(*learn(examples), file)
    sys.stdout.write(f"{len(examples)} examples, {file.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
