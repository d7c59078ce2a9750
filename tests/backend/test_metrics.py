"""What `/metrics` says: the queue at this moment, and what every process counted."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from backend.access import working_for
from backend.integrations import registry
from backend.integrations.messaging import OutgoingMessage
from backend.jobs import enqueue, jobs
from backend.kit import ids
from backend.notifications.delivery import Parcel, hand_over
from backend.observability import SENT, serve_counters
from backend.queue_state import OUTBOX_TASKS, TURN_TASKS, OpenJobs, gauges
from tests.structure.source import ROOT


@pytest.fixture
def scrape(http):
    """`/metrics` as Prometheus reads it: the value of a sample by its name and labels."""

    def read(name: str, **labels: str) -> float | None:
        found = [
            sample.value
            for family in text_string_to_metric_families(http.get("/metrics").text)
            for sample in family.samples
            if sample.name == name and sample.labels == labels
        ]
        assert len(found) <= 1, f"{name} is there {len(found)} times"
        return found[0] if found else None

    return read


@jobs.task(name="tests.never_run")
def never_run(token: str) -> None:
    """Waits for ever."""
    raise AssertionError(token)


@jobs.task(name="tests.count_me")
def count_me(token: str) -> None:
    """Fails when it is told to."""
    if token == "fail":  # noqa: S105 - a word
        raise ValueError(token)


@pytest.fixture
def queued(app, settings):
    """Put a job of a task into the queue, due since some seconds; it is gone after the test."""
    made = []

    def put(task: str, due_seconds_ago: float = 0) -> None:
        with working_for(ids.new_id()) as scope:
            made.append(enqueue(scope, never_run, token="x"))  # noqa: S106 - a word
        at = datetime.now(UTC) - timedelta(seconds=due_seconds_ago)
        connection.execute("UPDATE procrastinate_jobs SET task_name = %s WHERE id = %s", [task, made[-1]])
        connection.execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [min(at, _now()), made[-1]])
        if due_seconds_ago < 0:
            connection.execute("UPDATE procrastinate_jobs SET scheduled_at = %s WHERE id = %s", [at, made[-1]])

    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        yield put
        connection.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [made])


def _now() -> datetime:
    return datetime.now(UTC)


def test_waiting_jobs_are_counted_by_task_and_state(scrape, queued):
    task = f"tests.{ids.new_id().hex}"
    queued(task)
    queued(task)
    assert scrape("careline_jobs", task=task, status="todo") == 2


@pytest.mark.parametrize("task", sorted(OUTBOX_TASKS))
def test_the_outbox_is_as_deep_as_its_waiting_jobs(scrape, queued, task):
    before = scrape("careline_outbox_depth")
    queued(task)
    assert scrape("careline_outbox_depth") == before + 1


def test_the_oldest_waiting_webhook_turn_has_its_age(scrape, queued):
    queued("conversations.answer", due_seconds_ago=7200)
    assert 7200 <= scrape("careline_webhook_turn_oldest_seconds") < 7300


def test_a_message_held_back_by_quiet_hours_is_not_late(scrape, queued):
    queued("notifications.send", due_seconds_ago=9000)
    late = scrape("careline_outbox_oldest_seconds")
    queued("notifications.send", due_seconds_ago=-3600)
    assert scrape("careline_outbox_oldest_seconds") == pytest.approx(late, abs=60)


def test_an_empty_queue_is_zero_and_not_absent():
    values = {family.name: family.samples[0].value for family in gauges([]) if family.samples}
    assert values["careline_outbox_depth"] == 0
    assert values["careline_webhook_turn_oldest_seconds"] == 0


def test_a_failed_job_does_not_wait():
    rows = [OpenJobs("notifications.send", "failed", 3, 5000.0)]
    values = {family.name: family.samples[0].value for family in gauges(rows)}
    assert (values["careline_outbox_depth"], values["careline_jobs_oldest_seconds"]) == (0, 0)


def test_the_tasks_behind_outbox_and_turns_exist(app):
    assert set(jobs.tasks) >= OUTBOX_TASKS | TURN_TASKS


@pytest.mark.parametrize(("token", "outcome"), [("fine", "succeeded"), ("fail", "failed")])
def test_the_worker_counts_how_a_job_ended(app, run_jobs, scrape, token, outcome):
    before = scrape("careline_jobs_total", task="tests.count_me", outcome=outcome) or 0
    with working_for(ids.new_id()) as scope:
        enqueue(scope, count_me, token=token)
    run_jobs()
    assert scrape("careline_jobs_total", task="tests.count_me", outcome=outcome) == before + 1


def test_attempts_are_counted_by_channel_and_outcome(app, scrape):
    before = scrape("careline_messages_sent_total", channel="sms", outcome="sent") or 0
    text = OutgoingMessage("sms", "a-client", sender="+6221500001", to="+6281200000001", text="x", reference="x")
    hand_over(registry.current(), Parcel("sms", (text,)))
    assert scrape("careline_messages_sent_total", channel="sms", outcome="sent") == before + 1


def test_a_worker_on_another_host_shows_its_own_counters():
    SENT.labels("mail", "sent").inc()
    answer = requests.get(f"http://127.0.0.1:{serve_counters(0)}/metrics", timeout=5)
    assert 'careline_messages_sent_total{channel="mail",outcome="sent"}' in answer.text


def test_what_the_worker_counted_is_read_by_the_api(tmp_path):
    def python(code: str) -> str:
        env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", f"from backend.observability import SENT, exposition; {code}"]
        return subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    python("SENT.labels('sms', 'sent').inc(3)")
    assert 'careline_messages_sent_total{channel="sms",outcome="sent"} 3.0' in python("print(exposition().decode())")
