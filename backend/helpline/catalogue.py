"""How the helpline says things: reply ids and arguments become words of a language, written or spoken.

An argument is a plain value or says what it is, so that every language writes it its own way:
``{"money": {"amount_minor": …, "currency": …}}``, ``{"date": "2026-08-14"}``, ``{"digits": "0812"}`` (spoken
one by one), ``{"word": "claim_paid"}``, ``{"room": "private"}``, ``{"list": [1, 16]}``,
``{"names": {"id": …, "en": …}}``, ``{"items": [{"reply": …, "args": …}]}``.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from babel.dates import format_date
from babel.lists import format_list

from backend import languages
from backend.kit import locales
from backend.kit.money import Money

_SPOKEN_ITEMS = 3

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


@locales.kept
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


@locales.kept
def words(language: str) -> Mapping[str, str]:
    """Single words of a language: states, benefits, how a limit counts."""
    found: Mapping[str, str] = _read(language)["words"]
    return found


@locales.kept
def _read(language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in locales.files(f"helpline/replies/{language}.yml"):
        found |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@locales.kept
def available() -> tuple[str, ...]:
    """Languages that have a file of replies."""
    return tuple(sorted({path.stem for path in locales.files("helpline/replies/*.yml")}))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a client speaks: whole sentences of its own, and its own terms in ours."""

    sentences: Overrides = field(default_factory=dict)
    reword: languages.Reword = languages.as_written

    def template(self, reply_id: str, language: str, *, voice: bool) -> str:
        """The sentence before anything is filled in."""
        own = self.sentences.get(language) or {}
        entry = _entry(reply_id, language)
        ours = self.reword(entry.voice if voice else entry.text, language, reply_id)
        return own.get(f"{reply_id}.voice" if voice else reply_id) or ours


_PLAIN = Manner()


def say(reply: Reply, language: str, *, voice: bool = False, manner: Manner = _PLAIN) -> Said:
    """The words of ``reply``; unknown ids fall back to the sentence of not having understood."""
    template = manner.template(reply.id, language, voice=voice)
    shown = {name: _shown(value, language, voice, manner) for name, value in reply.args.items()}
    text = template.format_map(_Missing(language, shown)).strip()
    buttons = _entry(reply.id, language).buttons
    labelled = tuple(Button(manner.reword(one.label, language, reply.id), one.payload) for one in buttons)
    return Said(text[:1].upper() + text[1:], labelled)


def _entry(reply_id: str, language: str) -> Entry:
    """A reply in a language; what a small pack does not say yet is said in the fallback."""
    known = entries(language if language in available() else languages.FALLBACK)
    return known.get(reply_id) or entries(languages.FALLBACK).get(reply_id) or known["fallback"]


def word(name: str, language: str) -> str | None:
    """A single word; what a small pack does not have yet is the fallback's."""
    return words(language).get(name) or words(languages.FALLBACK).get(name)


def pattern(
    reply: Reply, language: str, fixed: Collection[str], *, manner: Manner = _PLAIN
) -> tuple[str, tuple[str, ...]]:
    """The written words of ``reply`` with ``{{1}}``, ``{{2}}`` … for its arguments, and what they stand for.

    Arguments in ``fixed`` are the same for everybody and stand written out.
    """
    template = manner.template(reply.id, language, voice=False)
    shown = _Missing(language, {name: _shown(value, language, False, manner) for name, value in reply.args.items()})
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


def _shown(value: Any, language: str, voice: bool, manner: Manner) -> str:
    if isinstance(value, Mapping) and len(value) == 1:
        (kind, inner), *_ = value.items()
        return _typed(kind, inner, language, voice, manner)
    return "" if value is None else str(value)


def in_words(day: date | str, language: str) -> str:
    """A day the way a language writes it out; text is read as an ISO date, ValueError when it is none."""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    spoken = locales.locale(language)
    return str(format_date(known, spoken.long_date, locale=spoken.babel))


def _typed(kind: str, inner: Any, language: str, voice: bool, manner: Manner) -> str:
    if kind == "money":
        return Money(inner["amount_minor"], inner["currency"]).display(language)
    if kind == "date":
        return in_words(inner, language)
    if kind == "digits":
        return spelled(inner) if voice else str(inner)
    if kind == "word":
        return manner.reword(word(inner, language) or words(language)["unknown"], language, str(inner))
    if kind == "room":
        return word(f"room_{inner}", language) or str(inner)
    if kind == "names":
        return str(inner.get(language) or inner.get(languages.FALLBACK) or next(iter(inner.values()), ""))
    if kind == "list":
        return str(format_list([str(each) for each in inner], locale=locales.locale(language).babel))
    if kind == "items":
        return _listed(inner, language, voice, manner)
    return ""


def _listed(items: Sequence[Mapping[str, Any]], language: str, voice: bool, manner: Manner) -> str:
    chosen = items[:_SPOKEN_ITEMS] if voice else items
    lines = [say(Reply(item["reply"], item["args"]), language, voice=voice, manner=manner).text for item in chosen]
    if not voice:
        return "\n".join(lines)
    sentences = all(line.endswith((".", "!", "?")) for line in lines)
    return (" " if sentences else "; ").join(lines)
