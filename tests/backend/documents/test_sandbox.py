"""The child process: limited, without keys, replaced when it dies."""

import os
import subprocess
import sys
import textwrap
import time

import pytest

from backend.documents.sandbox import Sandbox, SandboxBusy, SandboxFailed

CHILD = """
import os, resource, time
from backend.documents.sandbox import serve

def handle(header, data):
    task = header["task"]
    if task == "die":
        os._exit(3)
    if task == "sleep":
        time.sleep(header["seconds"])
    if task == "spin":
        while True:
            pass
    if task == "hoard":
        bytearray(900_000_000)
    if task == "write":
        with open("/tmp/careline-sandbox-must-not-write", "wb") as out:
            out.write(data)
    return {"pid": os.getpid(), "environment": sorted(os.environ), "size": len(data)}, [data[:3]]

if __name__ == "__main__":
    serve(handle, memory_bytes=700_000_000, cpu_seconds=1, idle_seconds=IDLE)
"""


@pytest.fixture
def sandbox(tmp_path, monkeypatch):
    made = []

    def make(idle: float = 30.0) -> Sandbox:
        (tmp_path / "child.py").write_text(textwrap.dedent(CHILD).replace("IDLE", str(idle)))
        made.append(Sandbox("child", extra_path=str(tmp_path)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_file_goes_in_and_an_answer_comes_out(sandbox):
    header, blobs = sandbox().ask({"task": "echo"}, b"abc" * 500_000, seconds=10)
    assert (header["size"], blobs) == (1_500_000, [b"abc"])


def test_the_child_is_kept_between_questions(sandbox):
    child = sandbox()
    pids = {child.ask({"task": "echo"}, b"x", seconds=10)[0]["pid"] for _ in range(3)}
    assert len(pids) == 1


def test_the_child_knows_nothing_of_our_environment(sandbox, monkeypatch):
    monkeypatch.setenv("CARELINE_MASTER_KEY", "secret")
    known = sandbox().ask({"task": "echo"}, b"", seconds=10)[0]["environment"]
    assert set(known) <= {"PYTHONPATH", "OMP_NUM_THREADS", "PATH", "LC_CTYPE"}


@pytest.mark.parametrize("task", ["die", "spin", "hoard", "write"])
def test_a_child_that_dies_or_breaks_its_limits_fails_the_question_and_is_replaced(sandbox, task):
    child = sandbox()
    first = child.ask({"task": "echo"}, b"x", seconds=10)[0]["pid"]
    with pytest.raises(SandboxFailed):
        child.ask({"task": task}, b"x", seconds=10)
    assert child.ask({"task": "echo"}, b"x", seconds=10)[0]["pid"] != first


def test_a_child_that_is_late_is_ended(sandbox):
    child = sandbox()
    late = child.ask({"task": "echo"}, b"", seconds=10)[0]["pid"]
    with pytest.raises(SandboxFailed):
        child.ask({"task": "sleep", "seconds": 30}, b"", seconds=0.3)
    with pytest.raises(ProcessLookupError):
        os.kill(late, 0)


def test_an_idle_child_ends_by_itself_and_the_next_question_is_answered(sandbox):
    child = sandbox(idle=0.2)
    first = child.ask({"task": "echo"}, b"", seconds=10)[0]["pid"]
    time.sleep(1.0)
    assert child.ask({"task": "echo"}, b"", seconds=10)[0]["pid"] != first


def test_a_busy_child_is_not_waited_for_longer_than_asked(sandbox):
    child = sandbox()
    child.warm_up()
    child._lock.acquire()
    with pytest.raises(SandboxBusy):
        child.ask({"task": "echo"}, b"", seconds=10, patience=0.05)
    child._lock.release()


def test_the_api_process_loads_no_decoder():
    code = "import sys, backend.documents.routes; print([m for m in ('PIL', 'numpy', 'pypdfium2') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
