"""What waits in the job queue at this moment, as gauges of ``/metrics``.

The queue belongs to no client and its rows name none, so it may be counted as a whole: a job is a task's name
and ids. The outbox and the webhook turns are counted here, by their tasks, and not in the clients' tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import text

from backend import database

OUTBOX_TASKS = frozenset({"notifications.tell", "notifications.send"})
TURN_TASKS = frozenset({"conversations.answer"})

# A job is overdue since it was first tried, or else since it could have been: quiet hours are no delay.
_OPEN_JOBS = text(
    """
    WITH open_job AS (
      SELECT j.task_name, j.status::text AS status,
             coalesce(min(e.at) FILTER (WHERE e.type = 'started'),
                      greatest(min(e.at) FILTER (WHERE e.type = 'deferred'), j.scheduled_at)) AS due_at
        FROM procrastinate_jobs j LEFT JOIN procrastinate_events e ON e.job_id = j.id
       WHERE j.status IN ('todo', 'doing', 'failed')
       GROUP BY j.id
    )
    SELECT task_name, status, count(*),
           greatest(0, coalesce(extract(epoch FROM now() - min(due_at)), 0))::float
      FROM open_job GROUP BY task_name, status
    """
)


@dataclass(frozen=True, slots=True)
class OpenJobs:
    """How many jobs of a task are in a state (todo, doing, failed), and for how many seconds the oldest is due."""

    task: str
    status: str
    count: int
    oldest_seconds: float


def read() -> list[OpenJobs]:
    """Count the jobs that did not succeed (yet)."""
    with database.current().engine.connect() as connection:
        rows = [OpenJobs(*row) for row in connection.execute(_OPEN_JOBS)]
        connection.commit()
    return rows


def gauges(rows: Iterable[OpenJobs]) -> list[Metric]:
    """The gauges; an empty outbox is 0, not absent, so that an alert can tell it from a broken scrape."""
    rows = list(rows)
    jobs = GaugeMetricFamily("careline_jobs", "Jobs that did not succeed (yet)", labels=["task", "status"])
    for row in rows:
        jobs.add_metric([row.task, row.status], row.count)
    waiting = [row for row in rows if row.status != "failed"]
    outbox = [row for row in waiting if row.task in OUTBOX_TASKS]
    turns = [row for row in waiting if row.task in TURN_TASKS]
    return [
        jobs,
        _gauge("careline_jobs_oldest_seconds", "Age of the oldest job that is due", _oldest(waiting)),
        _gauge("careline_outbox_depth", "Notifications on their way to a vendor", sum(row.count for row in outbox)),
        _gauge("careline_outbox_oldest_seconds", "Age of the oldest of them that is due", _oldest(outbox)),
        _gauge("careline_webhook_turn_oldest_seconds", "Age of the oldest message without an answer", _oldest(turns)),
    ]


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


def _oldest(rows: Iterable[OpenJobs]) -> float:
    return max((row.oldest_seconds for row in rows), default=0.0)
