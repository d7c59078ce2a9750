"""The job runner: ``python -m backend.worker``. Re-queues jobs whose worker died, forgets finished ones."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import procrastinate
from procrastinate.middleware import AsyncCallNext

from backend import database
from backend.integrations import registry
from backend.jobs import jobs, load_tasks
from backend.observability import JOBS, configure_logging, log, serve_counters
from backend.settings import Settings

_STALLED_AFTER_SECONDS = 30
_KEEP_FINISHED_HOURS = 72


@jobs.periodic(cron="* * * * *")
@jobs.task(name="worker.requeue_stalled", queueing_lock="worker.requeue_stalled", pass_context=True)
async def requeue_stalled(context: procrastinate.JobContext, timestamp: int) -> None:
    """Every minute: give the jobs of a dead worker to a living one."""
    await requeue(context.app, silent_seconds=_STALLED_AFTER_SECONDS)


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


async def serve(settings: Settings, *, wait: bool = True, concurrency: int = 2) -> None:
    """Run jobs until cancelled, or until none is left when ``wait`` is false."""
    connector = procrastinate.PsycopgConnector(conninfo=settings.database_url, min_size=1, max_size=concurrency + 2)
    with jobs.replace_connector(connector) as app:
        async with app.open_async():
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                install_signal_handlers=wait,
                delete_jobs="never",
                fetch_job_polling_interval=2,
                worker_middleware=[count],
                shutdown_graceful_timeout=20,
            )


def main() -> None:
    """Start with the settings of the environment."""
    settings = Settings.from_env()
    configure_logging(settings.log_level)
    database.connect(settings.database_url)
    registry.use(registry.Integrations.of(settings))
    metrics_port = os.environ.get("CARELINE_WORKER_METRICS_PORT")
    if metrics_port:
        serve_counters(int(metrics_port))
    log.info("worker_started", tasks=len(load_tasks()))
    asyncio.run(serve(settings, concurrency=int(os.environ.get("CARELINE_WORKER_CONCURRENCY", "2"))))


if __name__ == "__main__":
    main()
