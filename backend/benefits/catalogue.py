"""The client's plans as administrators see them: which versions there are, what an import says."""

from __future__ import annotations

from typing import Any

from backend import languages
from backend.access import Scope
from backend.benefits import queries, service
from backend.languages import FALLBACK


def versions(scope: Scope) -> list[dict[str, Any]]:
    """Every plan version in the reader's language."""
    same = ("id", "code", "product", "currency", "network", "valid_from", "source")
    return [
        {**{name: getattr(row, name) for name in same}, "name": row.names.get(scope.language, row.names[FALLBACK])}
        for row in queries.plans(scope)
    ]


def shown(report: service.PlanReport, language: str) -> dict[str, Any]:
    """A report in the reader's language."""
    return {
        "outcome": report.outcome.value,
        "applied": report.applied,
        "id": report.plan_id,
        "code": report.code,
        "valid_from": report.valid_from,
        "benefits": report.benefits,
        "defects": [
            {"where": where, "reason": reason, "message": languages.message(reason, language, figures)}
            for where, reason, figures in report.defects
        ],
    }
