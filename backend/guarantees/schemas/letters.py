"""Shapes of the guarantee letters API."""

from __future__ import annotations

import marshmallow as ma

from backend.api import AmountSchema, MoneySchema, ReceiptSchema, Schema
from backend.guarantees.rules import Evidence, LetterKind, LetterState
from backend.guarantees.rules.admission import GUARANTEED, Care
from backend.guarantees.rules.asks import AskKind, AskState
from backend.guarantees.rules.next_steps import NextStep
from backend.guarantees.schemas.amounts import HospitalPositionSchema, LetterSplitSchema
from backend.kit.pages import MAX_LIMIT

_STATES = [state.value for state in LetterState]
_EVIDENCE = [evidence.value for evidence in Evidence]
_NAME = ma.validate.Length(2, 200)
_WORDS = ma.validate.Length(3, 2000)
_DIAGNOSIS = ma.validate.Regexp(r"^[A-Z]\d{2}(\.\w{1,3})?$")
_DAYS = ma.validate.Range(1, 366)


class HospitalSchema(Schema):
    """A hospital of the network by its id, any other by name."""

    provider_id = ma.fields.UUID(load_default=None, allow_none=True)
    provider_name = ma.fields.String(load_default=None, allow_none=True, validate=_NAME)


class LetterIssueSchema(HospitalSchema):
    """The hospital, and what it expects the stay to cost, where that was not known before."""

    estimate = ma.fields.Nested(AmountSchema, load_default=None, allow_none=True)


class LetterRoomSchema(Schema):
    """The room: its class by the hospital's list, its rate where the list has none, and how it came to it (S1-63)."""

    room_class = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 60))
    rate = ma.fields.Nested(AmountSchema, load_default=None, allow_none=True)
    entitled_free = ma.fields.Boolean(load_default=True)
    own_request = ma.fields.Boolean(load_default=False)


class NewLetterSchema(HospitalSchema):
    """Who is admitted, where and when (today unless said otherwise), and what the desk knows about the stay."""

    member_id = ma.fields.UUID(required=True)
    admission_on = ma.fields.Date(load_default=None, allow_none=True)
    care = ma.fields.String(load_default=Care.INPATIENT.value, validate=ma.validate.OneOf([one.value for one in Care]))
    sent_by_doctor = ma.fields.Boolean(load_default=None, allow_none=True)
    expected_hours = ma.fields.Integer(load_default=None, allow_none=True, validate=ma.validate.Range(1, 8784))
    emergency = ma.fields.Boolean(load_default=False)
    days = ma.fields.Integer(load_default=2, strict=True, validate=_DAYS)
    estimate = ma.fields.Nested(AmountSchema, load_default=None, allow_none=True)
    positions = ma.fields.List(
        ma.fields.Nested(HospitalPositionSchema), load_default=list, validate=ma.validate.Length(max=200)
    )
    room = ma.fields.Nested(LetterRoomSchema, load_default=None, allow_none=True)
    diagnosis = ma.fields.String(load_default=None, allow_none=True, validate=_DIAGNOSIS)
    reason = ma.fields.String(load_default=None, allow_none=True, validate=_WORDS)
    card_number = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(4, 40))


class LetterExtensionSchema(Schema):
    """More days, more money or both, and why."""

    days = ma.fields.Integer(load_default=0, strict=True, validate=ma.validate.Range(0, 366))
    estimate = ma.fields.Nested(AmountSchema, load_default=None, allow_none=True)
    positions = ma.fields.List(
        ma.fields.Nested(HospitalPositionSchema), load_default=list, validate=ma.validate.Length(max=200)
    )
    room = ma.fields.Nested(LetterRoomSchema, load_default=None, allow_none=True)
    diagnosis = ma.fields.String(load_default=None, allow_none=True, validate=_DIAGNOSIS)
    reason = ma.fields.String(required=True, validate=_WORDS)


class LetterNightSchema(Schema):
    """One night: what the hospital charges, and whether a bed of the entitled class was free."""

    rate = ma.fields.Nested(AmountSchema, required=True)
    entitled_free = ma.fields.Boolean(load_default=True)


class LetterDischargeSchema(Schema):
    """The hospital's bill at the end of the stay."""

    positions = ma.fields.List(
        ma.fields.Nested(HospitalPositionSchema), required=True, validate=ma.validate.Length(min=1, max=500)
    )
    discharged_at = ma.fields.AwareDateTime(required=True)
    admitted_at = ma.fields.AwareDateTime(load_default=None, allow_none=True)
    nights = ma.fields.List(
        ma.fields.Nested(LetterNightSchema), load_default=list, validate=ma.validate.Length(max=366)
    )
    diagnosis = ma.fields.String(load_default=None, allow_none=True, validate=_DIAGNOSIS)


class LetterAdmissionSchema(Schema):
    """When the patient got the bed; now unless said otherwise."""

    admitted_at = ma.fields.AwareDateTime(load_default=None, allow_none=True)


class CollectedExcessSchema(Schema):
    """Excess cost the desk took from the patient."""

    amount = ma.fields.Nested(AmountSchema, required=True)


class ConfirmationSchema(Schema):
    """What confirms the letter; ``text`` is the number of the card that was shown, or HR's statement about it."""

    evidence = ma.fields.String(required=True, validate=ma.validate.OneOf(_EVIDENCE))
    text = ma.fields.String(required=True, validate=ma.validate.Length(4, 2000))


class VoidSchema(Schema):
    """Why the letter is withdrawn or what is asked is refused; hospital and member read it."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(3, 500))


class WantedPapersSchema(Schema):
    """Which papers are wanted; the hospital reads it."""

    which = ma.fields.String(required=True, validate=ma.validate.Length(3, 500))


class LetterPapersSchema(Schema):
    """What was asked for: words, files or both."""

    said = ma.fields.String(required=True, validate=_WORDS)
    document_ids = ma.fields.List(ma.fields.UUID(), load_default=list, validate=ma.validate.Length(max=20))


class LetterCodeSchema(Schema):
    """The text of a letter's QR."""

    qr = ma.fields.String(required=True, validate=ma.validate.Length(1, 4000))


class LetterQuerySchema(Schema):
    """Which letters, which page; ``raised``: stays whose discharge never came."""

    member_id = ma.fields.UUID()
    state = ma.fields.String(validate=ma.validate.OneOf(_STATES))
    raised = ma.fields.Boolean(load_default=False)
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class GuaranteeAskQuerySchema(Schema):
    """Whose queue, which page."""

    desk = ma.fields.String(validate=ma.validate.OneOf(["doctor", "helpline"]))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class GuaranteeAskSchema(Schema):
    """What a hospital asked of a letter; what is medical about it is there for some readers only."""

    id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf([kind.value for kind in AskKind]))
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([state.value for state in AskState]))
    days = ma.fields.Integer(required=True)
    asked = ma.fields.Nested(MoneySchema, required=True)
    granted = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    for_doctor = ma.fields.Boolean(required=True)
    asked_at = ma.fields.AwareDateTime(required=True)
    asked_by = ma.fields.String(required=True)
    answer_by = ma.fields.AwareDateTime(required=True, allow_none=True)
    overdue = ma.fields.Boolean(required=True)
    answered_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    answer = ma.fields.String(required=True, allow_none=True)
    diagnosis = ma.fields.String(required=True, allow_none=True)
    reason = ma.fields.String(required=True, allow_none=True)
    note = ma.fields.String(required=True, allow_none=True)
    papers = ma.fields.List(ma.fields.UUID(), required=True)


class WaitingGuaranteeSchema(GuaranteeAskSchema):
    """The same in the queue, with the letter it belongs to."""

    letter_id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member_name = ma.fields.String(required=True)
    provider_name = ma.fields.String(required=True)


class WaitingGuaranteeListSchema(Schema):
    """A page of the queue, the answer that is owed first at the top."""

    items = ma.fields.List(ma.fields.Nested(WaitingGuaranteeSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class LetterSchema(Schema):
    """A letter of guarantee; ``statement`` and ``case_id`` are for staff only, ``receipt`` not for HR."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member_id = ma.fields.UUID(required=True)
    member_name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf([kind.value for kind in LetterKind]))
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(_STATES))
    care = ma.fields.String(required=True, validate=ma.validate.OneOf([care.value for care in GUARANTEED]))
    provider_id = ma.fields.UUID(required=True, allow_none=True)
    provider_name = ma.fields.String(required=True)
    admission_on = ma.fields.Date(required=True)
    days = ma.fields.Integer(required=True)
    emergency = ma.fields.Boolean(required=True)
    case_id = ma.fields.UUID(required=True, allow_none=True)
    requested_at = ma.fields.AwareDateTime(required=True)
    issued_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    valid_until = ma.fields.AwareDateTime(required=True, allow_none=True)
    confirmed_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    confirmed_by = ma.fields.String(required=True, allow_none=True, validate=ma.validate.OneOf(_EVIDENCE))
    statement = ma.fields.String(required=True, allow_none=True)
    void_reason = ma.fields.String(required=True, allow_none=True)
    promised = ma.fields.Nested(MoneySchema, required=True)
    room = ma.fields.Dict(required=True, allow_none=True)
    admitted_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    discharged_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    settled = ma.fields.Nested(LetterSplitSchema, required=True, allow_none=True)
    claim_due_on = ma.fields.Date(required=True, allow_none=True)
    collected = ma.fields.Nested(MoneySchema, required=True)
    left_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    discharge_wanted_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    discharge_raised_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    receipt = ma.fields.Nested(ReceiptSchema, required=True, allow_none=True)
    qr = ma.fields.String(required=True, allow_none=True)
    """The code that proves it at a desk, of a single letter in force; kept by the app for a place without network."""
    asks = ma.fields.List(ma.fields.Nested(GuaranteeAskSchema), required=True)
    next_step = ma.fields.String(required=True, validate=ma.validate.OneOf([step.value for step in NextStep]))
    helpline = ma.fields.String(required=True)


class LetterListSchema(Schema):
    """A page of letters."""

    items = ma.fields.List(ma.fields.Nested(LetterSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class VerifiedLetterSchema(Schema):
    """What a code is worth; ``problem`` is None when the patient can be admitted on it."""

    genuine = ma.fields.Boolean(required=True)
    problem = ma.fields.String(required=True, allow_none=True)
    message = ma.fields.String(required=True, allow_none=True)
    letter = ma.fields.Nested(LetterSchema, required=True, allow_none=True)
