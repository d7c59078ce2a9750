"""A letter as the engine prices it: its patient, hospital, positions and room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from backend.access import Scope
from backend.adjudication.rules import Judgement
from backend.adjudication.rules.rooms import Night
from backend.benefits import queries as benefits
from backend.benefits.models import Benefit
from backend.guarantees import pricing, queries, words
from backend.guarantees.holds import Part
from backend.guarantees.models import GuaranteeAsk, GuaranteeLetter
from backend.guarantees.pricing import Stayed
from backend.guarantees.rules.admission import Care
from backend.guarantees.rules.asks import AskKind, AskState
from backend.guarantees.rules.discharge import Split
from backend.kit.money import Money
from backend.languages import FALLBACK

_SUMS_UP = (AskKind.ADMISSION, AskKind.EXTENSION)


def stayed_of(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk, *, days: int | None = None) -> Stayed:
    """The stay that the letter is for, with the room as it stands now."""
    room = letter.room or {}
    return Stayed(
        source_id=letter.id,
        member_id=letter.member_id,
        care=Care(letter.care),
        admission_on=letter.admission_on,
        currency=letter.currency,
        provider_id=letter.provider_id,
        room_class=room.get("room_class"),
        hours=letter.expected_hours,
        sent_by_doctor=letter.sent_by_doctor,
        emergency=letter.emergency,
        diagnosis=words.opened(ask).get("diagnosis") or _first_diagnosis(scope, letter),
        nights=nights_of(room, days or letter.days, letter.currency),
        own_request=bool(room.get("own_request")),
    )


def nights_of(room: dict[str, Any], days: int, currency: str) -> tuple[Night, ...]:
    """The nights as the hospital named them; else every night in the class it named, in the same situation."""
    if room.get("nights"):
        return tuple(Night(Money(one["rate_minor"], currency), one["entitled_free"]) for one in room["nights"])
    if room.get("rate_minor") is None:
        return ()
    return (Night(Money(room["rate_minor"], currency), room.get("entitled_free", True)),) * days


def promised_positions(scope: Scope, letter: GuaranteeLetter, more: GuaranteeAsk) -> list[dict[str, Any]]:
    """What has been granted so far and what is asked now, as the positions of one stay."""
    granted = [
        ask.lines
        for ask in queries.asks_of(scope, [letter.id])
        if ask.state == AskState.APPROVED and ask.kind in _SUMS_UP
    ]
    return pricing.together([*granted, more.lines])


def judged_promise(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk) -> tuple[Judgement, list[dict[str, Any]]]:
    """What the plan would pay of everything asked so far, and the positions it is made of."""
    days = letter.days + (ask.days if ask.kind == AskKind.EXTENSION else 0)
    positions = promised_positions(scope, letter, ask)
    return pricing.judged(scope, stayed_of(scope, letter, ask, days=days), positions), positions


def judged_bill(scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk, hours: int) -> Judgement:
    """Who pays what of the hospital's bill."""
    stayed = replace(stayed_of(scope, letter, ask), hours=hours)
    return pricing.judged(scope, stayed, ask.lines)


def keep(
    scope: Scope, letter: GuaranteeLetter, ask: GuaranteeAsk, positions: list[dict[str, Any]], judgement: Judgement
) -> list[Part]:
    """Keep the judgement that the letter stands on; answers what is to be held or used, in the case of the illness."""
    names = {line.code: line.names.get(FALLBACK, line.code) for line in plan_lines(scope, letter)}
    kept = pricing.keep(scope, stayed_of(scope, letter, ask), positions, judgement, names)
    return pricing.parts_of(judgement, positions, kept.case_key)


def split_of(judgement: Judgement) -> Split:
    """The figures of a final letter."""
    shares = judgement.shares
    return Split(shares.total, shares.plan, shares.other, shares.excess_cost, shares.excess_claim, shares.provider)


def decided_room(room: dict[str, Any] | None, judgement: Judgement) -> dict[str, Any] | None:
    """The room's situation with what was decided of it, night by night (S1-63..S1-70)."""
    if room is None:
        return None
    nights = [
        {
            "night": one.number,
            "rule": one.rule.value,
            "rate_minor": one.rate.amount_minor,
            "covered_minor": one.covered.amount_minor,
        }
        for one in judgement.nights
    ]
    return {**room, "decided": nights}


def plan_lines(scope: Scope, letter: GuaranteeLetter) -> list[Benefit]:
    """The lines of the patient's plan."""
    cover = benefits.cover_on(scope, letter.member_id, letter.admission_on)
    return benefits.benefits_of(scope, cover.plan.id) if cover else []


def _first_diagnosis(scope: Scope, letter: GuaranteeLetter) -> str | None:
    said = [words.opened(ask).get("diagnosis") for ask in queries.asks_of(scope, [letter.id])]
    return next((one for one in reversed(said) if one), None)
