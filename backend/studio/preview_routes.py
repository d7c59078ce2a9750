"""HTTP of previews: the real app with a brand that is not published, for a person who is made up.

Whoever has the link sees it, and nothing else: a link leads to one client's brand, ends by itself, and writes nothing.
"""

from __future__ import annotations

from html import escape
from typing import Any

import marshmallow as ma
from flask import Response, request
from flask.views import MethodView

from backend.access import Role, Scope
from backend.accounts.rules import network_of
from backend.api import Blueprint, Schema, answer, language_of_request, open_scope
from backend.branding.loader import Brand
from backend.clients.registry import client_by_id, client_by_slug
from backend.errors import Forbidden, NotFound, TooManyRequests
from backend.kit import clock, locales
from backend.kit.rate import RateLimit
from backend.languages import message
from backend.notifications.rules import Channel
from backend.studio import made_up, rules, samples, service
from backend.studio.made_up import Reader
from backend.studio.samples import Occasion, Sample
from backend.web.member_shell import member_page

blp = Blueprint("previews", __name__, description="A brand before it is published")

_WHY = "whoever has the link may look; it shows a brand and a made-up person, and ends by itself"
_PREVIEW_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' blob: data:; manifest-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_FILE_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
_SCHEMES = ("light", "dark")
_LOOKS = RateLimit(600, seconds=60)
"""Requests of one network in a minute: some twenty openings of the app."""


class SampleQuerySchema(Schema):
    """In which language; the brand's first one unless said otherwise. The colours of a ``scheme`` are in the files."""

    language = ma.fields.String(validate=ma.validate.OneOf(locales.codes()))
    scheme = ma.fields.String(validate=ma.validate.OneOf(_SCHEMES))


@blp.route("/api/v1/studio/draft/sample/<what>")
class DraftSample(MethodView):
    """The draft as people would see it."""

    @blp.access(Role.HR, Role.ADMIN)
    @blp.arguments(SampleQuerySchema, location="query")
    @blp.response(200, {"type": "string", "format": "binary"}, content_type="application/octet-stream")
    def get(self, scope: Scope, query: dict[str, Any], what: str) -> Response:
        """A card, letter, mail, chat or call of the draft: `card.png`, `letter.pdf`, `mail.html`, `voice.xml` …"""
        brand = service.drafted(scope)
        spoken = samples.spoken_in(brand, query.get("language"))
        occasion = Occasion(
            client_by_id(scope.client_id), spoken, "/api/v1/studio/draft/sample", query.get("scheme", "")
        )
        return _shown(samples.sample(brand, what, occasion))


@blp.route("/c/<slug>/preview/<token>/")
class PreviewApp(MethodView):
    """The app."""

    @blp.public(_WHY)
    def get(self, slug: str, token: str) -> Response:
        """The member app in the brand of a preview link"""
        try:
            brand = _brand(slug, token)
        except NotFound:
            if "text/html" not in request.headers.get("Accept", ""):
                raise
            return _over()
        return _private(Response(_shell(brand, token), mimetype="text/html"), _PREVIEW_CSP)


@blp.route("/c/<slug>/preview/<token>/<what>")
class PreviewFile(MethodView):
    """What belongs to it."""

    @blp.public(_WHY)
    def get(self, slug: str, token: str, what: str) -> Response:
        """A rendered thing of the brand of a preview link"""
        brand = _brand(slug, token)
        spoken = samples.spoken_in(brand, request.args.get("language"))
        occasion = Occasion(client_by_slug(slug), spoken, f"/c/{slug}/preview/{token}", _scheme())
        return _shown(samples.sample(brand, what, occasion))


@blp.route("/c/<slug>/preview/<token>/api/v1/<path:path>")
class PreviewAnswer(MethodView):
    """What the app asks."""

    @blp.public(_WHY)
    def get(self, slug: str, token: str, path: str) -> Response:
        """What the API would answer the made-up person"""
        brand, client = _brand(slug, token), client_by_slug(slug)
        home = f"/c/{slug}/preview/{token}"
        occasion = Occasion(client, samples.spoken_in(brand, language_of_request()), home)
        same = _SAME_AS.get(path.replace(str(made_up.MEMBER_ID), "{me}").replace(slug, "{slug}"))
        if same is not None:
            return _shown(samples.sample(brand, same, occasion))
        told = samples.message(brand, Channel.MAIL, occasion)
        found = made_up.answer(Reader(brand, client, occasion.language, (told.title, told.text)), path)
        if found is None:
            raise Forbidden(rules.PREVIEW_ONLY)
        return _private(answer(found), _FILE_CSP)

    @blp.public(_WHY)
    def post(self, slug: str, token: str, path: str) -> Response:
        """Nothing is written in a preview"""
        raise Forbidden(rules.PREVIEW_ONLY)

    put = patch = delete = post


_SAME_AS = {
    "clients/{slug}/branding": "brand.json",
    "members/{me}/card.png": "card.png",
    "members/{me}/card.pdf": "card.pdf",
}


def _brand(slug: str, token: str) -> Brand:
    """Raises NotFound for a link that is another client's, ended or taken back; TooManyRequests."""
    wait = _LOOKS.wait(network_of(request.remote_addr or ""), clock.now())
    if wait:
        raise TooManyRequests(retry_after_seconds=wait)
    return service.previewed(open_scope(client_by_slug(slug).id), token)


def _shell(brand: Brand, token: str) -> str:
    """The page of the real app, its drawings taken from below the link, marked as a preview.

    ``language`` and ``scheme`` of the address are for the studio, whose reader may have others than the app's.
    """
    home = f"/c/{brand.slug}/preview/{token}/"
    tags = f'<meta name="robots" content="noindex">\n    <link rel="icon" href="{home}favicon.svg">'
    spoken = request.args.get("language")
    said = f' data-language="{spoken}"' if spoken in brand.languages else ""
    page = member_page(brand, home, tags, pictures=home, scheme=_scheme())
    return page.replace(" data-slug=", f' data-preview="{token}"{said} data-slug=')


def _scheme() -> str:
    """Which palette the address asks for; '' leaves it to the reader's device."""
    asked = request.args.get("scheme", "")
    return asked if asked in _SCHEMES else ""


def _over() -> Response:
    language = language_of_request()
    said = escape(message("studio.preview_over", language))
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{said}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>'
        f"<body><main><h1>{said}</h1></main></body></html>"
    )
    return _private(Response(page, status=404, mimetype="text/html"), _FILE_CSP)


def _shown(found: Sample) -> Response:
    return _private(Response(found.content, mimetype=found.media_type), _FILE_CSP)


def _private(response: Response, policy: str) -> Response:
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
