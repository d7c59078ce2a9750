"""Any order of verbs: what is refused changes nothing, and what is done keeps to the rules of a complaint."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.access import Actor, Role, working_for
from backend.complaints import queries, service
from backend.complaints.models import Outcome
from backend.errors import Conflict
from backend.kit import clock, ids
from tests.factories.claims import make_household

STAFF = Actor(Role.CLAIMS, id=ids.new_id())
VERBS = {
    "acknowledge": service.acknowledge,
    "ask": lambda scope, one: service.request_information(scope, one, "Which day?"),
    "extend": lambda scope, one: service.extend(scope, one, "third_party"),
    "convert": service.convert,
    "escalate": lambda scope, one: service.escalate(scope, one, "Upset."),
    "note": lambda scope, one: service.add_note(scope, one, "Called.", internal=True),
    "resolve": lambda scope, one: service.resolve(scope, one, "Done.", Outcome.PARTLY),
    "close": service.close,
    "tell": lambda scope, one: service.supply_information(scope, one, "Monday."),
    "more": service.take_more_time,
    "reopen": lambda scope, one: service.reopen(scope, one, "It did not help."),
    "check": lambda scope, _: service.check_deadlines(scope),
}
moves = st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.integers(0, 9)), max_size=14)


@pytest.fixture(scope="module")
def home(app):
    return make_household(sign_in=False)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoken=st.booleans(), moves=moves)
def test_a_complaints_life_keeps_to_its_rules(home, spoken, moves):
    moment = datetime.combine(home.today(), time(12), ZoneInfo(home.client.timezone))
    with clock.at(moment), working_for(home.client.id, home.actor) as scope:
        complaint = service.lodge(scope, home.employee_id, "other", "It is late.", channel="app", spoken=spoken)
    for verb, days in moves:
        moment += timedelta(days=days, minutes=1)
        with suppress(Conflict), clock.at(moment), working_for(home.client.id, STAFF) as scope:
            VERBS[verb](scope, complaint.id)
    with working_for(home.client.id) as scope:
        stands, steps = queries.complaint(scope, complaint.id), queries.steps_of(scope, complaint.id)
    kinds = [step.kind for step in steps]
    rounds = " ".join("|" if kind == "reopened" else kind for kind in kinds).split("|")
    for each in rounds:
        done = each.split()
        assert done.count("extended") <= 1
        assert done.count("overdue") <= 1
        assert "closed" not in done[:-1], "nothing happens to what is closed"
        assert done.count("resolved") <= 1
    due = [step.figures["resolve_by"] for step in steps]
    for before, after, kind in zip(due, due[1:], kinds[1:], strict=False):
        assert kind in {"reopened", "information_received"} or before <= after, "our day only moves on"
    assert stands.acknowledge_by <= stands.resolve_by
    assert stands.reopened_count == kinds.count("reopened")
    assert (stands.status == "information_requested") == (stands.information_by is not None)
