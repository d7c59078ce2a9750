"""A request at another moment, for a rehearsal: what is told to have happened weeks ago is written as of then.

Deadlines that have passed need a past; data of the future would contradict every page that shows it. Production knows
no such header.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import Flask

from backend.kit import clock
from backend.settings import Settings

HEADER = "X-Rehearsed-Moment"
_IN_WSGI = "HTTP_X_REHEARSED_MOMENT"


def install(app: Flask, settings: Settings) -> None:
    """Let a request of a rehearsal that says so believe it is another moment; without a zone it is ignored."""
    if not settings.rehearsal:
        return
    inner = app.wsgi_app

    def at_its_moment(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        moment = _moment(environ.get(_IN_WSGI))
        if moment is None:
            return inner(environ, start_response)
        with clock.at(moment):
            return inner(environ, start_response)

    app.wsgi_app = at_its_moment  # type: ignore[method-assign]


def _moment(written: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
