"""One bot for all tests of this folder, with actions that only say which of them ran."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from backend.helpline.evaluation.bot_process import Bot, started_bot

_FORM_SLOTS = ("claim_", "complaint_")
_ENDING = ("action_submit_reimbursement", "action_submit_complaint", "action_cancel_form")


class _Actions(BaseHTTPRequestHandler):
    """Answers as an action server would: each action says its own name, endings empty the form's slots."""

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        action, slots = call["next_action"], call["tracker"]["slots"]
        said = (
            []
            if action.startswith(("validate_", "action_ask_again"))
            else [{"response": action, "language": slots.get("language")}]
        )
        emptied = [name for name in slots if action in _ENDING and name.startswith(_FORM_SLOTS)]
        events = [{"event": "slot", "name": name, "value": None} for name in emptied]
        answer = json.dumps({"events": events, "responses": said}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments: object) -> None:
        """Keep the test's output quiet."""


@pytest.fixture(scope="session")
def bot() -> Iterator[Bot]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Actions)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with started_bot(f"http://127.0.0.1:{server.server_port}/webhook") as running:
        yield running
    server.shutdown()
    server.server_close()
