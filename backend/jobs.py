"""Background work: procrastinate in our own database, enqueued in the transaction that needs it.

A job's arguments are ids only; the task loads what it needs again and may run twice. Tasks live in
``<domain>/tasks.py``; the worker imports every one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import procrastinate
from procrastinate.manager import JobManager
from procrastinate.tasks import Task
from procrastinate.types import TimeDeltaParams

from backend.access import Scope
from backend.database import DOMAINS

jobs = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

# A worker gives the app an asynchronous connector; a job that enqueues another still holds our connection.
_ENQUEUER = JobManager(procrastinate.SyncPsycopgConnector())

RETRY = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=3)


def enqueue(
    scope: Scope,
    task: Task[Any, Any, Any],
    *,
    lock: str | None = None,
    queueing_lock: str | None = None,
    in_seconds: int | None = None,
    **ids: str | int,
) -> int:
    """Put a job into the scope's transaction: committed with it, gone with its rollback.

    ``lock`` runs jobs of the same name one after the other, in order; ``queueing_lock`` allows one waiting
    job (a second one is dropped silently); ``in_seconds`` delays it. Returns the job's number, 0 when dropped.
    """
    if scope.unit.memory is not None and queueing_lock is None and in_seconds is None:
        scope.unit.defer(task.name, task.queue, lock or task.lock, ids)
        return 0
    schedule: TimeDeltaParams | None = {"seconds": in_seconds} if in_seconds else None
    deferrer = task.configure(connection=scope.unit.raw(), lock=lock, queueing_lock=queueing_lock, schedule_in=schedule)
    deferrer.job_manager = _ENQUEUER
    try:
        # Only a queueing lock can be refused; the savepoint keeps the transaction usable then.
        with scope.session.connection().begin_nested() if queueing_lock else nullcontext():
            return deferrer.defer(**ids)
    except procrastinate.exceptions.AlreadyEnqueued:
        return 0


_DEADLINE_CHECKS: dict[str, Callable[[int], None]] = {}


def checks_deadlines(task: Task[Any, Any, Any]) -> Task[Any, Any, Any]:
    """Marks a periodic task that looks at dates and may run at any moment: a rehearsal runs it for another day."""
    _DEADLINE_CHECKS[task.name] = task.func
    return task


def check_deadlines_now(moment: datetime) -> list[str]:
    """Run every marked task once in this process, as of the clock; returns their names."""
    for check in _DEADLINE_CHECKS.values():
        check(int(moment.timestamp()))
    return list(_DEADLINE_CHECKS)


def load_tasks() -> list[str]:
    """Import every domain's tasks; returns the names of all registered tasks."""
    for domain in DOMAINS:
        if find_spec(f"backend.{domain}") and find_spec(f"backend.{domain}.tasks"):
            import_module(f"backend.{domain}.tasks")
    return sorted(jobs.tasks)
