"""A hospital stay under a letter of guarantee: asked for at the front desk, extended, settled, paid, gone home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from backend.devstack.journey.member_steps import staff_token
from backend.devstack.journey.talk import Stack, expect

_PATH = "/api/v1/guarantee-letters"
_RUPIAH = 100
_ADDS = frozenset({"extensions", "discharge", "excess"})
"""Verbs that answer with something new."""


def _money(rupiah: int) -> dict[str, Any]:
    return {"amount_minor": rupiah * _RUPIAH, "currency": "IDR"}


def _shown(amount: dict[str, Any]) -> str:
    return f"{amount['amount_minor'] // _RUPIAH:,} {amount['currency']}"


class Stay:
    """One stay, with the people who act in it."""

    def __init__(self, stack: Stack, slug: str, member_id: str, card_number: str) -> None:
        self._stack = stack
        self._card = card_number
        self._member_id = member_id
        self._tokens = {role: staff_token(stack, role, slug) for role in ("provider", "agent", "doctor")}
        self.letter: dict[str, Any] = {}

    def _do(self, role: str, verb: str, **body: Any) -> dict[str, Any]:
        where = f"{_PATH}/{self.letter['id']}/{verb}"
        status = 201 if verb in _ADDS else 200
        self.letter = self._stack.call("POST", where, token=self._tokens[role], json=body, status=status)
        return self.letter

    def ask(self) -> str:
        """The front desk asks with the card at hand; the clock starts."""
        body = {
            "member_id": self._member_id,
            "card_number": self._card,
            "sent_by_doctor": True,
            "expected_hours": 72,
            "days": 3,
            "estimate": _money(6_000_000),
        }
        self.letter = self._stack.call("POST", _PATH, token=self._tokens["provider"], json=body, status=201)
        expect(self.letter["state"] == "requested", f"the letter is {self.letter['state']}")
        return f"{self.letter['number']}, an answer is owed by {self.letter['asks'][0]['answer_by']}"

    def issue(self) -> str:
        """The helpline says yes, and the amount is held."""
        letter = self._do("agent", "issue")
        expect(letter["state"] == "confirmed", f"with the card the letter is {letter['state']}")
        began = datetime.now(UTC) - timedelta(hours=80)
        self._do("provider", "admission", admitted_at=began.isoformat())
        return f"held {_shown(letter['promised'])}; the patient is in bed"

    def extend(self) -> str:
        """Surgery makes it dearer than an agent decides: the doctor does."""
        self._do("provider", "extensions", days=1, reason="Surgery is needed", estimate=_money(22_000_000))
        expect(self.letter["asks"][-1]["for_doctor"], "a large promise is not the doctor's")
        letter = self._do("doctor", "approval")
        return f"a doctor approved: {_shown(letter['promised'])} for {letter['days']} days"

    def discharge(self) -> str:
        """The bill is split, and nobody leaves before the excess cost is paid."""
        positions = [
            {"item": "treatment", "amount": _money(25_000_000), "benefit": "GUARANTEE"},
            {"item": "non_medical", "amount": _money(175_000), "benefit": "GUARANTEE", "name": "Minibar"},
        ]
        now = datetime.now(UTC).isoformat()
        letter = self._do("provider", "discharge", discharged_at=now, positions=positions)
        expect(letter["kind"] == "final", f"the letter is {letter['kind']}")
        settled = letter["settled"]
        if settled["cost"]["amount_minor"]:
            self._do("provider", "excess", amount=settled["cost"])
        self._do("provider", "departure")
        expect(self.letter["left_at"], "the patient did not leave")
        return "\n".join(f"{name}: {_shown(settled[name])}" for name in ("billed", "plan", "cost", "claim", "provider"))
