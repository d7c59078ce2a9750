"""Jobs that nobody works on any more are given back, those that are worked on are left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import procrastinate
import pytest

from backend import worker
from backend.access import working_for
from backend.jobs import enqueue, jobs
from backend.kit import ids
from tests.backend.crashing_worker import write_slowly

WITH_APP = Callable[[procrastinate.App], Any]


def in_app(settings, work: WITH_APP) -> Any:
    async def run() -> Any:
        connector = procrastinate.PsycopgConnector(conninfo=settings.database_url)
        with jobs.replace_connector(connector) as app:
            async with app.open_async():
                return await work(app)

    return asyncio.run(run())


@pytest.fixture
def job_id(app, run_jobs) -> int:
    run_jobs()
    client_id = ids.new_id()
    with working_for(client_id) as scope:
        return enqueue(scope, write_slowly, client_id=str(client_id), token=str(ids.new_id()), folder="/nowhere")


@pytest.fixture
def finish(settings, job_id):
    """Leave no job behind for other tests."""
    yield

    async def put_away(app):
        (job,) = await app.job_manager.list_jobs_async(id=job_id)
        await app.job_manager.finish_job(job, procrastinate.jobs.Status.FAILED, delete_job=True)

    in_app(settings, put_away)


async def taken(app: procrastinate.App) -> tuple[procrastinate.jobs.Job, int]:
    """The waiting job, taken by a new worker that is alive."""
    worker_id = await app.job_manager.register_worker()
    job = await app.job_manager.fetch_job(queues=None, worker_id=worker_id)
    assert job is not None
    return job, worker_id


async def status(app: procrastinate.App, job_id: int) -> str:
    (job,) = await app.job_manager.list_jobs_async(id=job_id)
    return str(job.status)


def working(watch: worker.Watch, job: procrastinate.jobs.Job, worker_id: int, inside: Callable[[], Any]) -> Any:
    """The job runs, and ``inside`` happens meanwhile."""
    return watch.follow(inside, SimpleNamespace(job=job), SimpleNamespace(worker_id=worker_id))  # type: ignore[arg-type]


@pytest.mark.usefixtures("finish")
def test_a_job_whose_end_could_not_be_written_is_given_back_by_its_own_worker(settings, job_id):
    async def story(app):
        watch = worker.Watch(30)
        job, worker_id = await taken(app)

        async def nothing():
            return None

        await working(watch, job, worker_id, nothing)
        await watch.look(app)
        first = await status(app, job_id)
        await watch.look(app)
        return first, await status(app, job_id)

    assert in_app(settings, story) == ("doing", "todo")


@pytest.mark.usefixtures("finish")
def test_a_job_that_is_worked_on_is_left_alone(settings, job_id):
    async def story(app):
        watch = worker.Watch(30)
        job, worker_id = await taken(app)

        async def long_work():
            await watch.look(app)
            await watch.look(app)
            return await status(app, job_id)

        return await working(watch, job, worker_id, long_work)

    assert in_app(settings, story) == "doing"


@pytest.mark.usefixtures("finish")
def test_a_watch_outlives_a_database_that_is_away(settings, job_id, monkeypatch):
    async def story(app):
        watch = worker.Watch(0.06)
        looks = []

        async def look(_app):
            looks.append(1)
            if len(looks) == 1:
                raise procrastinate.exceptions.ConnectorException

        monkeypatch.setattr(watch, "look", look)
        keeping = asyncio.create_task(watch.keep(app))
        while len(looks) < 3:
            await asyncio.sleep(0.01)
        keeping.cancel()
        return len(looks)

    assert in_app(settings, story) >= 3
