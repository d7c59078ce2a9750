"""The telephone at the desk: who waits, who is called back, what was left to be heard."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import HELPLINE, Role, Scope
from backend.api import Blueprint, answer
from backend.conversations.telephone import callback, joining, recording, schemas, voicemail
from backend.conversations.telephone.recording import Sound

blp = Blueprint("calls", __name__, url_prefix="/api/v1/desk", description="Calls that wait for a person")
_DESK = (*HELPLINE, Role.ADMIN)


def _played(sound: Sound) -> Response:
    return Response(sound.data, mimetype=sound.media_type, headers={"Cache-Control": "no-store"})


@blp.route("/calls")
class Calls(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, schemas.WaitingCallsSchema)
    def get(self, scope: Scope) -> Any:
        """Calls nobody has answered yet: emergencies first, then who waits longest."""
        return answer(joining.page(scope))


@blp.route("/calls/<uuid:queued_id>/answer")
class AnswerCall(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.AnsweringCall)
    @blp.response(200, schemas.RingingSchema)
    def post(self, scope: Scope, data: dict[str, Any], queued_id: UUID) -> Any:
        """Ring one's own telephone for a caller; 409 when a colleague was first or the caller is gone."""
        return answer(joining.answer(scope, queued_id, data["phone"]))


@blp.route("/calls/<uuid:queued_id>/recording")
class CallRecordings(MethodView):
    @blp.access(Role.ADMIN)
    @blp.response(200, content_type="audio/mpeg")
    def get(self, scope: Scope, queued_id: UUID) -> Response:
        """Hear a talk that the caller agreed to have recorded."""
        return _played(recording.hear(scope, queued_id))


@blp.route("/callbacks")
class Callbacks(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, schemas.CallbacksSchema)
    def get(self, scope: Scope) -> Any:
        """Call-backs that are still to be made, the earliest due first."""
        return answer(callback.page(scope))


@blp.route("/callbacks/<uuid:callback_id>/attempt")
class AttemptCallback(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.AnsweringCall)
    @blp.response(200, schemas.CallbackSchema)
    def post(self, scope: Scope, data: dict[str, Any], callback_id: UUID) -> Any:
        """Ring one's own telephone, then the member's; after three calls nobody answers the member is told."""
        return answer(callback.attempt(scope, callback_id, data["phone"]))


@blp.route("/callbacks/<uuid:callback_id>/done")
class FinishCallback(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, schemas.CallbackSchema)
    def post(self, scope: Scope, callback_id: UUID) -> Any:
        """The member was spoken to."""
        return answer(callback.finish(scope, callback_id))


@blp.route("/voicemails/<uuid:voicemail_id>/audio")
class VoicemailAudio(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, content_type="audio/mpeg")
    def get(self, scope: Scope, voicemail_id: UUID) -> Response:
        """Hear a message; who heard it first is kept, every look is recorded."""
        return _played(voicemail.listen(scope, voicemail_id))
