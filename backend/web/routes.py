"""Serves the member app of each client and the modules behind it, under a strict content security policy."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

import orjson
from flask import Response
from flask.views import MethodView

from backend.api import Blueprint
from backend.branding import loader
from backend.branding.files import theme_css
from backend.errors import NotFound
from backend.settings import Settings
from backend.web.files import APP_FOLDERS, FRONT_DESK_FILES, build, template
from backend.web.shell_head import head

_YEAR = "public, max-age=31536000, immutable"
_CSP = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' blob: data:; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_DESK_CSP = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; media-src blob:; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

_FRONT_DESK_CSP = f"{_DESK_CSP}; worker-src 'self'"

_REFERENCE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

blp = Blueprint("web", __name__, description="The pages.")


@blp.route("/c/<slug>/")
class MemberApp(MethodView):
    """The shell of a client's app."""

    @blp.public("the shell holds no data; members sign in inside it")
    def get(self, slug: str) -> Response:
        """The member app of a client."""
        brand = loader.brand_of(slug)
        home = f"/c/{slug}/"
        shown = {"slug": slug, "name": escape(brand.name), "language": brand.languages[0], "home": home}
        return _shell("member/index.html", _CSP, {**shown, "head": head(brand, home)})


@blp.route("/desk/")
class Desk(MethodView):
    """The shell of the desk."""

    @blp.public("the shell holds no data; staff sign in inside it")
    def get(self) -> Response:
        """The desk of the helpline, for the staff of every client."""
        return _shell("desk/index.html", _DESK_CSP)


@blp.route("/provider/")
class FrontDesk(MethodView):
    """The shell of the front desk."""

    @blp.public("the shell holds no data; people of a facility sign in inside it")
    def get(self) -> Response:
        """The front desk of a facility."""
        return _shell("provider/index.html", _FRONT_DESK_CSP)


@blp.route("/claims/")
class Workbench(MethodView):
    """The shell of the analysts' workbench."""

    @blp.public("the shell holds no data; analysts sign in inside it")
    def get(self) -> Response:
        """The workbench of the analysts who decide claims."""
        return _shell("claims/index.html", _DESK_CSP)


@blp.route("/finance/")
class Finance(MethodView):
    """The shell of the fund's pages."""

    @blp.public("the shell holds no data; finance and HR sign in inside it")
    def get(self) -> Response:
        """The money of every client: fund, payments, bank, excess."""
        return _shell("finance/index.html", _DESK_CSP)


@blp.route("/provider/sw.js")
class FrontDeskWorker(MethodView):
    """The service worker of the front desk."""

    @blp.public("part of the shell")
    def get(self) -> Response:
        """The service worker that keeps the shell, so that codes can be read without network."""
        kept = [build().path(name) for name in build().files if name.startswith(FRONT_DESK_FILES)]
        values = {"build": build().path("").rstrip("/"), "files": orjson.dumps(kept).decode()}
        return _asked_for_each_time(template("provider/sw.js", values), "text/javascript")


@blp.route("/c/<slug>/sw.js")
class ServiceWorker(MethodView):
    """The service worker of a client's app."""

    @blp.public("part of the shell")
    def get(self, slug: str) -> Response:
        """The service worker that keeps the shell for a place without network."""
        brand = loader.brand_of(slug)
        kept = [build().path(name) for name in build().files if name.startswith(APP_FOLDERS)]
        looks = [
            "theme.css",
            "manifest.webmanifest",
            "icon-192.png",
            "favicon.svg",
            *(f"logo-{kind}.svg" for kind in brand.logo),
        ]
        kept += [f"/c/{slug}/{name}" for name in looks]
        values = {"build": build().path("").rstrip("/"), "slug": slug, "files": orjson.dumps(kept).decode()}
        text = template("member/sw.js", {**values, "brand": _looks_of(brand)})
        return _asked_for_each_time(text, "text/javascript")


@blp.route("/web/<name>/<path:file>")
class Module(MethodView):
    """A module, style sheet or picture of the pages."""

    @blp.public("code and styles, the same for everybody")
    def get(self, name: str, file: str) -> Response:
        """A file of the current build."""
        found = build().files.get(file)
        if found is None or name != build().name:
            raise NotFound()
        answer = Response(found.content, mimetype=found.media_type)
        answer.headers["Cache-Control"] = _YEAR
        return _guarded(answer)


def _looks_of(brand: loader.Brand) -> str:
    """Changes whenever what a browser keeps of the brand changes."""
    parts = [theme_css(brand).encode(), *(path.read_bytes() for path in brand.logo.values())]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


@blp.route("/docs")
class Reference(MethodView):
    """The API's document for people."""

    @blp.public("the document says what may be asked, and holds no data")
    def get(self) -> Response:
        """The API documentation as a page."""
        page = template("reference/index.html", {"build": build().path("").rstrip("/")})
        answer = Response(page, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = _REFERENCE_CSP
        return _guarded(answer)


def _shell(page: str, policy: str, values: Mapping[str, str] = MappingProxyType({})) -> Response:
    """A page under ``policy``, whose one inline script carries a nonce of its own."""
    nonce = secrets.token_urlsafe(16)
    text = template(page, {**values, "nonce": nonce, "build": build().path("").rstrip("/")})
    answer = _asked_for_each_time(text, "text/html")
    answer.headers["Content-Security-Policy"] = policy.format(nonce=nonce)
    return answer


def _asked_for_each_time(text: str, media_type: str) -> Response:
    """What a browser keeps but never uses without asking whether it is still the same."""
    answer = Response(text, mimetype=media_type)
    answer.headers["Cache-Control"] = "no-cache"
    return _guarded(answer)


def _guarded(answer: Response) -> Response:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
    return answer


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The pages' routes."""
    return [blp]
