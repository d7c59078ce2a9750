"""The shape of a plan file. Whatever is wrong becomes a reason with a place, never an English sentence.

Amounts are written in the currency's main unit (``1500000`` rupiah, ``2500.50`` meticais).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import marshmallow as ma
import orjson

from backend.benefits.rules import Basis, BenefitGroup, SharedBy
from backend.benefits.service_kinds import ServiceKind

PREFIX = "benefits.plan."


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong and where: ``path`` names keys and positions from the top of the plan."""

    path: tuple[str | int, ...]
    reason: str
    figures: Mapping[str, Any] = field(default_factory=dict)


def _reasons(kind: str) -> dict[str, Any]:
    return {
        "required": f"{PREFIX}missing",
        "null": f"{PREFIX}missing",
        "invalid": PREFIX + kind,
        "invalid_utf8": PREFIX + kind,
        "too_large": PREFIX + kind,
        "special": PREFIX + kind,
        "validator_failed": PREFIX + kind,
        "format": PREFIX + kind,
        "type": PREFIX + kind,
    }


class Text(ma.fields.String):
    """A text, or one of a few words."""

    default_error_messages = _reasons("not_a_text")  # noqa: RUF012

    def __init__(self, *words: str, **more: Any) -> None:
        checks: list[Any] = [ma.validate.Length(min=1, max=200, error=f"{PREFIX}not_a_text")]
        if words:
            checks = [ma.validate.OneOf(words, error=f"{PREFIX}not_one_of")]
        super().__init__(validate=checks, **more)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        plain = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        return super()._deserialize(plain, *args, **kwargs)


class Whole(ma.fields.Integer):
    """A whole number from nought."""

    default_error_messages = _reasons("not_a_number")  # noqa: RUF012

    def __init__(self, least: int = 0, **more: Any) -> None:
        super().__init__(strict=True, validate=ma.validate.Range(least, 100_000, error=f"{PREFIX}not_a_number"), **more)


class Amount(ma.fields.Field[Decimal]):
    """An amount in the currency's main unit, to the hundredth."""

    default_error_messages = _reasons("not_an_amount")  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Decimal:
        try:
            amount = Decimal(str(value))
        except InvalidOperation as error:
            raise self.make_error("invalid") from error
        whole_minor_units = amount.is_finite() and amount == round(amount, 2)
        if isinstance(value, bool) or not whole_minor_units or not 0 <= amount < 10**13:
            raise self.make_error("invalid")
        return amount


class Percent(Amount):
    """From 0 to 100."""

    default_error_messages = _reasons("not_a_percentage")  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Decimal:
        percent = super()._deserialize(value, attr, data, **more)
        if percent > 100:
            raise self.make_error("invalid")
        return percent


class Flag(ma.fields.Boolean):
    """Yes or no."""

    default_error_messages = _reasons("not_yes_or_no")  # noqa: RUF012


class Day(ma.fields.Date):
    """A date; workbooks give a moment, YAML a date, people ``YYYY-MM-DD``."""

    default_error_messages = _reasons("not_a_date")  # noqa: RUF012

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else super()._deserialize(value, *args, **kwargs)


class _Part(ma.Schema):
    error_messages = {"unknown": f"{PREFIX}unknown", "type": f"{PREFIX}not_a_table"}  # noqa: RUF012


class _List(ma.fields.List):
    default_error_messages = _reasons("not_a_list")  # noqa: RUF012


class _Nested(ma.fields.Nested):
    default_error_messages = _reasons("not_a_table")  # noqa: RUF012


class Names(_Part):
    """A name in each language."""

    id = Text()
    en = Text(required=True)
    pt = Text()


class LimitShape(_Part):
    """A limit of a benefit, or its share in a pool."""

    per = Text(*Basis)
    shared_by = Text(*SharedBy, load_default="person")
    amount = Amount(load_default=None, allow_none=True)
    count = Whole(load_default=None, allow_none=True)
    years = Whole(1, load_default=1)
    pool = Text(load_default=None, allow_none=True)


class PoolShape(_Part):
    """A limit that several benefits share."""

    per = Text(*Basis, required=True)
    shared_by = Text(*SharedBy, load_default="person")
    amount = Amount(load_default=None, allow_none=True)
    count = Whole(load_default=None, allow_none=True)
    years = Whole(1, load_default=1)


class CoPaymentShape(_Part):
    """The member's part."""

    percent = Percent(required=True)
    cap = Amount(load_default=None, allow_none=True)


class DeductibleShape(_Part):
    """What the member bears first."""

    amount = Amount(required=True)
    per = Text("visit", "case", "year", load_default="visit")


class WaitShape(_Part):
    """A longer wait for some conditions."""

    days = Whole(1, required=True)
    conditions = _List(Text(), required=True)
    names = _Nested(Names, required=True)


class ExclusionShape(_Part):
    """What is never covered."""

    code = Text(required=True)
    names = _Nested(Names, required=True)
    conditions = _List(Text(), load_default=list)


class BenefitShape(_Part):
    """One line of the benefit table."""

    code = Text(required=True)
    group = Text(*BenefitGroup, required=True)
    names = _Nested(Names, required=True)
    room_class = Text(load_default=None, allow_none=True)
    room_rate = Amount(load_default=None, allow_none=True)
    prorata = Text("none", "room", "room_linked", load_default="none")
    limits = _List(_Nested(LimitShape), load_default=list)
    co_payment = _Nested(CoPaymentShape, load_default=None, allow_none=True)
    deductible = _Nested(DeductibleShape, load_default=None, allow_none=True)
    waiting_days = Whole(load_default=0)
    waiting_by_condition = _List(_Nested(WaitShape), load_default=list)
    exclusions = _List(_Nested(ExclusionShape), load_default=list)
    referral_required = Flag(load_default=False)
    network_only = Flag(load_default=False)
    reimbursable = Flag(load_default=True)
    approval_required = Flag(load_default=False)
    services = _List(Text(*ServiceKind), load_default=list)


class PlanShape(_Part):
    """A whole plan version."""

    code = Text(required=True)
    names = _Nested(Names, required=True)
    product = Text("managed_care", "indemnity", required=True)
    currency = Text(required=True)
    network = Text(load_default=None, allow_none=True)
    valid_from = Day(required=True)
    pools = ma.fields.Dict(
        keys=Text(),
        values=_Nested(PoolShape),
        load_default=dict,
        error_messages={"invalid": f"{PREFIX}not_a_table"},
    )
    benefits = _List(_Nested(BenefitShape), required=True)


def read(raw: Any, *, currency: str, languages: Sequence[str]) -> tuple[dict[str, Any], list[Defect]]:
    """The plan with every default filled in, and everything that is wrong with it.

    ``currency`` and ``languages`` are the client's: a plan speaks at least those.
    """
    try:
        plan: dict[str, Any] = PlanShape().load(raw)
    except ma.ValidationError as error:
        return {}, list(_flattened(error.normalized_messages(), ()))
    return plan, [*_meaning(plan, currency), *_unnamed(plan, languages)]


def digest(plan: Mapping[str, Any]) -> str:
    """What two files with the same plan have in common, however they were written.

    Services that a benefit does not name are left out: plans written before there were any keep their digest.
    """
    lines = [{name: value for name, value in line.items() if name != "services" or value} for line in plan["benefits"]]
    said = {**plan, "benefits": lines}
    return hashlib.sha256(orjson.dumps(said, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _flattened(messages: Any, path: tuple[str | int, ...]) -> Iterator[Defect]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            deeper = path if key in {"_schema", "value", "key"} else (*path, key)
            yield from _flattened(inner, deeper)
    else:
        for reason in messages:
            yield Defect(path, reason)


def _meaning(plan: Mapping[str, Any], currency: str) -> Iterator[Defect]:
    if plan["currency"] != currency:
        yield Defect(("currency",), f"{PREFIX}other_currency", {"currency": currency})
    for name, pool in plan["pools"].items():
        if pool["amount"] is None and pool["count"] is None:
            yield Defect(("pools", name), f"{PREFIX}empty_limit")
    if not plan["benefits"]:
        yield Defect(("benefits",), f"{PREFIX}missing")
    seen: set[str] = set()
    for place, benefit in enumerate(plan["benefits"]):
        path = ("benefits", place)
        if benefit["code"] in seen:
            yield Defect((*path, "code"), f"{PREFIX}twice", {"value": benefit["code"]})
        seen.add(benefit["code"])
        yield from _limits(benefit["limits"], plan["pools"], path)
        if benefit["prorata"] != "none" and benefit["room_rate"] is None:
            yield Defect((*path, "room_rate"), f"{PREFIX}missing")


def _limits(
    limits: Sequence[Mapping[str, Any]], pools: Mapping[str, Any], path: tuple[str | int, ...]
) -> Iterator[Defect]:
    for place, limit in enumerate(limits):
        here = (*path, "limits", place)
        if limit["pool"] is not None:
            if limit["pool"] not in pools:
                yield Defect((*here, "pool"), f"{PREFIX}unknown_pool", {"value": limit["pool"]})
        elif "per" not in limit:
            yield Defect((*here, "per"), f"{PREFIX}missing")
        elif limit["amount"] is None and limit["count"] is None:
            yield Defect(here, f"{PREFIX}empty_limit")


def _unnamed(plan: Mapping[str, Any], languages: Sequence[str]) -> Iterator[Defect]:
    named: list[tuple[tuple[str | int, ...], Mapping[str, Any]]] = [(("names",), plan["names"])]
    for place, benefit in enumerate(plan["benefits"]):
        path: tuple[str | int, ...] = ("benefits", place)
        named.append(((*path, "names"), benefit["names"]))
        for part in ("exclusions", "waiting_by_condition"):
            named += [((*path, part, at, "names"), one["names"]) for at, one in enumerate(benefit[part])]
    for path, names in named:
        for language in languages:
            if language not in names:
                yield Defect((*path, language), f"{PREFIX}missing")
