"""Before you go: who would pay what, by the engine that decides the claim. Nothing is kept or held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.adjudication.rules import Item, Judgement
from backend.adjudication.rules.rooms import Night
from backend.audit import service as audit
from backend.benefits import queries as benefits
from backend.benefits.queries import Cover
from backend.clients.registry import client_by_id
from backend.errors import Forbidden, RuleRefused
from backend.guarantees import pricing, reckoning
from backend.guarantees.pricing import Stayed
from backend.guarantees.rules import estimates
from backend.guarantees.rules.admission import Care
from backend.guarantees.rules.estimates import Change, Choice
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.members import queries as members
from backend.providers import queries as providers
from backend.providers.rules.rooms import RoomClass, of_code


@dataclass(frozen=True, slots=True)
class Plans:
    """Where somebody means to go, for what, and in which room."""

    member_id: UUID
    provider_id: UUID
    care: Care = Care.INPATIENT
    on: date | None = None
    days: int = 1
    room_class: str | None = None
    entitled_free: bool = True
    own_request: bool = False
    sent_by_doctor: bool | None = None
    emergency: bool = False
    diagnosis: str | None = None
    positions: Sequence[Mapping[str, Any]] = ()


def estimate(scope: Scope, plans: Plans) -> dict[str, Any]:
    """The split with the rule behind each figure, and what would change it.

    Raises NotFound, Forbidden for a front desk that asks for another house, RuleRefused ``guarantees.price_unknown``,
    ``guarantees.class_unknown``, ``guarantees.nothing_chosen``.
    """
    if scope.actor.role is Role.PROVIDER and scope.actor.provider_id != plans.provider_id:
        raise Forbidden()
    person = members.member(scope, plans.member_id)
    there = providers.provider(scope, plans.provider_id)
    on = plans.on or clock.today(client_by_id(scope.client_id).timezone)
    dated = replace(plans, on=on)
    classes = providers.room_classes(scope, there.id, on)
    judgement, positions = _judged(scope, dated, classes)
    audit.record_look(scope, "estimate", None, member_id=person.id)
    own_part = judgement.shares.member
    cover = benefits.cover_on(scope, person.id, on)
    lines = benefits.benefits_of(scope, cover.plan.id) if cover else []
    kept = reckoning.kept(judgement, positions, lines, cashless=_cashless(scope, dated, cover))
    return {
        "member_id": person.id,
        "member_name": person.full_name,
        "provider_id": there.id,
        "provider_name": there.name,
        "on": on,
        "version": judgement.version,
        "receipt": reckoning.receipt(scope, kept),
        "room_classes": [{"code": one.code, "name": one.name, "rate": one.rate} for one in classes],
        "changes": [
            {"change": one.change.value, "value": one.value, "own_part": one.own_part}
            for one in estimates.worth_telling(_choices(scope, dated, classes), own_part)
        ],
    }


def _judged(scope: Scope, plans: Plans, classes: Sequence[RoomClass]) -> tuple[Judgement, list[dict[str, Any]]]:
    assert plans.on is not None, "a visit has a day"
    cover = benefits.cover_on(scope, plans.member_id, plans.on)
    currency = client_by_id(scope.client_id).currency
    given, nights = _priced(scope, plans, classes, currency)
    plan_id = cover.plan.id if cover else None
    positions = (
        pricing.completed(scope, plan_id, plans.care, given, total=Money.zero(currency), days=plans.days)
        if plan_id
        else [{"benefit": "", "quantity": 1, "count": None, **each} for each in given]
    )
    stayed = Stayed(
        source_id=ids.new_id(),
        member_id=plans.member_id,
        care=plans.care,
        admission_on=plans.on,
        currency=currency,
        provider_id=plans.provider_id,
        room_class=plans.room_class,
        sent_by_doctor=bool(plans.sent_by_doctor),
        emergency=plans.emergency,
        diagnosis=plans.diagnosis,
        nights=nights,
        own_request=plans.own_request,
        cashless=_cashless(scope, plans, cover),
    )
    return pricing.judged(scope, stayed, positions), positions


def _priced(
    scope: Scope, plans: Plans, classes: Sequence[RoomClass], currency: str
) -> tuple[list[dict[str, Any]], tuple[Night, ...]]:
    """The room first: what is linked to it is cut in its proportion."""
    made: list[dict[str, Any]] = []
    nights: tuple[Night, ...] = ()
    if plans.room_class is not None:
        room = of_code(classes, plans.room_class)
        if room is None:
            raise RuleRefused(estimates.CLASS_UNKNOWN, {"room_class": plans.room_class})
        nights = (Night(room.rate, plans.entitled_free),) * plans.days
        whole = room.rate.times(plans.days)
        made.append({"item": Item.ROOM.value, "amount_minor": whole.amount_minor, "quantity": plans.days})
        made[0]["name"] = room.name
    made += [_position(scope, plans, each, currency) for each in plans.positions]
    if not made:
        raise RuleRefused(estimates.NOTHING_CHOSEN)
    return made, nights


def _position(scope: Scope, plans: Plans, given: Mapping[str, Any], currency: str) -> dict[str, Any]:
    assert plans.on is not None, "a visit has a day"
    service, quantity = given.get("service"), given.get("quantity") or 1
    agreed = (
        providers.tariff_for(scope, plans.provider_id, service, plans.on, plans.room_class or "") if service else None
    )
    told = given.get("amount")
    amount = estimates.price(told, agreed.amount if agreed else None, quantity, service or given.get("name") or "?")
    if isinstance(amount, Refusal):
        raise RuleRefused.of(amount)
    return {
        "item": given.get("item") or Item.TREATMENT.value,
        "benefit": given.get("benefit"),
        "amount_minor": amount.amount_minor,
        "quantity": quantity,
        "service": service,
        "name": given.get("name") or (agreed.name if agreed else None),
    }


def _choices(scope: Scope, plans: Plans, classes: Sequence[RoomClass]) -> list[Choice]:
    """Every other way the patient could choose, asked of the same engine."""
    made = []
    if plans.room_class is not None:
        for other in classes:
            if other.code != plans.room_class:
                changed = replace(plans, room_class=other.code, own_request=False)
                made.append(Choice(Change.ROOM_CLASS, other.code, _own_part(scope, changed, classes)))
        if not plans.entitled_free:
            changed = replace(plans, entitled_free=True)
            made.append(Choice(Change.ENTITLED_ROOM, None, _own_part(scope, changed, classes)))
    if not plans.sent_by_doctor and not plans.emergency:
        changed = replace(plans, sent_by_doctor=True)
        made.append(Choice(Change.REFERRAL, None, _own_part(scope, changed, classes)))
    return made


def _own_part(scope: Scope, plans: Plans, classes: Sequence[RoomClass]) -> Money:
    return _judged(scope, plans, classes)[0].shares.member


def _cashless(scope: Scope, plans: Plans, cover: Cover | None) -> bool:
    assert plans.on is not None, "a visit has a day"
    network = cover.plan.network if cover else None
    return providers.network_standing(scope, plans.provider_id, network, plans.on).cashless
