"""A reply in the words of a client: its own name, its own greeting, its own sentences where it has some."""

from __future__ import annotations

from collections.abc import Iterable

from backend.branding.loader import Brand
from backend.helpline import catalogue
from backend.helpline.catalogue import Reply, Said


def say(brand: Brand, reply: Reply, language: str, *, voice: bool = False) -> Said:
    """The words of ``reply`` in ``language``, written or spoken."""
    form = "voice" if voice else "text"
    if language in brand.languages:
        greeting = brand.greeting(language, form)
    else:
        greeting = catalogue.say(Reply.of("greeting", client=brand.name), language, voice=voice).text
    complete = Reply(reply.id, {"client": brand.name, "greeting": greeting} | dict(reply.args))
    return catalogue.say(complete, language, voice=voice, brand=brand.replies)


def spoken(brand: Brand, replies: Iterable[Reply], language: str) -> str:
    """Several replies as one thing to say on the telephone."""
    return " ".join(say(brand, reply, language, voice=True).text for reply in replies)
