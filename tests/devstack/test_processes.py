"""Parts of the stack: restarted when they die, ended with all they started, and nobody else's touched."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.devstack.places import ROOT
from backend.devstack.processes import MARK, Part, Supervised, end_orphans

# A part that starts a child of its own, tells both process ids, and sleeps.
_WITH_CHILD = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), child.pid, flush=True)
time.sleep(60)
"""


def wait_for(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def said():
    return []


@pytest.fixture
def part(tmp_path, said):
    command = [sys.executable, "-c", _WITH_CHILD]
    supervised = Supervised(Part("sleeper", command), tmp_path, tmp_path, said.append)
    yield supervised
    supervised.wait_until_stopped(0)


def pids_of(part):
    wait_for(lambda: part.log_path.exists() and part.log_path.read_text().endswith("\n"))
    return [int(word) for word in part.log_path.read_text().splitlines()[-1].split()]


def test_stopping_a_part_ends_what_it_started_too(part):
    part.start()
    pids = pids_of(part)
    part.ask_to_stop()
    part.wait_until_stopped()
    wait_for(lambda: not any(runs(pid) for pid in pids))


def test_a_part_that_dies_is_started_again_and_its_leftovers_are_ended(part, said):
    part.start()
    first, child = pids_of(part)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: part.look_after() or part.restarts == 1)
    wait_for(lambda: not runs(child))
    assert part.pid not in (None, first)
    assert said == ["sleeper ended (signal 9); starting it again in 0.5 s"]


def test_a_part_that_keeps_dying_is_started_less_and_less_often(tmp_path, said):
    broken = Supervised(Part("broken", [sys.executable, "-c", "raise SystemExit(3)"]), tmp_path, tmp_path, said.append)
    broken.start()
    wait_for(lambda: broken.look_after() or len(said) == 2)
    assert [line.split()[-2] for line in said] == ["0.5", "1.0"]


def test_a_part_that_ignores_the_request_is_ended_by_force(tmp_path, said):
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    part = Supervised(Part("deaf", [sys.executable, "-c", deaf]), tmp_path, tmp_path, said.append)
    part.start()
    pid = part.pid
    wait_for(part.log_path.read_text)
    part.ask_to_stop()
    part.wait_until_stopped(patience_s=0.2)
    assert not runs(pid)


def test_parts_end_when_the_supervisor_is_killed(tmp_path):
    program = f"""
import sys, time
from pathlib import Path
from backend.devstack.processes import Part, Supervised
part = Supervised(Part("sleeper", ["sleep", "60"]), Path({str(tmp_path)!r}), Path("/"), print)
part.start()
print(part.pid, flush=True)
time.sleep(60)
"""
    supervisor = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.communicate()
    wait_for(lambda: not runs(pid))


def test_only_processes_of_the_same_stack_count_as_left_behind(tmp_path):
    ours, other = (
        subprocess.Popen(["sleep", "60"], env=os.environ | {MARK: str(tmp_path / name)}) for name in ("ours", "other")
    )
    try:
        assert end_orphans(tmp_path / "ours") == [ours.pid]
        assert ours.wait(5) == -signal.SIGTERM
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_part_that_renames_itself_is_still_found(tmp_path, said):
    renames = "import setproctitle, time; setproctitle.setproctitle('granian ' * 40); print('done', flush=True)"
    part = Supervised(
        Part("renamed", [sys.executable, "-c", f"{renames}; time.sleep(60)"]), tmp_path, tmp_path, said.append
    )
    part.start()
    wait_for(part.log_path.read_text)
    try:
        assert end_orphans(tmp_path) == [part.pid]
    finally:
        part.wait_until_stopped(0)
