"""Reads the labelled sentences, and tells which of them are too alike to be judged apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from chatbot.components import text

FOLDER = Path(__file__).resolve().parent / "data" / "nlu"
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_ALIKE = 0.75


@dataclass(frozen=True)
class Example:
    """A sentence, its language and what the person wants."""

    language: str
    intent: str
    sentence: str


def load(folder: Path = FOLDER) -> list[Example]:
    """Read every example of every language, without the marks around entities."""
    return list(_read(folder))


def _read(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*/*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" not in block:
                continue
            for line in block["examples"].splitlines():
                sentence = _ANNOTATION.sub(r"\1", line.removeprefix("- ").strip())
                if sentence:
                    yield Example(path.parent.name, block["intent"], sentence)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= _ALIKE * len(a | b)


def groups(examples: list[Example]) -> list[int]:
    """Number the examples so that those with nearly the same words share a number.

    Cross-validation keeps a group together: a sentence must not be judged by a model that has
    learnt its twin ("cek klaim" and "klaim cek dong").
    """
    bags = [frozenset(text.words(e.sentence, {})) for e in examples]
    parent = list(range(len(examples)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    by_word: dict[str, list[int]] = {}
    for i, bag in enumerate(bags):
        for word in bag:
            for j in by_word.setdefault(word, []):
                if root(i) != root(j) and _alike(bag, bags[j]):
                    parent[root(i)] = root(j)
            by_word[word].append(i)
    return [root(i) for i in range(len(examples))]
