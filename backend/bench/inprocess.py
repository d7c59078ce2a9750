"""One request as one call, for callgrind: the WSGI application called directly, no server between."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from backend.bench import bare
from backend.bench.stand import environ

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def _caller(app: Wsgi, what: str) -> Callable[[], None]:
    template = {
        "REQUEST_METHOD": "GET", "PATH_INFO": f"/api/v1/members/{environ('BENCH_MEMBER')}/{what}", "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        "HTTP_HOST": "127.0.0.1", "HTTP_AUTHORIZATION": f"Bearer {environ('BENCH_TOKEN')}", "HTTP_ACCEPT": "*/*",
        "HTTP_ACCEPT_LANGUAGE": "id", "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip

    def request() -> None:
        seen: list[str] = []
        answer = app(
            {**template, "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO()},
            lambda status, *_: seen.append(status),
        )
        body = b"".join(answer)
        close = getattr(answer, "close", None)
        if close:
            close()
        if not seen[0].startswith("200") or len(body) < 200:
            raise RuntimeError(f"{seen} {body[:300]!r}")

    return request


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
