"""HTTP of guarantee letters: asked for, issued, confirmed, extended, withdrawn; and the paper that proves them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend import languages
from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.guarantees import service, stay_routes
from backend.guarantees.estimate_routes import blp as estimates_blp
from backend.guarantees.schemas import letters as schemas
from backend.guarantees.told import Told
from backend.settings import Settings

blp = Blueprint("guarantees", __name__, url_prefix="/api/v1/guarantee-letters", description="Letters of guarantee")

_ISSUERS = (Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.ADMIN)
_READERS = (Role.MEMBER, Role.HR, Role.PROVIDER, *_ISSUERS)
_WHOM_AND_WHERE = ("member_id", "provider_name", "provider_id", "admission_on")


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp, stay_routes.blp, estimates_blp]


@blp.route("")
class Letters(MethodView):
    """All of them."""

    @blp.access(Role.MEMBER, Role.PROVIDER, *_ISSUERS, key_scope="letters")
    @blp.idempotent
    @blp.arguments(schemas.NewLetterSchema)
    @blp.response(201, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Ask for a letter for an inpatient, with or without the card; one that is open already comes back"""
        asked = {name: data.pop(name) for name in _WHOM_AND_WHERE}
        letter = service.request(scope, **asked, told=Told.of(data))
        return answer(service.letter_answer(scope, letter.id), 201)

    @blp.access(*_READERS, key_scope="letters")
    @blp.arguments(schemas.LetterQuerySchema, location="query")
    @blp.response(200, schemas.LetterListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Letters, the newest first; a front desk sees those made out to it"""
        return answer(service.list_letters(scope, **query))


@blp.route("/waiting")
class Waiting(MethodView):
    """What hospitals wait for."""

    @blp.access(*_ISSUERS)
    @blp.arguments(schemas.GuaranteeAskQuerySchema, location="query")
    @blp.response(200, schemas.WaitingGuaranteeListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Asks without an answer, the one that is owed first at the top, with the time until it is late"""
        return answer(service.list_asks(scope, **query))


@blp.route("/verify")
class Verification(MethodView):
    """A code is shown."""

    @blp.access(Role.PROVIDER, *_ISSUERS, key_scope="letters")
    @blp.arguments(schemas.LetterCodeSchema)
    @blp.response(200, schemas.VerifiedLetterSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Whether the code of a letter is genuine, and whether the patient can be admitted on it; every try is noted"""
        found = service.verify(scope, data["qr"])
        words = languages.message(found["problem"], scope.language) if found["problem"] else None
        return answer({**found, "message": words})


@blp.route("/<uuid:letter_id>")
class OneLetter(MethodView):
    """One of them."""

    @blp.access(*_READERS, key_scope="letters")
    @blp.response(200, schemas.LetterSchema)
    def get(self, scope: Scope, letter_id: UUID) -> Response:
        """A letter, what was asked of it until when, and what became of it"""
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/letter.pdf")
class LetterPaper(MethodView):
    """The letter on paper."""

    @blp.access(*_READERS, key_scope="letters")
    @blp.response(200, content_type="application/pdf")
    def get(self, scope: Scope, letter_id: UUID) -> Response:
        """The letter in the client's brand, in its first language and in English, with a code that proves it"""
        response = Response(service.letter_pdf(scope, letter_id), mimetype="application/pdf")
        response.headers["Cache-Control"] = "no-store"
        return response


@blp.route("/<uuid:letter_id>/issue")
class Issue(MethodView):
    """A person at the helpline says yes."""

    @blp.access(*_ISSUERS)
    @blp.arguments(schemas.LetterIssueSchema)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Issue the letter for the hours of the contract; hospital and estimate can be corrected here"""
        service.issue(scope, letter_id, **data)
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/confirm")
class Confirmation(MethodView):
    """The card, or HR's word."""

    @blp.access(Role.AGENT, Role.PROVIDER, Role.HR, key_scope="letters")
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


@blp.route("/<uuid:letter_id>/approval")
class Approval(MethodView):
    """Yes."""

    @blp.access(*_ISSUERS)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, letter_id: UUID) -> Response:
        """Approve what the hospital asked last; above the contract's amount a doctor does"""
        service.approve(scope, letter_id)
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/refusal")
class Refusal(MethodView):
    """No, and why."""

    @blp.access(*_ISSUERS)
    @blp.arguments(schemas.VoidSchema)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Refuse what the hospital asked last, with a reason that hospital and member read"""
        service.refuse_ask(scope, letter_id, data["reason"])
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/papers-wanted")
class PapersWanted(MethodView):
    """Not yet."""

    @blp.access(*_ISSUERS)
    @blp.arguments(schemas.WantedPapersSchema)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Ask the hospital for papers; the clock stands until they come"""
        service.want_papers(scope, letter_id, data["which"])
        return answer(service.letter_answer(scope, letter_id))


@blp.route("/<uuid:letter_id>/papers")
class Papers(MethodView):
    """Here they are."""

    @blp.access(Role.PROVIDER, Role.MEMBER, *_ISSUERS, key_scope="letters")
    @blp.arguments(schemas.LetterPapersSchema)
    @blp.response(200, schemas.LetterSchema)
    def post(self, scope: Scope, data: dict[str, Any], letter_id: UUID) -> Response:
        """Bring the papers that were asked for; the clock goes on"""
        service.bring_papers(scope, letter_id, **data)
        return answer(service.letter_answer(scope, letter_id))
