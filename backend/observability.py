"""Structured logs without personal data, request ids carried through, Prometheus metrics."""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from collections.abc import Iterable
from functools import lru_cache

import structlog
from flask import Flask, Response, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    Metric,
    generate_latest,
    multiprocess,
    registry,
    start_http_server,
)

from backend.kit import ids, redact

log: structlog.stdlib.BoundLogger = structlog.get_logger("careline")

REQUESTS = Counter("careline_requests_total", "Answered requests", ["endpoint", "method", "status"])
REQUEST_SECONDS = Histogram(
    "careline_request_seconds",
    "Time to answer",
    ["endpoint"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)
BOT_SECONDS = Histogram(
    "careline_bot_seconds", "Time of one bot turn", buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3)
)
BOT_FAILURES = Counter("careline_bot_failures_total", "Bot turns answered in the degraded mode", ["cause"])
ANSWER_SECONDS = Histogram(
    "careline_answer_seconds",
    "Time from what a person wrote to the stored answer; on WhatsApp from the webhook, the queue included",
    ["channel"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800),
)
WEBHOOKS = Counter("careline_webhooks_total", "Inbound webhooks", ["kind", "outcome"])
JOBS = Counter("careline_jobs_total", "Finished jobs", ["task", "outcome"])
SENT = Counter("careline_messages_sent_total", "Outgoing messages by channel and outcome", ["channel", "outcome"])

_REQUEST_ID = re.compile(r"^[\w-]{8,64}$")


class _RedactingFilter(logging.Filter):
    """Records of libraries pass through the same redaction as ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact.text(record.getMessage())
        record.args = ()
        return True


def configure_logging(level: str) -> None:
    """JSON lines on standard error, for our own events and for libraries."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact.event,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        logging.Formatter('{"event": "library", "logger": "%(name)s", "level": "%(levelname)s", "line": "%(message)s"}')
    )
    handler.addFilter(_RedactingFilter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _start() -> None:
    g.started = time.perf_counter()
    offered = request.headers.get("X-Request-Id", "")
    g.request_id = offered if _REQUEST_ID.match(offered) else str(ids.new_id())
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    endpoint = request.endpoint or "unknown"
    answered, took = _meters(endpoint, request.method, response.status_code)
    answered.inc()
    took.observe(seconds)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.method != "GET" or response.status_code >= 400:
        log.info(
            "request",
            endpoint=endpoint,
            method=request.method,
            status=response.status_code,
            milliseconds=round(seconds * 1000, 1),
        )
    return response


@lru_cache(maxsize=1024)
def _meters(endpoint: str, method: str, status: int) -> tuple[Counter, Histogram]:
    """The two meters of a kind of answer; looking them up by label costs more than counting."""
    return REQUESTS.labels(endpoint, method, status), REQUEST_SECONDS.labels(endpoint)


def install(app: Flask) -> None:
    """Request ids, timing and the access line."""
    app.before_request(_start)
    app.after_request(_finish)


class _Now:
    """Figures that were read at this moment, as the exposition wants them."""

    def __init__(self, figures: Iterable[Metric]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        return self._figures


def counters() -> CollectorRegistry:
    """What this process counted, or every process that shares ``PROMETHEUS_MULTIPROC_DIR``."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return registry.REGISTRY
    shared = CollectorRegistry()
    multiprocess.MultiProcessCollector(shared)
    return shared


def exposition(figures: Iterable[Metric] = ()) -> bytes:
    """The text of ``/metrics``: the counters, and ``figures`` read at this moment."""
    now = CollectorRegistry()
    now.register(_Now(figures))
    return generate_latest(counters()) + generate_latest(now)


def serve_counters(port: int) -> int:
    """Answer ``/metrics`` on a port of its own, for a process without a web server; returns the port (0: any)."""
    server, _ = start_http_server(port, registry=counters())
    return server.server_port
