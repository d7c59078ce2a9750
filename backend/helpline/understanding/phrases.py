"""Phrases of the lexicon as one regular expression over plain words.

`*` stands for up to three words, `+` at the end of a word for any ending, `(a|b)` for a choice.
"""

import re
from collections.abc import Iterable

_NEVER = re.compile(r"(?!)")
_GAP = r"(?:\w+ ){0,3}"


def _expression(phrase: str) -> str:
    return phrase.replace("(", "(?:").replace("+", r"\w*").replace(" * ", f" {_GAP}")


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return one expression that finds any of the phrases as whole words; none matches nothing."""
    expressions = [_expression(str(phrase)) for phrase in phrases]
    if not expressions:
        return _NEVER
    return re.compile(r"(?<!\w)(?:" + "|".join(expressions) + r")(?!\w)")
