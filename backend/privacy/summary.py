"""The page of a copy that a person reads: the same facts as the JSON, in their language, on one printable page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_date, format_datetime
from markupsafe import Markup, escape

from backend.kit import locales
from backend.kit.money import Money

Topics = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]

_SECTIONS = (
    (
        "profile",
        "member",
        ("full_name", "number", "birth_date", "phone", "email", "postal_address", "national_id", "employee_number"),
    ),
    ("cards", "card", ("number", "status", "issued_on", "ended_on")),
    ("cover", "enrolment", ("starts_on", "ends_on")),
    ("claims", "claim", ("number", "visit_on", "provider_name", "amount", "status")),
    ("complaints", "complaint", ("number", "received_at", "status", "text")),
    ("conversations", "message", ("created_at", "author", "text")),
    ("consents", "consent", ("given_at", "withdrawn_at", "wording")),
    ("looks", "audit_record", ("at", "role", "name", "action", "object_type")),
)
_CODES = {"status", "author", "role", "action", "object_type"}
_STYLE = Markup(
    "<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;"
    "background:#fff}}table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;vertical-align:top;"
    "padding:.4rem;border-bottom:1px solid #bbb;overflow-wrap:anywhere}}h2{{margin-top:2rem}}</style>"
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """In whose name and for which request a copy is made, in which language, when (an instant) and where (IANA)."""

    brand: str
    number: str
    language: str
    zone: str
    made_at: datetime


@locales.kept
def _words(language: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for path in locales.files(f"privacy/summary_words/{language}.yml"):
        words |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return words


def _word(key: str, language: str) -> str | None:
    return _words(language).get(key) or _words(locales.FALLBACK).get(key)


def summary(people: Iterable[Topics], made: Occasion) -> str:
    """The finished HTML page. Nothing in it is fetched from anywhere."""
    language = made.language
    title, left_out = _word("title", language), _word("left_out", language)
    body = Markup("").join(_person(topics, language, made.zone) for topics in people)
    at = _shown(made.made_at, language, made.zone)
    said = str(_word("intro", language)).format(brand=made.brand, number=made.number, at=at)
    head = Markup('<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>') + _STYLE
    page = head + Markup("</head><body><h1>{}</h1><p>{}</p><p>{}</p>{}</body></html>")
    return page.format(language, title, title, said, left_out, body)


def _person(topics: Topics, language: str, zone: str) -> Markup:
    sections = [
        _section(name, columns, topics.get(name, {}).get(table, []), language, zone)
        for name, table, columns in _SECTIONS
    ]
    return Markup("").join(sections)


def _section(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], language: str, zone: str) -> Markup:
    heading = Markup("<h2>{}</h2>").format(_word(f"section.{name}", language))
    if not rows:
        return heading + Markup("<p>{}</p>").format(_word("nothing", language))
    titles = [Markup('<th scope="col">{}</th>').format(_word(f"column.{one}", language)) for one in columns]
    lines = [
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(_cell(one, row, language, zone)) for one in columns)
        )
        for row in rows
    ]
    return heading + Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        Markup("").join(titles), Markup("").join(lines)
    )


def _cell(column: str, row: Mapping[str, Any], language: str, zone: str) -> Markup:
    if column == "amount":
        minor = row["claimed_minor"]
        return escape("" if minor is None else Money(minor, row["currency"]).display(language))
    value = row.get(column)
    if column in _CODES and value:
        return escape(_word(f"code.{value}", language) or str(value).replace("_", " "))
    return escape(_shown(value, language, zone))


def _shown(value: Any, language: str, zone: str) -> str:
    babel = locales.locale(language).babel
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str(format_datetime(value.astimezone(ZoneInfo(zone)), "long", locale=babel))
    if isinstance(value, date):
        return str(format_date(value, "long", locale=babel))
    return str(value)
