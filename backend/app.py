"""The application: settings in, Flask app out; one loop over the domains registers their routes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from flask import Flask, g
from werkzeug.middleware.proxy_fix import ProxyFix

from backend import database, health, observability, rehearsed_time
from backend.api import edge
from backend.branding.loader import brand_for
from backend.branding.vocabulary import own_words
from backend.clients.registry import client_by_id
from backend.integrations import registry
from backend.integrations.registry import Integrations
from backend.jobs import load_tasks
from backend.languages import Reword
from backend.settings import Settings

_MAX_BODY_BYTES = 1_000_000


def _own_words_of(client_id: UUID) -> Reword:
    return own_words(brand_for(client_by_id(client_id)).glossary)


class _Application(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view or hook of ours is a coroutine; Flask would look again at each of a dozen on every request."""
        return func


def create_app(settings: Settings, integrations: Integrations | None = None) -> Flask:
    """Connect the database, choose the integrations and register every domain's blueprints."""
    observability.configure_logging(settings.log_level)
    database.connect(settings.database_url)
    database.load_models()
    load_tasks()
    app = _Application("careline", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY_BYTES
    app.url_map.strict_slashes = False
    app.config["CARELINE"] = settings
    chosen = integrations or Integrations.of(settings)
    registry.use(chosen)
    app.extensions["integrations"] = chosen

    @app.before_request
    def provide_settings() -> None:
        g.settings = app.config["CARELINE"]
        g.integrations = app.extensions["integrations"]

    observability.install(app)
    collector = edge.install(app, _own_words_of)
    health.install(app)
    for domain in database.DOMAINS:
        if find_spec(f"backend.{domain}") and find_spec(f"backend.{domain}.routes"):
            for blueprint in import_module(f"backend.{domain}.routes").blueprints(settings):
                collector.register_blueprint(blueprint)
    rehearsed_time.install(app, settings)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    return app
