"""What a brand's members will see and hear, rendered for whoever makes the brand: a card, a letter, a mail, a call.

Everything goes through the code that makes the real thing; only the person is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import Any

from backend.api import dump_json
from backend.branding import files, pictures
from backend.branding.loader import TYPEFACE, Brand
from backend.branding.vocabulary import own_words
from backend.clients.registry import ClientFacts
from backend.conversations.ivr import states, twiml
from backend.conversations.ivr.states import Heard, Input
from backend.conversations.ivr.twiml import Line
from backend.conversations.ivr.walk import advance, begin
from backend.conversations.speech import say
from backend.errors import NotFound
from backend.guarantees import guarantee_letter
from backend.guarantees.guarantee_letter import LetterFace
from backend.helpline.catalogue import Reply
from backend.kit import clock
from backend.members import card_image
from backend.members.card_image import CardFace
from backend.notifications import wording
from backend.notifications.rules import Channel
from backend.studio import made_up
from backend.studio.pdf_pages import first_page

_EVENT = "claim_paid"
_LETTER_SCALE = 1.5
"""Pixels of the letter's picture to a point of its paper."""
_MAIL_STYLE = (
    "body{margin:0;padding:20px;font:15px/1.5 system-ui,sans-serif;color:#1b1f1e;background:#fff}"
    ".from{margin:0;color:#59625f}"
    "h1{margin:2px 0 16px;font-size:17px;padding-bottom:14px;border-bottom:1px solid #e1e5e3}"
    "pre{margin:0;font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}"
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """For whom something is rendered: the client, a language of the brand, below which address files are found.

    ``scheme`` is ``light`` or ``dark``; '' is whatever the reader's device has.
    """

    client: ClientFacts
    language: str
    home: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One rendered thing."""

    content: bytes
    media_type: str


def sample(brand: Brand, what: str, occasion: Occasion) -> Sample:
    """``what`` of a brand (``card.png``, ``voice.xml``, ``theme.css`` …); raises NotFound."""
    if what in _MADE:
        return _MADE[what](brand, occasion)
    if what in pictures.PICTURES:
        return Sample(pictures.drawn(brand, pictures.PICTURES[what]), "image/png")
    if what == "favicon.svg":
        return Sample(pictures.favicon(brand), "image/svg+xml")
    kind = what.removeprefix("logo-").removesuffix(".svg")
    if what == f"logo-{kind}.svg" and kind in brand.logo:
        return Sample(brand.logo[kind].read_bytes(), "image/svg+xml")
    if what == TYPEFACE and brand.typeface is not None:
        return Sample(brand.typeface.read_bytes(), "font/woff2")
    raise NotFound()


def spoken_in(brand: Brand, language: str | None) -> str:
    """The wanted language if the brand speaks it, else its first."""
    return brand.speaks(language or brand.default_language)


def greeting(brand: Brand, language: str) -> list[str]:
    """The first thing a caller hears, in the languages it is said in."""
    return [line.text for line in _call(brand, language)[1]]


def _card(form: card_image.Format) -> Callable[[Brand, Occasion], Sample]:
    media_type = {"png": "image/png", "pdf": "application/pdf"}[form]

    def made(brand: Brand, occasion: Occasion) -> Sample:
        zone, moment = occasion.client.timezone, clock.now()
        today = clock.today(zone)
        face = CardFace(
            name=made_up.NAME,
            relationship="employee",
            birth_date=made_up.BORN,
            member_number=made_up.MEMBER_NUMBER,
            card_number=made_up.CARD_NUMBER,
            plan=made_up.PLAN,
            status="active",
            valid_until=today.replace(month=12, day=31),
            qr=made_up.QR,
            qr_expires_at=moment + timedelta(days=1),
        )
        return Sample(card_image.draw(face, brand, occasion.language, form, zone), media_type)

    return made


def _letter(brand: Brand, occasion: Occasion) -> Sample:
    moment, currency = clock.now(), occasion.client.currency
    face = LetterFace(
        number=made_up.LETTER_NUMBER,
        kind="initial",
        issued_at=moment,
        valid_until=moment + timedelta(days=3),
        confirmed_by=None,
        hospital=made_up.HOSPITAL,
        admission_on=clock.today(occasion.client.timezone),
        days=3,
        patient=made_up.NAME,
        birth_date=made_up.BORN,
        member_number=made_up.MEMBER_NUMBER,
        plan_names=dict.fromkeys(brand.languages, made_up.PLAN),
        room_class=None,
        promised=made_up.amount(1200, currency),
        settled=None,
        claim_due_on=None,
        qr=made_up.QR,
        qr_expires_at=moment + timedelta(days=3),
    )
    pdf = guarantee_letter.draw(face, brand, (occasion.language,), occasion.client.timezone)
    return Sample(pdf, "application/pdf")


def _letter_picture(brand: Brand, occasion: Occasion) -> Sample:
    """The letter's first page as the studio shows it beside the form."""
    return Sample(first_page(_letter(brand, occasion).content, _LETTER_SCALE), "image/png")


def message(brand: Brand, channel: Channel, occasion: Occasion) -> wording.Words:
    """What the made-up person is told of a payment."""
    facts = {
        "brand": brand.name,
        "name": made_up.NAME,
        "claim_number": made_up.CLAIM_NUMBER,
        "paid_on": clock.today(occasion.client.timezone),
    }
    return wording.words(_EVENT, channel, occasion.language, facts, own_words(brand.glossary))


def _mail(brand: Brand, occasion: Occasion) -> Sample:
    """A mail is plain text: this is how a reader of mail shows it."""
    said = message(brand, Channel.MAIL, occasion)
    page = (
        f'<!doctype html><html lang="{occasion.language}"><head><meta charset="utf-8">'
        f"<title>{escape(said.title)}</title><style>{_MAIL_STYLE}</style></head>"
        f"<body><p class=from>{escape(brand.name)}</p><h1>{escape(said.title)}</h1>"
        f"<pre>{escape(said.text)}</pre></body></html>"
    )
    return Sample(page.encode(), "text/html")


def _whatsapp(brand: Brand, occasion: Occasion) -> Sample:
    greeted = say(brand, Reply.of("utter_greet"), occasion.language)
    told = message(brand, Channel.WHATSAPP, occasion)
    messages: list[dict[str, Any]] = [
        {"from": "member", "text": made_up.HELLO.get(occasion.language, made_up.HELLO["en"])},
        {"from": "us", "text": greeted.text, "buttons": [button.label for button in greeted.buttons]},
        {"from": "us", "text": told.text},
    ]
    return _json({"messages": messages})


def _call(brand: Brand, language: str) -> tuple[states.CallState, list[Line]]:
    """A call that just came in: where it stands and what is said first."""
    step = advance(begin(brand.languages, language), Input(Heard.BEGIN))
    return step.state, [_line(brand, prompt, step.state.language) for prompt in step.prompts]


def _line(brand: Brand, prompt: states.Prompt, language: str) -> Line:
    spoken = prompt.language or language
    return Line(say(brand, Reply(prompt.reply, prompt.args), spoken, voice=True).text, spoken)


def _menu(brand: Brand, language: str) -> Line:
    return Line(say(brand, Reply.of("voice_menu"), language, voice=True).text, language)


def _twiml(brand: Brand, occasion: Occasion) -> Sample:
    state, lines = _call(brand, occasion.language)
    document = twiml.listening(
        [*lines, _menu(brand, occasion.language)], state.language, f"{occasion.home}/voice.xml", speech=True, keys=1
    )
    return Sample(document.encode(), "application/xml")


def _voice(brand: Brand, occasion: Occasion) -> Sample:
    _, lines = _call(brand, occasion.language)
    menu = _menu(brand, occasion.language).text
    parts = [part.strip() for part in menu.replace("!", ".").split(". ") if part.strip()]
    return _json({"language": occasion.language, "greeting": " ".join(line.text for line in lines), "menu": parts})


def _brand(brand: Brand, occasion: Occasion) -> Sample:
    """The brand as the app reads it, with its drawings where they can be seen before they are published."""
    shown = files.as_json(brand)
    shown["logo"] = {kind: f"{occasion.home}/logo-{kind}.svg" for kind in brand.logo}
    return _json(shown)


def _theme(brand: Brand, occasion: Occasion) -> Sample:
    style = files.theme_css(brand, occasion.scheme).replace(f"/c/{brand.slug}/", f"{occasion.home}/")
    return Sample(style.encode(), "text/css")


def _manifest(brand: Brand, occasion: Occasion) -> Sample:
    shown = files.manifest(brand)
    there = f"/c/{brand.slug}/"
    for icon in shown["icons"]:
        icon["src"] = icon["src"].replace(there, f"{occasion.home}/")
    return Sample(dump_json(shown), "application/manifest+json")


def _json(value: Mapping[str, Any]) -> Sample:
    return Sample(dump_json(value), "application/json")


_MADE: Mapping[str, Callable[[Brand, Occasion], Sample]] = {
    "card.png": _card("png"),
    "card.pdf": _card("pdf"),
    "letter.pdf": _letter,
    "letter.png": _letter_picture,
    "mail.html": _mail,
    "whatsapp.json": _whatsapp,
    "voice.xml": _twiml,
    "voice.json": _voice,
    "brand.json": _brand,
    "theme.css": _theme,
    "manifest.webmanifest": _manifest,
}
