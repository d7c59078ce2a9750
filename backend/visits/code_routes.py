"""HTTP of what a desk keeps to check codes without a connection."""

from __future__ import annotations

from flask import Response, request
from flask.views import MethodView

from backend.api import Blueprint, answer
from backend.visits import revocation
from backend.visits.schemas import desk as schemas

blp = Blueprint("codes", __name__, description="What checks codes without a connection")


@blp.route("/.well-known/careline-revoked-codes.json")
class RevokedCodes(MethodView):
    """Codes that were stopped before their end."""

    @blp.public("short hashes without anything personal: a desk asks them for a code it was shown")
    @blp.response(200, schemas.RevokedCodesSchema)
    def get(self) -> Response:
        """Marks of codes that no longer count, with an ETag: 304 while nothing changed"""
        found = revocation.revoked_codes()
        response = answer({"as_of": found.as_of, "marks": found.marks})
        response.set_etag(found.tag)
        response.headers["Cache-Control"] = "public, no-cache"
        response.make_conditional(request)
        return response
