"""The queue lives in the database of the work: a job exists exactly when its transaction does."""

import psycopg

from backend import database
from backend.access import SYSTEM, Scope, working_for
from backend.jobs import enqueue, jobs, load_tasks
from backend.kit import ids

_SEEN: list[str] = []


@jobs.task(name="tests.remember")
def remember(token: str) -> None:
    """Keeps what it was told."""
    _SEEN.append(token)


def test_a_committed_job_runs(app, run_jobs):
    token = str(ids.new_id())
    with working_for(ids.new_id()) as scope:
        enqueue(scope, remember, token=token)
    run_jobs()
    assert token in _SEEN


@jobs.task(name="tests.pass_on")
def pass_on(token: str) -> None:
    """Leaves the work to another job."""
    with working_for(ids.new_id()) as scope:
        enqueue(scope, remember, token=token)


def test_a_job_may_enqueue_another_in_its_own_transaction(app, run_jobs):
    token = str(ids.new_id())
    with working_for(ids.new_id()) as scope:
        enqueue(scope, pass_on, token=token)
    run_jobs()
    assert token in _SEEN


def test_a_rolled_back_transaction_leaves_no_job(app, run_jobs):
    token = str(ids.new_id())
    unit = database.current().unit(ids.new_id())
    enqueue(Scope(unit, ids.new_id(), SYSTEM), remember, token=token)
    unit.rollback()
    unit.close()
    run_jobs()
    assert token not in _SEEN


def test_a_second_waiting_job_of_the_same_lock_is_dropped(app, settings):
    name = str(ids.new_id())
    with working_for(ids.new_id()) as scope:
        assert enqueue(scope, remember, queueing_lock=name, token=name) > 0
        assert enqueue(scope, remember, queueing_lock=name, token=name) == 0
    with psycopg.connect(settings.database_url) as connection:
        waiting = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE queueing_lock = %s", [name]
        ).fetchone()
    assert waiting == (1,)


def test_every_task_has_a_name_of_its_domain():
    for name in load_tasks():
        assert "." in name
