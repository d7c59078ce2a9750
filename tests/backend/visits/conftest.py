"""A desk of a hospital and what is asked there."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.visits import Desk, make_desk


@pytest.fixture
def desk(app: Flask) -> Desk:
    return make_desk()


@pytest.fixture
def ask(http: FlaskClient):
    """POST as the desk and give the answer."""

    def asked(desk: Desk, path: str, body: dict | None = None, **headers: str):
        return http.post(f"/api/v1{path}", json=body or {}, headers=desk.headers() | headers)

    return asked
