"""The parts that a WhatsApp message passes through, as real processes that can be killed the hard way."""

from __future__ import annotations

import base64
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from backend.devstack.postgres import OWNER_ROLE, Postgres
from backend.integrations.twilio.signature import sign
from backend.kit import ids
from backend.migrations.apply import migrate
from tests.conftest import ROOT

PUBLIC_URL = "https://careline.test"
TWILIO_TOKEN = "twilio-token-of-the-killed"  # noqa: S105
SLUG = "nusantara"
"""A brand of the repository: its WhatsApp number leads to the client that is made here."""

_DATABASE = "careline_kills"
_PATIENCE_S = 60.0
_CLIENT = (
    "INSERT INTO client (id, created_at, slug, name, country, currency, timezone, languages, default_language, active) "
    "VALUES (%s, now(), %s, 'Nusantara', 'ID', 'IDR', 'Asia/Jakarta', '[\"id\", \"en\"]', 'id', true)"
)


def until(happened: Callable[[], bool], what: str, seconds: float = _PATIENCE_S) -> None:
    """Wait for something; fails naming it."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"{what}: did not happen within {seconds:.0f} s"
        time.sleep(0.1)


class Killable:
    """A process with everything it starts: started, killed without a warning, started again."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self._command = list(command)
        self._environment = {**os.environ, **environment}
        self._log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; its output is added to its log."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def look_after(self) -> None:
        """Start it again when it ended by itself, as any supervisor does."""
        if self._process is not None and self._process.poll() is not None:
            self.kill()
            self.start()

    def kill(self) -> None:
        """Signal 9 to the whole family."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def log(self) -> str:
        """What it said so far."""
        return self._log.read_text(errors="replace")[-4000:]


class Parts:
    """A durable PostgreSQL, one web server, one worker; the bot is absent.

    ``worker`` is the module that runs as the worker, ``more`` what its environment holds beside the others'.
    """

    def __init__(
        self, state: Path, folder: Path, worker: str = "backend.worker", more: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder
        self._worker = worker
        self._more = dict(more or {})
        self.postgres = Postgres(state, durable=True, log_path=folder / "postgres.log")
        self.client_id = ids.new_id()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def start(self) -> None:
        """A fresh database with one client, and everything in front of it."""
        self.postgres.start(take_over=True)
        self.postgres.drop_database(_DATABASE)
        self.postgres.create_database(_DATABASE)
        migrate(self.postgres.url(_DATABASE, OWNER_ROLE))
        with self.database() as connection:
            connection.execute(_CLIENT, (self.client_id, SLUG))
        environment = self._environment()
        web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        web += ["--workers", "1", "--blocking-threads", "4", "backend.wsgi:app"]
        self.web = Killable("web", [sys.executable, "-m", *web], environment, self._folder)
        self.worker = Killable("worker", [sys.executable, "-m", self._worker], environment | self._more, self._folder)
        self.web.start()
        self.worker.start()
        until(self.answers, f"the web server answers ({self.web.log()})")

    def _environment(self) -> dict[str, str]:
        files = self._folder / "files"
        files.mkdir(exist_ok=True)
        return {
            "CARELINE_MODE": "test",
            "CARELINE_PUBLIC_URL": PUBLIC_URL,
            "CARELINE_TOKEN_KEY": "token-key-of-the-killed-0123456789abcdef",
            "CARELINE_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
            "CARELINE_CARD_KEY": base64.b64encode(bytes(range(32, 64))).decode(),
            "CARELINE_OBJECT_STORE": files.as_uri(),
            "CARELINE_WORKER_STALLED_SECONDS": "6",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
            "DATABASE_URL": self.postgres.url(_DATABASE),
            "PYTHONPATH": str(ROOT),
        }

    def kill(self, name: str) -> None:
        """Kill a part without a warning and start it again at once."""
        if name == "postgres":
            assert self.postgres.pid is not None
            os.kill(self.postgres.pid, signal.SIGKILL)
            self.postgres.stop()
            self.postgres.start(take_over=True)
            return
        part = {"web": self.web, "worker": self.worker}[name]
        part.kill()
        part.start()

    def look_after(self) -> None:
        """What ended by itself is started again."""
        self.web.look_after()
        self.worker.look_after()

    def stop(self) -> None:
        """End everything."""
        for part in (getattr(self, "web", None), getattr(self, "worker", None)):
            if part is not None:
                part.kill()
        self.postgres.stop()

    def answers(self) -> bool:
        """Whether the web server and its database are there."""
        self.look_after()
        return self._asked("GET", "/healthz", None, {}) == 200

    def post_webhook(self, form: Mapping[str, str]) -> int:
        """Send a signed webhook; the status, 0 without an answer."""
        path = "/twilio/messages"
        headers = {"X-Twilio-Signature": sign(TWILIO_TOKEN, f"{PUBLIC_URL}{path}", dict(form))}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._asked("POST", path, urlencode(form), headers)

    def _asked(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(method, path, body, dict(headers))
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def database(self) -> psycopg.Connection:
        """The database as its superuser sees it: every client's rows."""
        return self.postgres.connect(_DATABASE)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What a question answers."""
        with self.database() as connection:
            return connection.execute(sql, values).fetchall()
