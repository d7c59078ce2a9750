"""Shapes of the complaints API."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.api import AmountSchema, MoneySchema, Schema
from backend.complaints.models import ComplaintStatus, ExternalBody, Outcome, StepKind
from backend.complaints.rules import Category, Priority
from backend.kit.pages import MAX_LIMIT

CHANNELS = ("voice", "whatsapp", "mail", "letter", "visit")
_TEXT = ma.validate.Length(1, 4000)


def _words_of(values: Any) -> ma.validate.OneOf:
    return ma.validate.OneOf([value.value for value in values])


def _document_ids() -> ma.fields.List:
    return ma.fields.List(ma.fields.UUID(), load_default=list, validate=ma.validate.Length(max=20))


class DisputedSchema(Schema):
    """What a complaint disputes; each thing concerns the member it is about."""

    claim_id = ma.fields.UUID(load_default=None, allow_none=True)
    claim_line_id = ma.fields.UUID(load_default=None, allow_none=True)
    letter_id = ma.fields.UUID(load_default=None, allow_none=True)
    call_id = ma.fields.UUID(load_default=None, allow_none=True)
    provider_id = ma.fields.UUID(load_default=None, allow_none=True)
    amount = ma.fields.Nested(AmountSchema, load_default=None, allow_none=True)


class NewComplaintSchema(DisputedSchema):
    """A complaint in the member's own words."""

    member_id = ma.fields.UUID(required=True)
    category = ma.fields.String(
        load_default=Category.OTHER.value, validate=ma.validate.OneOf([category.value for category in Category])
    )
    text = ma.fields.String(required=True, validate=_TEXT)
    spoken = ma.fields.Boolean(load_default=False)
    """Told to a person who writes it down; only staff can say so."""
    channel = ma.fields.String(load_default=None, validate=ma.validate.OneOf(CHANNELS))
    """How it reached the person who enters it; only staff can say so."""
    document_ids = _document_ids()


class ComplaintWordsSchema(Schema):
    """What the member adds, with photos and PDFs that were sent before."""

    text = ma.fields.String(required=True, validate=_TEXT)
    document_ids = _document_ids()


class ComplaintNoteSchema(Schema):
    """Words for the member, where the step needs none."""

    note = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(max=4000))


class ComplaintAnswerSchema(Schema):
    """Words for the member."""

    note = ma.fields.String(required=True, validate=ma.validate.Length(3, 4000))


class ComplaintStaffNoteSchema(ComplaintAnswerSchema):
    """Words for colleagues, unless they may be read by the member."""

    internal = ma.fields.Boolean(load_default=True)


class ComplaintAssignmentSchema(Schema):
    """Whose complaint it is from now on."""

    staff_id = ma.fields.UUID(required=True)


class ComplaintPrioritySchema(Schema):
    """Another priority than the rule's, and why."""

    priority = ma.fields.String(required=True, validate=_words_of(Priority))
    reason = ma.fields.String(required=True, validate=ma.validate.Length(3, 1000))


class ComplaintSubjectSchema(DisputedSchema):
    """The whole subject: what is left out is taken off."""

    category = ma.fields.String(required=True, validate=_words_of(Category))


class ComplaintRespondentsSchema(Schema):
    """Whom of the staff the complaint is about; an empty list takes everybody off."""

    staff_ids = ma.fields.List(ma.fields.UUID(), required=True, validate=ma.validate.Length(max=20))


class ComplaintExtensionSchema(ComplaintNoteSchema):
    """A reason of the rule set's list, and words for the member beside it."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))


class ComplaintEscalationSchema(Schema):
    """Why it goes up before its deadline; colleagues read it."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(3, 1000))


class ComplaintResolutionSchema(ComplaintAnswerSchema):
    """What came of it, in words, and what the member gets."""

    outcome = ma.fields.String(required=True, validate=_words_of(Outcome))
    redress = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 2000))


class ComplaintReferralSchema(Schema):
    """Who outside has it, under which number, since when."""

    body = ma.fields.String(required=True, validate=_words_of(ExternalBody))
    number = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))
    referred_on = ma.fields.Date(required=True)


class OpenComplaintsQuerySchema(Schema):
    """One's own, nobody's, or from a level of escalation on."""

    mine = ma.fields.Boolean(load_default=False)
    unassigned = ma.fields.Boolean(load_default=False)
    level = ma.fields.Integer(load_default=None, validate=ma.validate.Range(1, 9))


class ComplaintListQuerySchema(Schema):
    """Which complaints, which page."""

    member_id = ma.fields.UUID()
    number = ma.fields.String(validate=ma.validate.Length(max=40))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class ComplaintStepSchema(Schema):
    """One step and the deadline it left."""

    kind = ma.fields.String(required=True, validate=ma.validate.OneOf([kind.value for kind in StepKind]))
    at = ma.fields.AwareDateTime(required=True)
    note = ma.fields.String(required=True, allow_none=True)
    by = ma.fields.String(required=True)
    internal = ma.fields.Boolean(required=True)
    resolve_by = ma.fields.Date(required=True, allow_none=True)
    reason = ma.fields.String(required=True, allow_none=True)
    """Of an extension: a code of the rule set's list."""
    name = ma.fields.String(allow_none=True)
    given_to = ma.fields.String(allow_none=True)
    priority = ma.fields.String(allow_none=True)
    level = ma.fields.Integer(allow_none=True)


class NextDeadlineSchema(Schema):
    """``information`` is the complainant's, ``acknowledge`` and ``resolve`` ours; staff read how long is left."""

    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(["acknowledge", "information", "resolve"]))
    on = ma.fields.Date(required=True)
    working_days_left = ma.fields.Integer()
    soon = ma.fields.Boolean()


class ComplaintColleagueSchema(Schema):
    """Somebody of the staff."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    role = ma.fields.String()


class ComplaintSummarySchema(Schema):
    """A complaint as a list shows it."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member_id = ma.fields.UUID(required=True)
    claim_id = ma.fields.UUID(required=True, allow_none=True)
    claim_line_id = ma.fields.UUID(required=True, allow_none=True)
    letter_id = ma.fields.UUID(required=True, allow_none=True)
    call_id = ma.fields.UUID(required=True, allow_none=True)
    provider_id = ma.fields.UUID(required=True, allow_none=True)
    product = ma.fields.String(required=True, allow_none=True)
    amount = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    category = ma.fields.String(required=True)
    priority = ma.fields.String(required=True, validate=_words_of(Priority))
    status = ma.fields.String(required=True, validate=ma.validate.OneOf([status.value for status in ComplaintStatus]))
    channel = ma.fields.String(required=True)
    spoken = ma.fields.Boolean(required=True)
    rule_set = ma.fields.String(required=True)
    received_at = ma.fields.AwareDateTime(required=True)
    complete_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    acknowledge_by = ma.fields.Date(required=True)
    resolve_by = ma.fields.Date(required=True)
    information_by = ma.fields.Date(required=True, allow_none=True)
    may_ask_for_time = ma.fields.Boolean(required=True)
    next_deadline = ma.fields.Nested(NextDeadlineSchema, required=True, allow_none=True)
    extended = ma.fields.Boolean(required=True)
    extension_reason = ma.fields.String(required=True, allow_none=True)
    overdue = ma.fields.Boolean(required=True)
    level = ma.fields.Integer(required=True)
    handler_id = ma.fields.UUID(required=True, allow_none=True)
    handler = ma.fields.Nested(ComplaintColleagueSchema, allow_none=True)
    outcome = ma.fields.String(required=True, allow_none=True)
    redress = ma.fields.String(required=True, allow_none=True)
    closed_reason = ma.fields.String(required=True, allow_none=True)
    reopened_count = ma.fields.Integer(required=True)


class ComplaintPersonSchema(Schema):
    """Who complains."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    number = ma.fields.String(required=True)


class ComplaintDisputeSchema(Schema):
    """Something a complaint disputes, by the number or name people know it by; a call by its moment."""

    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(["claim", "letter", "call", "provider"]))
    label = ma.fields.String(required=True, allow_none=True)
    at = ma.fields.AwareDateTime(required=True, allow_none=True)


class ComplaintNoticeSchema(Schema):
    """What was told about a deadline, and to how many; ``step`` is the days of a warning or the level."""

    kind = ma.fields.String(required=True)
    due_on = ma.fields.Date(required=True)
    step = ma.fields.Integer(required=True)
    at = ma.fields.AwareDateTime(required=True)
    told = ma.fields.Integer(required=True)


class ComplaintPaperSchema(Schema):
    """A document beside the complaint."""

    document_id = ma.fields.UUID(required=True)
    at = ma.fields.AwareDateTime(required=True)


class ComplaintSchema(ComplaintSummarySchema):
    """A complaint with its words and steps; what follows the documents is only for staff."""

    text = ma.fields.String(required=True)
    steps = ma.fields.List(ma.fields.Nested(ComplaintStepSchema), required=True)
    referrals = ma.fields.List(ma.fields.Nested(ComplaintReferralSchema), required=True)
    documents = ma.fields.List(ma.fields.Nested(ComplaintPaperSchema), required=True)
    complainant = ma.fields.Nested(ComplaintPersonSchema)
    disputes = ma.fields.List(ma.fields.Nested(ComplaintDisputeSchema))
    extension_reasons = ma.fields.List(ma.fields.String())
    may_handle = ma.fields.List(ma.fields.Nested(ComplaintColleagueSchema))
    respondents = ma.fields.List(ma.fields.Nested(ComplaintColleagueSchema))
    notices = ma.fields.List(ma.fields.Nested(ComplaintNoticeSchema))


class ComplaintListSchema(Schema):
    """A page of complaints."""

    items = ma.fields.List(ma.fields.Nested(ComplaintSummarySchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
