"""The degraded mode's guess: keywords instead of the bot, good enough to offer the right menu."""

import re

from backend.helpline.understanding.lexicon import Lexicon


def guess_intent(text: str, lexicon: Lexicon) -> str | None:
    """Return the intent with the longest keyword in the text, None without any.

    Longer phrases say more than single words; between equals the file's order decides.
    """
    sentence = lexicon.sentence(text)
    best: tuple[int, str] | None = None
    for intent, phrases in lexicon.keywords.items():
        reach = max((_reach(phrase.search(sentence)) for phrase in phrases), default=0)
        if reach and (best is None or reach > best[0]):
            best = (reach, intent)
    return best[1] if best else None


def _reach(found: re.Match[str] | None) -> int:
    return len(found.group().split()) if found else 0
