"""Whole dialogues with the real bot, its real actions and the real backend: `dialogues/<language>.yml`."""

import os
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import requests
import yaml
from werkzeug.serving import make_server

from backend.access import working_for
from backend.devstack.demo_environment import keep_ports
from backend.devstack.places import BOT_VENV, ROOT
from backend.helpline.evaluation.bot_process import started_bot
from backend.integrations import registry
from backend.integrations.rasa import RasaEngine
from tests.factories.members import make_member

pytestmark = pytest.mark.bot
FOLDER = Path(__file__).parent / "dialogues"
DIALOGUES = [
    dialogue for path in sorted(FOLDER.glob("*.yml")) for dialogue in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def _until_ready(url: str) -> None:
    for _ in range(300):
        try:
            if requests.get(url, timeout=1).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise AssertionError(f"{url} never answered")


@pytest.fixture(scope="module")
def backend(app):
    """The backend on a port of its own, for the actions."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def actions(backend, settings, tmp_path_factory):
    """The action server as `make run` starts it."""
    port = keep_ports(tmp_path_factory.mktemp("ports") / "ports.json", ["actions"])["actions"]
    environment = os.environ | {
        "CARELINE_BACKEND_URL": backend,
        "CARELINE_ACTIONS_SECRET": settings.actions_secret,
        "PYTHONPATH": str(ROOT),
    }
    command = [BOT_VENV / "bin" / "python", "-m", "rasa_sdk", "--actions", "chatbot.actions", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        _until_ready(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}/webhook"
        server.terminate()


@pytest.fixture(scope="module")
def engine(actions):
    """The real bot."""
    with started_bot(actions) as running:
        yield RasaEngine(running.url, running.token)


@pytest.fixture
def bot(app, engine):
    """The real bot behind the process's integrations."""
    before = registry.current()
    registry.use(replace(before, bot=engine))
    yield engine
    registry.use(before)


@pytest.mark.requirement("S0-89", "S0-93", "S0-96")
@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["name"])
def test_a_dialogue_goes_as_written(dialogue, helpline, bot, phone):
    with working_for(helpline.client.id) as scope:
        make_member(scope, phone=phone, language=dialogue["language"], card=True, full_name="Rina Hartono")
    if dialogue["language"] == "pt":
        helpline.writes(phone, "português")
    if dialogue.get("verified"):
        helpline.writes(phone, {"id": "kartu saya", "en": "my card", "pt": "o meu cartão"}[dialogue["language"]])
        helpline.writes(phone, "17-05-1990")
    for step in dialogue["steps"]:
        before = len(helpline.outbox(phone))
        helpline.writes(phone, step["say"])
        heard = "\n".join(helpline.outbox(phone)[before:])
        for words in step["hear"]:
            assert words.format(whatsapp=helpline.whatsapp) in heard, f"{step['say']} → {heard}"
