"""The one question after a closed case: when it is asked, where, and what a low answer means (S0-95)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

ANSWER_COUNTS_FOR = timedelta(days=3)
"""After this long a number is a number again, not an answer."""

_LOW = 2
_NEVER_ASKED_AFTER = frozenset(
    ["emergency", "ambulance", "complaint", "verification", "follow_up", "low_satisfaction", "not_understood"]
)
"""An emergency or a complaint is no service to rate, a follow-up has been asked about before it, and an attempt to
sign in is nobody's matter."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed case as the question sees it: what it was, and what goes on with the same person."""

    state: str
    reason: str
    emergency_open: bool
    complaint_open: bool
    opted_out: bool


def may_ask(case: Closed) -> bool:
    """Once per closed case, never in the middle of an emergency or a complaint, never against a stop."""
    return (
        case.state == "closed"
        and case.reason not in _NEVER_ASKED_AFTER
        and not (case.emergency_open or case.complaint_open or case.opted_out)
    )


def way_to_ask(channel: str, window_open: bool, known: bool) -> str | None:
    """``thread`` on the channel itself, ``template`` where a text must be approved, None when nobody can be reached.

    WhatsApp takes free words for 24 hours after the person's last ones; a call has ended, so it is asked by template.
    """
    if channel == "app" or (channel == "whatsapp" and window_open):
        return "thread"
    return "template" if known else None


def is_low(score: int) -> bool:
    """Whether somebody should call and ask what went wrong."""
    return score <= _LOW
