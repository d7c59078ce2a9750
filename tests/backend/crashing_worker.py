"""A worker to be killed: its one job writes a row, tells that it did, and only commits when it may."""

import asyncio
import time
from pathlib import Path
from uuid import UUID

from backend import database, idempotency, worker
from backend.access import SYSTEM, working_for
from backend.jobs import jobs
from backend.settings import Settings


@jobs.task(name="tests.write_slowly", pass_context=True)
def write_slowly(context, client_id: str, token: str, folder: str) -> None:
    """Writes one row per token; waits for `go` before it commits, the first time."""
    started = Path(folder) / f"started-{context.job.attempts}"
    with working_for(UUID(client_id), SYSTEM) as scope:
        idempotency.claim(scope, token, token.encode())
        started.touch()
        while context.job.attempts == 0 and not (Path(folder) / "go").exists():
            time.sleep(0.05)


def main() -> None:
    settings = Settings.from_env()
    database.connect(settings.database_url)
    asyncio.run(worker.serve(settings, concurrency=1))


if __name__ == "__main__":
    main()
