"""HTTP of the studio: for who brings a client's brand in."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.settings import Settings
from backend.studio import schemas, service

blp = Blueprint("studio", __name__, url_prefix="/api/v1/studio", description="A client's brand before it is published")


@blp.route("/verdict")
class Verdict(MethodView):
    """The gate."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.response(200, schemas.BrandVerdictSchema)
    def get(self, scope: Scope) -> Response:
        """May the client's brand be published? Contrast, colour-blind distance, drawings, words, foreign names"""
        return answer(service.verdict(scope))


@blp.route("/palette")
class Palette(MethodView):
    """Colours from one colour."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.arguments(schemas.PaletteQuerySchema, location="query")
    @blp.response(200, schemas.PaletteSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Light and dark palettes of a brand colour in which every pair can be read"""
        return answer(service.palette(scope, **query))


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The studio's part of the API."""
    return [blp]
