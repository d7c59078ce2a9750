"""What care away from home needs beside the care (S2-15), and how far each need is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from backend.kit.refusal import Refusal

NEEDS = ("booking", "visa", "tickets", "lodging", "translator", "transport", "mobility", "meals", "money")
"""Travel booking (S2-16), visas (S2-17), tickets (S2-18), lodging (S2-19), translators (S2-20), local transport
(S2-21), mobility at the destination (S2-22), meals (S2-23), financial needs (S2-24)."""

STATES = ("asked", "arranged", "declined")
NOT_ASKED = "helpline.travel_not_asked"
NO_DETAIL = "helpline.travel_no_detail"

Travel = Mapping[str, Any]


def begun(before: Travel | None, wanted: Iterable[str]) -> dict[str, Any]:
    """The needs of a journey with those that are asked for now; one that was arranged stays arranged (S2-15)."""
    known = dict((before or {}).get("needs") or {})
    for need in wanted:
        known.setdefault(need, {"state": "asked", "detail": ""})
    return {
        "needs": {need: known[need] for need in NEEDS if need in known},
        "told": list((before or {}).get("told", [])),
    }


def told(before: Travel, words: str) -> dict[str, Any]:
    """The same with what the person said about it: where to, when, who travels."""
    return {**before, "told": [*before.get("told", []), words]}


def arranged(before: Travel | None, need: str, state: str, detail: str) -> dict[str, Any] | Refusal:
    """How far a need is; what is arranged or declined says how or why, and a new need may join (S2-16..S2-24)."""
    if before is None:
        return Refusal(NOT_ASKED)
    if state != "asked" and not detail.strip():
        return Refusal(NO_DETAIL)
    known = {**before.get("needs", {}), need: {"state": state, "detail": detail.strip()}}
    return {**before, "needs": {each: known[each] for each in NEEDS if each in known}}


def open_needs(travel: Travel) -> tuple[str, ...]:
    """What is still to be arranged."""
    return tuple(need for need, how in travel.get("needs", {}).items() if how["state"] == "asked")
