"""Installing from the lock files: only what changed, never half, never twice at once."""

import fcntl
import os
import stat
import subprocess
import sys
import threading
import time

import pytest

from backend.devstack import bootstrap as installer
from backend.devstack import interpreters
from backend.devstack.places import ROOT
from backend.devstack.progress import StepFailed, Steps

_FAKE_UV = """#!/bin/sh
echo "$@" >> "$FAKE_UV_CALLS"
[ -z "$FAKE_UV_FAILS" ] || { echo "the package index is away"; exit 2; }
if [ "$1" = venv ]; then
    for folder; do :; done
    mkdir -p "$folder/bin" && touch "$folder/bin/python"
fi
"""


@pytest.fixture
def calls(tmp_path, monkeypatch):
    """A uv that installs nothing and notes how it was called."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "uv").write_text(_FAKE_UV)
    (programs / "uv").chmod(stat.S_IRWXU)
    noted = tmp_path / "calls"
    noted.touch()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_UV_CALLS", str(noted))
    monkeypatch.setattr(interpreters, "TOOLS", tmp_path / "tools")
    return lambda: noted.read_text().splitlines()


@pytest.fixture
def install(tmp_path, monkeypatch):
    monkeypatch.setattr(installer, "ROOT", tmp_path)
    lock_file = tmp_path / "requirements.txt"
    lock_file.write_text("flask==3\n")
    steps = Steps(tmp_path / "log")
    this_version = (f"{sys.version_info[0]}.{sys.version_info[1]}",)

    def run():
        installer._python_environment(tmp_path / "venv", lock_file, this_version, steps)

    run.lock_file = lock_file
    return run


def test_a_second_installation_with_nothing_changed_runs_no_command(calls, install):
    install()
    before = calls()
    install()
    assert calls() == before


def test_a_changed_lock_file_is_installed_into_the_same_environment(calls, install):
    install()
    install.lock_file.write_text("flask==4\n")
    install()
    assert [call.split()[0] for call in calls()] == ["venv", "pip", "pip"]


def test_an_installation_that_failed_tells_why_and_is_not_taken_for_done(calls, install, monkeypatch):
    monkeypatch.setenv("FAKE_UV_FAILS", "yes")
    with pytest.raises(StepFailed, match="the package index is away"):
        install()
    monkeypatch.delenv("FAKE_UV_FAILS")
    install()
    assert calls()[-1].startswith("pip sync")


def test_an_interpreter_that_only_pretends_its_version_is_passed_over(tmp_path):
    shim = tmp_path / "python3.10"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(stat.S_IRWXU)
    assert not interpreters._is_version(str(shim), "3.10")


def test_a_missing_interpreter_says_what_to_do(calls, tmp_path, monkeypatch):
    monkeypatch.setenv("FAKE_UV_FAILS", "yes")
    with pytest.raises(StepFailed, match=r"pyenv install 3\.99"):
        interpreters.ensure_python(("3.99",), "uv", Steps(tmp_path / "log"))


def test_two_installations_at_once_take_turns(tmp_path):
    path = tmp_path / "lock"
    with path.open("w") as held, path.open("w") as wanted:
        fcntl.flock(held, fcntl.LOCK_EX)
        threading.Timer(0.3, fcntl.flock, (held, fcntl.LOCK_UN)).start()
        began = time.monotonic()
        installer._wait_for_the_other_run(wanted.fileno(), Steps(tmp_path / "log"))
        assert time.monotonic() - began > 0.25


def test_the_installer_needs_nothing_but_the_standard_library():
    """A fresh clone has no packages yet: -S hides those of this environment too."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "backend.devstack.bootstrap", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
