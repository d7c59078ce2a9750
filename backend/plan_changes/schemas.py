"""Shapes of the changes of plans."""

from __future__ import annotations

import marshmallow as ma

from backend.api import MoneySchema, Schema
from backend.benefits.rules import BenefitGroup
from backend.funds.rules.cockpit import OTHER
from backend.kit.pages import MAX_LIMIT
from backend.plan_changes.models import ChangeState, PreviewState
from backend.plan_changes.rules.steps import WINDOWS

_GROUPS = ma.validate.OneOf([group.value for group in BenefitGroup])


class PlanChangeFile(Schema):
    """The plan as it would be: YAML or a workbook, like every plan file; its ``valid_from`` is when it takes effect."""

    file = ma.fields.Raw(required=True, metadata={"type": "string", "format": "binary"})


class PlanFile(Schema):
    """A plan as YAML or as a workbook."""

    file = ma.fields.Raw(required=True, metadata={"type": "string", "format": "binary"})
    dry_run = ma.fields.Boolean(load_default=False)


class PlanDefect(Schema):
    """What is wrong, and where: a path in YAML, a cell in a workbook."""

    where = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class PlanImport(Schema):
    """What a sent plan file is: ``applied`` when it holds already, else the proposal that waits for a second person."""

    outcome = ma.fields.String(required=True, metadata={"enum": ["new", "unchanged", "replaced", "refused"]})
    applied = ma.fields.Boolean(required=True)
    id = ma.fields.UUID(required=True, allow_none=True)
    code = ma.fields.String(required=True, allow_none=True)
    valid_from = ma.fields.Date(required=True, allow_none=True)
    change_id = ma.fields.UUID(required=True, allow_none=True)
    benefits = ma.fields.Integer(required=True)
    defects = ma.fields.List(ma.fields.Nested(PlanDefect), required=True)


class PreviewWindow(Schema):
    """How far back to look."""

    months = ma.fields.Integer(required=True, strict=True, validate=ma.validate.OneOf(WINDOWS))


class AffectedQuery(Schema):
    """Which page."""

    cursor = ma.fields.UUID(load_default=None, allow_none=True)
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class ReplacedVersion(Schema):
    """The version that the change takes the place of."""

    id = ma.fields.UUID(required=True)
    valid_from = ma.fields.Date(required=True)


class PlanChangeRow(Schema):
    """A change; ``late`` when its day has passed before it was put in force, ``own`` when the reader proposed it.

    ``introduces`` when nobody is in the plan yet: there is nothing to preview, and a new plan replaces nothing.
    """

    id = ma.fields.UUID(required=True)
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    replaces = ma.fields.Nested(ReplacedVersion, required=True, allow_none=True)
    introduces = ma.fields.Boolean(required=True)
    effective_on = ma.fields.Date(required=True)
    filename = ma.fields.String(required=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([state.value for state in ChangeState]))
    proposed_at = ma.fields.AwareDateTime(required=True)
    proposed_by = ma.fields.UUID(required=True)
    proposed_by_name = ma.fields.String(required=True, allow_none=True)
    in_force_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    in_force_by = ma.fields.UUID(required=True, allow_none=True)
    in_force_by_name = ma.fields.String(required=True, allow_none=True)
    new_plan_id = ma.fields.UUID(required=True, allow_none=True)
    own = ma.fields.Boolean(required=True)
    late = ma.fields.Boolean(required=True)


class PlanChangeList(Schema):
    """The changes of a client's plans."""

    items = ma.fields.List(ma.fields.Nested(PlanChangeRow), required=True)


class PreviewSums(Schema):
    """Claims and people, and what plan and members pay under the old terms and under the proposed ones."""

    claims = ma.fields.Integer(required=True)
    members = ma.fields.Integer(required=True)
    affected_claims = ma.fields.Integer(required=True)
    affected_members = ma.fields.Integer(required=True)
    plan_before = ma.fields.Nested(MoneySchema, required=True)
    plan_after = ma.fields.Nested(MoneySchema, required=True)
    member_before = ma.fields.Nested(MoneySchema, required=True)
    member_after = ma.fields.Nested(MoneySchema, required=True)


class PreviewGroup(PreviewSums):
    """The same for one kind of care; ``other`` puts together what is too small to be shown to an employer."""

    group = ma.fields.String(
        required=True, validate=ma.validate.OneOf([*(group.value for group in BenefitGroup), OTHER])
    )


class PreviewShown(Schema):
    """How far a preview is and what it found; to an employer nothing that fewer than five people could be read from."""

    state = ma.fields.String(required=True, validate=ma.validate.OneOf([state.value for state in PreviewState]))
    months = ma.fields.Integer(required=True)
    first_on = ma.fields.Date(required=True)
    last_on = ma.fields.Date(required=True)
    total_claims = ma.fields.Integer(required=True)
    done_claims = ma.fields.Integer(required=True)
    not_judged = ma.fields.Integer(required=True)
    finished_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    seen = ma.fields.Boolean(required=True)
    of_this_file = ma.fields.Boolean(required=True)
    total = ma.fields.Nested(PreviewSums, required=True, allow_none=True)
    groups = ma.fields.List(ma.fields.Nested(PreviewGroup), required=True)


class PlanChangeShown(PlanChangeRow):
    """A change with its preview; ``obstacle`` is why the reader cannot put it in force now."""

    obstacle = ma.fields.String(required=True, allow_none=True)
    preview = ma.fields.Nested(PreviewShown, required=True, allow_none=True)


class PreviewStep(Schema):
    """A step of a trace."""

    rule = ma.fields.String(required=True)
    sentence = ma.fields.String(required=True)
    moved = ma.fields.Nested(MoneySchema, required=True)


class AffectedClaim(Schema):
    """A claim that would have been decided otherwise; ``before`` and ``after`` are where the traces part."""

    claim_id = ma.fields.UUID(required=True)
    claim_number = ma.fields.String(required=True)
    member_number = ma.fields.String(required=True)
    member_name = ma.fields.String(required=True)
    visit_on = ma.fields.Date(required=True)
    benefit_group = ma.fields.String(required=True, validate=_GROUPS)
    plan_before = ma.fields.Nested(MoneySchema, required=True)
    plan_after = ma.fields.Nested(MoneySchema, required=True)
    member_before = ma.fields.Nested(MoneySchema, required=True)
    member_after = ma.fields.Nested(MoneySchema, required=True)
    before = ma.fields.Nested(PreviewStep, required=True, allow_none=True)
    after = ma.fields.Nested(PreviewStep, required=True, allow_none=True)


class AffectedPage(Schema):
    """A page of affected claims."""

    items = ma.fields.List(ma.fields.Nested(AffectedClaim), required=True)
    next_cursor = ma.fields.UUID(required=True, allow_none=True)
