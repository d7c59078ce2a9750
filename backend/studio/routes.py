"""HTTP of the studio: for who brings a client's brand in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.settings import Settings
from backend.studio import client_routes, draft_routes, preview_routes, schemas, service
from backend.studio.pack_routes import pack_blueprint

blp = Blueprint("studio", __name__, url_prefix="/api/v1/studio", description="A client's brand before it is published")


@blp.route("/verdict")
class Verdict(MethodView):
    """The gate."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.response(200, schemas.BrandVerdictSchema)
    def get(self, scope: Scope) -> Response:
        """Is the brand in force fit to be shown? Contrast, colour-blind distance, drawings, words, foreign names"""
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


@blp.route("/form")
class Form(MethodView):
    """What can be set."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.response(200, schemas.BrandFormSchema)
    def get(self, scope: Scope) -> Response:
        """What a page builds its fields from: schema, defaults, the helpline's sentences, limits"""
        return answer(service.form(scope))


@blp.route("/brand")
class Studio(MethodView):
    """The client's brand."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.response(200, schemas.StudioSchema)
    def get(self, scope: Scope) -> Response:
        """What is published and the draft; without a draft one is begun from what is in force"""
        return answer(service.studio(scope))


@blp.route("/versions")
class Versions(MethodView):
    """What was published."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.arguments(schemas.VersionPageQuerySchema, location="query")
    @blp.response(200, schemas.VersionPageSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Every version, the newest first"""
        return answer(service.versions(scope, query.get("cursor"), query["limit"]))


@blp.route("/versions/<uuid:version_id>/restore")
class Restoration(MethodView):
    """Going back."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.idempotent
    @blp.response(200, schemas.BrandVersionSchema)
    def post(self, scope: Scope, version_id: UUID) -> Response:
        """Put an earlier version in force again, as a new one; it passes the gate like any other"""
        return answer(service.restore(scope, version_id))


@blp.route("/versions/<uuid:version_id>/export")
class Export(MethodView):
    """A version as files."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
    def get(self, scope: Scope, version_id: UUID) -> Response:
        """The version as a zip of the YAML and the drawings that may live in git"""
        name, content = service.export(scope, version_id)
        response = Response(content, mimetype="application/zip")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


@blp.route("/previews")
class Previews(MethodView):
    """Links for people without a sign-in."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.response(200, schemas.BrandPreviewListSchema)
    def get(self, scope: Scope) -> Response:
        """Links that are open, the newest first; their addresses are kept nowhere"""
        return answer({"items": service.list_links(scope)})

    @blp.access(Role.HR, Role.ADMIN)
    @blp.idempotent
    @blp.arguments(schemas.NewBrandPreviewSchema)
    @blp.response(201, schemas.BrandPreviewLinkSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """A link that shows the draft as it is now; `live` shows it as it is saved"""
        return answer(service.open_link(scope, **data), 201)


@blp.route("/previews/<uuid:preview_id>")
class OnePreview(MethodView):
    """One link."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.response(204)
    def delete(self, scope: Scope, preview_id: UUID) -> None:
        """From now on the link shows nothing"""
        service.close_link(scope, preview_id)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The studio's part of the API."""
    return [blp, draft_routes.blp, preview_routes.blp, client_routes.blp, pack_blueprint]
