"""Doctors of facilities over HTTP, for administrators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.providers import registry_queries, specialties
from backend.providers.doctor_schemas import (
    DoctorChange,
    NewDoctor,
    PracticeChange,
    PracticeList,
    PracticeRow,
    RegisteredDoctor,
)
from backend.providers.models import Doctor, DoctorPractice
from backend.providers.service import doctors

blp = Blueprint("doctors", __name__, url_prefix="/api/v1", description="Who sees patients where")


@blp.route("/providers/<uuid:provider_id>/doctors")
class DoctorsView(MethodView):
    """Doctors of a facility."""

    @blp.access(Role.ADMIN)
    @blp.response(200, PracticeList)
    def get(self, scope: Scope, provider_id: UUID) -> Response:
        """Everybody who sees, saw or will see patients there."""
        found = registry_queries.practices_at(scope, provider_id)
        return answer({"items": [_practice(scope, doctor, practice) for doctor, practice in found]})

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(NewDoctor)
    @blp.response(201, PracticeRow)
    def post(self, scope: Scope, data: dict[str, Any], provider_id: UUID) -> Response:
        """Somebody sees patients there from a day on."""
        schedule, valid_from = data.pop("schedule"), data.pop("valid_from")
        return answer(_practice(scope, *doctors.add_doctor(scope, provider_id, data, schedule, valid_from)), 201)


@blp.route("/doctors/<uuid:doctor_id>")
class DoctorView(MethodView):
    """One doctor, wherever they practise."""

    @blp.access(Role.ADMIN)
    @blp.arguments(DoctorChange)
    @blp.response(200, RegisteredDoctor)
    def patch(self, scope: Scope, data: dict[str, Any], doctor_id: UUID) -> Response:
        """Another name, specialty or languages, or nobody who treats any more."""
        return answer(_doctor(scope, doctors.change_doctor(scope, doctor_id, data)))


@blp.route("/doctor-practices/<uuid:practice_id>")
class PracticeView(MethodView):
    """A doctor's time at a facility."""

    @blp.access(Role.ADMIN)
    @blp.arguments(PracticeChange)
    @blp.response(200, PracticeRow)
    def patch(self, scope: Scope, data: dict[str, Any], practice_id: UUID) -> Response:
        """Other hours, or the last day."""
        row = doctors.change_practice(scope, practice_id, data)
        return answer(_practice(scope, registry_queries.doctor(scope, row.doctor_id), row))


def _practice(scope: Scope, doctor: Doctor, practice: DoctorPractice) -> dict[str, Any]:
    names = ("id", "schedule", "valid_from", "valid_until")
    return {name: getattr(practice, name) for name in names} | {"doctor": _doctor(scope, doctor)}


def _doctor(scope: Scope, row: Doctor) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in ("id", "country", "code", "name", "languages", "active")}
    return shown | {"specialty": row.specialty and specialties.shown(row.specialty, scope.language)}
