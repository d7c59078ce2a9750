"""Open desks through the server that production runs: one process, forty desks, and cards that are still served."""

import base64
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import requests

from backend.access import Role, working_for
from backend.devstack.postgres import OWNER_ROLE, Postgres
from backend.helpline import live
from backend.kit import ids
from backend.migrations.apply import migrate
from backend.turnstile import AT_ONCE, THREADS
from tests.conftest import ROOT
from tests.factories.accounts import headers_for
from tests.factories.claims import make_household
from tests.factories.members import make_card
from tests.factories.objects import OBJECTS

DESKS = 40
assert AT_ONCE < DESKS < THREADS, "as many as work at once would prove nothing"


def _environment(settings):
    return os.environ | {
        "CARELINE_MODE": "test",
        "DATABASE_URL": settings.database_url,
        "CARELINE_PUBLIC_URL": settings.public_url,
        "CARELINE_TOKEN_KEY": settings.token_key,
        "CARELINE_MASTER_KEY": base64.b64encode(settings.master_key).decode(),
        "CARELINE_CARD_KEY": base64.b64encode(settings.card_key).decode(),
        "CARELINE_OBJECT_STORE": settings.object_store_url,
        "CARELINE_LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(app, settings, tmp_path):
    """One granian process of the application on the tests' database; gives its address."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", str(THREADS), "--log-level", "error", "backend.wsgi:app"]
    log = (tmp_path / "granian.log").open("wb")
    process = subprocess.Popen(
        command, cwd=ROOT, env=_environment(settings), stdout=log, stderr=log, start_new_session=True
    )
    try:
        _answers(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        log.close()


def _answers(address, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            return requests.get(address, timeout=5)
        except requests.ConnectionError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.2)


def _poll(server, headers, cursor=None, wait=0):
    query = {"wait": wait} | ({"since": cursor} if cursor else {})
    answer = requests.get(f"{server}/api/v1/desk/updates", params=query, headers=headers, timeout=40)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _busy(database_urls):
    """Connections of others that are inside a transaction or a statement."""
    with psycopg.connect(database_urls[1]) as owner:
        return owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' "
            "AND application_name <> %s AND pid <> pg_backend_pid()",
            [live.APPLICATION],
        ).fetchone()[0]


def test_desks_read_again_after_postgresql_was_restarted(tmp_path):
    client_id = ids.new_id()
    with Postgres(tmp_path / "pg", durable=False) as server:
        server.create_database("restarted")
        owner = server.url("restarted", OWNER_ROLE)
        migrate(owner)
        listener = live.Listener(owner)
        listener.start()
        try:
            assert listener.ring.listening.wait(10)
            before = listener.ring.wait(client_id, None, 0).cursor
            with ThreadPoolExecutor(1) as pool:
                waiting = pool.submit(listener.ring.wait, client_id, before, 40)
                server.stop()
                time.sleep(1)
                assert not waiting.done()
                server.start()
                after = waiting.result(30)
            assert after.resync
            assert after.cursor.partition(":")[0] != before.partition(":")[0]
            with psycopg.connect(owner, autocommit=True) as connection:
                connection.execute("SELECT desk_changed('case', %s, %s, NULL)", [client_id, ids.new_id()])
            assert len(listener.ring.wait(client_id, after.cursor, 10).changes) == 1
        finally:
            listener.stop()


@pytest.mark.requirement("S0-91")
def test_cards_are_served_beside_forty_waiting_desks_and_all_hear_of_a_case(server, database_urls):
    household = make_household()
    with working_for(household.client.id) as scope:
        make_card(scope, household.employee_id)
    agents = [headers_for(Role.AGENT, household.client) for _ in range(DESKS)]
    member = headers_for(Role.MEMBER, household.client, (household.employee_id,))
    cursor = _poll(server, agents[0])["cursor"]
    with ThreadPoolExecutor(DESKS) as pool:
        waiting = [pool.submit(_poll, server, each, cursor, 25) for each in agents]
        time.sleep(2)
        assert not any(one.done() for one in waiting)
        assert _busy(database_urls) == 0
        for _ in range(20):
            card = requests.get(f"{server}/api/v1/members/{household.employee_id}/card", headers=member, timeout=3)
            assert card.status_code == 200
        case_id = str(OBJECTS["case_id"](household))
        for one in waiting:
            answer = one.result(10)
            assert [change["case_id"] for change in answer["changes"]] == [case_id]
