"""``/demo/outbox``: every message that the rehearsal kept instead of sending, the newest first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template_string
from flask.views import MethodView

from backend import api
from backend.access import Scope
from backend.api import Blueprint
from backend.notifications import queries
from backend.notifications.outbox_page import PAGE

_NEWEST = 200
_NO_CLIENT = UUID(int=0)
_GUARDED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

blp = Blueprint("outbox", __name__, url_prefix="/demo", description="Messages of the rehearsal.")


@blp.route("/outbox")
class OutboxPage(MethodView):
    """For people."""

    @blp.public("exists only in a rehearsal, where the sign-in codes must be read somewhere")
    def get(self) -> Response:
        """What would have been sent, as a page."""
        page = render_template_string(PAGE, messages=_shown(api.open_scope(_NO_CLIENT)))
        return Response(page, mimetype="text/html", headers=_GUARDED)


@blp.route("/outbox.json")
class OutboxJson(MethodView):
    """For programs."""

    @blp.public("exists only in a rehearsal, where the sign-in codes must be read somewhere")
    def get(self) -> Response:
        """What would have been sent, as JSON."""
        return api.answer(_shown(api.open_scope(_NO_CLIENT)))


def _shown(scope: Scope) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "channel": row.channel,
            "to": row.address,
            "client": row.client,
            "template": row.template,
            "text": row.text,
            "media": row.media,
            "choices": row.choices,
            "created_at": row.created_at,
        }
        for row in queries.rehearsal_messages(scope, _NEWEST)
    ]
