"""Shapes of the claims API."""

from __future__ import annotations

import marshmallow as ma
from webargs.fields import DelimitedList

from backend.api import AmountSchema, MoneySchema, Schema
from backend.benefits.rules import BenefitGroup
from backend.claims import checklists
from backend.claims.decision_schemas import ClaimAppealSchema, ClaimDecisionSchema, ClaimFlagSchema
from backend.claims.models import ClaimStatus
from backend.kit.money import Money
from backend.kit.pages import MAX_LIMIT

_BENEFITS = ma.validate.OneOf([group.value for group in BenefitGroup])
_STATUSES = ma.validate.OneOf([status.value for status in ClaimStatus])
_REGION = ma.validate.Regexp(r"^[0-9A-Za-z-]{1,12}$")


class ClaimLineSchema(Schema):
    """One position of the bill; name the document when its reading was taken over."""

    position = ma.fields.Integer()
    """Given back with each line; the order of what is sent decides it."""
    description = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    quantity = ma.fields.Integer(load_default=1, strict=True, validate=ma.validate.Range(1, 9999))
    amount = ma.fields.Nested(AmountSchema, required=True)
    proposed_by_document_id = ma.fields.UUID(allow_none=True, load_default=None)


def _positive(amount: Money | None) -> None:
    if amount is not None and not amount:
        raise ma.ValidationError("must be more than nothing")


class BenefitChoiceSchema(Schema):
    """A benefit of the plan that the bill may fall under."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class ClaimFactsSchema(Schema):
    """What a member knows about a treatment; all of it may come later than the claim."""

    visit_on = ma.fields.Date(allow_none=True)
    discharge_on = ma.fields.Date(allow_none=True)
    provider_id = ma.fields.UUID(allow_none=True)
    provider_name = ma.fields.String(allow_none=True, validate=ma.validate.Length(1, 200))
    place_region = ma.fields.String(allow_none=True, validate=_REGION)
    invoice_number = ma.fields.String(allow_none=True, validate=ma.validate.Length(1, 60))
    claimed = ma.fields.Nested(AmountSchema, allow_none=True, validate=_positive)
    chosen_benefit = ma.fields.String(allow_none=True, validate=ma.validate.Length(1, 60))
    """One of the claim's ``benefit_choices``; it counts where the words of the bill leave it open."""
    circumstances = ma.fields.List(ma.fields.String(validate=ma.validate.OneOf(sorted(checklists.askable()))))
    lines = ma.fields.List(ma.fields.Nested(ClaimLineSchema), validate=ma.validate.Length(max=200))


class NewClaimSchema(ClaimFactsSchema):
    """A claim to begin."""

    member_id = ma.fields.UUID(required=True)
    benefit_group = ma.fields.String(required=True, data_key="benefit", validate=_BENEFITS)


class ClaimChangeSchema(ClaimFactsSchema):
    """What is to change; what is not named stays."""

    benefit_group = ma.fields.String(data_key="benefit", validate=_BENEFITS)


class ClaimAttachmentSchema(Schema):
    """A document and what it stands for."""

    document_id = ma.fields.UUID(required=True)
    requirement = ma.fields.String(required=True, validate=ma.validate.OneOf(sorted(checklists.codes())))


class ClaimNoteSchema(Schema):
    """Words that go into the history."""

    note = ma.fields.String(allow_none=True, load_default=None, validate=ma.validate.Length(max=2000))


class ClaimReasonSchema(Schema):
    """Words the member will read."""

    note = ma.fields.String(required=True, validate=ma.validate.Length(3, 2000))


class ClaimReturnSchema(ClaimReasonSchema):
    """What is missing, in codes and in words."""

    missing = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf(sorted(checklists.codes()))),
        required=True,
        validate=ma.validate.Length(1, 20),
    )


class ClaimCompletionSchema(ClaimNoteSchema):
    """Papers that are waived on purpose."""

    accept_without = ma.fields.List(ma.fields.String(validate=ma.validate.OneOf(sorted(checklists.codes()))))


class ClaimPageQuerySchema(Schema):
    """Which page."""

    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class ClaimListQuerySchema(ClaimPageQuerySchema):
    """Which claims."""

    member_id = ma.fields.UUID()
    status = ma.fields.String(validate=_STATUSES)
    number = ma.fields.String(validate=ma.validate.Length(max=40))


class ClaimQueueQuerySchema(ClaimPageQuerySchema):
    """Which part of the desk's work, and what comes first: ``age`` or the day an answer is owed (``due``)."""

    status = DelimitedList(ma.fields.String(validate=_STATUSES), load_default=(ClaimStatus.SUBMITTED.value,))
    """Comma-separated."""
    order = ma.fields.String(load_default="age", validate=ma.validate.OneOf(["age", "due"]))


class RequirementsQuerySchema(Schema):
    """What the treatment was."""

    benefit = ma.fields.String(required=True, validate=_BENEFITS)
    member_id = ma.fields.UUID()
    visit_on = ma.fields.Date()
    discharge_on = ma.fields.Date()
    region = ma.fields.String(validate=_REGION)
    circumstances = DelimitedList(ma.fields.String(validate=ma.validate.OneOf(sorted(checklists.askable()))))
    """Comma-separated."""


class RequirementAlternativeSchema(Schema):
    """A document that stands for another."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    note = ma.fields.String(required=True)


class RequirementSchema(RequirementAlternativeSchema):
    """One line of the checklist; ``automatic`` papers need not be sent, the platform has them."""

    required = ma.fields.Boolean(required=True)
    automatic = ma.fields.Boolean(required=True)
    when = ma.fields.String(required=True, allow_none=True)
    unless = ma.fields.String(required=True, allow_none=True)
    alternatives = ma.fields.List(ma.fields.Nested(RequirementAlternativeSchema), required=True)


class ClaimQuestionSchema(Schema):
    """A circumstance the member can tick; it changes the checklist."""

    code = ma.fields.String(required=True)
    question = ma.fields.String(required=True)


class RequirementsSchema(Schema):
    """Which papers, until when."""

    benefit = ma.fields.String(required=True)
    documents = ma.fields.List(ma.fields.Nested(RequirementSchema), required=True)
    circumstances = ma.fields.List(ma.fields.Nested(ClaimQuestionSchema), required=True)
    submit_by = ma.fields.Date(required=True, allow_none=True)
    days = ma.fields.Integer(required=True)
    days_outside = ma.fields.Integer(required=True)
    resubmission_days = ma.fields.Integer(required=True)
    settlement_working_days = ma.fields.Integer(required=True)
    paid_to = ma.fields.String(required=True, validate=ma.validate.OneOf(["company", "member"]))
    notes = ma.fields.List(ma.fields.String(), required=True)


class ClaimSummarySchema(Schema):
    """A claim as a list shows it."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member_id = ma.fields.UUID(required=True)
    benefit = ma.fields.String(required=True)
    status = ma.fields.String(required=True, validate=_STATUSES)
    visit_on = ma.fields.Date(required=True, allow_none=True)
    discharge_on = ma.fields.Date(required=True, allow_none=True)
    provider_name = ma.fields.String(required=True, allow_none=True)
    invoice_number = ma.fields.String(required=True, allow_none=True)
    claimed = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    channel = ma.fields.String(required=True)
    missing = ma.fields.List(ma.fields.String(), required=True)
    refusal = ma.fields.String(required=True, allow_none=True)
    submit_by = ma.fields.Date(required=True, allow_none=True)
    resubmit_by = ma.fields.Date(required=True, allow_none=True)
    settle_by = ma.fields.Date(required=True, allow_none=True)
    created_at = ma.fields.AwareDateTime(required=True)
    submitted_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    complete_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class ClaimPaperSchema(Schema):
    """A document and what it stands for."""

    document_id = ma.fields.UUID(required=True)
    requirement = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    quality = ma.fields.Dict(required=True)


class ClaimEventSchema(Schema):
    """One step."""

    status = ma.fields.String(required=True)
    at = ma.fields.AwareDateTime(required=True)
    reason = ma.fields.String(required=True, allow_none=True)
    note = ma.fields.String(required=True, allow_none=True)
    missing = ma.fields.List(ma.fields.String(), required=True)


class ClaimPaymentSchema(Schema):
    """The money of an approved claim: to the member's, the company's or the provider's account, and when."""

    state = ma.fields.String(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    to = ma.fields.String(required=True, validate=ma.validate.OneOf(["member", "company", "provider"]))
    account_ending = ma.fields.String(required=True, allow_none=True)
    expected_on = ma.fields.Date(required=True, allow_none=True)
    paid_on = ma.fields.Date(required=True, allow_none=True)


class ClaimSchema(ClaimSummarySchema):
    """Everything about a claim."""

    decision = ma.fields.Nested(ClaimDecisionSchema, required=True, allow_none=True)
    appeals = ma.fields.List(ma.fields.Nested(ClaimAppealSchema), required=True)

    place_region = ma.fields.String(required=True, allow_none=True)
    provider_id = ma.fields.UUID(required=True, allow_none=True)
    circumstances = ma.fields.List(ma.fields.String(), required=True)
    chosen_benefit = ma.fields.String(required=True, allow_none=True)
    benefit_choices = ma.fields.List(ma.fields.Nested(BenefitChoiceSchema), required=True)
    """Empty unless the words of the bill leave open under which of the plan's benefits it falls."""
    lines = ma.fields.List(ma.fields.Nested(ClaimLineSchema), required=True)
    documents = ma.fields.List(ma.fields.Nested(ClaimPaperSchema), required=True)
    missing_names = ma.fields.List(ma.fields.String(), required=True)
    flags = ma.fields.List(ma.fields.Nested(ClaimFlagSchema), required=True)
    history = ma.fields.List(ma.fields.Nested(ClaimEventSchema), required=True)
    payment = ma.fields.Nested(ClaimPaymentSchema, required=True, allow_none=True)


class ClaimListSchema(Schema):
    """A page of claims."""

    items = ma.fields.List(ma.fields.Nested(ClaimSummarySchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class ClaimPatientSchema(Schema):
    """Whose claim it is."""

    number = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class QueuedClaimSchema(ClaimSummarySchema):
    """A claim as the intake desk sees it."""

    flags = ma.fields.List(ma.fields.Nested(ClaimFlagSchema), required=True)
    member = ma.fields.Nested(ClaimPatientSchema, required=True)
    due_on = ma.fields.Date(required=True, allow_none=True)


class ClaimQueueSchema(Schema):
    """A page of the desk's work."""

    items = ma.fields.List(ma.fields.Nested(QueuedClaimSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
