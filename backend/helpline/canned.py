"""Prepared sentences for people: the entries of the reply catalogue that have a title, in a client's words."""

from __future__ import annotations

from dataclasses import dataclass

from backend.branding.loader import Brand
from backend.branding.vocabulary import own_words
from backend.helpline import catalogue
from backend.helpline.catalogue import Manner, Reply


@dataclass(frozen=True, slots=True)
class CannedReply:
    """One sentence ready to be sent, or changed before it is."""

    id: str
    language: str
    title: str
    text: str


def replies(brand: Brand, language: str, *, agent: str) -> list[CannedReply]:
    """Every prepared sentence of a language, in the order of the catalogue; none for a language without replies."""
    if language not in catalogue.available():
        return []
    values = {
        "client": brand.name,
        "agent": agent,
        "number": brand.emergency_number,
        "voice": brand.hotline.shown,
        "whatsapp": brand.hotline.whatsapp,
        "hours": brand.hotline.hours,
        "desk": brand.card_desk.phone,
        "desk_hours": brand.card_desk.hours,
    }
    manner = Manner(brand.replies, own_words(brand.glossary))
    return [
        CannedReply(
            reply_id,
            language,
            entry.title,
            catalogue.say(Reply(reply_id, values), language, manner=manner).text,
        )
        for reply_id, entry in catalogue.entries(language).items()
        if entry.title
    ]
