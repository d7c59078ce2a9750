"""A rehearsal sees deadlines pass; production has no such address."""

from datetime import timedelta

from backend.access import working_for
from backend.complaints import demo_clocks, queries, routes, service
from backend.kit import clock
from tests.factories.claims import make_household


def test_every_check_of_deadlines_runs_as_of_the_moment(http, app):
    home = make_household()
    with working_for(home.client.id, home.actor) as scope:
        complaint = service.lodge(scope, home.employee_id, "other", "It is late.", channel="app", spoken=False)
    later = clock.now() + timedelta(days=60)
    answer = http.post("/demo/clocks", json={"as_of": later.isoformat()})
    assert {"complaints.check_deadlines", "claims.remind_returned", "guarantees.lapse_letters"} <= set(
        answer.json["checks"]
    )
    with working_for(home.client.id) as scope:
        late = queries.complaint(scope, complaint.id)
    assert (late.level, late.overdue_at.date()) == (3, later.date())
    assert abs(clock.now() - later) > timedelta(days=59)


def test_a_moment_without_a_zone_is_a_wrong_shape(http):
    assert http.post("/demo/clocks", json={"as_of": "2026-12-01T10:00:00"}).status_code == 422


def test_production_has_no_clock_to_move(settings):
    class Production:
        rehearsal = False

    assert demo_clocks.blp not in routes.blueprints(Production())
    assert demo_clocks.blp in routes.blueprints(settings)
