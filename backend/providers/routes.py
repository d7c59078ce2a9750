"""Where to go: search and details of providers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend import api
from backend.access import STAFF, Role, Scope
from backend.api import Blueprint
from backend.providers import finder
from backend.providers.schemas import ProviderPage, ProviderQuery, ProviderRow
from backend.settings import Settings

blp = Blueprint("providers", __name__, url_prefix="/api/v1", description="Hospitals, clinics, pharmacies and more.")


@blp.route("/providers")
class ProvidersView(MethodView):
    """The network."""

    @blp.access(Role.MEMBER, *STAFF)
    @blp.arguments(ProviderQuery, location="query")
    @blp.response(200, ProviderPage)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Providers by distance from ``near``, else by likeness of the name to ``q`` (typos allowed)."""
        return api.answer(finder.find(scope, query))


@blp.route("/providers/<uuid:provider_id>")
class ProviderView(MethodView):
    """One provider."""

    @blp.access(Role.MEMBER, *STAFF)
    @blp.response(200, ProviderRow)
    def get(self, scope: Scope, provider_id: UUID) -> Response:
        """Address, telephone, opening hours, and whether it is in the plan's network."""
        return api.answer(finder.details(scope, provider_id))


def blueprints(settings: Settings) -> list[Blueprint]:
    """Every route of providers."""
    return [blp]
