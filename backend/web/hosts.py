"""Host names of clients: on a client's own host there is that client and nobody else.

Whose host a request came to is decided once, before anything else happens. ``X-Forwarded-Host`` counts only when
CARELINE_TRUSTED_PROXIES says that a proxy of ours wrote it (``backend/app.py``): else a caller could stand at any door.
"""

from __future__ import annotations

from html import escape

from flask import Response, g, request

from backend.api.scopes import language_of_request
from backend.branding import loader
from backend.branding.loader import Brand
from backend.clients import registry as clients
from backend.errors import NotFound
from backend.languages import message
from backend.web.files import build, template

_OFFERED = ("/api/v1/", "/web/", "/.well-known/", "/calendar/", "/media/", "/twilio/")
_OFFERED_EXACTLY = frozenset(["/", "/sw.js", "/manifest.webmanifest", "/favicon.ico", "/healthz", "/readyz"])
"""What a client's host answers besides ``/c/<slug>/``; the pages of staff are on the shared host only."""
_BRANDING = "/branding"
_MISSING_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def own_client() -> str | None:
    """The slug of the client at whose own host this request arrived; None on the shared host and on unknown ones."""
    found: str | None = g.get("client_of_host")
    return found


def home(slug: str) -> str:
    """The path of the client's app as this request's host has it."""
    return "/" if own_client() == slug else f"/c/{slug}/"


def keep_to_one_client() -> Response | None:
    """Before a request: whose host is it? What that host does not offer is answered at once, in the client's look.

    Raises NotFound for the API's words about another client.
    """
    slug = loader.slug_of_host(request.host)
    if slug is None:
        return None
    g.client_of_host = slug
    path = request.path
    try:
        g.only_client_id = clients.client_by_slug(slug).id
    except NotFound:  # a brand whose client is not there yet, or no more
        return missing_page(loader.brand_of(slug))
    if path.startswith("/api/"):
        if path.endswith(_BRANDING) and path != f"/api/v1/clients/{slug}{_BRANDING}":
            raise NotFound()
        return None
    own = f"/c/{slug}"
    if path in _OFFERED_EXACTLY or path == own or path.startswith((*_OFFERED, f"{own}/")):
        return None
    return missing_page(loader.brand_of(slug))


def missing_page(brand: Brand) -> Response:
    """404 as a page of the client's own: its logo and colours, the way home, and no other name."""
    language = brand.speaks(language_of_request())
    values = {
        "language": language,
        "slug": brand.slug,
        "name": escape(brand.name),
        "home": home(brand.slug),
        "build": build().path("").rstrip("/"),
        "text": escape(message("branding.page_missing", language)),
        "back": escape(message("branding.page_missing_back", language, {"brand": brand.name})),
    }
    return _missing("member/missing.html", values)


def nobodys_page() -> Response:
    """404 on the shared host for an app that is not there (any more): in nobody's look, with the way to choose."""
    language = language_of_request()
    values = {
        "language": language,
        "build": build().path("").rstrip("/"),
        "text": escape(message("branding.page_missing", language)),
        "back": escape(message("branding.choose_company", language)),
    }
    return _missing("picker/missing.html", values)


def _missing(page: str, values: dict[str, str]) -> Response:
    answer = Response(template(page, values), 404, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = _MISSING_CSP
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
