"""Small servers on this machine that answer as a test says and remember what they were asked."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: str
    method: str = "POST"

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.body).items()}

    @property
    def json(self) -> Any:
        """The JSON body."""
        return json.loads(self.body)


@dataclass
class Server:
    """Answers ``(status, JSON)`` in order, the last one for ever; ``None`` hangs until the caller gives up."""

    answers: list[tuple[int, Any] | None]
    seen: list[Asked] = field(default_factory=list)
    address: str = ""
    released: threading.Event = field(default_factory=threading.Event)

    def next(self) -> tuple[int, Any] | None:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def http_server(*answers: tuple[int, Any] | None) -> Iterator[Server]:
    """A web server on loopback."""
    state = Server(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            state.seen.append(Asked(self.path, dict(self.headers), self.rfile.read(length).decode(), self.command))
            answer = state.next()
            if answer is None:
                state.released.wait(5)
                return
            body = b"" if answer[0] == HTTPStatus.NO_CONTENT else json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_DELETE(self) -> None:
            self.do_POST()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def smtp_server(*, refuse_recipient: bool = False, hang_after_data: bool = False) -> Iterator[tuple[str, list[bytes]]]:
    """A mail server on loopback: its ``smtp://`` address and the mails it took."""
    mails: list[bytes] = []
    released = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 loopback")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "DATA":
                    self.take_mail()
                elif verb == "RCPT" and refuse_recipient:
                    self.say("550 no such mailbox")
                else:
                    self.say("221 bye" if verb == "QUIT" else "250 ok")

        def take_mail(self) -> None:
            self.say("354 go on")
            lines = []
            while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
                lines.append(line)
            mails.append(b"\n".join(lines))
            if hang_after_data:
                released.wait(5)
            else:
                self.say("250 taken")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}", mails
        released.set()
        server.shutdown()
        thread.join()
