"""A hospital's positions as a bill, judged by the engine that will decide the claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.adjudication import queries as facts
from backend.adjudication.rules import Accumulators, Bill, Item, Judgement, Line, Place, Tariff
from backend.adjudication.rules import judge as judge_by_rules
from backend.adjudication.rules.rooms import Night, RoomClass, Stay
from backend.benefits import queries as benefits
from backend.benefits.models import Benefit
from backend.benefits.rules import BenefitGroup
from backend.clients.registry import client_by_id
from backend.guarantees.holds import SOURCE, Part
from backend.guarantees.rules.admission import Care, benefit_groups
from backend.kit.money import Money
from backend.providers import queries as providers

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
    network: str | None = None
    hours: int | None = None
    sent_by_doctor: bool | None = None
    emergency: bool = False
    diagnosis: str | None = None
    nights: tuple[Night, ...] = ()
    own_request: bool = False
    cashless: bool = True


def judged(scope: Scope, stayed: Stayed, positions: Sequence[Mapping[str, Any]]) -> Judgement:
    """Who pays what of the positions; what the same letter holds already does not stand in its own way."""
    lines = _lines(positions, stayed.currency)
    bill = Bill(
        member_id=stayed.member_id,
        source_type=SOURCE,
        source_id=stayed.source_id,
        visit_on=stayed.admission_on,
        currency=stayed.currency,
        lines=lines,
        place=_place(scope, stayed),
        cashless=stayed.cashless,
        emergency=stayed.emergency,
        surgery=stayed.care is Care.SURGERY,
        hours=stayed.hours,
        diagnosis=stayed.diagnosis,
        referral=stayed.sent_by_doctor is not False,
        approved=True,
        stay=_stay(scope, stayed),
    )
    return judge_by_rules(
        bill,
        facts.cover_of(scope, stayed.member_id, stayed.admission_on),
        _without_own(scope, stayed),
        _tariffs(scope, stayed, lines),
        facts.calendar_of(scope, stayed.admission_on),
    )


def parts_of(judgement: Judgement) -> list[Part]:
    """What the plan pays, benefit by benefit, in the order of the bill."""
    made: dict[str, Part] = {}
    for line in judgement.lines:
        if line.shares.plan:
            before = made.get(line.benefit, Part(line.benefit, Money.zero(judgement.currency), 0))
            made[line.benefit] = replace(
                before, amount=before.amount + line.shares.plan, count=before.count + line.count
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
    """The benefit that is named; else a room's own, the one for guarantees, the first."""
    if given.get("benefit"):
        return next((line for line in lines if line.code == given["benefit"]), None)
    groups = benefit_groups(care)
    own = sorted((line for line in lines if line.benefit_group in groups), key=lambda one: groups.index(_group(one)))
    rooms = [line for line in own if line.room_class or line.room_rate_minor]
    if given["item"] == Item.ROOM and rooms:
        return rooms[0]
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


def _place(scope: Scope, stayed: Stayed) -> Place:
    if stayed.provider_id is None:
        return Place()
    there = providers.provider(scope, stayed.provider_id)
    standing = providers.network_standing(scope, there.id, stayed.network, stayed.admission_on)
    in_network = standing.in_network or stayed.network is None
    return Place(there.id, in_network, abroad=there.country != client_by_id(scope.client_id).country)


def classes_at(scope: Scope, provider_id: UUID | None, on: date) -> tuple[RoomClass, ...]:
    """The hospital's room classes, the simplest first; none where none are known."""
    if provider_id is None:
        return ()
    return tuple(RoomClass(one.rank, one.code, one.rate) for one in providers.room_classes(scope, provider_id, on))


def _stay(scope: Scope, stayed: Stayed) -> Stay | None:
    if not stayed.nights:
        return None
    classes = classes_at(scope, stayed.provider_id, stayed.admission_on)
    return Stay(stayed.nights, classes, own_request=stayed.own_request)


def _without_own(scope: Scope, stayed: Stayed) -> Accumulators:
    found = facts.accumulators_of(scope, stayed.member_id)
    own = (SOURCE, stayed.source_id)
    return replace(found, entries=[one for one in found.entries if (one.source_type, one.source_id) != own])


def _tariffs(scope: Scope, stayed: Stayed, lines: Sequence[Line]) -> dict[str, Tariff]:
    codes = {line.service for line in lines if line.service}
    if stayed.provider_id is None or not codes:
        return {}
    agreed = {
        code: providers.tariff_for(scope, stayed.provider_id, code, stayed.admission_on) for code in sorted(codes)
    }
    return {code: Tariff(one.amount, True, str(one.version)) for code, one in agreed.items() if one is not None}
