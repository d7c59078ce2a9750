"""Money on its way: a run by two people, the file as the bank reads it, its answer, the ledger, the member."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from backend.devstack.journey import bank_messages
from backend.devstack.journey.bank_messages import Movement
from backend.devstack.journey.excess_steps import give_statement
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import WhatsApp, expect

_RUNS = "/api/v1/payment-runs"
_NOTHING = "funds.nothing_to_pay"
_CURRENCY = "IDR"


class Payments:
    """Who pays at a client: finance prepares, an administrator lets go."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.finance, self.second = person.as_staff("finance"), person.as_staff("admin")

    def earlier_orders(self) -> str:
        """What waited before is paid first, so that the next run is about the next claims alone."""
        run = self._prepared()
        if run is None:
            return "nothing waited"
        path = self._let_go(run)
        references = [one["reference"] for one in run["payments"]]
        done = self.finance.give(f"{path}/statuses", bank_messages.carried_out(run["number"], references))
        expect(done["state"] == "settled", f"an earlier run is {done['state']}")
        return f"{run['number']}: {len(references)} transfers"

    def paid(self, owed: Mapping[str, int]) -> dict[str, Any]:
        """Exactly ``owed`` (minor units by claim number) from the run to the bank's file, its answer and the ledger."""
        before, total = self._books(), sum(owed.values())
        waiting = self.finance.get("/api/v1/payables?state=open&limit=100")["items"]
        mine = {one["reference"]: one["amount"]["amount_minor"] for one in waiting if one["reference"] in owed}
        expect(mine == dict(owed), f"the ledger owes {mine}, the claims {dict(owed)}")
        run = self._prepared()
        assert run is not None, "something is owed"
        (transfer,) = run["payments"]
        items = {one["reference"]: one["amount"]["amount_minor"] for one in transfer["items"]}
        expect(items == dict(owed), f"the run pays {items}, not {dict(owed)}")
        path = self._let_go(run)
        orders = bank_messages.orders_in(self.finance.get(f"{path}/file?form=pain001"))
        (order,) = orders.transfers
        expect(order.reference == transfer["reference"], f"the file orders {order.reference}")
        expect(order.amount_minor == orders.control_minor == total, f"the file pays {order.amount_minor}")
        expect(all(number in order.about for number in owed), f"the file is about {order.about}")
        sent = self._books()
        expect(sent == before, f"the ledger moved before the bank paid: {sent}")
        answer = bank_messages.carried_out(run["number"], [order.reference])
        done = self.finance.give(f"{path}/statuses", answer)
        expect(done["state"] == "settled", f"after the bank's answer the run is {done['state']}")
        after = self._books()
        left = {name: before[name] - total for name in before}
        expect(after == left, f"the ledger holds {after} after {total} of {before}")
        self._on_the_statement(orders.from_account, order)
        return dict(done)

    def _on_the_statement(self, account: str, order: bank_messages.Ordered) -> None:
        """The bank's statement proves the transfer, and the ledger agrees with its closing balance."""
        agreement = self.finance.get("/api/v1/bank-lines")["agreement"]
        closing = agreement["ledger"]["amount_minor"] + agreement["unexplained"]["amount_minor"]
        movement = Movement(-order.amount_minor, uuid.uuid4().hex[:12].upper(), order.reference)
        opening = closing + order.amount_minor
        statement = bank_messages.camt053(account, _CURRENCY, self.person.today, opening, [movement])
        taken = give_statement(self.finance, statement)
        expect(taken["closing"]["amount_minor"] == closing, f"the statement closes with {taken['closing']}")
        newest = self.finance.get("/api/v1/bank-lines?state=matched")["items"][0]
        expect(newest["became"] == "payment", f"the bank's debit became {newest['became']}")
        expect(newest["amount"]["amount_minor"] == -order.amount_minor, f"the bank's debit is {newest['amount']}")
        again = self.finance.get("/api/v1/bank-lines")["agreement"]
        expect(again["ledger"] == agreement["ledger"], "the statement was posted beside the bank's answer")
        told = again["statement"]["amount_minor"] - again["unexplained"]["amount_minor"]
        expect(told == again["ledger"]["amount_minor"], f"ledger and statement differ: {again}")

    def _prepared(self) -> dict[str, Any] | None:
        """A run for today, or None when nothing waits."""
        key = {"Idempotency-Key": str(uuid.uuid4())}
        web, base = self.person.stack.web, self.person.stack.base
        headers = {"Authorization": f"Bearer {self.finance.token}", **key}
        body = {"pay_on": self.person.today.isoformat()}
        answer = web.post(base + _RUNS, json=body, headers=headers, timeout=20)
        if answer.status_code == 409 and answer.json()["reason"] == _NOTHING:
            return None
        expect(answer.status_code == 201, f"a run for today: {answer.status_code}, {answer.text[:200]}")
        return dict(answer.json())

    def _let_go(self, run: Mapping[str, Any]) -> str:
        """Whoever prepared a run does not approve it; somebody else does, and it goes to the bank."""
        path = f"{_RUNS}/{run['id']}"
        refused = self.finance.do("POST", f"{path}/approve", status=409)
        expect(refused["reason"] == "funds.same_person", f"refused with {refused['reason']}")
        self.second.do("POST", f"{path}/approve")
        self.finance.do("POST", f"{path}/send")
        return path

    def _books(self) -> dict[str, int]:
        fund = self.finance.get("/api/v1/fund")
        return {name: fund[name]["amount_minor"] for name in ("owed", "balance")}


def seen_by_the_member(person: Person, claim: Mapping[str, Any], chat: WhatsApp) -> str:
    """Paid on a day, in the app and from the bot in Indonesian: the amount of the decision and the day of the bank."""
    payment = person.get(f"/api/v1/claims/{claim['id']}")["payment"]
    plan = claim["decision"]["receipt"]["totals"]["plan"]
    expect(payment["amount"] == plan, f"the app says {payment['amount']} was paid, the decision {plan}")
    expect(payment["paid_on"] == person.today.isoformat(), f"the app says it was paid on {payment['paid_on']}")
    expect(payment["expected_on"] is None, "the app still expects what was paid")
    chat.wait_for_quiet()
    answer = chat.say("kapan klaim saya dibayar?")
    if "lahir" in answer.lower():
        answer = chat.say(person.birth_digits)
    expect(claim["number"] in answer, f"the bot does not speak of {claim['number']}: {answer}")
    expect("sudah dibayar" in answer, f"the bot does not say that it is paid: {answer}")
    expect(str(person.today.day) in answer and str(person.today.year) in answer, f"not the day: {answer}")
    amount = f"{plan['amount_minor'] // 100:,}".replace(",", ".")
    expect(amount in answer, f"the bot does not say {amount}: {answer}")
    return answer
