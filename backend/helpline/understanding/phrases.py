"""Phrases of the lexicon as regular expressions over plain words.

`*` stands for up to three words, `+` at the end of a word for any ending, `(a|b)` for a choice, `{name}` for
any word of that concept, `a & b` for both near each other in either order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

_NEVER = re.compile(r"(?!)")
_GAP = r"(?:\w+ ){0,3}"
_CONCEPT = re.compile(r"\{(\w+)\}")
_NEAR = 9
"""Words that the parts of an `a & b` may lie across: further apart they speak of different things."""

Concepts = Mapping[str, Iterable[str]]
Span = tuple[int, int]
"""First letter and the one after the last."""


def _expression(phrase: str) -> str:
    return phrase.replace("(", "(?:").replace("+", r"\w*").replace(" * ", f" {_GAP}")


def _spelled_out(phrase: str, concepts: Concepts) -> str:
    return _CONCEPT.sub(lambda found: "(" + "|".join(str(word) for word in concepts[found.group(1)]) + ")", phrase)


def compile_phrases(phrases: Iterable[str], concepts: Concepts | None = None) -> re.Pattern[str]:
    """Return one expression that finds any of the phrases as whole words; none matches nothing."""
    expressions = [_expression(_spelled_out(str(phrase), concepts or {})) for phrase in phrases]
    if not expressions:
        return _NEVER
    return re.compile(r"(?<!\w)(?:" + "|".join(expressions) + r")(?!\w)")


@dataclass(frozen=True)
class Phrases:
    """Phrases of one kind: those that stand as they are, and those whose parts stand in any order.

    ``opening`` finds the first part of any of the latter: without one none of them needs to be looked for.
    """

    fixed: re.Pattern[str]
    opening: re.Pattern[str]
    together: tuple[tuple[re.Pattern[str], ...], ...]

    @classmethod
    def of(cls, phrases: Iterable[str], concepts: Concepts | None = None) -> Phrases:
        """Compile phrases, each with or without `&`."""
        each = [str(phrase) for phrase in phrases]
        parted = [[part.strip() for part in phrase.split("&")] for phrase in each if "&" in phrase]
        return cls(
            fixed=compile_phrases([phrase for phrase in each if "&" not in phrase], concepts),
            opening=compile_phrases(dict.fromkeys(parts[0] for parts in parted), concepts),
            together=tuple(tuple(compile_phrases([part], concepts) for part in parts) for parts in parted),
        )

    def finds(self, clause: str) -> Iterator[tuple[Span, ...]]:
        """Yield where the parts of each phrase that was found stand in ``clause``."""
        for found in self.fixed.finditer(clause):
            yield (found.span(),)
        if self.opening.search(clause) is None:
            return
        for parts in self.together:
            if not all(part.search(clause) for part in parts):
                continue
            places = [[found.span() for found in part.finditer(clause)] for part in parts]
            for spans in product(*places):
                if _near(clause, spans):
                    yield spans


def _near(clause: str, spans: tuple[Span, ...]) -> bool:
    """Near each other and each on words of its own."""
    ordered = sorted(spans)
    if any(later[0] < earlier[1] for earlier, later in zip(ordered, ordered[1:], strict=False)):
        return False
    return clause[ordered[0][0] : ordered[-1][1]].count(" ") < _NEAR
