"""The job runner: ``python -m backend.worker``. Gives back what nobody works on any more, forgets finished jobs."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import procrastinate
from procrastinate.middleware import AsyncCallNext

from backend import database
from backend.branding import in_force
from backend.integrations import registry
from backend.jobs import jobs, load_tasks
from backend.observability import JOBS, configure_logging, log, serve_counters
from backend.settings import Settings

_STALLED_AFTER_SECONDS = 30
_HEARTBEATS_IN_THAT_TIME = 3
_LOOKS_IN_THAT_TIME = 6
_KEEP_FINISHED_HOURS = 72


async def requeue(app: procrastinate.App, *, silent_seconds: float) -> None:
    """Queue again what a worker was doing that has not been heard of for ``silent_seconds``."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds):
        log.warning("job_requeued", task=job.task_name, job=job.id)
        await manager.retry_job(job)
    await manager.prune_stalled_workers(silent_seconds * 2)


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="worker.forget_finished", queueing_lock="worker.forget_finished", pass_context=True)
async def forget_finished(context: procrastinate.JobContext, timestamp: int) -> None:
    """Delete jobs finished more than three days ago."""
    await context.app.job_manager.delete_old_jobs(nb_hours=_KEEP_FINISHED_HOURS, include_failed=False)


async def count(
    call_next: AsyncCallNext, context: procrastinate.JobContext, _worker: procrastinate.worker.Worker
) -> Any:
    """Every job by its task and how this try ended."""
    outcome = "failed"
    try:
        result = await call_next()
        outcome = "succeeded"
        return result
    finally:
        JOBS.labels(context.job.task_name, outcome).inc()


class Watch:
    """Gives jobs back while a worker runs: those of a worker that fell silent, and its own whose end it could not
    write down because PostgreSQL was away just then (they would stay "doing", and hold their lock, for good)."""

    def __init__(self, silent_seconds: float) -> None:
        self._silent_seconds = silent_seconds
        self._worker_id: int | None = None
        self._running: set[int | None] = set()
        self._idle: set[int | None] = set()

    async def follow(
        self, call_next: AsyncCallNext, context: procrastinate.JobContext, worker: procrastinate.worker.Worker
    ) -> Any:
        """Know which jobs are being worked on."""
        self._worker_id = worker.worker_id
        self._running.add(context.job.id)
        try:
            return await call_next()
        finally:
            self._running.discard(context.job.id)

    async def keep(self, app: procrastinate.App) -> None:
        """Look again and again until cancelled; a database that is away is looked for again."""
        while True:
            try:
                await self.look(app)
            except procrastinate.exceptions.ConnectorException:
                log.warning("watch_without_database")
            await asyncio.sleep(self._silent_seconds / _LOOKS_IN_THAT_TIME)

    async def look(self, app: procrastinate.App) -> None:
        """Queue again what is given up; a job of our own only when it stood idle at two looks in a row."""
        await requeue(app, silent_seconds=self._silent_seconds)
        if self._worker_id is None:
            return
        held = await app.job_manager.list_jobs_async(status="doing", worker_id=self._worker_id)
        idle = {job.id: job for job in held if job.id not in self._running}
        for job_id in idle.keys() & self._idle:
            log.warning("job_requeued", task=idle[job_id].task_name, job=job_id)
            await app.job_manager.retry_job(idle[job_id])
        self._idle = set(idle)


async def serve(
    settings: Settings, *, wait: bool = True, concurrency: int = 2, silent_seconds: float = _STALLED_AFTER_SECONDS
) -> None:
    """Run jobs until cancelled, or until none is left when ``wait`` is false.

    A worker that is not heard of for ``silent_seconds`` counts as dead.
    """
    connector = procrastinate.PsycopgConnector(conninfo=settings.database_url, min_size=1, max_size=concurrency + 3)
    watch = Watch(silent_seconds)
    with jobs.replace_connector(connector) as app:
        async with app.open_async():
            watching = asyncio.create_task(watch.keep(app)) if wait else None
            try:
                await app.run_worker_async(
                    concurrency=concurrency,
                    wait=wait,
                    install_signal_handlers=wait,
                    delete_jobs="never",
                    fetch_job_polling_interval=2,
                    update_heartbeat_interval=silent_seconds / _HEARTBEATS_IN_THAT_TIME,
                    stalled_worker_timeout=silent_seconds,
                    worker_middleware=[count, watch.follow],
                    shutdown_graceful_timeout=20,
                )
            finally:
                if watching is not None:
                    watching.cancel()


def main() -> None:
    """Start with the settings of the environment."""
    settings = Settings.from_env()
    configure_logging(settings.log_level)
    database.connect(settings.database_url)
    in_force.follow(settings)
    registry.use(registry.Integrations.of(settings))
    metrics_port = os.environ.get("CARELINE_WORKER_METRICS_PORT")
    if metrics_port:
        serve_counters(int(metrics_port))
    log.info("worker_started", tasks=len(load_tasks()))
    concurrency = int(os.environ.get("CARELINE_WORKER_CONCURRENCY", "2"))
    silent = float(os.environ.get("CARELINE_WORKER_STALLED_SECONDS", _STALLED_AFTER_SECONDS))
    asyncio.run(serve(settings, concurrency=concurrency, silent_seconds=silent))


if __name__ == "__main__":
    main()
