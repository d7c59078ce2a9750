"""Everything of a brand that people read or hear, as plain text, to be looked through for foreign names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape

import pypdfium2 as pdfium

from backend.api import dump_json
from backend.branding.files import as_json, manifest, theme_css
from backend.branding.loader import Brand
from backend.helpline.catalogue import entries
from backend.languages import catalogue as messages
from backend.members.card_image import CardFace, draw
from backend.notifications.events import EVENTS, TO_STAFF
from backend.notifications.wording import template
from backend.web.files import build
from backend.web.files import template as page

_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL | re.IGNORECASE)
_A_DAY = date(2026, 8, 17)
_FACE = CardFace(
    name="A. B.",
    relationship="employee",
    birth_date=_A_DAY,
    member_number="000000001",
    card_number="000000000001",
    plan="Plan",
    status="active",
    valid_until=_A_DAY,
    qr="0",
    qr_expires_at=datetime(2026, 8, 18, tzinfo=UTC),
)


def artefacts(brand: Brand) -> dict[str, str]:
    """Texts by what they are; words that are a member's own data are not among them."""
    found: dict[str, str] = {
        "app: manifest": dump_json(manifest(brand)).decode(),
        "app: style sheet": theme_css(brand),
        "app: brand": dump_json({**as_json(brand), "logo": {}}).decode(),
        "app: page": _visible(page("member/index.html", {"name": brand.name, "slug": brand.slug})),
    }
    for language in brand.languages:
        found |= {f"{what} ({language})": text for what, text in _in(brand, language)}
    return found


def _in(brand: Brand, language: str) -> Iterator[tuple[str, str]]:
    yield "card, PDF", pdf_text(draw(_FACE, brand, language, "pdf", "Asia/Jakarta"))
    yield "app: words", build().files[f"member/words/{language}.js"].content.decode()
    yield "error messages", "\n".join(messages(language).values())
    yield "helpline, text", _replies(brand, language, voice=False)
    yield "helpline, voice", _replies(brand, language, voice=True)
    for event in EVENTS.values():
        for channel in event.channels if event.topic != TO_STAFF else ():
            yield f"{channel.value} {event.name}", template(event.name, channel, language)


def _replies(brand: Brand, language: str, *, voice: bool) -> str:
    """Every sentence of the helpline, the client's own wording where it has one; arguments stay blank."""
    own = brand.replies.get(language, {})
    said = {
        name: own.get(f"{name}.voice" if voice else name, entry.voice if voice else entry.text)
        for name, entry in entries(language).items()
    }
    greeting = brand.greeting(language, "voice" if voice else "text")
    return "\n".join([greeting, *said.values()])


def _visible(markup: str) -> str:
    return unescape(_TAGS.sub(" ", markup))


def pdf_text(pdf: bytes) -> str:
    """What can be read on the pages of a PDF."""
    document = pdfium.PdfDocument(pdf)
    return "\n".join(one.get_textpage().get_text_bounded() for one in document)
