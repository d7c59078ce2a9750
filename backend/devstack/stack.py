"""The whole of Careline as processes of one machine: what `make run` and the tests start."""

import http.client
import json
import shutil
import sys
import time
from collections.abc import Container, Mapping
from pathlib import Path

from backend.devstack.bot_model import Training
from backend.devstack.demo_environment import DATABASE, demo_environment, is_free, keep_ports, keep_secrets
from backend.devstack.places import BOT_VENV, ROOT
from backend.devstack.postgres import Postgres
from backend.devstack.processes import MARK, Part, Supervised, end_orphans
from backend.devstack.progress import StepFailed, Steps
from backend.turnstile import THREADS

_READY_TIMEOUT_S = 180.0
INNER_PORTS = ("bot", "actions")
"""Parts that only other parts speak to; each gets a free port of the loopback interface."""


class Stack:
    """Everything over one state folder and one public port.

    `prepare` brings database, model and demo data up to date and starts what has all it needs, `start` starts
    the other parts, `until_ready` waits, `look_after` is called now and then, `stop` ends everything.
    """

    def __init__(self, state_dir: Path, port: int, steps: Steps) -> None:
        self.state_dir = state_dir
        self.port = port
        self.base_url = f"http://localhost:{port}"
        self.parts: list[Supervised] = []
        self._steps = steps
        self._server = Postgres(state_dir / "pg", log_path=state_dir / "logs" / "postgres.log")
        self._environment: dict[str, str] = {}
        self._model = Path()

    def prepare(self) -> None:
        """Recover from a killed run, start the database, migrate, train, seed. Raises StepFailed."""
        orphans = end_orphans(self.state_dir)
        if orphans:
            self._steps.say(f"  ended {len(orphans)} processes that an earlier run left behind")
        if not is_free(self.port):
            raise StepFailed(f"port {self.port} is taken: set CARELINE_PORT to another one")
        training = Training(self._steps)
        try:
            self._start_database()
            if training.is_current:  # Rasa takes the longest to load: let it load meanwhile
                self._start_parts(training.finish(), {"bot"})
            self._command("bring the database up to date", "backend.commands.migrate")
            self._command("put the demo people in", "backend.commands.seed_demo")
            self._start_parts(self._model, {"api", "worker", "actions"})  # they load while the bot trains or loads
            self._model = training.finish()
        finally:
            training.abandon()

    def start(self) -> None:
        """Start every part that is not started yet; none is ready yet."""
        self._start_parts(self._model)

    def until_ready(self) -> None:
        """Wait until the API says that every part works. Raises StepFailed with what is not ready."""
        deadline = time.monotonic() + _READY_TIMEOUT_S
        with self._steps.step("wait until every part is ready"):
            while True:
                status, missing = readiness(self.port)
                if status == 200:
                    return
                if time.monotonic() > deadline:
                    raise StepFailed(f"not ready after {_READY_TIMEOUT_S:.0f} s: {missing}")
                self.look_after()
                time.sleep(0.5)

    def look_after(self) -> None:
        """Start again what died, the database first."""
        if not self._server.is_ours:
            self._steps.say("PostgreSQL ended; starting it again")
            self._server.start(take_over=True)
        for part in self.parts:
            part.look_after()

    def stop(self) -> None:
        """End every part, then the database; nothing of this stack runs afterwards."""
        for part in self.parts:
            part.ask_to_stop()
        for part in self.parts:
            part.wait_until_stopped()
        self.parts = []
        self._server.stop()

    def demo(self) -> dict[str, list[dict[str, str]]]:
        """Return what the seed wrote for people and tests: clients, members, staff."""
        path = self.state_dir / "demo.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def _start_database(self) -> None:
        with self._steps.step("start PostgreSQL"):
            (self.state_dir / "logs").mkdir(parents=True, exist_ok=True)
            self._server.start(take_over=True)
            self._server.create_database(DATABASE)
        self._environment = demo_environment(
            self.state_dir,
            self.port,
            keep_ports(self.state_dir / "run" / "ports.json", INNER_PORTS),
            keep_secrets(self.state_dir / "secrets.env"),
            self._server,
        )
        metrics = _metrics_dir(self._environment)
        shutil.rmtree(metrics, ignore_errors=True)  # counters of processes that are gone
        metrics.mkdir(parents=True)

    def _start_parts(self, model: Path, names: Container[str] | None = None) -> None:
        started = {one.part.name for one in self.parts}
        for part in stack_parts(self._environment, model):
            if part.name not in started and (names is None or part.name in names):
                one = Supervised(part, self.state_dir, ROOT, self._steps.say)
                one.keep_one_old_log()
                one.start()
                self.parts.append(one)

    def _command(self, what: str, module: str) -> None:
        marked = {**self._environment, MARK: str(self.state_dir)}
        self._steps.run(what, [sys.executable, "-m", module], env=marked, cwd=ROOT)


def readiness(port: int) -> tuple[int, str]:
    """Ask `/readyz`: the HTTP status (0 without an answer) and what it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, f"the API does not answer ({error})"
    finally:
        connection.close()


def stack_parts(environment: Mapping[str, str], model: Path) -> list[Part]:
    """Return the long-running processes; everything but the API listens on loopback alone."""
    python, bot_python = sys.executable, BOT_VENV / "bin" / "python"
    bot_port = environment["CARELINE_BOT_URL"].rpartition(":")[2]
    actions_port = environment["CARELINE_ACTIONS_URL"].rpartition(":")[2]
    bot_files = ROOT / "chatbot"
    api = [python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    api += ["--port", environment["CARELINE_PORT"], "--workers", "2", "--blocking-threads", str(THREADS)]
    api += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "backend.wsgi:app"]
    bot: list[str | Path] = [
        bot_python,
        "-m",
        "rasa",
        "run",
        "--enable-api",
        "--interface",
        "127.0.0.1",
        "--port",
        bot_port,
    ]
    bot += ["--model", model, "--credentials", bot_files / "credentials.yml"]
    bot += ["--endpoints", bot_files / "endpoints.yml"]
    actions: list[str | Path] = [bot_python, "-m", "rasa_sdk", "--actions", "chatbot.actions", "--port", actions_port]
    environment = dict(environment)
    counted = environment | {"PROMETHEUS_MULTIPROC_DIR": str(_metrics_dir(environment))}
    return [
        Part("api", api, counted),
        Part("worker", [python, "-m", "backend.worker"], counted),
        Part("actions", actions, environment | {"SANIC_HOST": "127.0.0.1"}),
        # Rasa takes the address of the webhook itself.
        Part("bot", bot, environment | {"CARELINE_ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook"}),
    ]


def _metrics_dir(environment: Mapping[str, str]) -> Path:
    """Where the API's and the worker's processes add up their Prometheus metrics."""
    return Path(environment["CARELINE_STATE_DIR"]) / "run" / "metrics"
