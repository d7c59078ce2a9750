"""A rehearsal writes what happened weeks ago as of then; production has only its own time."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from backend import rehearsed_time
from backend.access import Role
from backend.kit import clock
from tests.factories.accounts import headers_for
from tests.factories.claims import make_household

EARLIER = timedelta(days=30)


def _lodged(http, home, **headers: str) -> datetime:
    body = {"member_id": str(home.employee_id), "category": "service", "text": "Nobody answers."}
    signed_in = headers_for(Role.MEMBER, home.client, (home.employee_id,))
    answer = http.post("/api/v1/complaints", json=body, headers={**signed_in, **headers})
    return datetime.fromisoformat(answer.json["received_at"])


def test_a_request_happens_at_the_moment_it_names(http, app):
    earlier = clock.now() - EARLIER
    received = _lodged(http, make_household(), **{rehearsed_time.HEADER: earlier.isoformat()})
    assert abs(received - earlier) < timedelta(minutes=1)


def test_the_next_request_happens_now(http, app):
    http.get("/healthz", headers={rehearsed_time.HEADER: (clock.now() - EARLIER).isoformat()})
    assert clock.now() - _lodged(http, make_household()) < timedelta(minutes=1)


@pytest.mark.parametrize("moment", ["yesterday", "2026-10-01T09:00:00"])
def test_what_is_no_moment_with_a_zone_is_ignored(http, app, moment):
    received = _lodged(http, make_household(), **{rehearsed_time.HEADER: moment})
    assert clock.now() - received < timedelta(minutes=1)


@pytest.mark.parametrize("rehearsal", [True, False])
def test_only_a_rehearsal_has_it(rehearsal):
    app = Flask("anything")
    before = app.wsgi_app
    rehearsed_time.install(app, SimpleNamespace(rehearsal=rehearsal))
    assert (app.wsgi_app != before) is rehearsal
