"""HTTP of a stay under a letter: admitted, longer, billed, paid, gone home."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.guarantees import service
from backend.guarantees.schemas import letters as schemas
from backend.guarantees.told import Told

blp = Blueprint("stays", __name__, url_prefix="/api/v1/guarantee-letters", description="Stays under a letter")

_DESKS = (Role.AGENT, Role.PROVIDER, Role.DOCTOR, Role.CLAIMS, Role.ADMIN)


@blp.route("/<uuid:letter_id>/admission")
class Admission(MethodView):
    """The patient is in bed."""

    @blp.access(*_DESKS, key_scope="letters")
    @blp.arguments(schemas.LetterAdmissionSchema)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Use the letter for an admission, once"""
        service.admit(scope, letter_id, **data)
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/extensions")
class Extensions(MethodView):
    """Longer or dearer."""

    @blp.access(*_DESKS, key_scope="letters")
    @blp.idempotent
    @blp.arguments(schemas.LetterExtensionSchema)
    @blp.response(201, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Ask for more days or more money, and say why"""
        service.extend(scope, letter_id, data.pop("days"), Told.of(data))
        return answer(service.letter_answer(scope, letter_id), 201)


@blp.route("/<uuid:letter_id>/discharge")
class Discharge(MethodView):
    """The bill."""

    @blp.access(*_DESKS, key_scope="letters")
    @blp.idempotent
    @blp.arguments(schemas.LetterDischargeSchema)
    @blp.response(201, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Send the bill: within the promise the letter is final at once, beyond it somebody looks first"""
        service.finalise(scope, letter_id, service.Discharge(**data))
        return answer(service.letter_answer(scope, letter_id), 201)


@blp.route("/<uuid:letter_id>/excess")
class Excess(MethodView):
    """What the patient pays at the desk."""

    @blp.access(*_DESKS, key_scope="letters")
    @blp.idempotent
    @blp.arguments(schemas.CollectedExcessSchema)
    @blp.response(201, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Record excess cost that was collected; not more than is due"""
        service.collect(scope, letter_id, data["amount"])
        return answer(service.letter_answer(scope, letter_id), 201)


@blp.route("/<uuid:letter_id>/departure")
class Departure(MethodView):
    """Home."""

    @blp.access(*_DESKS, key_scope="letters")
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, letter_id: UUID) -> Response:
        """The patient leaves; refused while excess cost is unpaid"""
        service.leave(scope, letter_id)
        return answer(service.letter_answer(scope, letter_id))
