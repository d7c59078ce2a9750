"""The worker is killed while Twilio has taken a message and has not said so: it is marked, and never sent again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from urllib.parse import parse_qs

import pytest

from backend.branding import loader as branding
from backend.devstack.places import LOCAL
from tests.backend.killed_parts import SLUG, Parts, until

pytestmark = pytest.mark.stack

_CRY = "tolong, bapak saya pingsan dan tidak bangun"
_FROM = "+6281290077777"
_STATES = "SELECT send_state FROM message WHERE direction = 'out' ORDER BY created_at"
_KNOWN_AT_TWILIO = "SELECT vendor_id IS NOT NULL FROM message WHERE direction = 'out' ORDER BY created_at"
_UNDONE = (
    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = 'conversations.answer'"
)
_QUIET_S = 8.0
"""Longer than the silence after which a dead worker's job is given to another one."""


class Edge:
    """Twilio's Messages resource: takes what comes, and answers only while it is let."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.answers = Event()
        self._lock = Lock()
        edge = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                with edge._lock:
                    edge.taken.append({name: values[0] for name, values in parse_qs(body).items()})
                    sid = f"MM{len(edge.taken):032x}"
                edge.answers.wait(30)
                said = json.dumps({"sid": sid, "status": "queued"}).encode()
                try:
                    self.send_response(201)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(said)))
                    self.end_headers()
                    self.wfile.write(said)
                except OSError:
                    return  # Who asked is dead.

            def log_message(self, *_: object) -> None:
                """Nothing personal on the screen."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answer everybody and close."""
        self.answers.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def edge() -> Iterator[Edge]:
    made = Edge()
    yield made
    made.stop()


@pytest.fixture
def parts(tmp_path, edge) -> Iterator[Parts]:
    """Fresh parts whose worker speaks to the edge."""
    more = {"CARELINE_MESSAGING": "twilio", "CARELINE_TEST_EDGE": edge.url}
    made = Parts(LOCAL / "test-send-kills-pg", tmp_path, worker="tests.backend.worker_at_edge", more=more)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def _writes(parts: Parts, number: int, words: str) -> None:
    form = {
        "MessageSid": f"SM{number:032x}",
        "From": f"whatsapp:{_FROM}",
        "To": f"whatsapp:{branding.brand_of(SLUG).hotline.whatsapp}",
        "Body": words,
        "NumMedia": "0",
    }
    assert parts.post_webhook(form) == 200


@pytest.mark.requirement("S0-93", "S2-14")
def test_what_twilio_took_while_the_worker_was_killed_is_uncertain_and_never_sent_twice(parts, edge):
    _writes(parts, 1, _CRY)
    until(lambda: len(edge.taken) == 1, f"Twilio takes the answer; worker: {parts.worker.log()}")
    assert parts.rows(_STATES) == [("sending",)]

    parts.kill("worker")

    until(lambda: parts.rows(_STATES) == [("uncertain",)], f"somebody notices; worker: {parts.worker.log()}")
    until(lambda: parts.rows(_UNDONE) == [(0,)], "the job comes to its end")
    time.sleep(_QUIET_S)
    assert [one["To"] for one in edge.taken] == [f"whatsapp:{_FROM}"]
    assert "119" in edge.taken[0]["Body"]

    edge.answers.set()
    _writes(parts, 2, "tolong, dia masih tidak bangun")
    until(lambda: len(edge.taken) == 2, f"the next one goes out; worker: {parts.worker.log()}")
    until(lambda: parts.rows(_KNOWN_AT_TWILIO) == [(False,), (True,)], "and is known by Twilio's id")
