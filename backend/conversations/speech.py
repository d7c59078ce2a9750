"""A reply in the words of a client: its own name, its own greeting, its own sentences where it has some."""

from __future__ import annotations

from backend.branding.loader import Brand
from backend.helpline import catalogue
from backend.helpline.catalogue import Reply, Said


def say(brand: Brand, reply: Reply, language: str, *, voice: bool = False) -> Said:
    """The words of ``reply`` in ``language``, written or spoken."""
    if language in brand.languages:
        greeting = brand.greeting(language, "voice" if voice else "text")
    else:
        greeting = catalogue.say(Reply.of("greeting", client=brand.name), language, voice=voice).text
    complete = Reply(reply.id, {"client": brand.name, "greeting": greeting} | dict(reply.args))
    return catalogue.say(complete, language, voice=voice, brand=brand.replies)
