"""HTTP of guarantee letters: asked for by members and the helpline, issued by staff, confirmed at the desk or by HR."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.guarantees import schemas, service
from backend.settings import Settings

blp = Blueprint("guarantees", __name__, url_prefix="/api/v1/guarantee-letters", description="Letters of guarantee")

_ISSUERS = (Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.ADMIN)
_READERS = (Role.MEMBER, Role.HR, Role.PROVIDER, *_ISSUERS)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp]


@blp.route("")
class Letters(MethodView):
    """All of them."""

    @blp.access(Role.MEMBER, *_ISSUERS)
    @blp.idempotent
    @blp.arguments(schemas.NewLetterSchema)
    @blp.response(201, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Ask for an initial letter for an inpatient without the card; one that is open already comes back"""
        return answer(service.letter_answer(scope, service.request(scope, **data).id), 201)

    @blp.access(*_READERS)
    @blp.arguments(schemas.LetterQuerySchema, location="query")
    @blp.response(200, schemas.LetterListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Letters, the newest first; a front desk sees those made out to it"""
        return answer(service.list_letters(scope, **query))


@blp.route("/<uuid:letter_id>")
class OneLetter(MethodView):
    """One of them."""

    @blp.access(*_READERS)
    @blp.response(200, schemas.LetterSchema)
    def get(self, scope: Scope, letter_id: UUID) -> Response:
        """A letter and what became of it"""
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/letter.pdf")
class LetterPaper(MethodView):
    """The letter on paper."""

    @blp.access(*_READERS)
    @blp.response(200, content_type="application/pdf")
    def get(self, scope: Scope, letter_id: UUID) -> Response:
        """The letter in the client's brand, in its first language and in English"""
        response = Response(service.letter_pdf(scope, letter_id), mimetype="application/pdf")
        response.headers["Cache-Control"] = "no-store"
        return response


@blp.route("/<uuid:letter_id>/issue")
class Issue(MethodView):
    """A person at the helpline says yes."""

    @blp.access(*_ISSUERS)
    @blp.arguments(schemas.HospitalSchema)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Issue the letter for the hours of the contract; the hospital can be corrected here"""
        service.issue(scope, letter_id, **data)
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/confirm")
class Confirmation(MethodView):
    """The card, or HR's word."""

    @blp.access(Role.AGENT, Role.PROVIDER, Role.HR)
    @blp.arguments(schemas.ConfirmationSchema)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Confirm the letter: desk and helpline by the card that was shown, HR by a written statement"""
        service.confirm(scope, letter_id, **data)
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/void")
class Withdrawal(MethodView):
    """It holds no longer."""

    @blp.access(*_ISSUERS)
    @blp.arguments(schemas.VoidSchema)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Withdraw a letter and say why"""
        service.void(scope, letter_id, data["reason"])
        return answer(service.letter_answer(scope, letter_id))
