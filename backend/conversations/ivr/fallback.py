"""The TwiML of last resort: no database, no bot. The emergency number, then the number for the night, else again."""

from __future__ import annotations

from backend.branding import loader as branding
from backend.branding.loader import Brand
from backend.conversations.ivr import twiml
from backend.conversations.ivr.twiml import Line
from backend.conversations.ivr.voices import voices
from backend.conversations.speech import say
from backend.errors import NotFound
from backend.helpline import catalogue
from backend.helpline.catalogue import Reply
from backend.integrations import registry

_TRIES, _PAUSE_SECONDS = 3, 8


def twiml_for(slug: str | None, tries: int) -> str:
    """What a caller of ``slug`` hears when nothing else can be said; ``tries`` is how often they heard it before.

    With a number for the night it rings. Without one the call is begun again three times, then it ends.
    """
    brand = _brand(slug)
    if brand is None:
        return _NOBODYS
    if brand.hotline.fallback:
        return twiml.rung(_words(brand, "voice_trouble_person"), brand.hotline.fallback, "", brand.hotline.voice)
    if tries >= _TRIES:
        return twiml.ended(_words(brand, "voice_trouble_later"))
    again = f"{registry.current().settings.public_url}/twilio/voice?again={tries + 1}"
    return twiml.later(_words(brand, "voice_trouble_hold"), again, seconds=_PAUSE_SECONDS)


def _brand(slug: str | None) -> Brand | None:
    try:
        return branding.brand_of(slug) if slug else None
    except NotFound:
        return None


def _words(brand: Brand, reply: str) -> list[Line]:
    args = {"number": brand.emergency_number}
    return [Line(say(brand, Reply(reply, args), language, voice=True).text, language) for language in brand.languages]


def _nobodys() -> str:
    words = Reply.of("voice_no_such_line")
    return twiml.ended([Line(catalogue.say(words, language, voice=True).text, language) for language in voices()])


_NOBODYS = _nobodys()
