"""HTTP of the draft: saved, drawn, coloured, looked at by the gate, published."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.branding.assets import media_type
from backend.errors import InvalidShape, TooLarge
from backend.studio import archive, logos, schemas, service, typefaces

blp = Blueprint("studio_draft", __name__, url_prefix="/api/v1/studio", description="The draft of a client's brand")

_WHO = (Role.HR, Role.ADMIN)
_AROUND_THE_FILE = 64 * 1024
_KINDS = ("one", "light", "dark", "mark")
_UNSCRIPTED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@blp.route("/draft")
class Draft(MethodView):
    """The draft."""

    @blp.access(*_WHO)
    @blp.arguments(schemas.DraftSaveSchema)
    @blp.response(200, schemas.BrandDraftSchema)
    def put(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Keep settings; 409 `studio.draft_changed` when somebody else has saved since `revision`"""
        return answer(service.save(scope, **data))

    @blp.access(*_WHO)
    @blp.response(204)
    def delete(self, scope: Scope) -> None:
        """Throw the draft away and begin again from what is in force"""
        service.discard(scope)


@blp.route("/draft/logo")
class Logo(MethodView):
    """Its drawings."""

    @blp.access(*_WHO)
    @blp.idempotent
    @blp.takes_file(kind={"type": "string", "enum": list(_KINDS)})
    @blp.response(200, schemas.BrandDraftSchema)
    def post(self, scope: Scope) -> Response:
        """Take a logo (SVG, or PNG from 512 pixels): `one` makes those for light and dark ground and the mark of it"""
        upload = _uploaded(logos.MOST_BYTES)
        kind = request.form.get("kind", "one")
        if kind not in _KINDS:
            raise InvalidShape(figures={"kind": [f"one of {', '.join(_KINDS)}"]})
        return answer(service.draw_logo(scope, upload, kind))


@blp.route("/draft/typeface")
class Typeface(MethodView):
    """Its typeface."""

    @blp.access(*_WHO)
    @blp.idempotent
    @blp.takes_file()
    @blp.response(200, schemas.BrandDraftSchema)
    def post(self, scope: Scope) -> Response:
        """Take a typeface (WOFF2) that may be embedded and has every letter of the brand's languages"""
        return answer(service.set_typeface(scope, _uploaded(typefaces.MOST_BYTES)))

    @blp.access(*_WHO)
    @blp.response(200, schemas.BrandDraftSchema)
    def delete(self, scope: Scope) -> Response:
        """Write in one of the platform's own typefaces again"""
        return answer(service.remove_typeface(scope))


@blp.route("/draft/colours")
class Colours(MethodView):
    """Its colours."""

    @blp.access(*_WHO)
    @blp.arguments(schemas.PaletteQuerySchema)
    @blp.response(200, schemas.BrandDraftSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Palettes for light and dark from one colour, every pair readable"""
        return answer(service.colour(scope, **data))


@blp.route("/draft/assets/<name>")
class Asset(MethodView):
    """Its files."""

    @blp.access(*_WHO)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type="image/svg+xml")
    def get(self, scope: Scope, name: str) -> Response:
        """A drawing or the typeface of the draft"""
        content = service.asset(scope, name)
        response = Response(content, mimetype=media_type(name))
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = _UNSCRIPTED
        return response


@blp.route("/draft/check")
class Check(MethodView):
    """The gate."""

    @blp.access(*_WHO)
    @blp.response(200, schemas.BrandVerdictSchema)
    def post(self, scope: Scope) -> Response:
        """May the draft be published? Every defect of it, with the place to mend"""
        return answer(service.check(scope))


@blp.route("/draft/publish")
class Publication(MethodView):
    """Publishing."""

    @blp.access(*_WHO)
    @blp.idempotent
    @blp.arguments(schemas.PublicationSchema)
    @blp.response(200, schemas.BrandVersionSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Put the draft in force for everybody; 422 `studio.not_publishable` with what the gate found"""
        return answer(service.publish(scope, **data))


@blp.route("/import")
class Import(MethodView):
    """A brand from files."""

    @blp.access(*_WHO)
    @blp.idempotent
    @blp.takes_file()
    @blp.response(200, schemas.BrandDraftSchema)
    def post(self, scope: Scope) -> Response:
        """Put the brand of an exported zip into the draft"""
        return answer(service.take_in(scope, _uploaded(archive.MOST_BYTES)))


def _uploaded(most: int) -> bytes:
    """The form's file; raises InvalidShape without one, TooLarge beyond ``most`` bytes."""
    request.max_content_length = most + _AROUND_THE_FILE
    upload = request.files.get("file")
    if upload is None:
        raise InvalidShape(figures={"file": ["missing"]})
    with upload.stream as body:
        content = body.read(most + 1)
    if len(content) > most:
        raise TooLarge()
    return bytes(content)
