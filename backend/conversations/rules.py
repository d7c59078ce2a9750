"""Pure decisions about a thread: the 24-hour window, languages, delivery states, tries, choices by number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(hours=24)
"""WhatsApp lets a business write freely for this long after the person's last message (Twilio 63016)."""

TRIES_PER_CHALLENGE = 3
FAILURES_PER_DAY = 5
VALIDITY = {"whatsapp": timedelta(days=30), "voice": timedelta(hours=2), "app": timedelta(minutes=30)}
"""How long a proof holds on a channel (docs/decisions/0005)."""

_RANK = {
    "waiting": 0,
    "sending": 1,
    "uncertain": 1,
    "accepted": 2,
    "scheduled": 2,
    "queued": 2,
    "sent": 3,
    "delivered": 4,
    "partially_delivered": 4,
    "read": 5,
    "undelivered": 6,
    "failed": 6,
    "canceled": 6,
}
_WORDS_THAT_SHOW_A_LANGUAGE = 3
_QUESTIONS_AT_ONCE = 2


def session_open(last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether free text may be sent on WhatsApp now."""
    return last_inbound_at is not None and now - last_inbound_at < WINDOW


def later_state(current: str | None, reported: str) -> str:
    """Delivery reports arrive out of order: a state never goes back."""
    if reported not in _RANK:
        return current or "waiting"
    return reported if _RANK[reported] > _RANK.get(current or "waiting", 0) else current or "waiting"


@dataclass(frozen=True, slots=True)
class Heard:
    """The language a message seems to be in, how sure that is (0..1), and how many words it has."""

    language: str
    confidence: float
    words: int


def next_language(current: str, chosen: bool, heard: Heard, first: bool) -> str:
    """The thread's language after a message.

    It stays, unless the message is clearly in another one: any clear message at the very beginning, later
    one of three words or more; a language that was asked for gives way only to a very clear one.
    """
    if heard.language == current:
        return current
    needed = 0.95 if chosen else 0.75
    if heard.confidence < needed or (not first and heard.words < _WORDS_THAT_SHOW_A_LANGUAGE):
        return current
    return heard.language


def locked(failures_today: int) -> bool:
    """Whether an identifier has failed so often today that a person has to go on (at most five)."""
    return failures_today >= FAILURES_PER_DAY


def chosen_payload(text: str, payload: str | None, buttons: Sequence[Mapping[str, str]]) -> str | None:
    """What the person chose from the ``buttons`` of the last reply, or None.

    A payload that arrives from outside counts only when we offered it; a bare number or a label chooses too.
    """
    offered = [button["payload"] for button in buttons]
    if payload is not None and payload in offered:
        return payload
    wanted = text.strip().rstrip(".)").casefold()
    if wanted.isdigit() and 1 <= int(wanted) <= len(offered):
        return offered[int(wanted) - 1]
    return next((button["payload"] for button in buttons if button["label"].casefold() == wanted), None)


def questions(text: str) -> list[str]:
    """The questions of a message that asks two or more ("number? and when?"), else the message as it is."""
    parts = [part.strip() for part in re.split(r"(?<=\?)\s+", text.strip())]
    several = len(parts) > 1 and all(part.endswith("?") and len(part.split()) > 1 for part in parts)
    return parts[:_QUESTIONS_AT_ONCE] if several else [text]


def harmless(text: str) -> str:
    """What a person typed, so that it can never be taken for a command of the bot (``/intent{...}``)."""
    return text.strip().lstrip("/").strip()
