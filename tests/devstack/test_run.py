"""`make run` as a person meets it: ready, alive, recovering, and gone when told."""

import http.client
import json
import os
import time

import psutil
import pytest

from tests.stack import kill, processes_of, run_stack

pytestmark = [pytest.mark.stack, pytest.mark.bot]


def answer(stack, path):
    connection = http.client.HTTPConnection(stack.base_url.removeprefix("http://"), timeout=15)
    try:
        connection.request("GET", path)
        got = connection.getresponse()
        return got.status, got.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.2)


def of_part(stack, part):
    return {pid for pid, command in processes_of(stack.state_dir).items() if part in command}


def environment_of(stack):
    port = stack.base_url.rpartition(":")[2]
    return {**os.environ, "CARELINE_STATE_DIR": str(stack.state_dir), "CARELINE_PORT": port}


def test_every_part_is_ready(running_stack):
    status, body = answer(running_stack, "/readyz")
    assert (status, set(json.loads(body)["parts"].values())) == (200, {"ok"})


def test_the_demo_file_names_what_a_person_needs(running_stack):
    assert {"base_url", "twilio_auth_token", "clients", "members", "staff"} <= running_stack.demo.keys()


@pytest.mark.parametrize("part", ["backend.worker", "rasa_sdk", "granian", "postgres -D"])
def test_a_part_that_dies_comes_back(running_stack, part):
    until(lambda: of_part(running_stack, part), 40)  # an earlier test may have ended it just now
    before = of_part(running_stack, part)
    kill(min(before))
    until(lambda: of_part(running_stack, part) - before, 40)
    until(lambda: answer(running_stack, "/readyz")[0] == 200, 60)


def test_nothing_listens_where_another_machine_could_reach_it(running_stack):
    listening = {
        (socket.laddr.ip, command)
        for pid, command in processes_of(running_stack.state_dir).items()
        for socket in psutil.Process(pid).net_connections("inet")
        if socket.status == psutil.CONN_LISTEN
    }
    assert {ip for ip, _ in listening} == {"127.0.0.1"}, listening


def test_a_second_run_says_that_one_is_running(running_stack):
    said = run_stack("run", environment_of(running_stack))
    assert said.returncode == 1
    assert "runs already" in said.stdout


def test_a_killed_run_recovers_with_its_data(running_stack):
    before = (running_stack.state_dir / "secrets.env").read_text()
    kill(int((running_stack.state_dir / "run" / "supervisor.lock").read_text().split()[0]))
    began = time.monotonic()
    said = run_stack("up", environment_of(running_stack))
    assert said.returncode == 0, said.stdout
    assert time.monotonic() - began < 90
    assert (running_stack.state_dir / "secrets.env").read_text() == before
