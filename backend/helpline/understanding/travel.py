"""A journey for care away from home: what somebody asks to have arranged, in whatever language (S2-15)."""

from __future__ import annotations

from collections.abc import Iterable

from backend.helpline.understanding.lexicon import Lexicon


def travel_wanted(text: str, lexicons: Iterable[Lexicon]) -> tuple[str, ...] | None:
    """The needs that are named; empty when only the journey is, None when the words are about something else.

    "Is a hotel covered" and "how do I claim the ticket" are questions to others, not a wish to have it arranged.
    """
    known = [(lexicon.sentence(text), lexicon.travel) for lexicon in lexicons]
    if any(words.unless.search(form) for form, words in known):
        return None
    asked = any(words.asks.search(form) for form, words in known)
    away = any(words.away.search(form) for form, words in known)
    needs = [need for form, words in known for need, pattern in words.needs.items() if pattern.search(form)]
    if not (asked and (needs or away)):
        return None
    return tuple(dict.fromkeys(needs))
