"""The dialogue engine as the conversations see it: a message in, reply ids out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class BotTurn:
    """One message for the bot.

    ``sender`` names the thread and says nothing about the person; ``slots`` are facts the bot may know
    (language, client, whether the person is verified). ``message`` is text, or ``/intent{...}`` made by us.
    """

    sender: str
    channel: str
    message: str
    slots: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BotReply:
    """A reply id of the catalogue with its arguments."""

    id: str
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BotAnswer:
    """What the bot made of it; ``form`` is running afterwards and waits for the slot ``asked``."""

    replies: tuple[BotReply, ...]
    intent: str | None
    confidence: float
    form: str | None
    asked: str | None


class BotUnavailable(Exception):
    """No answer in time, an error, or the engine rests after too many of them; ``cause`` is for the metrics."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class DialogueEngine(Protocol):
    """Whoever decides what to say."""

    def take_turn(self, turn: BotTurn) -> BotAnswer:
        """The bot's answer; raises BotUnavailable."""
        ...


class NoBot:
    """The engine of a process that was told no address: every turn goes on in the degraded mode."""

    def take_turn(self, turn: BotTurn) -> BotAnswer:
        """Raises BotUnavailable."""
        raise BotUnavailable("not_configured")
