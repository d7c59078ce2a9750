"""HTTP of the pack for a client's own store account."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint
from backend.audit import service as audit
from backend.branding import loader
from backend.clients import registry as clients
from backend.studio.app_pack.packing import archive

pack_blueprint = Blueprint(
    "app_pack", __name__, url_prefix="/api/v1/studio", description="A client's own app for the stores"
)


@pack_blueprint.route("/app-pack")
class AppPack(MethodView):
    """The client's app as a project."""

    @pack_blueprint.access(Role.ADMIN)
    @pack_blueprint.response(200, content_type="application/zip")
    def get(self, scope: Scope) -> Response:
        """The Capacitor project of the client's own app: configuration, icons, start screens, how to build it"""
        client = clients.client_by_id(scope.client_id)
        content = archive(loader.brand_for(client))
        audit.record(scope, "export", "app_pack", client.id)
        answer = Response(content, mimetype="application/zip")
        answer.headers["Content-Disposition"] = f'attachment; filename="{client.slug}-app.zip"'
        answer.headers["Cache-Control"] = "no-store"
        return answer
