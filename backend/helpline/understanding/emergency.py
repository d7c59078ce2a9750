"""Danger of life by words: found before anything else is asked, also inside a form or a long message.

A message is taken apart into sentences and clauses. What excuses a word of danger ("claim", "last year")
excuses it only where it is said: "…about my claim, but my husband has chest pain" is an emergency.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from backend.helpline.understanding.lexicon import EmergencyWords, Lexicon
from backend.helpline.understanding.normalise import plain
from backend.helpline.understanding.phrases import Phrases, Span
from backend.helpline.understanding.second_reading import sounds_dangerous

_END_OF_SENTENCE = re.compile(r"[.!?;\n]+")
_END_OF_CLAUSE = re.compile(r"[,:]+")
_Part = Callable[[EmergencyWords], re.Pattern[str]]
_Kind = Callable[[EmergencyWords], Phrases]


def _claim(words: EmergencyWords) -> re.Pattern[str]:
    return words.claim


def _about(words: EmergencyWords) -> re.Pattern[str]:
    return words.about


def _past(words: EmergencyWords) -> re.Pattern[str]:
    return words.past


def _over(words: EmergencyWords) -> re.Pattern[str]:
    return words.over


def _jokes(words: EmergencyWords) -> re.Pattern[str]:
    return words.jokes


def _figures(words: EmergencyWords) -> re.Pattern[str]:
    return words.figures


def _now(words: EmergencyWords) -> re.Pattern[str]:
    return words.now


def is_emergency(text: str, lexicons: Iterable[Lexicon]) -> bool:
    """Tell whether somebody needs help now, in whatever language or mixture.

    A sign of danger ("pingsan", "can't breathe"), the name of a danger ("stroke") or a call for help
    ("kirim ambulans") counts, unless it is denied ("tidak pingsan"), told of the past ("kemarin
    kecelakaan"), or said about a claim, cover or a number to save. A wrong alarm costs a sentence, a
    missed one may cost a life: in doubt it is an emergency. What no phrase fits may still sound like danger.
    """
    known = tuple(lexicons)
    if any(_alone(lexicon.sentence(text), lexicon) for lexicon in known):
        return True
    sentences = _taken_apart(text, known)
    message = [clause for sentence in sentences for clause in sentence]
    if _despairs(message) or any(
        _sign_happens(clause, sentence) or _named_danger_happens(clause, message)
        for sentence in sentences
        for clause in sentence
    ):
        return True
    return not any(clause.names_danger() for clause in message) and sounds_dangerous(text)


def is_despair(text: str, lexicons: Iterable[Lexicon]) -> bool:
    """Tell whether somebody speaks of wanting to die or of hurting themselves, or of a person who does (S0-92)."""
    return _despairs([clause for sentence in _taken_apart(text, tuple(lexicons)) for clause in sentence])


def transport_wanted(text: str, lexicons: Iterable[Lexicon]) -> str | None:
    """``evacuation`` or ``ambulance`` when the words of an emergency name one, the farther first."""
    forms = [(lexicon.emergency.repaired(lexicon.sentence(text)), lexicon.emergency) for lexicon in lexicons]
    for kind in ("evacuation", "ambulance"):
        if any(words.transport[kind].search(form) for form, words in forms):
            return kind
    return None


def _alone(sentence: str, lexicon: Lexicon) -> bool:
    """Find a word such as "emergency" that is an alarm when nothing else is said."""
    rest = [word for word in lexicon.emergency.repaired(sentence).split() if word not in lexicon.fillers]
    return bool(rest) and (
        " ".join(rest) in lexicon.emergency.alone or all(word in lexicon.emergency.alone for word in rest)
    )


@dataclass(frozen=True)
class _Clause:
    """A piece of the message as every lexicon writes it out."""

    forms: tuple[tuple[str, EmergencyWords], ...]

    def says(self, part: _Part) -> bool:
        return any(part(words).search(form) for form, words in self.forms)

    def names_danger(self) -> bool:
        """Whether any word of danger stands here, denied or not: then the phrases have judged it."""
        return any(
            next(kind.finds(form), None) is not None
            for form, words in self.forms
            for kind in (words.signs, words.topics, words.despair)
        )

    def tells(self, kind: _Kind, *, whole: bool = False) -> bool:
        """A danger of this kind that is not denied, nor a thing's; ``whole``: not denied within it either."""
        return any(
            not _denied(form, spans, words, whole) and not _of_a_thing(form, spans, words)
            for form, words in self.forms
            for spans in kind(words).finds(form)
        )


def _taken_apart(text: str, lexicons: tuple[Lexicon, ...]) -> list[list[_Clause]]:
    """Sentences of clauses. A turn of the talk ("but", "sekalian", "já agora") ends a sentence too."""
    rough = [part for part in _END_OF_SENTENCE.split(plain(text)) if part.strip()]
    for lexicon in lexicons:
        rough = [piece for part in rough for piece in lexicon.emergency.turns.split(part) if piece.strip()]
    return [[_clause(piece, lexicons) for piece in _END_OF_CLAUSE.split(part) if piece.strip()] for part in rough]


def _clause(piece: str, lexicons: tuple[Lexicon, ...]) -> _Clause:
    return _Clause(
        tuple((lexicon.emergency.repaired(lexicon.sentence(piece)), lexicon.emergency) for lexicon in lexicons)
    )


def _sign_happens(clause: _Clause, sentence: list[_Clause]) -> bool:
    if not (clause.tells(lambda words: words.signs) or clause.tells(lambda words: words.calls, whole=True)):
        return False
    if clause.says(_claim) or any(each.says(_over) for each in sentence):
        return False
    if clause.says(_past):
        return clause.says(_now)
    if any(each.says(_now) for each in sentence):
        return True
    return not clause.says(_about) and not any(each.says(_past) or each.says(_claim) for each in sentence)


def _despairs(message: list[_Clause]) -> bool:
    """Who says that they want to die is believed, whatever else they say: a manner of speaking excuses the words."""
    if any(clause.says(_figures) for clause in message):
        return False
    return any(clause.tells(lambda words: words.despair) for clause in message)


def _named_danger_happens(clause: _Clause, message: list[_Clause]) -> bool:
    """The name of a danger is also what people ask about, so anything ordinary in the message excuses it."""
    if not clause.tells(lambda words: words.topics) or clause.says(_claim) or any(each.says(_over) for each in message):
        return False
    if clause.says(_now):
        return True
    return not any(each.says(excuse) for each in message for excuse in (_claim, _about, _past, _jokes))


def _denied(form: str, spans: tuple[Span, ...], words: EmergencyWords, whole: bool) -> bool:
    for start, _ in spans:
        before = f" {form[:start].rstrip()}"
        for denial in words.negations:
            begins = start - 1 - len(denial)
            if before.endswith(f" {denial}") and not any(
                first < start - 1 and last > begins for first, last in spans if first != start
            ):
                return True
    inside = form[min(spans)[0] : max(last for _, last in spans)]
    return whole and any(f"{denial} " in inside for denial in words.negations)


def _of_a_thing(form: str, spans: tuple[Span, ...], words: EmergencyWords) -> bool:
    """ "The app keeps dying": what the sign is said of is the thing before it, linking words aside."""
    before = form[: min(spans)[0]].split()
    while before and before[-1] in words.links:
        before.pop()
    return bool(before) and before[-1] in words.things
