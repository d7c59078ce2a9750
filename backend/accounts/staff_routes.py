"""Staff signing in, their authenticators, and who works at a client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request
from flask.views import MethodView

from backend.access import STAFF, Role, Scope
from backend.accounts import directory, schemas, service
from backend.accounts.codes import Asker
from backend.api import Blueprint, CreatedSchema, answer, open_scope
from backend.clients.registry import client_by_slug

staff_blueprint = Blueprint("staff", __name__, url_prefix="/api/v1/staff", description="Staff of every role")
blp = staff_blueprint


def _asker() -> Asker:
    return Asker(request.remote_addr or "")


def _scope_of(email: str, client: str | None = None) -> Scope:
    return open_scope(directory.client_for(email.lower(), client))


@blp.route("/sign-in")
class StaffSignIns(MethodView):
    """Sessions of staff."""

    @blp.public("this is the way in")
    @blp.arguments(schemas.StaffSignInSchema)
    @blp.response(201, schemas.TokensSchema)
    def post(self, data: dict[str, Any]) -> Response:
        """Sign in with e-mail and password, and an authenticator code where one is enrolled."""
        scope = _scope_of(data["email"], data.pop("client"))
        return answer(service.sign_in_staff(scope, data.pop("email"), data.pop("password"), _asker(), **data), 201)


@blp.route("/client")
class ClientChoices(MethodView):
    """Working for another client."""

    @blp.access(*STAFF)
    @blp.arguments(schemas.ClientChoiceSchema)
    @blp.response(201, schemas.TokensSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Go on at another client I work for, without signing in again; the present session ends."""
        return answer(service.switch_client(scope, open_scope(client_by_slug(data["client"]).id)), 201)


@blp.route("/totp")
class Authenticators(MethodView):
    """Authenticator apps."""

    @blp.public("needed before the first sign-in; the password is the proof")
    @blp.arguments(schemas.StaffProofSchema)
    @blp.response(200, schemas.TotpSecretSchema)
    def post(self, data: dict[str, Any]) -> Response:
        """Begin to enrol an authenticator app: the secret to scan."""
        return answer(service.enrol_totp(_scope_of(data["email"]), data["email"], data["password"], _asker()))


@blp.route("/totp/confirmation")
class AuthenticatorConfirmations(MethodView):
    """Authenticator apps that work."""

    @blp.public("needed before the first sign-in; password and code are the proof")
    @blp.arguments(schemas.TotpConfirmationSchema)
    @blp.response(204)
    def post(self, data: dict[str, Any]) -> None:
        """Confirm the authenticator with the code it shows; from now on it is asked for."""
        scope = _scope_of(data["email"])
        service.confirm_totp(scope, data["email"], data["password"], data["one_time_code"], _asker())


@blp.route("/password")
class Passwords(MethodView):
    """My password."""

    @blp.access(*STAFF)
    @blp.arguments(schemas.PasswordChangeSchema)
    @blp.response(204)
    def put(self, scope: Scope, data: dict[str, Any]) -> None:
        """Replace my password; my other sessions end."""
        service.change_password(scope, data["old_password"], data["new_password"], _asker())


@blp.route("")
class StaffList(MethodView):
    """Who works at the client."""

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.StaffListSchema)
    def get(self, scope: Scope) -> Response:
        """Everybody who works at this client."""
        return answer({"items": service.list_staff(scope)})

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(schemas.NewStaffSchema)
    @blp.response(201, CreatedSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Let somebody work at this client; they change the password you chose."""
        return answer({"id": service.add_staff(scope, **{**data, "role": Role(data["role"])})}, 201)


@blp.route("/<uuid:staff_id>")
class OneOfStaff(MethodView):
    """Somebody who works at the client."""

    @blp.access(Role.ADMIN)
    @blp.response(204)
    def delete(self, scope: Scope, staff_id: UUID) -> None:
        """End somebody's work at this client: their sessions here end at once."""
        service.remove_staff(scope, staff_id)


@blp.route("/<uuid:staff_id>/temporary-password")
class TemporaryPasswords(MethodView):
    """Passwords that an administrator hands out."""

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.TemporaryPasswordSchema)
    def post(self, scope: Scope, staff_id: UUID) -> Response:
        """Replace a forgotten password by one for a single sign-in; their sessions end at once."""
        response = answer(service.hand_out_password(scope, staff_id)._asdict())
        response.headers["Cache-Control"] = "no-store"
        return response


@blp.route("/<uuid:staff_id>/totp")
class LostAuthenticators(MethodView):
    """Authenticators that were lost."""

    @blp.access(Role.ADMIN)
    @blp.response(204)
    def delete(self, scope: Scope, staff_id: UUID) -> None:
        """Forget somebody's authenticator so that they enrol another; their sessions end at once."""
        service.take_off_authenticator(scope, staff_id)
