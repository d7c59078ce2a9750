"""Messages left instead of speaking to a person: a case each, heard by people of the helpline only."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope, working_for
from backend.audit import service as audit
from backend.conversations import queries as conversations
from backend.conversations.telephone import queries, recording
from backend.conversations.telephone.models import Voicemail
from backend.conversations.telephone.recording import VOICEMAIL, Sound
from backend.helpline import queries as cases
from backend.helpline import service as helpline
from backend.helpline.models import Priority
from backend.helpline.service import Caller
from backend.kit import clock

_REASON = "voicemail"


def arrived(client_id: UUID, recording_id: UUID) -> None:
    """A message lies in our store: a case is opened with it, once."""
    with working_for(client_id, channel="voice") as scope:
        row = queries.recording(scope, recording_id, lock=True)
        if row.purpose != VOICEMAIL or queries.voicemail_of(scope, row.id) is not None:
            return
        call = queries.call(scope, row.call_id)
        thread = conversations.conversation(scope, call.conversation_id)
        message = Voicemail(client_id=client_id, call_id=call.id, conversation_id=thread.id, recording_id=row.id)
        scope.session.add(message)
        scope.session.flush()
        known = cases.open_case_of(scope, thread.id)
        caller = Caller(known.member_id if known else None, thread.language, "voice")
        filled = {"voicemail": str(message.id), "voicemail_seconds": row.seconds}
        case = helpline.open_case(
            scope,
            thread.id,
            known.reason if known else _REASON,
            Priority.HIGH,
            f"A message of {row.seconds} seconds was left on the telephone.",
            caller=caller,
            filled=filled,
        )
        message.case_id = case.id


def listen(scope: Scope, voicemail_id: UUID) -> Sound:
    """The sound of a message; the look is recorded. Raises NotFound."""
    row = queries.voicemail(scope, voicemail_id)
    person = queries.person_of(scope, row.case_id, row.conversation_id)
    sound = recording.listen(scope, row.recording_id)
    if row.heard_at is None:
        row.heard_at, row.heard_by = clock.now(), scope.actor.id
    audit.record_look(scope, "voicemail", row.id, member_id=person)
    return sound
