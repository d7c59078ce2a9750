"""Where to go: search and details of providers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend import api
from backend.access import STAFF, Role, Scope
from backend.api import Blueprint
from backend.providers import agreement_routes, choice_routes, doctor_routes, finder, import_routes, specialties
from backend.providers.schemas import OneProviderQuery, ProviderDetail, ProviderPage, ProviderQuery, SpecialtyList
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
    @blp.arguments(OneProviderQuery, location="query")
    @blp.response(200, ProviderDetail)
    def get(self, scope: Scope, query: dict[str, Any], provider_id: UUID) -> Response:
        """Address, hours, doctors, rooms, and whether it is in the plan's network, or why not."""
        return api.answer(finder.details(scope, provider_id, query.get("member_id")))


@blp.route("/specialties")
class SpecialtiesView(MethodView):
    """What specialists are there."""

    @blp.access(Role.MEMBER, *STAFF)
    @blp.response(200, SpecialtyList)
    def get(self, scope: Scope) -> Response:
        """The specialties by which one can search, in the reader's language."""
        return api.answer({"items": [specialties.shown(code, scope.language) for code in specialties.codes()]})


def blueprints(settings: Settings) -> list[Blueprint]:
    """Every route of providers."""
    return [blp, agreement_routes.blp, doctor_routes.blp, choice_routes.blp, import_routes.blp]
