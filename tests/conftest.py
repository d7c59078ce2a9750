"""One PostgreSQL per test process, migrated once. Tests share it and stay apart by tenancy: each makes
its own client, so nothing is truncated between them and row-level security is exercised all the time."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend import database, worker
from backend.app import create_app
from backend.branding import in_force
from backend.devstack.postgres import OWNER_ROLE, Postgres
from backend.helpline import live
from backend.migrations.apply import migrate
from backend.settings import Settings

pytest_plugins = ["tests.stack"]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def postgres(worker_id: str) -> Iterator[Postgres]:
    """A server that gives up crash safety for speed; tests about crashes start their own."""
    with Postgres(ROOT / ".local" / f"test-pg-{worker_id}", durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def database_urls(postgres: Postgres) -> tuple[str, str]:
    """URLs of a freshly migrated database: the application's role, the owner."""
    name = "careline_test"
    postgres.drop_database(name)
    postgres.create_database(name)
    migrate(postgres.url(name, OWNER_ROLE))
    return postgres.url(name), postgres.url(name, OWNER_ROLE)


@pytest.fixture(scope="session")
def settings(database_urls: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a rehearsal: every outside system is a recorder."""
    return Settings.from_env(
        {
            "CARELINE_MODE": "test",
            "DATABASE_URL": database_urls[0],
            "OWNER_DATABASE_URL": database_urls[1],
            "CARELINE_PUBLIC_URL": "https://careline.test",
            "CARELINE_TOKEN_KEY": "token-key-of-the-tests-0123456789abcdef",
            "CARELINE_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
            "CARELINE_CARD_KEY": base64.b64encode(bytes(range(32, 64))).decode(),
            "CARELINE_OBJECT_STORE": f"file://{tmp_path_factory.mktemp('objects')}",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "twilio-token-of-the-tests",
            "CARELINE_LOG_LEVEL": "INFO",
        }
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application on the test database."""
    yield create_app(settings)
    live.stop_listening()
    in_force.stop()
    database.current().dispose()


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    """An HTTP client without a sign-in; `tests.factories.accounts` makes headers for a role."""
    return app.test_client()


@pytest.fixture
def run_jobs(app: Flask, settings: Settings) -> Callable[[], None]:
    """Run every job that is waiting, as the worker would, and come back when none is left."""

    def serve() -> None:
        asyncio.run(worker.serve(settings, wait=False, concurrency=1))

    def run() -> None:
        # In a thread of its own: Playwright's event loop already lives in the one of the browser tests. Its clock is
        # the one of the test.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(copy_context().run, serve).result()

    return run


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The xdist worker, or `main` without xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine may be reached; whoever tries more is named."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and str(address[0]) not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
