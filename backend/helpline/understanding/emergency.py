"""Danger of life by words: found before anything else is asked, also inside a form."""

import re

from backend.helpline.understanding.lexicon import EmergencyWords, Lexicon


def is_emergency(text: str, lexicon: Lexicon) -> bool:
    """Tell whether somebody needs help now.

    A sign of danger ("pingsan", "can't breathe") or a call for help ("kirim ambulans") counts, unless
    it is denied ("tidak pingsan"), told of the past ("kemarin kecelakaan"), or the sentence is about a
    claim, cover or a number to save. A wrong alarm costs a sentence, a missed one may cost a life:
    in doubt it is an emergency.
    """
    sentence = lexicon.sentence(text)
    known = lexicon.emergency
    if _alone(sentence, lexicon):
        return True
    if known.claim.search(sentence):
        return False
    if not (_undenied(known.signs, sentence, known) or _undenied(known.calls, sentence, known)):
        return False
    if known.now.search(sentence):
        return True
    return not (known.about.search(sentence) or known.past.search(sentence))


def _alone(sentence: str, lexicon: Lexicon) -> bool:
    """Find a word such as "emergency" that is an alarm when nothing else is said."""
    rest = [word for word in sentence.split() if word not in lexicon.fillers]
    return bool(rest) and (
        " ".join(rest) in lexicon.emergency.alone or all(word in lexicon.emergency.alone for word in rest)
    )


def _undenied(phrases: re.Pattern[str], sentence: str, known: EmergencyWords) -> bool:
    return any(
        not sentence[: found.start()].rstrip().endswith(tuple(f" {no}" for no in known.negations))
        and sentence[: found.start()].strip() not in known.negations
        for found in phrases.finditer(sentence)
    )
