"""A reply in the words of a client: its own name, its own greeting, its own sentences where it has some."""

from __future__ import annotations

from backend.branding.loader import Brand
from backend.branding.vocabulary import own_words
from backend.helpline import catalogue
from backend.helpline.catalogue import Manner, Reply, Said

_OF_THE_BRAND = frozenset(["client", "greeting"])
GREETED, KEYPAD = "utter_greet", "voice_menu.voice"
"""The replies in which a menu is offered: under a greeting, and on the telephone's keypad."""


def say(brand: Brand, reply: Reply, language: str, *, voice: bool = False) -> Said:
    """The words of ``reply`` in ``language``, written or spoken."""
    return catalogue.say(_complete(brand, reply, language, voice), language, voice=voice, manner=manner_of(brand))


def manner_of(brand: Brand) -> Manner:
    """How a client speaks: its own sentences, its own menu, its own terms."""
    said = {**brand.replies}
    for language, menu in brand.menus.items():
        written, spoken = (menu[form].replace("{name}", brand.name) for form in ("text", "voice"))
        said[language] = {
            GREETED: f"{{greeting}} {written}",
            KEYPAD: spoken,
            **brand.replies.get(language, {}),
        }
    return Manner(said, own_words(brand.glossary))


def pattern(brand: Brand, reply: Reply, language: str) -> tuple[str, tuple[str, ...]]:
    """The written words with a numbered gap for everything that is not the brand's own, and what fills the gaps."""
    complete = _complete(brand, reply, language, voice=False)
    return catalogue.pattern(complete, language, _OF_THE_BRAND, manner=manner_of(brand))


def _complete(brand: Brand, reply: Reply, language: str, voice: bool) -> Reply:
    if language in brand.languages:
        greeting = brand.greeting(language, "voice" if voice else "text")
    else:
        greeting = catalogue.say(Reply.of("greeting", client=brand.name), language, voice=voice).text
    return Reply(reply.id, {"client": brand.name, "greeting": greeting} | dict(reply.args))
