"""The desk: cases for the people of the helpline."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.views import MethodView

from backend.access import HELPLINE, Role, Scope
from backend.api import Blueprint, answer
from backend.helpline import next_step, schemas, service
from backend.helpline.live_routes import live_blueprint
from backend.helpline.travel_schemas import TravelNeed
from backend.settings import Settings

blp = Blueprint("helpline", __name__, url_prefix="/api/v1", description="Cases for the people of the helpline")
_DESK = (*HELPLINE, Role.ADMIN)


@blp.route("/cases")
class Cases(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.CaseQuery, location="query")
    @blp.response(200, schemas.CasePageSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Any:
        """The queue: the most urgent case first, then who has waited longest."""
        return answer(service.page(scope, **query))


@blp.route("/cases/<uuid:case_id>")
class OneCase(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, schemas.CaseDetailSchema)
    def get(self, scope: Scope, case_id: UUID) -> Any:
        """A case with everything that happened to it, and who else has it open."""
        return answer(service.look(scope, case_id))


@blp.route("/cases/<uuid:case_id>/thread")
class Thread(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.ThreadQuery, location="query")
    @blp.response(200, schemas.ThreadPageSchema)
    def get(self, scope: Scope, query: dict[str, Any], case_id: UUID) -> Any:
        """The member's thread on every channel: its end, or what came before the cursor."""
        return answer(service.read_thread(scope, case_id, **query))


@blp.route("/cases/<uuid:case_id>/member")
class MemberPanel(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, schemas.MemberPanelSchema)
    def get(self, scope: Scope, case_id: UUID) -> Any:
        """Who the case is about: card, benefits, claims, letters, complaints; contact data masked."""
        return answer(service.member_panel(scope, case_id))


@blp.route("/cases/<uuid:case_id>/member/reveal")
class Reveal(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.Revealing)
    @blp.response(200, schemas.Revealed)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Show one masked field, with a reason; the member can read that it was shown."""
        return answer(service.reveal(scope, case_id, data["field"], data["why"]))


@blp.route("/cases/<uuid:case_id>/take")
class Take(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, schemas.CaseDetailSchema)
    def post(self, scope: Scope, case_id: UUID) -> Any:
        """Take a case."""
        return answer(service.take(scope, case_id))


@blp.route("/cases/<uuid:case_id>/release")
class Release(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, schemas.CaseDetailSchema)
    def post(self, scope: Scope, case_id: UUID) -> Any:
        """Give a case back to its queue."""
        return answer(service.release(scope, case_id))


@blp.route("/cases/<uuid:case_id>/transfer")
class Transfer(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.CaseTransfer)
    @blp.response(200, schemas.CaseDetailSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Hand a case with everything in it to a queue, a person or whoever speaks a language."""
        return answer(service.transfer(scope, case_id, **data))


@blp.route("/cases/<uuid:case_id>/reply")
class Reply(MethodView):
    @blp.access(*_DESK)
    @blp.idempotent
    @blp.arguments(schemas.CaseReply)
    @blp.response(201, schemas.CaseEventSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Answer the member in the thread and on the channel they wrote from."""
        made = service.reply(scope, case_id, data["text"], canned_id=data["canned"], version=data["version"])
        return answer(made, 201)


@blp.route("/cases/<uuid:case_id>/notes")
class Notes(MethodView):
    @blp.access(*_DESK)
    @blp.idempotent
    @blp.arguments(schemas.CaseText)
    @blp.response(201, schemas.CaseEventSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Write a note that only colleagues see."""
        return answer(service.note(scope, case_id, data["text"]), 201)


@blp.route("/cases/<uuid:case_id>/close")
class Close(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.CaseOutcome)
    @blp.response(200, schemas.CaseDetailSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Close a case with what came of it."""
        return answer(service.close(scope, case_id, data["outcome"], data["follow_up"]))


@blp.route("/cases/<uuid:case_id>/watch")
class Watch(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.CaseWatching)
    @blp.response(200, schemas.WatchersSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Say that this case is open here, colleagues see it for 20 seconds; the answer is who else has it open."""
        return answer(service.watch(scope, case_id, typing=data["typing"]))


@blp.route("/cases/<uuid:case_id>/seen")
class Seen(MethodView):
    @blp.access(*_DESK)
    @blp.response(204)
    def post(self, scope: Scope, case_id: UUID) -> None:
        """The thread has been read up to now."""
        service.seen(scope, case_id)


@blp.route("/cases/<uuid:case_id>/medical-notes")
class MedicalNotes(MethodView):
    @blp.access(Role.DOCTOR)
    @blp.response(200, schemas.MedicalNotesSchema)
    def get(self, scope: Scope, case_id: UUID) -> Any:
        """What doctors wrote about the case; nobody else can read it."""
        return answer(service.medical_notes(scope, case_id))

    @blp.access(Role.DOCTOR)
    @blp.idempotent
    @blp.arguments(schemas.CaseText)
    @blp.response(201, schemas.MedicalNoteSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Write a note that only doctors read."""
        return answer(service.write_medical_note(scope, case_id, data["text"]), 201)


@blp.route("/cases/<uuid:case_id>/medical-outcome")
class MedicalOutcomes(MethodView):
    @blp.access(Role.DOCTOR)
    @blp.idempotent
    @blp.arguments(schemas.MedicalOutcome)
    @blp.response(200, schemas.CaseDetailSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """What the doctor decided, begun at once; others see that there is an outcome, and what they arrange."""
        return answer(next_step.decide(scope, case_id, **data))


@blp.route("/cases/<uuid:case_id>/travel-needs")
class TravelNeeds(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(TravelNeed)
    @blp.response(200, schemas.CaseDetailSchema)
    def put(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Say how far a need of a journey for care away from home is."""
        return answer(service.arrange(scope, case_id, data["need"], data["state"], data["how"]))


@blp.route("/canned-replies")
class CannedReplies(MethodView):
    @blp.access(*_DESK)
    @blp.arguments(schemas.CannedQuery, location="query")
    @blp.response(200, schemas.CannedRepliesSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Any:
        """Prepared sentences in the client's words."""
        return answer(service.canned_replies(scope, **query))


@blp.route("/desk/colleagues")
class Colleagues(MethodView):
    @blp.access(*_DESK)
    @blp.response(200, schemas.ColleaguesSchema)
    def get(self, scope: Scope) -> Any:
        """Who a case can be handed to."""
        return answer(service.colleagues(scope))


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The helpline's part of the API."""
    return [blp, live_blueprint]
