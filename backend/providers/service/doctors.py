"""Who practises at a facility, since when and when: kept by administrators; what was true stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import RuleRefused
from backend.providers import queries, registry_queries
from backend.providers.models import Doctor, DoctorPractice
from backend.providers.rules import search_name
from backend.providers.service.agreements import stored


def add_doctor(
    scope: Scope, provider_id: UUID, facts: Mapping[str, Any], schedule: Mapping[str, Any], valid_from: date
) -> tuple[Doctor, DoctorPractice]:
    """Somebody sees patients at a facility from a day on; ``facts`` are code, name, specialty and languages.

    Raises NotFound, RuleRefused ``providers.practice_exists``.
    """
    country = queries.provider(scope, provider_id).country
    doctor = register_doctor(scope, {**facts, "country": country, "active": True})
    practice = place_doctor(scope, doctor.id, provider_id, schedule, valid_from)
    audit.record(scope, "create", "doctor_practice", practice.id)
    return doctor, practice


def change_doctor(scope: Scope, doctor_id: UUID, changes: Mapping[str, Any]) -> Doctor:
    """Another name, specialty or languages, or nobody who treats any more (``active``); raises NotFound."""
    row = registry_queries.doctor(scope, doctor_id)
    for name, value in changes.items():
        setattr(row, name, value)
    row.search_name = search_name(row.name)
    scope.session.flush()
    audit.record(scope, "update", "doctor", row.id, fields=sorted(changes))
    return row


def change_practice(scope: Scope, practice_id: UUID, changes: Mapping[str, Any]) -> DoctorPractice:
    """Other hours, or a last day; null lets it go on. Raises NotFound, RuleRefused ``providers.period_backwards``."""
    row = registry_queries.practice(scope, practice_id)
    until = changes.get("valid_until", row.valid_until)
    if until is not None and until < row.valid_from:
        raise RuleRefused("providers.period_backwards")
    for name, value in changes.items():
        setattr(row, name, value)
    scope.session.flush()
    audit.record(scope, "update", "doctor_practice", row.id, fields=sorted(changes))
    return row


def register_doctor(scope: Scope, facts: Mapping[str, Any]) -> Doctor:
    """Somebody who treats, by country and registration code; known already, the facts are brought up to date."""
    row = queries.doctor_by_code(scope, facts["country"], facts["code"])
    if row is None:
        row = Doctor()
        scope.session.add(row)
    for name, value in facts.items():
        setattr(row, name, value)
    row.search_name = search_name(row.name)
    scope.session.flush()
    return row


def place_doctor(
    scope: Scope, doctor_id: UUID, provider_id: UUID, schedule: Mapping[str, Any], valid_from: date
) -> DoctorPractice:
    """A doctor sees patients somewhere from a day on; raises NotFound, RuleRefused ``providers.practice_exists``."""
    queries.provider(scope, provider_id)
    row = DoctorPractice(doctor_id=doctor_id, provider_id=provider_id, schedule=dict(schedule), valid_from=valid_from)
    stored(scope, row, "providers.practice_exists")
    return row
