"""HTTP of the documents domain."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.documents import rules
from backend.documents.refusals import refused
from backend.documents.rules import LIMITS
from backend.documents.schemas import DocumentSchema, ReceivedSchema
from backend.documents.service import open_document
from backend.documents.service.receive_document import receive
from backend.documents.upload_body import MOST_AROUND, Bounded, read_file
from backend.documents.vault import vault_of
from backend.settings import Settings

blp = Blueprint("documents", __name__, url_prefix="/api/v1/documents", description="Photos and PDFs")
_SENDERS = (Role.MEMBER, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.PROVIDER)
_PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@blp.route("")
class Documents(MethodView):
    """Sending."""

    @blp.access(*_SENDERS, key_scope="bills")
    @blp.takes_file()
    @blp.repeatable("Makes a retry safe: the same key and file give the same document.")
    @blp.response(201, ReceivedSchema)
    def post(self, scope: Scope) -> Response:
        """Send one photo or PDF (JPEG, PNG, HEIC, WebP, PDF; 10 MB, 40 megapixels, 20 pages)"""
        return answer(_receive(scope), 201)


@blp.route("/<uuid:document_id>")
class OneDocument(MethodView):
    """Looking."""

    @blp.access(*_SENDERS, Role.FINANCE)
    @blp.response(200, DocumentSchema)
    def get(self, scope: Scope, document_id: UUID) -> Response:
        """State, quality and what was read of a document"""
        return answer(open_document.describe(scope, document_id))


@blp.route("/<uuid:document_id>/pages/<int:number>.jpg")
class DocumentPage(MethodView):
    """The picture."""

    @blp.access(*_SENDERS, Role.FINANCE)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
    def get(self, scope: Scope, document_id: UUID, number: int) -> Response:
        """A page as a clean JPEG; 409 `documents.not_ready` until it was made"""
        picture = open_document.page(scope, vault_of(g.integrations), document_id, number)
        return Response(picture, mimetype="image/jpeg", headers=_PRIVATE)


def _receive(scope: Scope) -> dict[str, Any]:
    request.max_content_length = LIMITS.most_bytes + MOST_AROUND
    if (request.content_length or 0) > request.max_content_length:
        raise refused(rules.refusal(rules.TOO_LARGE, LIMITS))
    # Werkzeug's own guard would copy every chunk once more.
    length = request.content_length
    body = Bounded(request.environ["wsgi.input"], length) if length else request.stream
    data = read_file(body, request.content_type or "", LIMITS)
    return receive(scope, vault_of(g.integrations), data, upload_key=request.headers.get("Idempotency-Key"))


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp]
