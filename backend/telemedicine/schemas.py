"""Shapes of the teleconsultations API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from backend.api import MoneySchema, Schema
from backend.kit.pages import MAX_LIMIT
from backend.referrals.vocabulary import SPECIALTIES
from backend.telemedicine.paper_schemas import PrescriptionSchema, RestCertificateSchema
from backend.telemedicine.rules.states import State
from backend.telemedicine.rules.triage import LONGEST_WORDS

_STATES = [state.value for state in State]
_WORDS = ma.validate.Length(1, 4000)


class AnswersField(ma.fields.Dict):
    """Answers by the code of their question: yes or no, a number, the code of a choice, or words."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> Any:
        answers = super()._deserialize(value, attr, data, **more)
        plain = all(isinstance(one, str | int | float | bool | None) for one in answers.values())
        short = all(len(one) <= LONGEST_WORDS for one in answers.values() if isinstance(one, str))
        if len(answers) > 60 or not plain or not short:
            raise ma.ValidationError("answers are yes or no, numbers or short words")
        return answers


class NewConsultationSchema(Schema):
    """Who needs a doctor, for what, now or at ``starts_at``."""

    member_id = ma.fields.UUID(required=True)
    complaint = ma.fields.String(required=True, validate=ma.validate.Length(1, 40))
    answers = AnswersField(keys=ma.fields.String(), load_default=dict)
    starts_at = ma.fields.AwareDateTime(load_default=None, allow_none=True)


class ConsultationQuerySchema(Schema):
    """Whose, which page."""

    member_id = ma.fields.UUID(load_default=None)
    cursor = ma.fields.String(load_default=None)
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class QuestionsQuerySchema(Schema):
    """For whom."""

    member_id = ma.fields.UUID(required=True)


class TriageChoiceSchema(Schema):
    """One answer to choose."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class TriageQuestionSchema(Schema):
    """One question before a consultation."""

    code = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(["yes_no", "number", "choice", "text"]))
    question = ma.fields.String(required=True)
    choices = ma.fields.List(ma.fields.Nested(TriageChoiceSchema), required=True)
    least = ma.fields.Float(required=True, allow_none=True)
    most = ma.fields.Float(required=True, allow_none=True)
    optional = ma.fields.Boolean(required=True)


class AskedComplaintSchema(Schema):
    """One kind of complaint with its questions."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    questions = ma.fields.List(ma.fields.Nested(TriageQuestionSchema), required=True)


class TriageQuestionsSchema(Schema):
    """What one can come with."""

    items = ma.fields.List(ma.fields.Nested(AskedComplaintSchema), required=True)


class ConsultationSlotSchema(Schema):
    """A time at which a doctor is free."""

    starts_at = ma.fields.AwareDateTime(required=True)
    ends_at = ma.fields.AwareDateTime(required=True)


class ConsultationSlotsSchema(Schema):
    """Free times, the earliest first."""

    items = ma.fields.List(ma.fields.Nested(ConsultationSlotSchema), required=True)


class ConsultationOutlineSchema(Schema):
    """A consultation in a list."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member_id = ma.fields.UUID(required=True)
    member_name = ma.fields.String(required=True)
    complaint = ma.fields.String(required=True)
    complaint_name = ma.fields.String(required=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(_STATES))
    language = ma.fields.String(required=True)
    requested_at = ma.fields.AwareDateTime(required=True)
    starts_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    called_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    ended_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class ConsultationPage(Schema):
    """A page of consultations."""

    items = ma.fields.List(ma.fields.Nested(ConsultationOutlineSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class ConsultationQueueSchema(Schema):
    """Where one waits. ``minutes`` is null when nobody can know; ``opens_at`` when the next doctor begins."""

    position = ma.fields.Integer(required=True)
    doctors_on_duty = ma.fields.Integer(required=True)
    minutes = ma.fields.Integer(required=True, allow_none=True)
    longer = ma.fields.Boolean(required=True)
    opens_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class EmergencyNumberSchema(Schema):
    """Whom to call now."""

    number = ma.fields.String(required=True)


class TriageAnswerSchema(Schema):
    """A question with the answer that was given."""

    code = ma.fields.String(required=True)
    question = ma.fields.String(required=True)
    answer = ma.fields.Raw(required=True)


class DiagnosisSchema(Schema):
    """A diagnosis; ``flags`` say what the book does not expect of this patient (``sex``, ``age``)."""

    code = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    flags = ma.fields.List(ma.fields.String())


class DiagnosesSchema(Schema):
    """What it is, the main diagnosis first."""

    items = ma.fields.List(ma.fields.Nested(DiagnosisSchema), required=True)


class DiagnosingSchema(Schema):
    """Codes of ICD-10, the main diagnosis first."""

    codes = ma.fields.List(
        ma.fields.String(validate=ma.validate.Length(3, 7)), required=True, validate=ma.validate.Length(1, 8)
    )


class ConsultedPatientSchema(Schema):
    """Whom a doctor has before them."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    sex = ma.fields.String(required=True)
    birth_date = ma.fields.Date(required=True)


class ConsultationStepSchema(Schema):
    """One move of a consultation."""

    move = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    by = ma.fields.String(required=True)
    at = ma.fields.AwareDateTime(required=True)
    why = ma.fields.String(required=True, allow_none=True)


class ConsultationSchema(ConsultationOutlineSchema):
    """A consultation; ``patient``, ``case_id``, ``mine`` and ``steps`` are for doctors only."""

    doctor = ma.fields.String(required=True, allow_none=True)
    queue = ma.fields.Nested(ConsultationQueueSchema, required=True, allow_none=True)
    video_link = ma.fields.String(required=True, allow_none=True)
    emergency = ma.fields.Nested(EmergencyNumberSchema, required=True, allow_none=True)
    answers = ma.fields.List(ma.fields.Nested(TriageAnswerSchema), required=True)
    danger = ma.fields.List(ma.fields.String(), required=True)
    fee = ma.fields.Nested(MoneySchema, required=True)
    diagnoses = ma.fields.List(ma.fields.Nested(DiagnosisSchema), required=True)
    advice = ma.fields.String(required=True, allow_none=True)
    follow_up_on = ma.fields.Date(required=True, allow_none=True)
    referral_code = ma.fields.String(required=True, allow_none=True)
    prescriptions = ma.fields.List(ma.fields.Nested(PrescriptionSchema), required=True)
    certificate = ma.fields.Nested(RestCertificateSchema, required=True, allow_none=True)
    today = ma.fields.Date(required=True, metadata={"description": "The day at the client's seat."})
    patient = ma.fields.Nested(ConsultedPatientSchema)
    case_id = ma.fields.UUID(allow_none=True)
    conversation_id = ma.fields.UUID()
    mine = ma.fields.Boolean()
    steps = ma.fields.List(ma.fields.Nested(ConsultationStepSchema))


class DoctorsDeskRowSchema(ConsultationOutlineSchema):
    """A consultation on the doctors' desk."""

    position = ma.fields.Integer(required=True, allow_none=True)
    waited_seconds = ma.fields.Integer(required=True, allow_none=True)
    doctor = ma.fields.String(required=True, allow_none=True)
    mine = ma.fields.Boolean(required=True)
    soon = ma.fields.Boolean(required=True)
    patient = ma.fields.Nested(ConsultedPatientSchema, required=True)
    case_id = ma.fields.UUID(required=True, allow_none=True)


class DoctorsDeskSchema(Schema):
    """The doctors' desk."""

    items = ma.fields.List(ma.fields.Nested(DoctorsDeskRowSchema), required=True)
    doctors_on_duty = ma.fields.Integer(required=True)


class PuttingBackSchema(Schema):
    """Why it is given back; colleagues read it."""

    why = ma.fields.String(required=True, validate=ma.validate.Length(3, 300))


class EndingConsultationSchema(Schema):
    """What the member reads, and when they are seen again."""

    advice = ma.fields.String(required=True, validate=_WORDS)
    follow_up_on = ma.fields.Date(load_default=None, allow_none=True)


class NewDoctorNoteSchema(Schema):
    """What only doctors read."""

    text = ma.fields.String(required=True, validate=_WORDS)


class CallingMemberSchema(Schema):
    """The doctor's own telephone; the one on file when it is not given."""

    phone = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(5, 30))


class ConsultationCallSchema(Schema):
    """A telephone that rings."""

    id = ma.fields.UUID(required=True)
    state = ma.fields.String(required=True)
    phone_masked = ma.fields.String(required=True)


class ReferringSchema(Schema):
    """To whom; ``earlier_code`` is the referral it goes on from."""

    specialty = ma.fields.String(required=True, validate=ma.validate.OneOf(SPECIALTIES))
    earlier_code = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(6, 40))


class ReferredSchema(Schema):
    """The code that a facility accepts."""

    code = ma.fields.String(required=True)


class DoctorNoteSchema(Schema):
    """What a doctor wrote, for doctors."""

    id = ma.fields.UUID(required=True)
    text = ma.fields.String(required=True)
    by = ma.fields.Dict(required=True)
    at = ma.fields.AwareDateTime(required=True)


class DoctorNotesSchema(Schema):
    """What doctors wrote in a consultation."""

    items = ma.fields.List(ma.fields.Nested(DoctorNoteSchema), required=True)
