"""A ceiling on how often somebody may ask, counted in this process."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

_MOST_KEYS = 20_000


class RateLimit:
    """At most ``most`` times within ``seconds`` per key; forgets the oldest keys when there are too many."""

    def __init__(self, most: int, *, seconds: int) -> None:
        self._most = most
        self._window = timedelta(seconds=seconds)
        self._seen: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wait(self, key: str, now: datetime) -> int:
        """0 and one use counted, or the whole seconds until the next use is allowed."""
        with self._lock:
            uses = self._seen.pop(key, None) or deque()
            self._seen[key] = uses
            while uses and uses[0] <= now - self._window:
                uses.popleft()
            if len(uses) >= self._most:
                return max(1, ceil((uses[0] + self._window - now).total_seconds()))
            uses.append(now)
            if len(self._seen) > _MOST_KEYS:
                self._seen.pop(next(iter(self._seen)))
            return 0
