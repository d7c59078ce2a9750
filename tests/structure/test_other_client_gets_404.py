"""What belongs to somebody else answers 404, on every route with an id in its address, whoever asks.

The table builds itself from the application's addresses; a new kind of id needs a maker in
``tests/factories/objects.py``.
"""

from __future__ import annotations

import pytest

from backend.access import Role, working_for
from tests.factories.accounts import headers_for
from tests.factories.claims import Household, make_household
from tests.factories.members import make_member
from tests.factories.objects import OBJECTS, WITHOUT_OWNER, body_for, make_objects
from tests.structure.operations import Operation, operations_with_ids


@pytest.fixture(scope="module")
def operations(app):
    return [one for one in operations_with_ids(app) if one.names - WITHOUT_OWNER]


@pytest.fixture(scope="module")
def strangers(app):
    """A household of another client; its people and staff knock at everything."""
    return make_household()


def test_every_kind_of_id_has_a_maker(operations):
    unknown = {name for one in operations for name in one.names} - set(OBJECTS) - WITHOUT_OWNER
    assert unknown == set(), "give each a maker in tests/factories/objects.py"


def _intruders(operation: Operation, household: Household, strangers: Household) -> dict[str, dict[str, str]]:
    with working_for(household.client.id) as scope:
        neighbour = make_member(scope).id
    knocking: dict[str, dict[str, str]] = {}
    if "member" in operation.roles:
        knocking["another member of the client"] = headers_for(Role.MEMBER, household.client, (neighbour,))
        knocking["a member of another client"] = strangers.headers
    staff = [role for role in operation.roles if role != "member"]
    if staff:
        knocking[f"{staff[0]} of another client"] = strangers.staff(Role(staff[0]))
    return knocking


def _call(http, operation: Operation, household: Household, values: dict[str, object], headers) -> int:
    body = body_for(operation.body, household)
    return http.open(operation.path(values), method=operation.method, json=body, headers=headers).status_code


def test_nobody_reaches_what_belongs_to_somebody_else(http, operations, strangers):
    open_doors = []
    household, known = make_household(), {}
    for operation in operations:
        values = make_objects(operation.rule, operation.names, household, known)
        for who, headers in _intruders(operation, household, strangers).items():
            status = _call(http, operation, household, values, headers)
            if status != 404:
                open_doors.append(f"{operation}: {who} gets {status}")
    assert not open_doors, "\n".join(open_doors)


def test_the_owner_does_reach_it(http, operations):
    """Else the table above would be full of closed doors for want of a valid request."""
    closed = []
    for operation in operations:
        household = make_household()
        values = make_objects(operation.rule, operation.names, household)
        own = household.headers if "member" in operation.roles else household.staff(Role(operation.roles[0]))
        status = _call(http, operation, household, values, own)
        if status in {400, 401, 403, 404, 405, 422}:
            closed.append(f"{operation}: {status}")
    assert not closed, "\n".join(closed)


def test_a_role_that_a_route_is_not_for_is_told_so(http, operations):
    allowed = []
    household, known = make_household(), {}
    for operation in operations:
        if "member" in operation.roles:
            continue
        values = make_objects(operation.rule, operation.names, household, known)
        status = _call(http, operation, household, values, household.headers)
        if status != 403:
            allowed.append(f"{operation}: a member gets {status}")
    assert not allowed, "\n".join(allowed)
