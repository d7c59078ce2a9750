"""What must not depend on the bot: emergency, stop, a person, a language name, in this order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.helpline.understanding.emergency import is_emergency
from backend.helpline.understanding.lexicon import Lexicon


class Wish(StrEnum):
    """What the backend recognises by itself."""

    EMERGENCY = "emergency"
    STOP = "stop"
    PERSON = "person"
    LANGUAGE = "language"


@dataclass(frozen=True)
class Match:
    """A wish, and with `LANGUAGE` the code of the language that was named (else empty)."""

    wish: Wish
    language: str = ""


# The name of each wish among the helpline's intents. Opting out is a "no" to all further messages.
INTENT_OF = {
    Wish.EMERGENCY: "report_emergency",
    Wish.STOP: "deny",
    Wish.PERSON: "ask_human_agent",
    Wish.LANGUAGE: "choose_language",
}


def match(text: str, lexicons: Mapping[str, Lexicon]) -> Match | None:
    """Return the wish that the words leave no doubt about, whatever language they are in, else None.

    People switch languages when they are frightened, so every language is tried for everything.
    """
    if is_emergency(text, lexicons.values()):
        return Match(Wish.EMERGENCY)
    for lexicon in lexicons.values():
        if lexicon.sentence(text) in lexicon.stop:
            return Match(Wish.STOP)
    for lexicon in lexicons.values():
        if _asks_for_person(text, lexicon):
            return Match(Wish.PERSON)
    for lexicon in lexicons.values():
        named = _named_language(text, lexicon)
        if named:
            return Match(Wish.LANGUAGE, named)
    return None


def gives_up(text: str, lexicons: Mapping[str, Lexicon]) -> bool:
    """Return whether the whole message cancels what is going on. It means that only while something is."""
    return any(lexicon.sentence(text) in lexicon.cancel for lexicon in lexicons.values())


def is_question(text: str, lexicons: Mapping[str, Lexicon]) -> bool:
    """Return whether a few words ask something: a question mark, or a question word at one of their ends."""
    if "?" in text:
        return True
    said = [lexicon.sentence(text).split() for lexicon in lexicons.values()]
    pairs = zip(said, lexicons.values(), strict=True)
    return any(words and {words[0], words[-1]} & lexicon.asking for words, lexicon in pairs)


def starts_again(text: str, lexicons: Mapping[str, Lexicon]) -> bool:
    """Return whether the whole message takes an earlier stop back. It means that only after one."""
    return any(lexicon.sentence(text) in lexicon.start for lexicon in lexicons.values())


def _asks_for_person(text: str, lexicon: Lexicon) -> bool:
    sentence = lexicon.sentence(text)
    if sentence in lexicon.person.alone:
        return True
    return bool(lexicon.person.wants.search(sentence)) and not lexicon.person.unless.search(sentence)


def _named_language(text: str, lexicon: Lexicon) -> str | None:
    """Return the code of a language when its name is all that is said, politeness aside."""
    sentence = lexicon.sentence(text)
    rest = " ".join(word for word in sentence.split() if word not in lexicon.fillers)
    return lexicon.language_names.get(sentence) or lexicon.language_names.get(rest)
