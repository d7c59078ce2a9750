"""A judgement's lines and steps as JSON and back: what is stored is what was reckoned, figure by figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from backend.adjudication.rules import Payer, Rule, Step
from backend.kit.money import Money


def written(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps as they are stored: clause and sum are written too, so that a trace says what held when it was made."""
    return [
        {
            "rule": step.rule.value,
            "clause": step.clause,
            "arithmetic": step.arithmetic,
            "inputs": {name: _plain(value) for name, value in step.inputs.items()},
            "moved": _plain(step.moved),
            "result": _plain(step.result),
            "payer": step.payer.value if step.payer else None,
            "excess": step.excess.value if step.excess else None,
        }
        for step in steps
    ]


def read(stored: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Steps as the rules made them."""
    return tuple(
        Step(
            Rule(each["rule"]),
            {name: figure(value) for name, value in each["inputs"].items()},
            figure(each["moved"]),
            figure(each["result"]),
            Payer(each["payer"]) if each["payer"] else None,
        )
        for each in stored
    )


def figure(value: Any) -> Any:
    """A stored figure as the value it was."""
    if not isinstance(value, dict):
        return value
    if "amount_minor" in value:
        return Money(value["amount_minor"], value["currency"])
    return date.fromisoformat(value["date"]) if "date" in value else Decimal(value["decimal"])


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.as_json()
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value
