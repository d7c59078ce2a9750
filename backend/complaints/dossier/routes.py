"""HTTP of dossiers: asked for, made by the worker, fetched as PDF or ZIP; and the keys that prove them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, g
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.complaints.dossier import schemas, service, signing
from backend.complaints.dossier.answers import shown
from backend.documents.vault import vault_of

blp = Blueprint("dossiers", __name__, description="Dossiers of complaints")

_OF_COMPLAINT = "/api/v1/complaints/<uuid:complaint_id>/dossiers"
_READERS = (Role.MEMBER, Role.AGENT, Role.CLAIMS, Role.ADMIN)
_PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@blp.route(_OF_COMPLAINT)
class Dossiers(MethodView):
    """Those of a complaint."""

    @blp.access(*_READERS)
    @blp.idempotent
    @blp.arguments(schemas.NewDossierSchema)
    @blp.response(202, schemas.DossierSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Have a dossier made; one that is being made already comes back"""
        return answer(shown(service.ask(scope, complaint_id, **data)), 202)

    @blp.access(*_READERS)
    @blp.response(200, schemas.DossierListSchema)
    def get(self, scope: Scope, complaint_id: UUID) -> Response:
        """The dossiers that were made or asked for, the newest first"""
        return answer(service.list_dossiers(scope, complaint_id))


@blp.route(f"{_OF_COMPLAINT}/<uuid:dossier_id>")
class OneDossier(MethodView):
    """One of them."""

    @blp.access(*_READERS)
    @blp.response(200, schemas.DossierSchema)
    def get(self, scope: Scope, complaint_id: UUID, dossier_id: UUID) -> Response:
        """Whether a dossier is ready, and the last digest of its chain"""
        return answer(service.dossier_answer(scope, complaint_id, dossier_id))


@blp.route(f"{_OF_COMPLAINT}/<uuid:dossier_id>.pdf")
class DossierPaper(MethodView):
    """The paper."""

    @blp.access(*_READERS)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
    def get(self, scope: Scope, complaint_id: UUID, dossier_id: UUID) -> Response:
        """The dossier as PDF; 409 `complaints.dossier_not_ready` until it is made"""
        return _file(scope, complaint_id, dossier_id, "pdf", "application/pdf")


@blp.route(f"{_OF_COMPLAINT}/<uuid:dossier_id>.zip")
class DossierArchive(MethodView):
    """The archive."""

    @blp.access(*_READERS)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
    def get(self, scope: Scope, complaint_id: UUID, dossier_id: UUID) -> Response:
        """The dossier with its entries, the originals and the signature; 409 until it is made"""
        return _file(scope, complaint_id, dossier_id, "zip", "application/zip")


@blp.route(signing.KEYS_PATH)
class DossierKeys(MethodView):
    """The public keys of dossiers."""

    @blp.public("whoever was given a dossier checks it with these keys")
    @blp.response(200, schemas.DossierKeySetSchema)
    def get(self) -> Response:
        """Public keys that verify a dossier's signature; earlier ones stay"""
        response = answer(signing.public_keys(g.settings.card_keys))
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


@blp.route(signing.EARLIER_KEYS_PATH)
class EarlierDossierKeys(DossierKeys):
    """The same keys where papers made before look for them."""


def _file(scope: Scope, complaint_id: UUID, dossier_id: UUID, form: str, kind: str) -> Response:
    data = service.fetch(scope, vault_of(g.integrations), complaint_id, dossier_id, form)
    named = {"Content-Disposition": f'attachment; filename="dossier-{dossier_id}.{form}"'}
    return Response(data, mimetype=kind, headers=_PRIVATE | named)
