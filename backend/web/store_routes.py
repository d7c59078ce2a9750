"""What Android and iOS fetch of a host to learn which app opens its links."""

from __future__ import annotations

from typing import Any

from flask import Response, g
from flask.views import MethodView

from backend.api import Blueprint, dump_json
from backend.branding import loader
from backend.branding.rules.app_links import StoreApp, asset_links, of_stores, site_association
from backend.settings import Settings
from backend.web import hosts

stores_blueprint = Blueprint(
    "stores", __name__, url_prefix="/.well-known", description="Which store apps open the links of this host"
)
_WHY = "the stores' systems fetch it; it names apps that everybody can see in the stores"
_OWN_HOST_PATHS = ("/",)


@stores_blueprint.route("/assetlinks.json")
class AssetLinks(MethodView):
    """For Android."""

    @stores_blueprint.public(_WHY)
    def get(self) -> Response:
        """Digital Asset Links: the Android apps that open links of this host"""
        return _document(asset_links(_apps()))


@stores_blueprint.route("/apple-app-site-association")
class SiteAssociation(MethodView):
    """For iOS."""

    @stores_blueprint.public(_WHY)
    def get(self) -> Response:
        """Associated domains: the iOS apps that open links of this host"""
        return _document(site_association(_apps()))


def _apps() -> list[StoreApp]:
    """At a client's host its own app. At the shared host the app for many companies, after the own apps of clients that
    have no host; nobody else, so that the document is no list of clients."""
    slug = hosts.own_client()
    if slug is not None:
        return [of_stores(loader.brand_of(slug).stores, _OWN_HOST_PATHS)]
    own = [
        of_stores(brand.stores, (f"/c/{brand.slug}/", f"/c/{brand.slug}"))
        for brand in loader.brands().values()
        if brand.stores and not brand.hosts
    ]
    return [*own, _shared_app(g.settings)]


def _shared_app(settings: Settings) -> StoreApp:
    return StoreApp(settings.app_package, settings.app_fingerprints, settings.app_apple_id, ("/", "/c/*"))


def _document(content: Any) -> Response:
    answer = Response(dump_json(content), mimetype="application/json")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
