"""The client's plans as administrators see them: which versions there are, what an import says."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import FileStorage

from backend import languages
from backend.access import Scope
from backend.benefits import queries, service
from backend.errors import InvalidShape, RuleRefused
from backend.languages import FALLBACK

_DEFECTS = "benefits.plan.defects"


def versions(scope: Scope) -> list[dict[str, Any]]:
    """Every plan version in the reader's language."""
    same = ("id", "code", "product", "currency", "network", "valid_from", "source")
    return [
        {**{name: getattr(row, name) for name in same}, "name": row.names.get(scope.language, row.names[FALLBACK])}
        for row in queries.plans(scope)
    ]


def bring_in(scope: Scope, file: Any, *, dry_run: bool) -> dict[str, Any]:
    """Import an uploaded file; raises RuleRefused ``benefits.plan.defects`` unless it is a dry run."""
    if not isinstance(file, FileStorage):
        raise InvalidShape(figures={"file": ["a file belongs here"]})
    report = shown(service.import_plan(scope, file.read(), file.filename or "plan", dry_run=dry_run), scope.language)
    if report["defects"] and not dry_run:
        raise RuleRefused(_DEFECTS, {"defects": report["defects"]})
    return report


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
