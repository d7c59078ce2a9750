"""A hospital's positions as a bill, judged by the engine that will decide the claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.adjudication import queries as facts
from backend.adjudication import service as adjudication
from backend.adjudication.models import KeptJudgement
from backend.adjudication.rules import Accumulators, Bill, Cover, Item, Judgement, Line, Place
from backend.adjudication.rules import judge as judge_by_rules
from backend.adjudication.rules.rooms import Night, Stay
from backend.benefits import queries as benefits
from backend.benefits.models import Benefit
from backend.benefits.rules import BenefitGroup
from backend.guarantees.holds import SOURCE, Part
from backend.guarantees.rules.admission import Care, benefit_groups
from backend.kit.money import Money

_GENERAL = frozenset([Care.INPATIENT, Care.SURGERY])
"""What the plan's benefit for guarantees answers for when nobody says under which benefit a position falls."""


@dataclass(frozen=True, slots=True)
class Stayed:
    """What is to be priced: who, where, for what, when, for how long, in which rooms."""

    source_id: UUID
    member_id: UUID
    care: Care
    admission_on: date
    currency: str
    provider_id: UUID | None = None
    room_class: str | None = None
    hours: int | None = None
    sent_by_doctor: bool | None = None
    emergency: bool = False
    diagnosis: str | None = None
    nights: tuple[Night, ...] = ()
    own_request: bool = False
    cashless: bool = True


def judged(scope: Scope, stayed: Stayed, positions: Sequence[Mapping[str, Any]]) -> Judgement:
    """Who pays what of the positions; what the same letter holds already does not stand in its own way."""
    cover = facts.cover_of(scope, stayed.member_id, stayed.admission_on)
    placed = facts.at_its_place(scope, bill_of(scope, stayed, positions, cover), cover)
    calendar = facts.calendar_of(scope, stayed.admission_on)
    borne = facts.deductibles_of(scope, placed, cover, calendar.policy_year)
    used = replace(_without_own(scope, stayed), deductible_borne=borne)
    return judge_by_rules(placed, cover, used, facts.tariffs_of(scope, placed), calendar)


def bill_of(scope: Scope, stayed: Stayed, positions: Sequence[Mapping[str, Any]], cover: Cover) -> Bill:
    """The positions as a bill, in the case of the illness that was named."""
    return Bill(
        member_id=stayed.member_id,
        source_type=SOURCE,
        source_id=stayed.source_id,
        visit_on=stayed.admission_on,
        currency=stayed.currency,
        lines=_lines(positions, stayed.currency),
        place=Place(stayed.provider_id),
        room_class=stayed.room_class,
        cashless=stayed.cashless,
        emergency=stayed.emergency,
        surgery=stayed.care is Care.SURGERY,
        hours=stayed.hours,
        diagnosis=stayed.diagnosis,
        referral=stayed.sent_by_doctor is not False,
        approved=True,
        stay=Stay(stayed.nights, own_request=stayed.own_request) if stayed.nights else None,
        case_key=facts.case_of(
            scope, stayed.member_id, stayed.diagnosis, stayed.admission_on, cover.terms.disability_rejoin_days
        ),
    )


def keep(
    scope: Scope, stayed: Stayed, positions: Sequence[Mapping[str, Any]], judgement: Judgement, names: Mapping[str, str]
) -> KeptJudgement:
    """Keep what a letter was judged by, in the place of what it was before: later bills see case and deductible.

    ``names`` are what the plan calls its benefits, for positions without a name of their own.
    """
    cover = facts.cover_of(scope, stayed.member_id, stayed.admission_on)
    said = {
        str(number): each.get("name") or names.get(each["benefit"]) or each["item"]
        for number, each in enumerate(positions, start=1)
    }
    return adjudication.keep_instead(scope, bill_of(scope, stayed, positions, cover), judgement, said)


def parts_of(judgement: Judgement, positions: Sequence[Mapping[str, Any]], case_key: str | None = None) -> list[Part]:
    """What the plan pays, benefit by benefit, in the order of the bill."""
    nothing = Money.zero(judgement.currency)
    granted = sum((night.granted for night in judgement.nights), start=nothing)
    made: dict[str, Part] = {}
    for line, position in zip(judgement.lines, positions, strict=True):
        if line.shares.plan:
            before = made.get(line.benefit, Part(line.benefit, nothing, 0, case_key=case_key))
            made[line.benefit] = replace(
                before,
                amount=before.amount + line.shares.plan,
                count=before.count + line.count,
                granted=granted if position["item"] == Item.ROOM else before.granted,
            )
    return list(made.values())


def together(asks: Iterable[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The positions of several asks as those of one stay: the same thing twice is one position of both."""
    whole: dict[tuple[Any, ...], dict[str, Any]] = {}
    for positions in asks:
        for each in positions:
            key = (each["item"], each["benefit"], each.get("service"))
            known = whole.get(key)
            if known is None:
                whole[key] = dict(each)
            else:
                for figure in ("amount_minor", "quantity", "count"):
                    known[figure] = (known.get(figure) or 0) + (each.get(figure) or 0)
    return [each if each.get("count") else {**each, "count": None} for each in whole.values()]


def completed(
    scope: Scope, plan_id: UUID, care: Care, given: Sequence[Mapping[str, Any]], *, total: Money, days: int
) -> list[dict[str, Any]]:
    """The positions of an ask, each under a benefit of the plan; without positions, the total as one."""
    lines = benefits.benefits_of(scope, plan_id)
    wanted = given or [{"item": Item.OTHER.value, "amount_minor": total.amount_minor, "quantity": 1}]
    made = []
    for each in wanted:
        benefit = _benefit_of(lines, care, each)
        counts = benefit is not None and _counts_days(scope, plan_id, benefit)
        made.append(
            {
                "item": each["item"],
                "benefit": benefit.code if benefit else "",
                "amount_minor": each["amount_minor"],
                "quantity": each.get("quantity") or 1,
                "count": (each.get("days") or days) if counts else None,
                "service": each.get("service"),
                "name": each.get("name"),
            }
        )
    return made


def _benefit_of(lines: Sequence[Benefit], care: Care, given: Mapping[str, Any]) -> Benefit | None:
    """The benefit that is named; else the room's, the one for guarantees, the first that is not for rooms."""
    if given.get("benefit"):
        return next((line for line in lines if line.code == given["benefit"]), None)
    groups = benefit_groups(care)
    own = sorted((line for line in lines if line.benefit_group in groups), key=lambda one: groups.index(_group(one)))
    rooms = [line for line in own if line.room_class or line.room_rate_minor]
    if given["item"] == Item.ROOM and rooms:
        return rooms[0]
    own = [line for line in own if line not in rooms] or own
    if care in _GENERAL:
        own = [line for line in lines if line.benefit_group == BenefitGroup.GUARANTEE] + own
    return own[0] if own else None


def _group(line: Benefit) -> BenefitGroup:
    return BenefitGroup(line.benefit_group)


def _counts_days(scope: Scope, plan_id: UUID, benefit: Benefit) -> bool:
    limits = [row for row in benefits.limits_of(scope, plan_id) if row.benefit_id == benefit.id]
    return bool(benefit.room_class) or any(row.basis == "day" for row in limits)


def _lines(positions: Sequence[Mapping[str, Any]], currency: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            key=str(number),
            benefit=each["benefit"],
            amount=Money(each["amount_minor"], currency),
            item=Item(each["item"]),
            quantity=each.get("quantity") or 1,
            count=each.get("count"),
            service=each.get("service"),
        )
        for number, each in enumerate(positions, start=1)
    )


def _without_own(scope: Scope, stayed: Stayed) -> Accumulators:
    found = facts.accumulators_of(scope, stayed.member_id)
    own = (SOURCE, stayed.source_id)
    return replace(found, entries=[one for one in found.entries if (one.source_type, one.source_id) != own])
