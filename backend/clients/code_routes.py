"""HTTP of a client's code: HR shows it, and whoever has it is told which company it is."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.views import MethodView

from backend.access import Role, Scope
from backend.accounts.rules import network_of
from backend.api import Blueprint, answer
from backend.branding import links
from backend.branding.loader import brand_for
from backend.branding.paper import qr_drawing
from backend.clients import codes, rules, schemas
from backend.errors import TooManyRequests
from backend.kit import clock
from backend.kit.rate import RateLimit

codes_blueprint = Blueprint(
    "client_codes", __name__, url_prefix="/api/v1", description="The code that leads to a company's app"
)

_LOOKS = RateLimit(300, seconds=600)
"""Codes tried from one network: a company's whole office on its first day, and no guesser's 10⁹."""


@codes_blueprint.route("/clients/own/code")
class OwnCode(MethodView):
    """The client's code."""

    @codes_blueprint.access(Role.HR, Role.ADMIN)
    @codes_blueprint.response(200, schemas.ClientCodeSchema)
    def get(self, scope: Scope) -> Response:
        """The code that leads to the client's app, with its address and that as a QR drawing (SVG)"""
        return answer(_shown(codes.own_code(scope)))

    @codes_blueprint.access(Role.HR, Role.ADMIN)
    @codes_blueprint.idempotent
    @codes_blueprint.response(201, schemas.ClientCodeSchema)
    def post(self, scope: Scope) -> Response:
        """A new code; the one before leads nowhere any more"""
        return answer(_shown(codes.renew_code(scope)), 201)


@codes_blueprint.route("/client-codes/look-up")
class CodeLookUp(MethodView):
    """Whose code is it?"""

    @codes_blueprint.public("the code is what one must have; it opens the page to sign in and nothing else")
    @codes_blueprint.arguments(schemas.CodeLookUpSchema)
    @codes_blueprint.response(200, schemas.FoundClientSchema)
    def post(self, data: dict[str, Any]) -> Response:
        """The client of a code, and where its app is; unknown codes and a flood of tries are refused"""
        wait = _LOOKS.wait(network_of(request.remote_addr or ""), clock.now())
        if wait:
            raise TooManyRequests(retry_after_seconds=wait)
        client = codes.client_of_code(data["code"])
        return answer({"slug": client.slug, "name": brand_for(client).name, "home": f"/c/{client.slug}/"})


def _shown(code: str) -> dict[str, str]:
    address = links.picker(code)
    return {"code": rules.code_as_shown(code), "url": address, "qr": qr_drawing(address)}
