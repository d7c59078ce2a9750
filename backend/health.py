"""``/healthz``, ``/readyz`` and ``/metrics``: is it alive, can it work, how is it doing."""

from __future__ import annotations

from collections.abc import Callable

import requests
from flask import Flask, Response, g
from sqlalchemy import text

from backend import database, queue_state
from backend.api import answer
from backend.migrations import newest
from backend.observability import exposition
from backend.settings import Settings

_TIMEOUT_SECONDS = 1.5
_SCHEMA = newest()
_WORKER_SILENT_SECONDS = 45


def _database(_settings: Settings) -> str | None:
    with database.current().engine.connect() as connection:
        done = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        connection.commit()
    return None if done == _SCHEMA else f"schema is at {done}, the code needs {_SCHEMA}"


def _worker(_settings: Settings) -> str | None:
    with database.current().engine.connect() as connection:
        age = connection.execute(
            text("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
        ).scalar()
        connection.commit()
    return None if age is not None and age < _WORKER_SILENT_SECONDS else "no worker is running"


def _answers(url: str) -> str | None:
    try:
        reply = requests.get(url, timeout=_TIMEOUT_SECONDS)
    except requests.RequestException as error:
        return type(error).__name__
    return None if reply.ok else f"answers {reply.status_code}"


def _bot(settings: Settings) -> str | None:
    return _answers(f"{settings.bot_url}/") if settings.bot_url else None


def _actions(settings: Settings) -> str | None:
    return _answers(f"{settings.actions_url}/health") if settings.actions_url else None


PARTS: dict[str, Callable[[Settings], str | None]] = {
    "database": _database,
    "worker": _worker,
    "bot": _bot,
    "actions": _actions,
}


def readiness(settings: Settings) -> dict[str, str]:
    """Each part that is not ready, with what is wrong; empty means ready."""
    problems: dict[str, str] = {}
    for name, check in PARTS.items():
        try:
            problem = check(settings)
        except Exception as error:  # noqa: BLE001 - whatever breaks a part makes it not ready
            problem = type(error).__name__
        if problem:
            problems[name] = problem
    return problems


def install(app: Flask) -> None:
    """Three addresses outside the versioned API."""

    @app.get("/healthz")
    def healthz() -> Response:
        return answer({"status": "ok"})

    @app.get("/readyz")
    def readyz() -> Response:
        problems = readiness(g.settings)
        body = {
            "status": "not ready" if problems else "ready",
            "parts": {name: problems.get(name, "ok") for name in PARTS},
        }
        return answer(body, 503 if problems else 200)

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(exposition(queue_state.gauges(queue_state.read())), mimetype="text/plain; version=0.0.4")
