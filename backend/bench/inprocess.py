"""One request as one call, for callgrind: the WSGI application called directly, no server between."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from backend.bench import bare, bare_writes
from backend.bench.load import Call
from backend.bench.stand import environ
from backend.bench.uploads import photo, upload

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_SERVER = {
    "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True,
    "wsgi.run_once": False, "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT": "*/*", "REMOTE_ADDR": "127.0.0.1",
}  # fmt: skip
_SHORTEST_ANSWER = 60


def _environment(call: Call) -> dict[str, Any]:
    headers = {name.upper().replace("-", "_"): value for name, value in call.headers}
    environment = {f"HTTP_{name}": value for name, value in headers.items() if name != "CONTENT_TYPE"}
    if call.body:
        environment |= {"CONTENT_LENGTH": str(len(call.body)), "CONTENT_TYPE": headers["CONTENT_TYPE"]}
    return {**_SERVER, **environment, "REQUEST_METHOD": call.method, "PATH_INFO": call.path}


def _send(app: Wsgi, call: Call) -> None:
    seen: list[str] = []
    answer = app(
        {**_environment(call), "wsgi.input": io.BytesIO(call.body), "wsgi.errors": io.StringIO()},
        lambda status, *_: seen.append(status),
    )
    body = b"".join(answer)
    close = getattr(answer, "close", None)
    if close:
        close()
    if not seen[0].startswith("20") or len(body) < _SHORTEST_ANSWER:
        raise RuntimeError(f"{seen} {body[:300]!r}")


def _caller(app: Wsgi, what: str) -> Callable[[], None]:
    headers = (("Authorization", f"Bearer {environ('BENCH_TOKEN')}"), ("Accept-Language", "id"))
    call = Call("GET", f"/api/v1/members/{environ('BENCH_MEMBER')}/{what}", headers)
    return lambda: _send(app, call)


def _uploader(app: Wsgi) -> Callable[[], None]:
    picture = photo(1)
    return lambda: _send(app, upload(environ("BENCH_TOKEN"), picture))


def bare_card() -> Callable[[], None]:
    """The baseline's card."""
    return _caller(bare.app, "card")


def bare_benefits() -> Callable[[], None]:
    """The baseline's benefits."""
    return _caller(bare.app, "benefits")


def careline_card() -> Callable[[], None]:
    """Our card."""
    return _caller(import_module("backend.wsgi").app, "card")


def careline_benefits() -> Callable[[], None]:
    """Our benefits."""
    return _caller(import_module("backend.wsgi").app, "benefits")


def bare_upload() -> Callable[[], None]:
    """The baseline's photo."""
    return _uploader(bare_writes.app)


def careline_upload() -> Callable[[], None]:
    """Our photo; the darkroom is a process of its own and not counted."""
    return _uploader(import_module("backend.wsgi").app)
