"""Shapes of the members domain."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from backend.api import Schema
from backend.languages import LANGUAGES
from backend.members.models import ImportState, Relationship

_name = validate.Length(min=2, max=120)
_sex = validate.OneOf(["male", "female"])
_dependant = validate.OneOf([Relationship.SPOUSE.value, Relationship.CHILD.value])


class PersonSchema(Schema):
    """Who somebody is."""

    full_name = fields.String(required=True, validate=_name)
    birth_date = fields.Date(required=True)
    sex = fields.String(required=True, validate=_sex)
    phone = fields.String(validate=validate.Length(max=32))
    email = fields.Email(validate=validate.Length(max=200))
    language = fields.String(validate=validate.OneOf(LANGUAGES))
    national_id = fields.String(load_only=True, validate=validate.Length(min=5, max=32))


class NewEmployeeSchema(PersonSchema):
    """An employee to take in; ``plan`` is a plan's code."""

    employee_number = fields.String(required=True, validate=validate.Length(min=1, max=40))
    plan = fields.String(required=True, validate=validate.Length(max=40))
    starts_on = fields.Date(required=True)


class NewDependantSchema(PersonSchema):
    """A spouse or child of an employee."""

    relationship = fields.String(required=True, validate=_dependant)
    starts_on = fields.Date()


class NewEnrolmentRequestSchema(Schema):
    """A dependant whom a member asks to add."""

    relationship = fields.String(required=True, validate=_dependant)
    full_name = fields.String(required=True, validate=_name)
    birth_date = fields.Date(required=True)
    sex = fields.String(required=True, validate=_sex)


class DecisionSchema(Schema):
    """Accept, or refuse with a note for the member."""

    accept = fields.Boolean(required=True)
    note = fields.String(validate=validate.Length(max=500))

    @validates_schema
    def explain(self, data: dict[str, object], **_: object) -> None:
        """Whoever is refused is told why."""
        if data.get("accept") is False and not data.get("note"):
            raise ValidationError("a refusal needs a note", "note")


class TerminationSchema(Schema):
    """The last day on which the member belongs to the plan."""

    last_day = fields.Date(required=True)


class MemberQuerySchema(Schema):
    """Search words and the page."""

    q = fields.String(load_default="", validate=validate.Length(max=80))
    cursor = fields.String(validate=validate.Length(max=200))
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=100))
    current = fields.Boolean(load_default=False)


class MemberSchema(Schema):
    """A member without any health data; contact details are empty for roles that need none."""

    id = fields.UUID()
    member_number = fields.String()
    employee_id = fields.UUID(allow_none=True)
    employee_number = fields.String(allow_none=True)
    relationship = fields.String()
    name = fields.String()
    birth_date = fields.Date()
    sex = fields.String()
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    language = fields.String()
    has_national_id = fields.Boolean()
    left_on = fields.Date(allow_none=True)


class CardPlanSchema(Schema):
    """A plan by code and name."""

    code = fields.String()
    name = fields.String()


class MemberCoverSchema(Schema):
    """The enrolment that counts today."""

    state = fields.String(validate=validate.OneOf(["covered", "not_yet", "ended", "none"]))
    plan = fields.Nested(CardPlanSchema, allow_none=True)
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)


class OneMemberSchema(MemberSchema):
    """A member with cover and family."""

    cover = fields.Nested(MemberCoverSchema)
    family = fields.List(fields.Dict())


class RegistrationWarningSchema(Schema):
    """Something implausible that was accepted."""

    reason = fields.String()
    message = fields.String()


class RegisteredSchema(Schema):
    """A new member and what looked implausible."""

    id = fields.UUID()
    member_number = fields.String()
    warnings = fields.List(fields.Nested(RegistrationWarningSchema))


class MemberPageSchema(Schema):
    """Some members and where the next ones begin."""

    items = fields.List(fields.Nested(MemberSchema))
    next_cursor = fields.String(allow_none=True)


class EnrolmentRequestSchema(NewEnrolmentRequestSchema):
    """A request for a dependant and what became of it."""

    id = fields.UUID()
    employee_id = fields.UUID()
    status = fields.String()
    note = fields.String(allow_none=True)
    member_id = fields.UUID(allow_none=True)
    requested_at = fields.AwareDateTime()
    decided_at = fields.AwareDateTime(allow_none=True)


class EnrolmentRequestListSchema(Schema):
    """Requests, the oldest first."""

    items = fields.List(fields.Nested(EnrolmentRequestSchema))


class RequestQuerySchema(Schema):
    """Only requests in one state."""

    status = fields.String(validate=validate.OneOf(["requested", "accepted", "refused"]))


class CensusFormSchema(Schema):
    """Beside the file: the first day of cover for lines that name none."""

    effective_on = fields.Date()


class CensusImportSchema(Schema):
    """How far an import is."""

    id = fields.UUID()
    filename = fields.String()
    effective_on = fields.Date()
    state = fields.String(validate=validate.OneOf([state.value for state in ImportState]))
    total_rows = fields.Integer()
    done_rows = fields.Integer()
    counts = fields.Dict()
    columns = fields.Dict()
    refusal = fields.Nested(RegistrationWarningSchema, allow_none=True)
    uploaded_at = fields.AwareDateTime()
    applied_at = fields.AwareDateTime(allow_none=True)


class CensusImportListSchema(Schema):
    """The client's imports, the newest first."""

    items = fields.List(fields.Nested(CensusImportSchema))


class CensusRowQuerySchema(Schema):
    """Which lines, and after which one."""

    outcome = fields.String(validate=validate.OneOf(["new", "changed", "unchanged", "refused"]))
    problems = fields.Boolean(load_default=False)
    after = fields.Integer(load_default=0)
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=500))


class CensusRowSchema(Schema):
    """What becomes of one line."""

    line = fields.Integer()
    outcome = fields.String()
    employee_number = fields.String(allow_none=True)
    member_id = fields.UUID(allow_none=True)
    problems = fields.List(fields.Dict())


class CensusRowPageSchema(Schema):
    """Some lines and after which one the next page begins."""

    items = fields.List(fields.Nested(CensusRowSchema))
    next_after = fields.Integer(allow_none=True)


class RenewedYearSchema(Schema):
    """The plan year that follows."""

    id = fields.UUID()
    starts_on = fields.Date()
    ends_on = fields.Date()


class RenewalSchema(Schema):
    """The plan year that follows, and how many enrolments change to a new version of their plan with it."""

    plan_year = fields.Nested(RenewedYearSchema)
    moved = fields.Integer()
