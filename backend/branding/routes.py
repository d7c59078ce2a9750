"""What a browser fetches before anybody signs in: brand, style sheet, manifest, icons, logos."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, request
from flask.views import MethodView

from backend.api import Blueprint, dump_json, packed
from backend.branding import files, in_force, loader, pictures
from backend.branding.schemas import BrandSchema
from backend.errors import NotFound
from backend.settings import Settings

blp = Blueprint("branding", __name__, description="What a client looks and sounds like")

_WHY = "shown before anybody signs in; holds nothing personal"
_HOUR = "public, max-age=3600"
_MINUTES = "public, max-age=300, stale-while-revalidate=86400"


def blueprints(settings: Settings) -> list[Blueprint]:
    """The blueprints of this domain; refuses to start when a brand has a defect."""
    loader.use_directory(settings.brands_dir)
    loader.brands()
    in_force.follow(settings)
    return [blp]


def _file(body: bytes | str, mimetype: str, keep: str = _MINUTES) -> Response:
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = keep
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:24])
    if mimetype != "image/png":
        packed(response, lasting=True)
    response.make_conditional(request)
    return response


@blp.route("/api/v1/clients/<slug>/branding")
class Branding(MethodView):
    @blp.public(_WHY)
    @blp.alt_response(200, schema=BrandSchema)
    def get(self, slug: str) -> Any:
        """The effective brand of a client"""
        return _file(dump_json(files.as_json(loader.brand_of(slug))), "application/json")


@blp.route("/c/<slug>/theme.css")
class Theme(MethodView):
    @blp.public(_WHY)
    @blp.response(200, content_type="text/css")
    def get(self, slug: str) -> Any:
        """The client's colours and shapes as CSS custom properties"""
        return _file(files.theme_css(loader.brand_of(slug)), "text/css")


@blp.route("/c/<slug>/typeface.woff2")
class Typeface(MethodView):
    @blp.public(_WHY)
    @blp.response(200, content_type="font/woff2")
    def get(self, slug: str) -> Any:
        """The client's own typeface, where it has one"""
        path = loader.brand_of(slug).typeface
        if path is None:
            raise NotFound()
        return _file(path.read_bytes(), "font/woff2", _HOUR)


@blp.route("/c/<slug>/manifest.webmanifest")
class Manifest(MethodView):
    @blp.public(_WHY)
    @blp.response(200, content_type="application/manifest+json")
    def get(self, slug: str) -> Any:
        """The manifest of the client's member app"""
        return _file(dump_json(files.manifest(loader.brand_of(slug))), "application/manifest+json")


@blp.route("/c/<slug>/<name>.png")
class Picture(MethodView):
    @blp.public(_WHY)
    @blp.response(200, content_type="image/png")
    def get(self, slug: str, name: str) -> Any:
        """A picture made from the client's mark: icons, start screens, what a shared link shows"""
        picture = pictures.PICTURES.get(f"{name}.png")
        if picture is None:
            raise NotFound()
        return _file(pictures.drawn(loader.brand_of(slug), picture), "image/png", _HOUR)


@blp.route("/c/<slug>/favicon.svg")
class Favicon(MethodView):
    @blp.public(_WHY)
    @blp.response(200, content_type="image/svg+xml")
    def get(self, slug: str) -> Any:
        """The client's mark for a browser's tab"""
        return _file(pictures.favicon(loader.brand_of(slug)), "image/svg+xml", _HOUR)


@blp.route("/c/<slug>/logo-<kind>.svg")
class Logo(MethodView):
    @blp.public(_WHY)
    @blp.response(200, content_type="image/svg+xml")
    def get(self, slug: str, kind: str) -> Any:
        """The client's logo: light, dark, or the mark alone"""
        path = loader.brand_of(slug).logo.get(kind)
        if path is None:
            raise NotFound()
        return _file(path.read_bytes(), "image/svg+xml", _HOUR)
