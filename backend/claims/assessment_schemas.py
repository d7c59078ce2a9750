"""Shapes of what an analyst reads from the papers of a claim."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.adjudication.rules import Item
from backend.adjudication.rules.coordination import Way
from backend.api import Schema

_CODE = ma.validate.Regexp(r"^[A-Za-z0-9._/-]{1,40}$")
_DIAGNOSIS = ma.validate.Regexp(r"^[A-Z][0-9]{2}(\.[0-9A-Z]{1,2})?$")
_ITEMS = ma.validate.OneOf([item.value for item in Item])
_FINDINGS = ma.validate.OneOf(["quantity", "diagnosis", "quality", "anomaly"])
_DIOPTRE = ma.validate.Regexp(r"^[+-]?[0-9]{1,2}(\.[0-9]{1,2})?$")
_MINOR = ma.validate.Range(0, 10**15)
_JKN_CLASS = ma.validate.Range(0, 3)


class RefractionSchema(Schema):
    """Dioptres of the stronger eye."""

    sphere = ma.fields.String(load_default="0", validate=_DIOPTRE)
    cylinder = ma.fields.String(load_default="0", validate=_DIOPTRE)


class GlassesSchema(Schema):
    """What the papers of spectacles say (S1-23..S1-27)."""

    refraction = ma.fields.Nested(RefractionSchema, required=True)
    earlier = ma.fields.Nested(RefractionSchema)
    prescribed = ma.fields.Boolean()
    approved = ma.fields.Boolean()
    specialist_letter = ma.fields.Boolean()
    other_conditions = ma.fields.Boolean()


class AssessedLineSchema(Schema):
    """What a line is; positions count from 1 as the claim shows them."""

    position = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(1, 9999))
    benefit_code = ma.fields.String(allow_none=True, validate=_CODE)
    item = ma.fields.String(validate=_ITEMS)
    service_code = ma.fields.String(allow_none=True, validate=_CODE)
    diagnosis = ma.fields.String(allow_none=True, validate=_DIAGNOSIS)
    accepted_minor = ma.fields.Integer(allow_none=True, strict=True, validate=ma.validate.Range(0, 10**15))
    finding = ma.fields.String(allow_none=True, validate=_FINDINGS)

    @ma.validates_schema
    def check_finding(self, data: dict[str, Any], **_: Any) -> None:
        """Raises ValidationError when less is accepted and nobody says why: nothing is refused silently."""
        if data.get("accepted_minor") is not None and not data.get("finding"):
            raise ma.ValidationError("say why", "finding")


class ReadNightsSchema(Schema):
    """Nights at one rate; ``entitled_free`` says that a bed of the class the plan pays was free."""

    count = ma.fields.Integer(load_default=1, strict=True, validate=ma.validate.Range(1, 366))
    rate_minor = ma.fields.Integer(required=True, strict=True, validate=_MINOR)
    entitled_free = ma.fields.Boolean(load_default=True)


class ReadStaySchema(Schema):
    """The nights in their order (S1-63..S1-71)."""

    nights = ma.fields.List(ma.fields.Nested(ReadNightsSchema), required=True, validate=ma.validate.Length(1, 60))
    own_request = ma.fields.Boolean(load_default=False)


class ReadOtherPayerSchema(Schema):
    """Another payer of the same bill: JKN or another plan (S4-5..S4-11). Tariffs are INA-CBG amounts as received."""

    name = ma.fields.String(required=True, validate=ma.validate.Length(2, 80))
    way = ma.fields.String(required=True, validate=ma.validate.OneOf([way.value for way in Way]))
    paid_minor = ma.fields.Integer(allow_none=True, strict=True, validate=_MINOR)
    tariff_minor = ma.fields.Integer(allow_none=True, strict=True, validate=_MINOR)
    class_one_tariff_minor = ma.fields.Integer(allow_none=True, strict=True, validate=_MINOR)
    entitled = ma.fields.Integer(strict=True, validate=_JKN_CLASS)
    occupied = ma.fields.Integer(strict=True, validate=_JKN_CLASS)
    executive_clinic = ma.fields.Boolean()
    may_upgrade = ma.fields.Boolean()
    first = ma.fields.Boolean()

    @ma.validates_schema
    def check_figures(self, data: dict[str, Any], **_: Any) -> None:
        """Raises ValidationError for a way without the figure it reckons with."""
        needed = "paid_minor" if data.get("way") == Way.BALANCE or not data.get("first", True) else "tariff_minor"
        if data.get(needed) is None:
            raise ma.ValidationError("needed for this way", needed)


class ReadDispensingSchema(Schema):
    """A dispensing of a prescription: 0 is the first one, 1 the first repeat (S1-73)."""

    number = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, 99))
    first_on = ma.fields.Date(required=True)
    written_approval = ma.fields.Boolean(load_default=False)


class ReadAccidentSchema(Schema):
    """Something sudden from outside (S1-11)."""

    happened_on = ma.fields.Date(required=True)
    hurt_on = ma.fields.Date(required=True)
    inhaled_or_swallowed = ma.fields.Boolean(load_default=False)


class ReadLineSchema(Schema):
    """A position as an analyst reads it from the papers, when the member sent none or another one."""

    description = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    quantity = ma.fields.Integer(load_default=1, strict=True, validate=ma.validate.Range(1, 9999))
    amount_minor = ma.fields.Integer(required=True, strict=True, validate=_MINOR)
    proposed_by_document_id = ma.fields.UUID(allow_none=True, load_default=None)


class ClaimAssessmentSchema(Schema):
    """What an analyst reads from the papers; what is not named stays, null forgets what was told before.

    ``positions`` replace the bill's, ``lines`` say what each position is.
    """

    visit_on = ma.fields.Date()
    invoice_number = ma.fields.String(allow_none=True, validate=ma.validate.Length(1, 60))
    claimed_minor = ma.fields.Integer(strict=True, validate=ma.validate.Range(1, 10**15))
    positions = ma.fields.List(ma.fields.Nested(ReadLineSchema), validate=ma.validate.Length(1, 200))

    diagnosis = ma.fields.String(allow_none=True, validate=_DIAGNOSIS)
    emergency = ma.fields.Boolean()
    surgery = ma.fields.Boolean()
    referral = ma.fields.Boolean()
    approved = ma.fields.Boolean()
    hours = ma.fields.Integer(strict=True, validate=ma.validate.Range(0, 24 * 366))
    room_class = ma.fields.String(allow_none=True, validate=_CODE)
    cashless = ma.fields.Boolean()
    """The provider was not paid and bills us; counts only with a provider of the registry."""
    stay = ma.fields.Nested(ReadStaySchema, allow_none=True)
    other = ma.fields.Nested(ReadOtherPayerSchema, allow_none=True)
    dispensing = ma.fields.Nested(ReadDispensingSchema, allow_none=True)
    accident = ma.fields.Nested(ReadAccidentSchema, allow_none=True)
    glasses = ma.fields.Nested(GlassesSchema, allow_none=True)
    lines = ma.fields.List(ma.fields.Nested(AssessedLineSchema), validate=ma.validate.Length(max=200))
