"""What a killed process leaves behind: nothing lost, nothing twice."""

import asyncio
import base64
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import procrastinate
import psycopg

from backend import worker
from backend.access import working_for
from backend.jobs import enqueue, jobs
from backend.kit import ids
from tests.backend.crashing_worker import write_slowly
from tests.conftest import ROOT


def _wait_for(path: Path, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} never happened"
        time.sleep(0.05)


def _environment(settings) -> dict[str, str]:
    return os.environ | {
        "CARELINE_MODE": "test",
        "DATABASE_URL": settings.database_url,
        "CARELINE_PUBLIC_URL": settings.public_url,
        "CARELINE_TOKEN_KEY": settings.token_key,
        "CARELINE_MASTER_KEY": base64.b64encode(settings.master_key).decode(),
        "CARELINE_CARD_KEY": base64.b64encode(settings.card_key).decode(),
        "CARELINE_OBJECT_STORE": settings.object_store_url,
    }


async def _requeue(settings, silent_seconds: float) -> None:
    connector = procrastinate.PsycopgConnector(conninfo=settings.database_url)
    with jobs.replace_connector(connector) as app:
        async with app.open_async():
            await worker.requeue(app, silent_seconds=silent_seconds)


def test_a_worker_killed_in_the_middle_of_a_job_loses_and_doubles_nothing(app, settings, run_jobs, tmp_path):
    client_id, token = ids.new_id(), str(ids.new_id())
    with working_for(client_id) as scope:
        enqueue(scope, write_slowly, client_id=str(client_id), token=token, folder=str(tmp_path))
    first = subprocess.Popen(
        [sys.executable, "-m", "tests.backend.crashing_worker"], cwd=ROOT, env=_environment(settings)
    )
    try:
        _wait_for(tmp_path / "started-0")
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    time.sleep(1.2)
    asyncio.run(_requeue(settings, silent_seconds=1))
    run_jobs()
    assert (tmp_path / "started-1").exists(), "the job was lost with its worker"
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("SELECT app_begin(%s, NULL)", [client_id])
        rows = connection.execute("SELECT count(*) FROM idempotency_record WHERE key = %s", [token]).fetchone()
    assert rows == (1,)
