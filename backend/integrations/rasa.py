"""Rasa behind its custom channel: kept-alive connections, a few questions at a time, 1.5 s, a circuit breaker."""

from __future__ import annotations

import threading
import time
from typing import Any

import orjson
import urllib3

from backend.integrations.bot import BotAnswer, BotReply, BotTurn, BotUnavailable

TIMEOUT_SECONDS = 1.5
_CONNECT_SECONDS = 0.3
_FAILURES_UNTIL_REST = 3
_REST_SECONDS = 5.0
_SECRET_HEADER = "X-Helpline-Secret"  # noqa: S105 - the name of a header
_PATH = "/webhooks/helpline/webhook"


_PATIENCE_SECONDS = 3.0
_AT_ONCE = 3
"""Messages of one process that the bot is asked about together: it works on one after the other, and more of them
would only make each wait longer there, where it counts against the time we give it."""


class CircuitBreaker:
    """Closed while it works; after three failures in a row it rests five seconds, then lets one try."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0

    def allows(self) -> bool:
        """Whether a try may be made now; after the rest exactly one thread gets the first."""
        with self._lock:
            if self._failures < _FAILURES_UNTIL_REST:
                return True
            if time.monotonic() < self._rests_until:
                return False
            self._rests_until = time.monotonic() + _REST_SECONDS
            return True

    def succeeded(self) -> None:
        """Forget earlier failures."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Count one; the third begins a rest."""
        with self._lock:
            self._failures += 1
            self._rests_until = time.monotonic() + _REST_SECONDS


class RasaEngine:
    """A DialogueEngine over HTTP on the inner network."""

    def __init__(self, url: str, secret: str) -> None:
        self._address = url.rstrip("/") + _PATH
        self._secret = secret
        self._breaker = CircuitBreaker()
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._http = urllib3.PoolManager(num_pools=1, maxsize=_AT_ONCE, retries=False)

    def take_turn(self, turn: BotTurn) -> BotAnswer:
        """The bot's answer; raises BotUnavailable after 1.5 s without one, or 3 s behind a crowd."""
        if not self._places.acquire(timeout=_PATIENCE_SECONDS):
            raise BotUnavailable("crowded")
        try:
            return self._in_turn(turn)
        finally:
            self._places.release()

    def _in_turn(self, turn: BotTurn) -> BotAnswer:
        if not self._breaker.allows():
            raise BotUnavailable("resting")
        try:
            answer = self._ask(turn)
        except urllib3.exceptions.TimeoutError as error:
            self._breaker.failed()
            raise BotUnavailable("timeout") from error
        except (urllib3.exceptions.HTTPError, ValueError, KeyError, TypeError) as error:
            self._breaker.failed()
            raise BotUnavailable(type(error).__name__) from error
        self._breaker.succeeded()
        return answer

    def _ask(self, turn: BotTurn) -> BotAnswer:
        body = {
            "sender": turn.sender,
            "channel": turn.channel,
            "message": turn.message,
            "metadata": {"slots": dict(turn.slots)},
        }
        answer = self._http.request(
            "POST",
            self._address,
            body=orjson.dumps(body),
            headers={"Content-Type": "application/json", _SECRET_HEADER: self._secret},
            timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=TIMEOUT_SECONDS),
        )
        if answer.status != 200:
            raise ValueError(f"HTTP {answer.status}")
        return _read(orjson.loads(answer.data))


def _read(raw: dict[str, Any]) -> BotAnswer:
    return BotAnswer(
        replies=tuple(BotReply(reply["reply"], reply.get("args") or {}) for reply in raw["replies"]),
        intent=raw.get("intent"),
        confidence=float(raw.get("confidence") or 0),
        form=raw.get("form"),
        asked=raw.get("asked"),
    )
