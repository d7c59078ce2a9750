"""How the helpline says things: reply ids and arguments become words of a language, written or spoken.

An argument is a plain value or says what it is, so that every language writes it its own way:
``{"money": {"amount_minor": …, "currency": …}}``, ``{"date": "2026-08-14"}``, ``{"digits": "0812"}`` (spoken
one by one), ``{"word": "claim_paid"}``, ``{"room": "private"}``, ``{"list": [1, 16]}``,
``{"names": {"id": …, "en": …}}``, ``{"items": [{"reply": …, "args": …}]}``.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from babel.lists import format_list

from backend import languages
from backend.kit.money import Money

_FOLDER = Path(__file__).parent / "replies"
_SPOKEN_ITEMS = 3
_LONG_DATE = {"id": "d MMMM y", "en": "d MMMM y", "pt": "d 'de' MMMM 'de' y"}
_LOCALE = {"id": "id_ID", "en": "en_GB", "pt": "pt_PT"}

Overrides = Mapping[str, Mapping[str, str]]
"""A brand's own words: language → reply id (``id.voice`` for the spoken form) → words."""


@dataclass(frozen=True, slots=True)
class Button:
    """What can be chosen under a reply; ``payload`` is what the choice means."""

    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say: an id of the catalogue with its arguments."""

    id: str
    args: Mapping[str, Any]

    @classmethod
    def of(cls, reply_id: str, **args: Any) -> Reply:
        """A reply with its arguments by name."""
        return cls(reply_id, args)


@dataclass(frozen=True, slots=True)
class Said:
    """A reply in words."""

    text: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One reply of one language; one with a ``title`` is also for people to choose and send."""

    text: str
    voice: str
    buttons: tuple[Button, ...]
    title: str = ""

    def arguments(self) -> set[str]:
        """Names of everything that is filled in, written or spoken."""
        return {name for form in (self.text, self.voice) for _, name, _, _ in string.Formatter().parse(form) if name}


@cache
def entries(language: str) -> Mapping[str, Entry]:
    """Every reply of a language."""
    raw = _read(language)
    return {
        reply_id: Entry(
            text=fields["text"],
            voice=fields.get("voice", fields["text"]),
            buttons=tuple(Button(**button) for button in fields.get("buttons", ())),
            title=fields.get("title", ""),
        )
        for reply_id, fields in raw.items()
        if reply_id != "words"
    }


@cache
def words(language: str) -> Mapping[str, str]:
    """Single words of a language: states, benefits, how a limit counts."""
    found: Mapping[str, str] = _read(language)["words"]
    return found


@cache
def _read(language: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return found


def available() -> tuple[str, ...]:
    """Languages that have a file of replies."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yml")))


def say(reply: Reply, language: str, *, voice: bool = False, brand: Overrides | None = None) -> Said:
    """The words of ``reply``; unknown ids fall back to the sentence of not having understood."""
    known = entries(language if language in available() else languages.FALLBACK)
    entry = known.get(reply.id) or known["fallback"]
    own = (brand or {}).get(language) or {}
    template = own.get(f"{reply.id}.voice" if voice else reply.id) or (entry.voice if voice else entry.text)
    shown = {name: _shown(value, language, voice, brand) for name, value in reply.args.items()}
    text = template.format_map(_Missing(language, shown)).strip()
    return Said(text[:1].upper() + text[1:], entry.buttons)


def pattern(
    reply: Reply, language: str, fixed: Collection[str], *, brand: Overrides | None = None
) -> tuple[str, tuple[str, ...]]:
    """The written words of ``reply`` with ``{{1}}``, ``{{2}}`` … for its arguments, and what they stand for.

    Arguments in ``fixed`` are the same for everybody and stand written out.
    """
    known = entries(language if language in available() else languages.FALLBACK)
    entry = known.get(reply.id) or known["fallback"]
    template = ((brand or {}).get(language) or {}).get(reply.id) or entry.text
    shown = _Missing(language, {name: _shown(value, language, False, brand) for name, value in reply.args.items()})
    body, values = "", []
    for literal, name, _, _ in string.Formatter().parse(template):
        body += literal
        if name is not None and name in fixed:
            body += shown[name]
        elif name:
            values.append(shown[name])
            body += f"{{{{{len(values)}}}}}"
    body = body.strip()
    return body[:1].upper() + body[1:], tuple(values)


class _Missing(dict[str, str]):
    def __init__(self, language: str, known: Mapping[str, str]) -> None:
        super().__init__(known)
        self._language = language

    def __missing__(self, name: str) -> str:
        if name.endswith("_digits"):
            base = self.get(name.removesuffix("_digits"), "")
            return spelled(base)
        return ""


def spelled(value: str) -> str:
    """Digits and letters one by one, the way a number is read out."""
    return ", ".join(character for character in value if character.isalnum())


def _shown(value: Any, language: str, voice: bool, brand: Overrides | None) -> str:
    if isinstance(value, Mapping) and len(value) == 1:
        (kind, inner), *_ = value.items()
        return _typed(kind, inner, language, voice, brand)
    return "" if value is None else str(value)


def in_words(day: date | str, language: str) -> str:
    """A day the way a language writes it out; text is read as an ISO date, ValueError when it is none."""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return str(format_date(known, _LONG_DATE[language], locale=_LOCALE[language]))


def _typed(kind: str, inner: Any, language: str, voice: bool, brand: Overrides | None) -> str:
    if kind == "money":
        return Money(inner["amount_minor"], inner["currency"]).display(language)
    if kind == "date":
        return in_words(inner, language)
    if kind == "digits":
        return spelled(inner) if voice else str(inner)
    if kind == "word":
        return words(language).get(inner, words(language)["unknown"])
    if kind == "room":
        return words(language).get(f"room_{inner}", str(inner))
    if kind == "names":
        return str(inner.get(language) or inner.get(languages.FALLBACK) or next(iter(inner.values()), ""))
    if kind == "list":
        return str(format_list([str(each) for each in inner], locale=_LOCALE[language]))
    if kind == "items":
        return _listed(inner, language, voice, brand)
    return ""


def _listed(items: Sequence[Mapping[str, Any]], language: str, voice: bool, brand: Overrides | None) -> str:
    chosen = items[:_SPOKEN_ITEMS] if voice else items
    lines = [say(Reply(item["reply"], item["args"]), language, voice=voice, brand=brand).text for item in chosen]
    if not voice:
        return "\n".join(lines)
    sentences = all(line.endswith((".", "!", "?")) for line in lines)
    return (" " if sentences else "; ").join(lines)
