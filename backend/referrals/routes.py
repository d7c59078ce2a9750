"""HTTP of referrals: written by doctors and desks, accepted once, read as a path by their member."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.referrals import request_routes, schemas, service
from backend.settings import Settings

blp = Blueprint("referrals", __name__, url_prefix="/api/v1/referrals", description="Referrals and their codes")

_WRITERS = (Role.DOCTOR, Role.PROVIDER, Role.CLAIMS)
_READERS = (Role.MEMBER, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.PROVIDER, Role.HR)
_SCANNERS = (Role.AGENT, Role.DOCTOR, Role.PROVIDER)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp, request_routes.blp]


@blp.route("")
class Referrals(MethodView):
    """All of them."""

    @blp.access(*_WRITERS)
    @blp.idempotent
    @blp.arguments(schemas.NewReferralSchema)
    @blp.response(201, schemas.ReferralSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Write a referral to the next tier; claims staff write it from a paid visit"""
        return answer(service.referral_answer(scope, service.write(scope, **data).code), 201)

    @blp.access(*_READERS)
    @blp.arguments(schemas.ReferralQuerySchema, location="query")
    @blp.response(200, schemas.ReferralListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Referrals, the newest first; a facility sees its own, an employer that they are, not for what"""
        return answer(service.list_referrals(scope, **query))


@blp.route("/path")
class Path(MethodView):
    """The chain as its member sees it."""

    @blp.access(Role.MEMBER, Role.AGENT, Role.DOCTOR)
    @blp.arguments(schemas.ReferralPathQuerySchema, location="query")
    @blp.response(200, schemas.ReferralPathSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Where a member is, where they may go next and until when"""
        return answer(service.path_answer(scope, query["member_id"]))


@blp.route("/vocabulary")
class Vocabulary(MethodView):
    """What a referral can be for."""

    @blp.access(*_READERS)
    @blp.response(200, schemas.ReferralVocabularySchema)
    def get(self, scope: Scope) -> Response:
        """Specialties and the illnesses of the back-referral programme, in the reader's language"""
        return answer(service.vocabulary(scope))


@blp.route("/scan")
class Scan(MethodView):
    """A QR in front of a desk."""

    @blp.access(*_SCANNERS, key_scope="referrals")
    @blp.arguments(schemas.ReferralQrSchema)
    @blp.response(200, schemas.ReferralVerdictSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Is this code genuine, and can it be used here and now? Nothing is used up by asking"""
        return answer(service.scan(scope, data["qr"]))


@blp.route("/<string:referral_code>")
class OneReferral(MethodView):
    """One of them."""

    @blp.access(*_READERS, key_scope="referrals")
    @blp.response(200, schemas.ReferralSchema)
    def get(self, scope: Scope, referral_code: str) -> Response:
        """A referral, its QR while it opens a door, and what happened to it"""
        return answer(service.referral_answer(scope, referral_code))


@blp.route("/<string:referral_code>/referral.pdf")
class ReferralPaper(MethodView):
    """The referral on paper."""

    @blp.access(Role.MEMBER, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.PROVIDER)
    @blp.response(200, content_type="application/pdf")
    def get(self, scope: Scope, referral_code: str) -> Response:
        """The referral in the client's brand, in its first language and in English, with the QR"""
        response = Response(service.referral_pdf(scope, referral_code), mimetype="application/pdf")
        response.headers["Cache-Control"] = "no-store"
        return response


@blp.route("/<string:referral_code>/accept")
class Acceptance(MethodView):
    """A patient shows the code."""

    @blp.access(*_SCANNERS, key_scope="referrals")
    @blp.idempotent
    @blp.arguments(schemas.ReferralAcceptanceSchema)
    @blp.response(200, schemas.ReferralSchema)
    def post(self, scope: Scope, data: dict[str, Any], referral_code: str) -> Response:
        """Accept the referral, or count another visit where it was accepted; one facility wins"""
        return answer(service.referral_answer(scope, service.accept(scope, referral_code, **data).code))


@blp.route("/<string:referral_code>/complete")
class Completion(MethodView):
    """The treatment is finished."""

    @blp.access(Role.DOCTOR, Role.PROVIDER, key_scope="referrals")
    @blp.response(200, schemas.ReferralSchema)
    def post(self, scope: Scope, referral_code: str) -> Response:
        """Call the treatment finished; the patient may come back for a while with a continuation"""
        return answer(service.referral_answer(scope, service.complete(scope, referral_code).code))


@blp.route("/<string:referral_code>/cancel")
class Cancellation(MethodView):
    """It holds no longer."""

    @blp.access(Role.DOCTOR, Role.AGENT, Role.CLAIMS)
    @blp.arguments(schemas.ReferralReasonSchema)
    @blp.response(200, schemas.ReferralSchema)
    def post(self, scope: Scope, data: dict[str, Any], referral_code: str) -> Response:
        """Withdraw a referral and say why"""
        return answer(service.referral_answer(scope, service.cancel(scope, referral_code, data["reason"]).code))


@blp.route("/<string:referral_code>/onward")
class Onward(MethodView):
    """To another specialist."""

    @blp.access(Role.DOCTOR, Role.PROVIDER, key_scope="referrals")
    @blp.idempotent
    @blp.arguments(schemas.OnwardReferralSchema)
    @blp.response(201, schemas.ReferralSchema)
    def post(self, scope: Scope, data: dict[str, Any], referral_code: str) -> Response:
        """Refer on to another specialist without a new first-level visit"""
        return answer(service.referral_answer(scope, service.onward(scope, referral_code, **data).code), 201)


@blp.route("/<string:referral_code>/continuation")
class Continuation(MethodView):
    """Back to an earlier facility."""

    @blp.access(Role.MEMBER, Role.AGENT, Role.DOCTOR, Role.PROVIDER)
    @blp.idempotent
    @blp.response(201, schemas.ReferralSchema)
    def post(self, scope: Scope, referral_code: str) -> Response:
        """Take the right to come back where one was treated, without a new first-level visit"""
        return answer(service.referral_answer(scope, service.continuation(scope, referral_code).code), 201)


@blp.route("/<string:referral_code>/back")
class Back(MethodView):
    """Home to the first tier."""

    @blp.access(Role.DOCTOR, Role.PROVIDER, key_scope="referrals")
    @blp.idempotent
    @blp.arguments(schemas.BackReferralSchema)
    @blp.response(201, schemas.ReferralSchema)
    def post(self, scope: Scope, data: dict[str, Any], referral_code: str) -> Response:
        """Hand a stable chronic patient back to the first tier, with the specialist's certificate"""
        return answer(service.referral_answer(scope, service.send_back(scope, referral_code, **data).code), 201)


@blp.route("/<string:referral_code>/supplies")
class Supplies(MethodView):
    """Medicine under a back-referral."""

    @blp.access(Role.DOCTOR, Role.PROVIDER)
    @blp.idempotent
    @blp.arguments(schemas.ChronicSupplySchema)
    @blp.response(201, schemas.ReferralSchema)
    def post(self, scope: Scope, data: dict[str, Any], referral_code: str) -> Response:
        """Note medicine that was handed out: a month at a time, when the last has run out"""
        return answer(
            service.referral_answer(scope, service.record_supply(scope, referral_code, data["days"]).code), 201
        )
