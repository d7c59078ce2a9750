"""Plans come in as files and go out as YAML. A version that somebody is enrolled in never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries
from backend.benefits.models import Benefit, BenefitLimit, Plan
from backend.benefits.plan_files import shape, xlsx_file, yaml_file
from backend.benefits.plan_files.shape import Defect
from backend.clients import registry as clients
from backend.kit import ids
from backend.kit.money import Money

_WORKBOOK = b"PK\x03\x04"

PlacedDefect = tuple[str, str, Mapping[str, Any]]
"""Where in the file, the reason, its figures."""


class ImportOutcome(StrEnum):
    """What an import does, or would do."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlanReport:
    """How an import went: ``defects`` are (place, reason, figures); ``applied`` says whether it was stored."""

    outcome: ImportOutcome
    applied: bool
    code: str | None = None
    valid_from: str | None = None
    benefits: int = 0
    plan_id: UUID | None = None
    defects: tuple[PlacedDefect, ...] = ()


def import_plan(scope: Scope, data: bytes, filename: str, *, dry_run: bool = False) -> PlanReport:
    """Store the plan of a YAML file or workbook as a version from its ``valid_from`` on.

    All or nothing: with one defect nothing is stored and the report names every defect with its place. The
    same content again changes nothing; a version in which nobody is enrolled yet is replaced.
    """
    plan, defects = read_plan(scope, data)
    if defects:
        return PlanReport(ImportOutcome.REFUSED, applied=False, defects=tuple(defects))
    digest = shape.digest(plan)
    code, valid_from = plan["code"], plan["valid_from"]
    known = queries.plan_version(scope, code, valid_from)
    outcome = ImportOutcome.NEW
    if known is not None and known.valid_from == valid_from:
        outcome = ImportOutcome.UNCHANGED if known.digest == digest else ImportOutcome.REPLACED
        if outcome is ImportOutcome.REPLACED and queries.is_plan_used(scope, known.id):
            where = (yaml_file.place_of(("valid_from",)), f"{shape.PREFIX}version_in_use", {"valid_from": valid_from})
            return PlanReport(ImportOutcome.REFUSED, applied=False, code=code, defects=(where,))
    plan_id = known.id if known is not None and outcome is not ImportOutcome.NEW else None
    if not dry_run and outcome is not ImportOutcome.UNCHANGED:
        plan_id = store_version(scope, plan, filename, plan_id)
    return PlanReport(outcome, not dry_run, code, valid_from.isoformat(), len(plan["benefits"]), plan_id)


def read_plan(
    scope: Scope, data: bytes, further: Callable[[Mapping[str, Any]], Iterable[Defect]] | None = None
) -> tuple[dict[str, Any], list[PlacedDefect]]:
    """The plan of a YAML file or workbook, and everything that is wrong with it, at its place in the file.

    ``further`` is asked about a plan without defects: what else speaks against it, by the path of the part.
    """
    facts = clients.client_by_id(scope.client_id)
    cells: xlsx_file.Cells | None = None
    if data.startswith(_WORKBOOK):
        raw, defects, cells = xlsx_file.load(data)
    else:
        raw, defects = yaml_file.load(data)
    plan: dict[str, Any] = {}
    if not defects:
        plan, defects = shape.read(raw, currency=facts.currency, languages=facts.languages)
    if not defects and further is not None:
        defects = list(further(plan))
    return plan, [(_place(defect, cells), defect.reason, defect.figures) for defect in defects]


def _place(defect: Defect, cells: xlsx_file.Cells | None) -> str:
    return yaml_file.place_of(defect.path) if cells is None else xlsx_file.place_of(defect.path, cells)


def store_version(scope: Scope, plan: Mapping[str, Any], filename: str, plan_id: UUID | None = None) -> UUID:
    """Keep a plan that ``read_plan`` read as a version from its ``valid_from`` on, in place of ``plan_id`` if given."""
    row = queries.plan(scope, plan_id) if plan_id else Plan(client_id=scope.client_id)
    row.code, row.valid_from, row.names = plan["code"], plan["valid_from"], plan["names"]
    row.product, row.currency, row.network = plan["product"], plan["currency"], plan["network"]
    row.source, row.digest = filename, shape.digest(plan)
    scope.session.add(row)
    scope.session.flush()
    if plan_id:
        _forget_lines(scope, plan_id)
    lines, limits = table_of(scope, plan, row.id)
    for rows in (lines, limits):
        scope.session.add_all(rows)
        scope.session.flush()
    audit.record(scope, "update" if plan_id else "create", "plan", row.id)
    return row.id


def _forget_lines(scope: Scope, plan_id: UUID) -> None:
    lines = [line.id for line in queries.benefits_of(scope, plan_id)]
    for model, column in ((BenefitLimit, BenefitLimit.benefit_id), (Benefit, Benefit.id)):
        scope.session.execute(delete(model).where(model.client_id == scope.client_id, column.in_(lines)))


def table_of(scope: Scope, plan: Mapping[str, Any], plan_id: UUID) -> tuple[list[Benefit], list[BenefitLimit]]:
    """The benefit table of a plan that ``read_plan`` read, as rows that are not stored yet."""
    lines, limits = [], []
    for position, line in enumerate(plan["benefits"]):
        row = _line(scope, plan, plan_id, line, position)
        lines.append(row)
        for place, limit in enumerate(line["limits"]):
            source = plan["pools"][limit["pool"]] if limit["pool"] else limit
            limits.append(
                BenefitLimit(
                    client_id=scope.client_id,
                    benefit_id=row.id,
                    position=place,
                    basis=source["per"],
                    years=source["years"],
                    shared_by=source["shared_by"],
                    pool=limit["pool"],
                    amount_minor=_minor(source["amount"], plan["currency"]),
                    count=source["count"],
                )
            )
    return lines, limits


def _line(scope: Scope, plan: Mapping[str, Any], plan_id: UUID, line: Mapping[str, Any], position: int) -> Benefit:
    same = ("code", "names", "room_class", "prorata", "waiting_days", "waiting_by_condition", "exclusions")
    flags = ("referral_required", "network_only", "reimbursable", "approval_required", "services")
    paid, borne, currency = line["co_payment"], line["deductible"], plan["currency"]
    return Benefit(
        client_id=scope.client_id,
        id=ids.new_id(),
        plan_id=plan_id,
        position=position,
        benefit_group=line["group"],
        room_rate_minor=_minor(line["room_rate"], currency),
        co_payment=paid and {"percent": _plain(paid["percent"]), "cap_minor": _minor(paid["cap"], currency)},
        deductible=borne and {"amount_minor": _minor(borne["amount"], currency), "basis": borne["per"]},
        **{name: line[name] for name in (*same, *flags)},
    )


def _minor(amount: Decimal | None, currency: str) -> int | None:
    return None if amount is None else Money.of_major(amount, currency).amount_minor


def export_plan(scope: Scope, plan_id: UUID) -> str:
    """A plan version as YAML that ``import_plan`` reads back without a change; raises NotFound."""
    plan = queries.plan(scope, plan_id)
    limits = queries.limits_of(scope, plan.id)
    pools = {row.pool: _limit_out(row, plan.currency) for row in limits if row.pool}
    content = {
        "code": plan.code,
        "names": plan.names,
        "product": plan.product,
        "currency": plan.currency,
        "network": plan.network,
        "valid_from": plan.valid_from,
        "pools": pools,
        "benefits": [_line_out(line, limits, plan.currency) for line in queries.benefits_of(scope, plan.id)],
    }
    return yaml_file.dump(content)


def _line_out(line: Benefit, limits: Sequence[BenefitLimit], currency: str) -> dict[str, Any]:
    same = ("prorata", "waiting_days", "waiting_by_condition", "exclusions", "referral_required")
    flags = ("network_only", "reimbursable", "approval_required", "services")
    paid, borne = line.co_payment, line.deductible
    return {
        "code": line.code,
        "group": line.benefit_group,
        "names": line.names,
        "room_class": line.room_class,
        "room_rate": _major(line.room_rate_minor, currency),
        "limits": [
            {"pool": row.pool} if row.pool else _limit_out(row, currency) for row in limits if row.benefit_id == line.id
        ],
        "co_payment": paid and {"percent": paid["percent"], "cap": _major(paid["cap_minor"], currency)},
        "deductible": borne and {"amount": _major(borne["amount_minor"], currency), "per": borne["basis"]},
        **{name: getattr(line, name) for name in (*same, *flags)},
    }


def _limit_out(row: BenefitLimit, currency: str) -> dict[str, Any]:
    return {
        "per": row.basis,
        "shared_by": row.shared_by,
        "amount": _major(row.amount_minor, currency),
        "count": row.count,
        "years": row.years,
    }


def _major(minor: int | None, currency: str) -> int | float | None:
    if minor is None:
        return None
    return _plain(Money(minor, currency).major())


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
