"""Everything of a brand that people read or hear, as plain text, to be looked through for foreign names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from backend.api import dump_json
from backend.branding.files import as_json, manifest, theme_css
from backend.branding.loader import Brand
from backend.branding.vocabulary import all_in_own_words, own_words
from backend.calendars.feed import titles
from backend.clients.registry import ClientFacts
from backend.conversations.ivr import twiml
from backend.conversations.ivr.states import Heard, Input
from backend.conversations.ivr.twiml import Line
from backend.conversations.ivr.voices import voices
from backend.conversations.ivr.walk import advance, begin
from backend.conversations.speech import manner_of, say
from backend.helpline.catalogue import Reply, entries
from backend.kit import locales
from backend.languages import catalogue as messages
from backend.languages import message
from backend.members.consent_wordings import wording
from backend.members.rules.consents import Purpose
from backend.notifications.events import EVENTS
from backend.notifications.rules import Channel
from backend.notifications.wording import words
from backend.studio.papers import drawn
from backend.studio.pdf_pages import pdf_text
from backend.studio.samples import Occasion, sample
from backend.web.files import template as page

_ROOT = Path(__file__).resolve().parent.parent
_SILENT = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_SHOWN_ATTRIBUTE = re.compile(r"\b(?:alt|title|label|placeholder|content|aria-label)=\"([^\"]*)\"", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_QUOTED = re.compile(r'^  "([\w.]+)": "(.*)",$', re.MULTILINE)
_A_DAY = date(2026, 8, 17)
PREVIEWED = ("mail.html", "whatsapp.json", "voice.xml", "voice.json")
"""Of a PDF's properties; Creator and Producer name the program that wrote the file, as in every PDF."""


def artefacts(brand: Brand) -> dict[str, str]:
    """Texts by what they are; words that are a member's own data are not among them."""
    found = {
        "app: manifest": dump_json(manifest(brand)).decode(),
        "app: style sheet": theme_css(brand),
        "app: brand": dump_json({**as_json(brand), "logo": {}}).decode(),
        "links": "\n".join([*brand.hosts, brand.video_link]),
        "mail: addresses": "\n".join([brand.mail_sender, *brand.support.values()]),
    }
    for path in sorted((_ROOT / "web" / "member").glob("*.html")):
        found[f"app: {path.name}"] = visible(page(f"member/{path.name}", _of_shell(brand)))
    told = {name: _of_shell(brand)[name] for name in ("slug", "home", "name")}
    found["app: sw.js"] = f"{dump_json(told).decode()}\n{page('member/sw.js', {})}"
    for kind, drawing in brand.logo.items():
        found[f"logo: {kind}"] = visible(drawing.read_text(encoding="utf-8")) if drawing.suffix == ".svg" else ""
    for language in brand.languages:
        found |= {f"{what} ({language})": text for what, text in _in(brand, language)}
    return found


def _of_shell(brand: Brand) -> dict[str, str]:
    """What fills a page's placeholders; addresses of modules stay out, they name what a page is made of."""
    language = brand.default_language
    home = f"/c/{brand.slug}/"
    shown = {"slug": brand.slug, "name": brand.name, "language": language, "home": home, "head": ""}
    shown |= dict.fromkeys(("build", "start", "preloads", "photo_worker", "style", "known"), "")
    told = {"text": "branding.page_missing", "back": "branding.page_missing_back"}
    return shown | {place: message(reason, language, {"brand": brand.name}) for place, reason in told.items()}


def _in(brand: Brand, language: str) -> Iterator[tuple[str, str]]:
    reword = own_words(brand.glossary)
    papers: dict[str, list[str]] = {}
    for name, pdf in drawn(brand, language):
        papers.setdefault(name, []).append(pdf_text(pdf))
    yield from ((f"PDF {name}", "\n".join(texts)) for name, texts in papers.items())
    yield "PDF words", "\n".join(_of_papers(brand, language))
    yield "app: words", "\n".join(reword(text, language, name) for name, text in _of_app(language))
    yield "error messages", "\n".join(reword(text, language, reason) for reason, text in messages(language).items())
    yield "helpline, text", _replies(brand, language, voice=False)
    yield "helpline, voice", _replies(brand, language, voice=True)
    yield "TwiML of greeting and menu", _telephone(brand, language)
    yield "consents", "\n".join(wording(purpose, language, brand) for purpose in Purpose)
    yield "calendar", "\n".join(reword(title, language, "calendar") for title in titles()[language].values())
    yield from _told(brand, language)
    yield from _previewed(brand, language)


def _of_app(language: str) -> Iterator[tuple[str, str]]:
    """The words of the app by their names."""
    for path in sorted((_ROOT / "web" / "member" / "words").glob(f"{language}*.js")):
        yield from _QUOTED.findall(path.read_text(encoding="utf-8"))


def _of_papers(brand: Brand, language: str) -> Iterator[str]:
    """Every word of every paper, the rare ones too that no made-up paper has."""
    for path in locales.files("**/*words.yml"):
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(found.get(language), dict):
            yield from _leaves(all_in_own_words(brand.glossary, found[language], language))


def _leaves(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for inner in tree.values():
            yield from _leaves(inner)
    elif isinstance(tree, list):
        for inner in tree:
            yield from _leaves(inner)
    else:
        yield str(tree)


def _told(brand: Brand, language: str) -> Iterator[tuple[str, str]]:
    """Every message of every event on its channels, to members and to staff, with facts that say nothing."""
    reword = own_words(brand.glossary)
    for event in EVENTS.values():
        facts = {name: _A_DAY.isoformat() if name.endswith(("_on", "_by")) else "0" for name in event.facts}
        for channel in dict.fromkeys([*event.channels, *((Channel.WHATSAPP,) if _in_inbox(event.channels) else ())]):
            said = words(event.name, channel, language, {**facts, "brand": brand.name, "name": ""}, reword)
            yield f"{channel.value} {event.name}", f"{said.title}\n{said.text}"


def _previewed(brand: Brand, language: str) -> Iterator[tuple[str, str]]:
    """What a preview link shows of a mail, a chat and a call before the brand is published."""
    spoken = tuple(brand.languages)
    client = ClientFacts(UUID(int=0), brand.slug, brand.name, brand.country, brand.currency, "UTC", spoken, spoken[0])
    for what in PREVIEWED:
        made = sample(brand, what, Occasion(client, language, "")).content.decode()
        yield f"preview: {what}", visible(made) if what.endswith(".html") else made


def _in_inbox(channels: tuple[Channel, ...]) -> bool:
    """What has a push also stands in the inbox, in the words of WhatsApp."""
    return Channel.PUSH in channels


def _replies(brand: Brand, language: str, *, voice: bool) -> str:
    """Every sentence of the helpline, the client's own wording where it has one; arguments stay blank."""
    manner = manner_of(brand)
    said = [manner.template(name, language, voice=voice) for name in entries(language)]
    labels = [button.label for name in entries(language) for button in say(brand, Reply(name, {}), language).buttons]
    greeting = brand.greeting(language, "voice" if voice else "text")
    return "\n".join([greeting, *said, *labels])


def _telephone(brand: Brand, language: str) -> str:
    """What the telephone plays first, and its menu, as Twilio gets it."""
    opening = begin((language,), None)
    first = advance(opening, Input(Heard.BEGIN))
    menu = advance(first.state, Input(Heard.DIGITS, "1"))
    prompts = [*first.prompts, *menu.prompts]
    lines = [Line(say(brand, Reply(one.reply, one.args), language, voice=True).text, language) for one in prompts]
    spoken = language if language in voices() else locales.FALLBACK
    return twiml.listening(lines, spoken, "/", speech=True, keys=1)


def visible(markup: str) -> str:
    """What a page or a drawing shows or reads out: text, and attributes that become text."""
    bare = _SILENT.sub(" ", markup)
    shown = [_TAG.sub(" ", bare), *_SHOWN_ATTRIBUTE.findall(bare)]
    return unescape("\n".join(shown))
