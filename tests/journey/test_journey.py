"""The whole product as processes: the main job over HTTP, and what it leaves in the logs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.stack import RunningStack

pytestmark = [pytest.mark.stack, pytest.mark.bot]
_PARTS = ("api", "worker", "bot", "actions", "postgres")


@pytest.fixture(scope="module")
def journey(running_stack: RunningStack) -> subprocess.CompletedProcess[str]:
    """The journey, walked once."""
    environment = {**os.environ, "CARELINE_STATE_DIR": str(running_stack.state_dir)}
    command = [sys.executable, "-m", "backend.devstack.journey"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=420)


def test_a_member_can_do_the_main_job(journey):
    assert journey.returncode == 0, f"{journey.stdout}\n{journey.stderr}"


def test_every_step_says_what_came_back(journey):
    assert journey.stdout.count("✔") >= 57


def test_a_whole_journey_leaves_nothing_personal_in_any_log(journey, running_stack: RunningStack):
    personal: set[str] = set()
    for member in running_stack.demo["members"]:
        personal |= {member[fact] for fact in ("name", "card_number", "member_number")}
        personal |= {(member["phone"] or "").lstrip("+")}
    said = {"quatro horas", "kartu saya hilang", "status of my claim"}
    for part in _PARTS:
        log = running_stack.log(part)
        leaked = sorted(word for word in personal | said if word and word.lower() in log.lower())
        assert leaked == [], f"{part}.log"
