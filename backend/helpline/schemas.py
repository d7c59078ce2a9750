"""The shape of cases at the edge."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.api import Schema
from backend.helpline.live import LONGEST_WAIT
from backend.helpline.models import CaseState, Desk
from backend.helpline.rules.medical import OUTCOMES
from backend.kit.pages import MAX_LIMIT
from backend.languages import LANGUAGES

_TEXT = ma.validate.Length(min=1, max=4000)
_CURSOR = ma.validate.Length(max=300)
_DESKS = ma.validate.OneOf([one.value for one in Desk])
_STATES = ma.validate.OneOf([one.value for one in CaseState])
_LANGUAGE = ma.validate.OneOf(LANGUAGES)


class CaseQuery(Schema):
    """Which part of the queue; ``q`` is a number, a name or words of the thread."""

    state = ma.fields.String(validate=_STATES, load_default=None)
    desk = ma.fields.String(validate=_DESKS, load_default=None)
    mine = ma.fields.Boolean(load_default=False)
    q = ma.fields.String(validate=ma.validate.Length(max=100), load_default="")
    cursor = ma.fields.String(load_default=None, validate=_CURSOR)
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(min=1, max=MAX_LIMIT))


class ThreadQuery(Schema):
    """Which part of a thread: its end, or what came before a cursor."""

    cursor = ma.fields.String(load_default=None, validate=_CURSOR)
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(min=1, max=MAX_LIMIT))


class CannedQuery(Schema):
    """Which prepared sentences."""

    language = ma.fields.String(load_default=None, validate=_LANGUAGE)
    q = ma.fields.String(load_default="", validate=ma.validate.Length(max=100))


class CaseText(Schema):
    """What an agent writes for colleagues."""

    text = ma.fields.String(required=True, validate=_TEXT)


class CaseReply(CaseText):
    """What an agent writes to the member; ``version`` is the one of the case that the agent saw."""

    canned = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(max=80))
    version = ma.fields.Integer(load_default=None, allow_none=True)


class CaseOutcome(Schema):
    """What came of a case, and what is still to do."""

    outcome = ma.fields.String(required=True, validate=_TEXT)
    follow_up = ma.fields.String(load_default=None, allow_none=True, validate=_TEXT)


class CaseTransfer(Schema):
    """To which queue, to whom or for which language (none: back to its own queue), and what they should know."""

    desk = ma.fields.String(load_default=None, allow_none=True, validate=_DESKS)
    staff_id = ma.fields.UUID(load_default=None, allow_none=True)
    language = ma.fields.String(load_default=None, allow_none=True, validate=_LANGUAGE)
    note = ma.fields.String(required=True, validate=_TEXT)


class CaseWatching(Schema):
    """A heartbeat of an open case."""

    typing = ma.fields.Boolean(load_default=False)


class Revealing(Schema):
    """Which field, and what it is needed for."""

    field = ma.fields.String(required=True, validate=ma.validate.OneOf(["phone", "national_id"]))
    why = ma.fields.String(required=True, validate=ma.validate.Length(min=3, max=500))


class Revealed(Schema):
    """The field."""

    value = ma.fields.String(required=True)


class ActingSchema(Schema):
    """Who did a step; a name for staff only."""

    role = ma.fields.String(required=True)
    name = ma.fields.String(allow_none=True)


class CaseEventSchema(Schema):
    """One step of a case; ``version`` stands on the answer to one's own step."""

    id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True)
    text = ma.fields.String(allow_none=True)
    by = ma.fields.Nested(ActingSchema, required=True)
    at = ma.fields.AwareDateTime(required=True)
    facts = ma.fields.Dict()
    version = ma.fields.Integer()


class NamedSchema(Schema):
    """A colleague."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(allow_none=True)


class CaseMemberSchema(NamedSchema):
    """Whose case it is."""

    member_number = ma.fields.String(required=True)


class LastMessageSchema(Schema):
    """The end of the thread."""

    text = ma.fields.String(required=True)
    at = ma.fields.AwareDateTime(required=True)
    author = ma.fields.String(required=True)


class CaseSchema(Schema):
    """A case in the queue. ``language`` is the one the member writes; ``unread`` counts to 99."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    priority = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    desk = ma.fields.String(required=True)
    language = ma.fields.String(required=True)
    channel = ma.fields.String(required=True)
    member = ma.fields.Nested(CaseMemberSchema, allow_none=True)
    conversation_id = ma.fields.UUID(required=True)
    assigned_to = ma.fields.Nested(NamedSchema, allow_none=True)
    opened_at = ma.fields.AwareDateTime(required=True)
    waiting_since = ma.fields.AwareDateTime(required=True)
    due_at = ma.fields.AwareDateTime(allow_none=True)
    taken_at = ma.fields.AwareDateTime(allow_none=True)
    closed_at = ma.fields.AwareDateTime(allow_none=True)
    last_message = ma.fields.Nested(LastMessageSchema, allow_none=True)
    unread = ma.fields.Integer(required=True)


class WatcherSchema(NamedSchema):
    """Who else has the case open."""

    typing = ma.fields.Boolean(required=True)
    since = ma.fields.AwareDateTime(required=True)


class WatchersSchema(Schema):
    """Who else has the case open now."""

    watchers = ma.fields.List(ma.fields.Nested(WatcherSchema), required=True)


class CaseDetailSchema(CaseSchema):
    """A case with its history."""

    summary = ma.fields.String(required=True)
    outcome = ma.fields.String(allow_none=True)
    filled = ma.fields.Dict(required=True)
    version = ma.fields.Integer(required=True)
    events = ma.fields.List(ma.fields.Nested(CaseEventSchema), required=True)
    watchers = ma.fields.List(ma.fields.Nested(WatcherSchema), required=True)


class CasePageSchema(Schema):
    """A page of the queue."""

    items = ma.fields.List(ma.fields.Nested(CaseSchema), required=True)
    next_cursor = ma.fields.String(allow_none=True)


class ThreadMessageSchema(Schema):
    """One message as the desk shows it."""

    id = ma.fields.UUID(required=True)
    at = ma.fields.AwareDateTime(required=True)
    direction = ma.fields.String(required=True)
    author = ma.fields.String(required=True)
    author_name = ma.fields.String(allow_none=True)
    channel = ma.fields.String(required=True)
    language = ma.fields.String(required=True)
    text = ma.fields.String(required=True)
    media = ma.fields.List(ma.fields.Dict(), required=True)
    location = ma.fields.Dict(allow_none=True)
    send_state = ma.fields.String(allow_none=True)


class ThreadPageSchema(Schema):
    """A page of a thread, oldest first; ``next_cursor`` leads further back."""

    items = ma.fields.List(ma.fields.Nested(ThreadMessageSchema), required=True)
    next_cursor = ma.fields.String(allow_none=True)


class MemberPanelSchema(Schema):
    """What stands beside the thread; all empty while nobody is verified."""

    member = ma.fields.Dict(allow_none=True)
    card = ma.fields.Dict(allow_none=True)
    benefits = ma.fields.List(ma.fields.Dict(), required=True)
    claims = ma.fields.List(ma.fields.Dict(), required=True)
    referrals = ma.fields.List(ma.fields.Dict(), required=True)
    guarantee_letters = ma.fields.List(ma.fields.Dict(), required=True)
    complaints = ma.fields.List(ma.fields.Dict(), required=True)


class CannedReplySchema(Schema):
    """A prepared sentence in the client's words."""

    id = ma.fields.String(required=True)
    language = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    text = ma.fields.String(required=True)


class CannedRepliesSchema(Schema):
    """Prepared sentences."""

    items = ma.fields.List(ma.fields.Nested(CannedReplySchema), required=True)


class ColleagueSchema(NamedSchema):
    """Somebody who can be handed a case."""

    role = ma.fields.String(required=True)
    languages = ma.fields.List(ma.fields.String(), required=True)
    state = ma.fields.String(required=True)
    open_cases = ma.fields.Integer(required=True)


class ColleaguesSchema(Schema):
    """Everybody who can be handed a case."""

    items = ma.fields.List(ma.fields.Nested(ColleagueSchema), required=True)


class MedicalOutcome(Schema):
    """What a doctor decided, and why; with a specialty the referral is written, with the doctor's diagnosis."""

    outcome = ma.fields.String(required=True, validate=ma.validate.OneOf(OUTCOMES))
    note = ma.fields.String(required=True, validate=_TEXT)
    specialty = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(2, 10))
    diagnosis = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(3, 8))
    complaint = ma.fields.String(load_default="other", validate=ma.validate.Length(2, 60))

    @ma.validates_schema
    def complete(self, data: dict[str, Any], **_: Any) -> None:
        """A referral names what the patient has."""
        if data.get("specialty") and not data.get("diagnosis"):
            raise ma.ValidationError("a referral names a diagnosis", "diagnosis")


class MedicalNoteSchema(Schema):
    """What a doctor wrote, for doctors."""

    id = ma.fields.UUID(required=True)
    text = ma.fields.String(required=True)
    outcome = ma.fields.String(allow_none=True)
    by = ma.fields.Nested(ActingSchema, required=True)
    at = ma.fields.AwareDateTime(required=True)


class MedicalNotesSchema(Schema):
    """What doctors wrote about a case."""

    items = ma.fields.List(ma.fields.Nested(MedicalNoteSchema), required=True)


class UpdatesQuery(Schema):
    """From where on, and for how many seconds to wait."""

    since = ma.fields.String(load_default=None, validate=ma.validate.Length(max=60))
    wait = ma.fields.Integer(load_default=LONGEST_WAIT, validate=ma.validate.Range(0, LONGEST_WAIT))


class ChangeSchema(Schema):
    """Something that is different now; ids only."""

    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(["case", "message", "call"]))
    case_id = ma.fields.UUID(required=True, allow_none=True)
    conversation_id = ma.fields.UUID(required=True, allow_none=True)
    at = ma.fields.AwareDateTime(required=True)


class UpdatesSchema(Schema):
    """Where to go on, and what changed; ``resync`` says that the lists must be read again."""

    cursor = ma.fields.String(required=True)
    resync = ma.fields.Boolean(required=True)
    changes = ma.fields.List(ma.fields.Nested(ChangeSchema), required=True)
