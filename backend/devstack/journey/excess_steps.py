"""An excess: a stay above the limit, the letter, an objection, the card stopped, paid in two parts, the card back.

The stay ended weeks ago and everything is written as of its day, so that the last day to pay was yesterday.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from backend.devstack.journey import bank_messages
from backend.devstack.journey.bank_messages import Movement
from backend.devstack.journey.person import Colleague, Person
from backend.devstack.journey.talk import eventually, expect

_RUPIAH = 100
_CURRENCY = "IDR"
_NIGHT = 3_500_000 * _RUPIAH
_PAID_A_NIGHT = 2_500_000 * _RUPIAH
"""What the demo's plan pays for a day of intensive care."""
_NIGHTS = 2
_TOO_MUCH = (_NIGHT - _PAID_A_NIGHT) * _NIGHTS
_DAYS_TO_PAY = 14
_ADMITTED, _WRITTEN, _DISPUTED, _ANSWERED, _REMINDED = 20, 17, 15, 13, 2
"""So many days ago. Two of fourteen days were over when the time stood still: the last day was yesterday."""


class Excess:
    """One excess, with the people who act in it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.member_id = person.member_id
        self.card = person.get(f"/api/v1/members/{self.member_id}/card")
        self.desk, self.claims, self.finance = (person.as_staff(one) for one in ("provider", "claims", "finance"))
        self.facts: dict[str, Any] = {}

    def asked_for(self) -> str:
        """A cashless stay costs more than the plan pays: a letter through HR, itemised, due in fourteen days."""
        since = {one["id"] for one in self._mail()}
        before = {one["id"] for one in self._mine()}
        # A journey may be walked again: the days of an earlier stay have used up what the plan pays for them.
        self._stayed(_ADMITTED + (_NIGHTS + 1) * len(before))
        (number,) = [one["id"] for one in self._mine() if one["id"] not in before]
        self.facts = self._read()
        facts = self.facts
        expect(facts["id"] == number and facts["amount"]["amount_minor"] == _TOO_MUCH, f"asked for {facts['amount']}")
        listed = [(one["description"], one["amount"]["amount_minor"]) for one in facts["items"]]
        expect(listed == [("ICU", _TOO_MUCH)], f"the letter lists {listed}")
        expect(bool(facts["items"][0]["why"]), "the letter does not say why")
        written_on, due_on = date.fromisoformat(facts["letter_on"]), date.fromisoformat(facts["due_on"])
        expect(due_on - written_on == timedelta(days=_DAYS_TO_PAY), f"due on {due_on} for a letter of {written_on}")
        told = eventually(
            lambda: [one for one in self._mail() if one["id"] not in since and facts["number"] in one["text"]],
            "the letter's mail to HR",
        )
        expect("ICU" not in str(told), "HR reads what the stay was for")
        seen = self.person.as_staff("hr").get(f"/api/v1/excess/{facts['id']}")
        expect(seen["items"] == [] and seen["amount"] == facts["amount"], "HR reads positions, or another amount")
        paper = self.person.get(f"/api/v1/excess/{facts['id']}/letter.pdf")
        expect(paper.startswith(b"%PDF"), "the letter is no PDF")
        return f"{facts['number']}: {_shown(_TOO_MUCH)} for {listed[0][0]}, due {due_on}"

    def disputed(self) -> str:
        """The member objects and the time stands still; our answer lets the rest of it go on."""
        path = f"/api/v1/excess/{self.facts['id']}/dispute"
        said = {"words": "Kamar biasa penuh"}
        waits = self.person.post(path, status=200, as_of=_ago(_DISPUTED), **said)
        expect(waits["state"] == "disputed" and not waits["overdue"], f"the excess is {waits['state']}")
        answer = {"words": "Batas manfaat per hari tetap berlaku", "upheld": False}
        goes_on = self.claims.do("POST", f"{path}/answer", answer, as_of=_ago(_ANSWERED))
        stood_still = _DISPUTED - _ANSWERED
        expect(goes_on["state"] == "open", f"after the answer the excess is {goes_on['state']}")
        later = date.fromisoformat(goes_on["due_on"]) - date.fromisoformat(self.facts["due_on"])
        expect(later == timedelta(days=stood_still), f"{stood_still} days stood still and {later.days} were added")
        self.facts = goes_on
        return f"the time stood still for {stood_still} days: due {goes_on['due_on']}"

    def card_stopped(self) -> str:
        """Reminded first; the day after the last one the card is stopped and the front desk says no."""
        since = {one["id"] for one in self._inbox()}
        expect(self._at_the_desk()["eligible"], "the desk refuses a card before its last day")
        self._check(_ago(_REMINDED))
        told = [one for one in self._inbox() if one["id"] not in since]
        expect([one["event"] for one in told] == ["excess_reminder"], f"the member was told {told}")
        expect(self._card() == "active", "the card was stopped with the reminder")
        self._check(datetime.now(UTC))
        expect(self._card() == "suspended", f"the card is {self._card()}")
        refused = self._at_the_desk()
        expect(not refused["eligible"], "the desk does not see that the card is stopped")
        expect(self._read()["stopped_card"], "the excess does not say that it stopped the card")
        return f"the desk says: {refused['message']}"

    def paid(self) -> str:
        """Two transfers with the letter's number, one a statement: with the last rupiah the card works by itself."""
        fund, first = self._fund(), self.facts["amount"]["amount_minor"] // 4
        self._statement(first, bank_messages.mt940)
        left = self._read()
        expect(left["open"]["amount_minor"] == _TOO_MUCH - first, f"after a part {left['open']} is open")
        expect(self._card() == "suspended" and not self._at_the_desk()["eligible"], "a part freed the card")
        self._statement(_TOO_MUCH - first, _camt053)
        done = self._read()
        expect(done["state"] == "settled" and not done["open"]["amount_minor"], f"the excess is {done['state']}")
        after = self._fund()
        moved = {name: after[name]["amount_minor"] - fund[name]["amount_minor"] for name in ("balance", "excess")}
        expect(moved == {"balance": _TOO_MUCH, "excess": -_TOO_MUCH}, f"the ledger moved by {moved}")
        expect(self._card() == "active", f"the card is {self._card()}")
        welcome = self._at_the_desk()
        expect(welcome["eligible"], f"the desk says: {welcome['message']}")
        newest = self._inbox()[0]["event"]
        expect(newest == "card_active_again", f"the newest in the inbox is {newest}")
        return f"settled; the desk says: {welcome['message']}"

    def _stayed(self, days_ago: int) -> None:
        """Two nights of intensive care under a letter of guarantee, discharged, billed, and the bill accepted."""
        bed, gone = _ago(days_ago), _ago(days_ago - _NIGHTS)
        place = self.desk.get("/api/v1/front-desk")["id"]
        number = self.card["card_number"]
        shown = {"card_number": number, "benefit_group": "inpatient"}
        visit = self.desk.do("POST", "/api/v1/visits", shown, status=201, as_of=bed)
        position = {"item": "intensive_care", "benefit": "IP-ICU", "name": "ICU", "quantity": _NIGHTS, "days": _NIGHTS}
        position["amount"] = _money(_NIGHT * _NIGHTS)
        asked = {"member_id": self.member_id, "provider_id": place, "card_number": number, "days": _NIGHTS}
        asked |= {"sent_by_doctor": True, "expected_hours": 24 * _NIGHTS, "positions": [position]}
        letter = self.desk.do("POST", "/api/v1/guarantee-letters", asked, status=201, as_of=bed)
        path = f"/api/v1/guarantee-letters/{letter['id']}"
        self.desk.do("PUT", f"/api/v1/visits/{visit['id']}/letters/{letter['id']}", as_of=bed)
        if letter["state"] == "requested":
            self.person.as_staff("agent").do("POST", f"{path}/issue", {}, as_of=bed)
        self.desk.do("POST", f"{path}/admission", {"admitted_at": bed.isoformat()}, as_of=bed)
        bill = {"positions": [position], "discharged_at": gone.isoformat()}
        final = self.desk.do("POST", f"{path}/discharge", bill, status=201, as_of=gone)
        split = {name: final["settled"][name]["amount_minor"] for name in ("billed", "plan", "claim")}
        expected = {"billed": _NIGHT * _NIGHTS, "plan": _PAID_A_NIGHT * _NIGHTS, "claim": _TOO_MUCH}
        expect(split == expected, f"the bill is split into {split}")
        self.desk.do("POST", f"{path}/departure", as_of=gone)
        self.desk.do("POST", f"/api/v1/visits/{visit['id']}/close", as_of=gone)
        self._billed(visit, gone)

    def _billed(self, visit: dict[str, Any], gone: datetime) -> None:
        total = _money(_NIGHT * _NIGHTS)
        line = {"description": "ICU", "service_on": visit["first_day"], "unit": total}
        bill = {"invoice_number": f"INV-{uuid.uuid4().hex[:10]}", "total": total, "lines": [line]}
        sent = self.desk.do("POST", f"/api/v1/visits/{visit['id']}/bill", bill, status=201, as_of=gone)
        self.claims.do("POST", f"/api/v1/provider-bills/{sent['id']}/accept", {}, as_of=_ago(_WRITTEN))

    def _statement(self, minor: int, written: Callable[..., bytes]) -> None:
        words = f"{self.facts['number']} {self.card['name']}"
        movement = Movement(minor, uuid.uuid4().hex[:12].upper(), words)
        account, opening = self.facts["pay_to"]["account_number"], 100_000_000 * _RUPIAH
        taken = give_statement(self.finance, written(account, _CURRENCY, self.person.today, opening, movement))
        expect(taken["lines"] == 1 and not taken["known_lines"], f"the statement brought {taken}")
        placed = self.finance.get("/api/v1/bank-lines?state=matched")["items"][0]
        expect(placed["excess_id"] == self.facts["id"], f"the movement became {placed['became']}")

    def _check(self, moment: datetime) -> None:
        self.person.stack.call("POST", "/demo/clocks", json={"as_of": moment.isoformat()})

    def _at_the_desk(self) -> dict[str, Any]:
        return dict(self.desk.do("POST", "/api/v1/eligibility", {"qr": self.card["qr"]}))

    def _card(self) -> str:
        return str(self.person.get(f"/api/v1/members/{self.member_id}/card")["status"])

    def _read(self) -> dict[str, Any]:
        return dict(self.person.get(f"/api/v1/excess/{self.facts.get('id') or self._mine()[0]['id']}"))

    def _mine(self) -> list[dict[str, Any]]:
        return list(self.person.get("/api/v1/excess")["items"])

    def _fund(self) -> dict[str, Any]:
        return dict(self.finance.get("/api/v1/fund"))

    def _inbox(self) -> list[dict[str, Any]]:
        return list(self.person.get(f"/api/v1/members/{self.member_id}/notifications")["items"])

    def _mail(self) -> list[dict[str, Any]]:
        kept = self.person.stack.call("GET", "/demo/outbox.json")
        return [one for one in kept if one["channel"] == "mail"]


def give_statement(finance: Colleague, data: bytes) -> dict[str, Any]:
    """A statement of the fund's account is taken in."""
    return dict(finance.give("/api/v1/bank-statements", data, status=201))


def _camt053(account: str, currency: str, on: date, opening_minor: int, movement: Movement) -> bytes:
    return bank_messages.camt053(account, currency, on, opening_minor, [movement])


def _ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def _money(minor: int) -> dict[str, Any]:
    return {"amount_minor": minor, "currency": _CURRENCY}


def _shown(minor: int) -> str:
    return f"{minor // _RUPIAH:,} {_CURRENCY}"
