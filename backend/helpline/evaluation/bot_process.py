"""A bot to ask: the running one where there is one, else one of our own on a free loopback port."""

import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[3]
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
}
_ANSWER_SECONDS = 10
_START_SECONDS = 180


def bot_python() -> str:
    """Return the bot's interpreter: `CARELINE_BOT_PYTHON`, else the one that `make setup` made."""
    return os.environ.get("CARELINE_BOT_PYTHON") or str(ROOT / ".local" / "bot-venv" / "bin" / "python")


def run_in_bot(*arguments: str) -> str:
    """Run a module of the bot's to its end and return what it printed. Raises CalledProcessError."""
    done = subprocess.run(
        [bot_python(), "-m", *arguments],
        cwd=ROOT,
        env=os.environ | _QUIET,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


@dataclass(frozen=True)
class Bot:
    """Where Rasa's API answers, and the token it asks for."""

    url: str
    token: str

    def is_up(self) -> bool:
        """Tell whether it answers now."""
        try:
            return self.intent("halo") is not None
        except requests.RequestException:
            return False

    def intent(self, text: str) -> str:
        """Return the intent that the bot understands. Raises requests.RequestException."""
        answer = requests.post(
            f"{self.url}/model/parse", params={"token": self.token}, json={"text": text}, timeout=_ANSWER_SECONDS
        )
        answer.raise_for_status()
        return str(answer.json()["intent"]["name"])


@contextmanager
def some_bot() -> Iterator[Bot]:
    """Give the bot at `CARELINE_BOT_URL`, or start one and stop it afterwards. Raises RuntimeError."""
    running = Bot(os.environ.get("CARELINE_BOT_URL", ""), os.environ.get("CARELINE_BOT_TOKEN", ""))
    if running.url and running.is_up():
        yield running
        return
    with started_bot() as bot:
        yield bot


@contextmanager
def started_bot(actions_url: str = "http://127.0.0.1:9/webhook") -> Iterator[Bot]:
    """Train if needed and start a bot whose actions are at `actions_url` (by default nowhere).

    Its token is also the secret of its channel. Raises RuntimeError.
    """
    model = run_in_bot("chatbot.train").splitlines()[-1]
    bot = Bot(f"http://127.0.0.1:{_free_port()}", secrets.token_urlsafe(16))
    command = [bot_python(), "-m", "rasa", "run", "--enable-api", "--auth-token", bot.token]
    command += ["--interface", "127.0.0.1", "--port", bot.url.rpartition(":")[2], "--model", model]
    command += ["--credentials", "chatbot/credentials.yml", "--endpoints", "chatbot/endpoints.yml"]
    ours = {"CARELINE_ACTIONS_URL": actions_url, "CARELINE_BOT_SECRET": bot.token}
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | _QUIET | ours, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(bot, process)
        yield bot
    finally:
        process.terminate()
        process.wait()


def _wait(bot: Bot, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while not bot.is_up():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the bot did not start")
        time.sleep(0.5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
