"""What stays of a person after an erasure, why and until when: as rows keep it, and in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from babel.dates import format_date

from backend import languages
from backend.access import Scope
from backend.clients.registry import client_by_id
from backend.kit import clock, locales
from backend.privacy import queries
from backend.privacy.rules import retention
from backend.privacy.rules.retention import Category


def kept_of(scope: Scope, member_id: UUID) -> list[dict[str, Any]]:
    """Category, source and last day of everything the law makes us keep of a member."""
    client = client_by_id(scope.client_id)
    records = queries.last_records(scope, member_id)
    found = retention.kept(
        {category: records[category.value] for category in Category}, client.country, clock.today(client.timezone)
    )
    return [
        {
            "category": one.category.value,
            "until": one.until.isoformat() if one.until else None,
            "source": one.source,
            "checked": one.checked,
        }
        for one in found
    ]


def sentences(kept: Iterable[Mapping[str, Any]], language: str) -> str:
    """The same as a person of ``language`` reads it, one sentence after the other."""
    return " ".join(_sentence(one, language) for one in kept)


def _sentence(one: Mapping[str, Any], language: str) -> str:
    day = one["until"]
    if day is None:
        return languages.message(f"privacy.kept.{one['category']}", language, {"source": one["source"]})
    shown = format_date(date.fromisoformat(day), "long", locale=locales.locale(language).babel)
    return languages.message(f"privacy.kept.{one['category']}", language, {"source": one["source"], "until": shown})
