"""The chapter about money: claims from photo to bank, another payer, an appeal, and an excess that is paid back."""

from __future__ import annotations

from typing import Any

from backend.devstack.journey import decision_steps, payment_steps, referral_steps
from backend.devstack.journey.excess_steps import Excess
from backend.devstack.journey.payment_steps import Payments
from backend.devstack.journey.person import Person
from backend.devstack.journey.printing import step


def photo_to_money(person: Person) -> None:
    """Claims from the photo to the money, and what is said of them; then another payer, and an appeal."""
    payments, chat = Payments(person), person.chat()
    step("what waited before goes to the bank first", payments.earlier_orders)
    cut = step("an analyst accepts a part and says why", lambda: decision_steps.cut(person), decision_steps.shown)
    large = step(
        "a large claim is decided by one analyst and confirmed by another",
        lambda: decision_steps.by_two_people(person),
        decision_steps.shown,
    )
    claim = step(
        "a photo is read, its total accepted, and decided by the rules alone, with its receipt",
        lambda: decision_steps.straight_through(person),
        decision_steps.shown,
    )
    step(
        "the receipt on WhatsApp and, in thirty seconds, by phone",
        lambda: decision_steps.told_on_every_channel(person, claim, chat),
    )
    owed = {one["number"]: decision_steps.plan_part(one) for one in (cut, large, claim)}
    step(
        "prepared by one, approved by another, on the bank's file, paid, in the ledger",
        lambda: payments.paid(owed),
        _run,
    )
    step(
        "the member sees it paid, and hears the day from the bot in Indonesian",
        lambda: payment_steps.seen_by_the_member(person, claim, chat),
    )
    beside = step(
        "JKN pays first, by the decree of its day; the plan pays the rest",
        lambda: decision_steps.beside_jkn(person),
        decision_steps.shown,
    )
    again = step(
        "an appeal with a new paper is decided by another analyst",
        lambda: decision_steps.appealed(person, cut),
        decision_steps.shown,
    )
    difference = decision_steps.plan_part(again) - decision_steps.plan_part(cut)
    more = {beside["number"]: decision_steps.plan_part(beside), again["number"]: difference}
    step("the next run pays it, and of the appeal the difference alone", lambda: payments.paid(more), _run)
    step(
        "a visit paid at a place of no network ends in a code for the specialist",
        lambda: referral_steps.from_paid_visit(person),
        lambda found: f"{found['code']}: {found['specialty_name']}, until {found['valid_until']}",
    )


def _run(run: dict[str, Any]) -> str:
    return f"{run['number']}: {run['state']}, {run['total']['amount_minor'] // 100:,} {run['total']['currency']}"


def excess(person: Person) -> None:
    """An excess from its letter to the card that works again."""
    one = Excess(person)
    step("a stay above the limit: an excess letter through HR, position by position", one.asked_for)
    step("an objection stops its time, the answer lets it go on", one.disputed)
    step("reminded, then the card is stopped and the front desk says no", one.card_stopped)
    step("paid by two transfers of the bank's statements: the card works again by itself", one.paid)
