"""Lets few requests work at a time and many wait: a desk that waits for changes holds a thread and nothing else.

A process needs a thread for each open desk, and would otherwise work on as many requests at once: they would queue for
database connections and for the interpreter instead of in front of the door. Whoever waits passes by, and
who waits for another system within a request steps aside for that long.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

WAITING = frozenset({"/api/v1/desk/updates"})
"""Addresses that mostly wait."""

AT_ONCE = 4
"""Requests of one process that are worked on at the same time."""

THREADS = 256
"""Threads of one process: two hundred desks may all be on one of them. Idle ones end after half a minute."""

_place: ContextVar[threading.BoundedSemaphore | None] = ContextVar("turnstile_place", default=None)

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Turnstile:
    """A WSGI application with ``at_once`` places in front of it."""

    def __init__(self, app: WsgiApp, at_once: int = AT_ONCE) -> None:
        self._app = app
        self._places = threading.BoundedSemaphore(at_once)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve a request, after those that are inside."""
        if environ["PATH_INFO"] in WAITING:
            return self._app(environ, start_response)
        with self._places:
            held = _place.set(self._places)
            try:
                return self._app(environ, start_response)
            finally:
                _place.reset(held)


@contextmanager
def stepped_aside() -> Iterator[None]:
    """Leave one's place to others while another system thinks; afterwards it is waited for like any other.

    Outside a request, and where there is no turnstile, nothing happens.
    """
    places = _place.get()
    if places is None:
        yield
        return
    places.release()
    try:
        yield
    finally:
        places.acquire()
