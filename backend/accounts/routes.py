"""Signing in and out, who I am, my devices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request
from flask.views import MethodView

from backend.access import STAFF, Role, Scope
from backend.accounts import schemas, service
from backend.accounts.codes import Asker
from backend.accounts.digests import RefreshToken
from backend.accounts.staff_routes import staff_blueprint
from backend.api import Blueprint, answer, open_scope
from backend.clients.registry import ClientFacts, client_by_slug
from backend.errors import InvalidShape, NotFound, Unauthorized
from backend.idempotency import HEADER
from backend.kit import phone as phones
from backend.settings import Settings

blp = Blueprint("accounts", __name__, url_prefix="/api/v1", description="Signing in and out")


def asker(device_key: str | None = None) -> Asker:
    """Where this request comes from."""
    return Asker(request.remote_addr or "", device_key)


def _e164(text: str, client: ClientFacts) -> str:
    try:
        return phones.normalise(text, client.country)
    except phones.InvalidPhone as error:
        raise InvalidShape(figures={"json": {"phone": ["not a telephone number"]}}) from error


@blp.route("/sign-in/code")
class SignInCodes(MethodView):
    """Codes to sign in with."""

    @blp.public("nobody is signed in yet")
    @blp.arguments(schemas.CodeRequestSchema)
    @blp.response(202)
    def post(self, data: dict[str, Any]) -> Response:
        """Send a one-time code to a member's number; the answer is the same whoever it belongs to."""
        try:
            client = client_by_slug(data["client"])
        except NotFound:
            return answer({}, 202)
        scope = open_scope(client.id)
        service.request_sign_in_code(scope, _e164(data["phone"], client), asker(data["device_key"]), data["channel"])
        return answer({}, 202)


@blp.route("/sign-in")
class SignIns(MethodView):
    """Sessions of members."""

    @blp.public("this is the way in")
    @blp.arguments(schemas.SignInSchema)
    @blp.response(201, schemas.TokensSchema)
    def post(self, data: dict[str, Any]) -> Response:
        """Sign in with a code, or with a Firebase ID token where the client allows it."""
        client, label, here = client_by_slug(data["client"]), request.user_agent.string, asker(data["device_key"])
        scope = open_scope(client.id)
        if "firebase_id_token" in data:
            return answer(service.sign_in_by_firebase(scope, data["firebase_id_token"], here, label), 201)
        return answer(service.sign_in_by_code(scope, _e164(data["phone"], client), data["code"], here, label), 201)


@blp.route("/sign-in/refresh")
class Refreshes(MethodView):
    """Sessions going on."""

    @blp.public("the refresh token is the proof")
    @blp.repeatable("The same token and key within a minute give the same refresh token: for an answer that was lost.")
    @blp.arguments(schemas.RefreshSchema)
    @blp.response(201, schemas.TokensSchema)
    def post(self, data: dict[str, Any]) -> Response:
        """The next tokens; a refresh token that was used before ends the session"""
        token = RefreshToken.decode(data["refresh_token"])
        if token is None:
            raise Unauthorized("access.session_ended")
        key = request.headers.get(HEADER)
        return answer(service.refresh(open_scope(token.client_id), token, key), 201)


@blp.route("/sign-out")
class SignOuts(MethodView):
    """Sessions ending."""

    @blp.access(Role.MEMBER, *STAFF)
    @blp.response(204)
    def post(self, scope: Scope) -> None:
        """End this session at once, access tokens included."""
        service.sign_out(scope)


@blp.route("/me")
class Me(MethodView):
    """Whoever asks."""

    @blp.access(Role.MEMBER, *STAFF)
    @blp.response(200, schemas.MeSchema)
    def get(self, scope: Scope) -> Response:
        """Who is signed in: a member with those they may act for, or staff with their clients."""
        return answer(service.describe(scope))


@blp.route("/me/devices")
class Devices(MethodView):
    """Where a member has signed in."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.DeviceListSchema)
    def get(self, scope: Scope) -> Response:
        """The devices I have signed in from, the latest used first."""
        return answer({"items": service.list_devices(scope)})


@blp.route("/sign-out/everywhere")
class SignOutsEverywhere(MethodView):
    """Every session of a member ending."""

    @blp.access(Role.MEMBER)
    @blp.response(204)
    def post(self, scope: Scope) -> None:
        """End every session of mine at once, this one and all access tokens included."""
        service.sign_out_everywhere(scope)


@blp.route("/me/devices/<uuid:device_id>")
class OneDevice(MethodView):
    """One device of a member."""

    @blp.access(Role.MEMBER)
    @blp.response(204)
    def delete(self, scope: Scope, device_id: UUID) -> None:
        """Sign out everywhere on this device and treat it as a stranger from now on."""
        service.sign_out_device(scope, device_id)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The routes of this domain."""
    return [blp, staff_blueprint]
