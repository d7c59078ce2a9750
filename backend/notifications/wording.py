"""Words of an event on a channel in a language: ``templates/<event>/<channel>.<language>.txt``.

Push and mail begin with a title line. A fact is written as that language writes it: a date when its name
ends in ``_on`` or ``_by``, an amount when it carries a currency, a sentence of the catalogue of messages when its
name ends in ``_reason``, a list of such sentences when it ends in ``_changes``, and a name of several languages in
the reader's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from backend import languages
from backend.kit import locales
from backend.kit.money import Money
from backend.notifications.rules import Channel

_TITLED = frozenset([Channel.PUSH, Channel.MAIL])


@dataclass(frozen=True, slots=True)
class Words:
    """What a person reads; ``title`` is empty where the channel has none."""

    title: str
    text: str


@locales.kept
def template(event: str, channel: Channel, language: str) -> str:
    """The raw text; raises FileNotFoundError for an event or language that does not exist."""
    found = list(locales.files(f"notifications/templates/{event}/{channel}.{language}.txt"))
    if not found:
        raise FileNotFoundError(f"{event}/{channel}.{language}.txt")
    return found[-1].read_text(encoding="utf-8").rstrip("\n")


def words(
    event: str,
    channel: Channel,
    language: str,
    facts: Mapping[str, Any],
    reword: languages.Reword = languages.as_written,
) -> Words:
    """The finished text in a client's words; an unknown language reads the fallback, a missing fact raises KeyError."""
    spoken = language if language in locales.codes() else languages.FALLBACK
    shown = {name: shown_fact(name, value, spoken) for name, value in facts.items()}
    try:
        raw = template(event, channel, spoken)
    except FileNotFoundError:
        # A small language pack does not have every event yet.
        raw = template(event, channel, languages.FALLBACK)
    finished = reword(raw, spoken, event).format_map(shown)
    if channel not in _TITLED:
        return Words("", finished)
    title, _, text = finished.partition("\n")
    return Words(title, text.lstrip("\n"))


def shown_fact(name: str, value: Any, language: str) -> str:
    """One fact as people of ``language`` write it."""
    if isinstance(value, Mapping):
        return _figure(value if {"currency", "names"} & set(value) else {"names": value}, language)
    if name.endswith("_changes") and isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(f"– {_sentence(one['reason'], one['figures'], language)}" for one in value)
    if name.endswith(("_on", "_by")) and value:
        day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
        return str(format_date(day, "long", locale=locales.locale(language).babel))
    if name.endswith("_reason"):
        return languages.message(str(value), language)
    return str(value)


def _sentence(reason: str, figures: Mapping[str, Any], language: str) -> str:
    return languages.message(reason, language, {name: _figure(value, language) for name, value in figures.items()})


def _figure(value: Any, language: str) -> str:
    """An amount, a name of several languages, or a word of the catalogue with figures of its own; else as it is."""
    if not isinstance(value, Mapping):
        return str(value)
    if "currency" in value:
        return Money(value["amount_minor"], value["currency"]).display(language)
    if "word" in value:
        return _sentence(value["word"], value.get("figures", {}), language)
    names: Mapping[str, str] = value["names"]
    return names.get(language) or names.get(languages.FALLBACK) or next(iter(names.values()))
