"""Serves the member app of each client and the modules behind it, under a strict content security policy."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

import orjson
from flask import Response, redirect, request
from flask.views import MethodView
from werkzeug import Response as AnyResponse

from backend.api import Blueprint, dump_json, packed
from backend.branding import loader
from backend.branding.files import as_json, manifest, theme_css
from backend.errors import NotFound
from backend.settings import Settings
from backend.web import hosts
from backend.web.files import FRONT_DESK_FILES, build, template
from backend.web.member_shell import member_page
from backend.web.shell_head import head
from backend.web.store_routes import stores_blueprint

_YEAR = "public, max-age=31536000, immutable"
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' blob: data:; manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_DESK_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; media-src blob:; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

_FRONT_DESK_CSP = f"{_DESK_CSP}; worker-src 'self'"

_STUDIO_CSP = f"{_DESK_CSP}; frame-src 'self'"
"""The studio shows the members' app and a mail of the draft in frames of its own address."""

_REFERENCE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

blp = Blueprint("web", __name__, description="The pages.")
blp.before_app_request(hosts.keep_to_one_client)


@blp.route("/")
class Start(MethodView):
    """What stands at the root of a host."""

    @blp.public("the way in; it holds no data")
    def get(self) -> Response:
        """A client's app at the client's own host name; elsewhere the choice of a company."""
        slug = hosts.own_client()
        return _member_app(slug) if slug else _shell("picker/index.html", _FRONT_DESK_CSP)


@blp.route("/c/<slug>/")
class MemberApp(MethodView):
    """The shell of a client's app."""

    @blp.public("the shell holds no data; members sign in inside it")
    def get(self, slug: str) -> AnyResponse:
        """The member app of a client; at the client's own host name it lives at the root."""
        if hosts.own_client():
            return redirect("/")
        return _member_app(slug) if slug in loader.brands() else hosts.nobodys_page()


def _member_app(slug: str) -> Response:
    brand, home = loader.brand_of(slug), hosts.home(slug)
    answer = Response(member_page(brand, home, head(brand, home)), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = _CSP
    answer.headers["Cache-Control"] = "no-cache"
    answer.vary.add("Accept-Language")
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:24])
    packed(answer, lasting=True).make_conditional(request)
    return _guarded(answer)


@blp.route("/desk/")
class Desk(MethodView):
    """The shell of the desk."""

    @blp.public("the shell holds no data; staff sign in inside it")
    def get(self) -> Response:
        """The desk of the helpline, for the staff of every client."""
        return _staff("desk", "desk", "the desk", "conversation.css", "complaints.css")


@blp.route("/provider/")
class FrontDesk(MethodView):
    """The shell of the front desk."""

    @blp.public("the shell holds no data; people of a facility sign in inside it")
    def get(self) -> Response:
        """The front desk of a facility."""
        return _staff("provider", "desk provider", "the front desk", "provider.css", policy=_FRONT_DESK_CSP)


@blp.route("/claims/")
class Workbench(MethodView):
    """The shell of the analysts' workbench."""

    @blp.public("the shell holds no data; analysts sign in inside it")
    def get(self) -> Response:
        """The workbench of the analysts who decide claims."""
        return _staff("claims", "desk workbench", "the workbench", "claims.css")


@blp.route("/finance/")
class Finance(MethodView):
    """The shell of the fund's pages."""

    @blp.public("the shell holds no data; finance and HR sign in inside it")
    def get(self) -> Response:
        """The money of every client: fund, payments, bank, excess."""
        return _staff("finance", "desk finance", "the fund's pages", "finance.css")


@blp.route("/studio/")
class Studio(MethodView):
    """The shell of the studio."""

    @blp.public("the shell holds no data; HR and administrators sign in inside it")
    def get(self) -> Response:
        """The studio, where a client's brand is made, looked at and published."""
        return _staff("studio", "desk studio", "the studio", "studio.css", policy=_STUDIO_CSP)


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
        return _service_worker(slug)


@blp.route("/sw.js")
class OwnServiceWorker(MethodView):
    """The service worker of a client's app at the client's own host name."""

    @blp.public("part of the shell")
    def get(self) -> Response:
        """The same service worker, for the root of the host."""
        return _service_worker(_own_client())


@blp.route("/manifest.webmanifest")
class OwnManifest(MethodView):
    """The manifest of a client's app at the client's own host name."""

    @blp.public("part of the shell")
    def get(self) -> Response:
        """The manifest of an app that lives at the root of the host."""
        return _asked_for_each_time(
            dump_json(manifest(loader.brand_of(_own_client()), "/")).decode(), "application/manifest+json"
        )


def _own_client() -> str:
    slug = hosts.own_client()
    if slug is None:
        raise NotFound()
    return slug


def _service_worker(slug: str) -> Response:
    brand, home = loader.brand_of(slug), hosts.home(slug)
    looks = ["icon-192.png", "favicon.svg", *(f"logo-{kind}.svg" for kind in brand.logo)]
    own = {
        "slug": slug,
        "build": build().path("").rstrip("/"),
        "home": home,
        "look": _looks_of(brand),
        "files": [
            *build().app_files(brand.languages),
            f"{home}manifest.webmanifest",
            *(f"/c/{slug}/{name}" for name in looks),
        ],
    }
    text = f"self.OWN_APP = {dump_json(own).decode()};\n{build().worker}"
    return _asked_for_each_time(text, "text/javascript")


@blp.route("/web/<name>/<path:file>")
class Module(MethodView):
    """A module, style sheet or picture of the pages."""

    @blp.public("code and styles, the same for everybody")
    def get(self, name: str, file: str) -> Response:
        """A file of the current build."""
        found = build().files.get(file)
        if found is None or name not in {build().name, found.mark}:
            raise NotFound()
        answer = Response(found.content, mimetype=found.media_type)
        answer.headers["Cache-Control"] = _YEAR
        return _guarded(packed(answer, lasting=True) if found.is_text else answer)


def _looks_of(brand: loader.Brand) -> str:
    """Changes whenever what a browser keeps of the brand changes."""
    said = [theme_css(brand).encode(), dump_json(manifest(brand)), dump_json(as_json(brand))]
    parts = [*said, *(path.read_bytes() for path in brand.logo.values())]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


@blp.route("/internal/hosts")
class KnownHosts(MethodView):
    """What the proxy asks before it gets a certificate."""

    @blp.public("asked by our own proxy, which does not let it be asked from outside; a host name is in DNS anyway")
    def get(self) -> Response:
        """204 when ``domain`` is a client's own host name, else 404: no certificates for strangers."""
        if loader.slug_of_host(request.args.get("domain", "")) is None:
            raise NotFound()
        return Response(status=204)


@blp.route("/docs")
class Reference(MethodView):
    """The API's document for people."""

    @blp.public("the document says what may be asked, and holds no data")
    def get(self) -> Response:
        """The API documentation as a page."""
        page = template("reference/index.html", {"build": build().path("").rstrip("/")})
        answer = Response(page, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = _REFERENCE_CSP
        return _guarded(packed(answer))


def _staff(page: str, look: str, called: str, *styles: str, policy: str = _DESK_CSP) -> Response:
    """The shell of a page of staff: folder, classes it is styled by, what it is called, its own style sheets."""
    links = [f'    <link rel="stylesheet" href="{build().path(f"{page}/{style}")}">' for style in styles]
    values = {"page": page, "look": look, "called": called, "styles": "\n".join(links)}
    return _shell("staff.html", policy, values)


def _shell(page: str, policy: str, values: Mapping[str, str] = MappingProxyType({})) -> Response:
    """A page under ``policy`` that is the same for everybody."""
    text = template(page, {**values, "build": build().path("").rstrip("/")})
    answer = _asked_for_each_time(text, "text/html")
    answer.headers["Content-Security-Policy"] = policy
    return answer


def _asked_for_each_time(text: str, media_type: str) -> Response:
    """What a browser keeps but never uses without asking whether it is still the same."""
    answer = Response(text, mimetype=media_type)
    answer.headers["Cache-Control"] = "no-cache"
    return _guarded(packed(answer))


def _guarded(answer: Response) -> Response:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
    return answer


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The pages' routes."""
    return [blp, stores_blueprint]
