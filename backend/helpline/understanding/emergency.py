"""Danger of life by words: found before anything else is asked, also inside a form."""

import re
from collections.abc import Callable, Iterable

from backend.helpline.understanding.lexicon import EmergencyWords, Lexicon


def is_emergency(text: str, lexicons: Iterable[Lexicon]) -> bool:
    """Tell whether somebody needs help now, in whatever language or mixture.

    A sign of danger ("pingsan", "can't breathe") or a call for help ("kirim ambulans") counts, unless
    it is denied ("tidak pingsan"), told of the past ("kemarin kecelakaan"), or the sentence is about a
    claim, cover or a number to save. A wrong alarm costs a sentence, a missed one may cost a life:
    in doubt it is an emergency.
    """
    known = list(lexicons)
    if any(_alone(lexicon.sentence(text), lexicon) for lexicon in known):
        return True
    if not any(_danger(lexicon.sentence(text), lexicon.emergency) for lexicon in known):
        return False

    def speaks_of(part: Callable[[EmergencyWords], re.Pattern[str]]) -> bool:
        return any(part(lexicon.emergency).search(lexicon.sentence(text)) for lexicon in known)

    if speaks_of(lambda words: words.claim):
        return False
    if speaks_of(lambda words: words.now):
        return True
    return not (speaks_of(lambda words: words.about) or speaks_of(lambda words: words.past))


def _alone(sentence: str, lexicon: Lexicon) -> bool:
    """Find a word such as "emergency" that is an alarm when nothing else is said."""
    rest = [word for word in sentence.split() if word not in lexicon.fillers]
    return bool(rest) and (
        " ".join(rest) in lexicon.emergency.alone or all(word in lexicon.emergency.alone for word in rest)
    )


def _danger(sentence: str, words: EmergencyWords) -> bool:
    """Find a sign or a call that is not denied, neither before it nor, for a call, in the middle."""
    denials = tuple(f" {denial}" for denial in words.negations)

    def denied(found: re.Match[str]) -> bool:
        return f" {sentence[: found.start()].rstrip()}".endswith(denials)

    if any(not denied(found) for found in words.signs.finditer(sentence)):
        return True
    return any(
        not denied(found) and not any(f"{denial} " in found.group() for denial in denials)
        for found in words.calls.finditer(sentence)
    )
