"""When staff see a member's data, the member can read that they did: on every such route, in every role."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend import tokens
from backend.access import STAFF, Actor, Role, working_for
from backend.audit.models import AuditRecord
from backend.integrations import registry
from backend.members.models import CardStatus
from tests.factories.accounts import actor_for
from tests.factories.claims import Household, make_household
from tests.factories.members import make_card
from tests.factories.objects import IMPERSONAL, OBJECTS, PERSONAL, make_objects
from tests.query_counter import counted_queries
from tests.structure.operations import operations, operations_with_ids

LISTINGS = {
    "/api/v1/members",
    "/api/v1/claims",
    "/api/v1/claims/queue",
    "/api/v1/complaints",
    "/api/v1/complaints/open",
    "/api/v1/cases",
    "/api/v1/desk/calls",
    "/api/v1/desk/callbacks",
    "/api/v1/cards/lost",
    "/api/v1/enrolment-requests",
    "/api/v1/visits",
    "/api/v1/provider-bills",
    "/api/v1/privacy-requests",
}
"""Lists that name members; the test finds them by what they answer, and must find at least these."""

MORE = {"/api/v1/complaints/open": 3}
"""Names of handlers, the contracts and the calendar: how many working days are left is counted in them."""


@pytest.fixture(scope="module")
def reads(app):
    return [one for one in operations_with_ids(app) if one.method == "GET" and one.names & PERSONAL]


@pytest.fixture(scope="module")
def listed(app):
    """A household that stands on every list."""
    household = make_household()
    for kind in (
        "claim_id",
        "complaint_id",
        "case_id",
        "request_id",
        "queued_id",
        "callback_id",
        "bill_id",
        "privacy_request_id",
    ):
        OBJECTS[kind](household)
    with working_for(household.client.id) as scope:
        make_card(scope, household.employee_id, status=CardStatus.LOST.value)
    return household


def test_every_kind_of_id_is_personal_or_not(app):
    unclear = {name for one in operations_with_ids(app) for name in one.names} - PERSONAL - IMPERSONAL
    assert unclear == set(), "say in tests/factories/objects.py whether it is a member's data"


def test_reads_of_a_members_data_leave_a_row(http, reads):
    silent = []
    heard = set()
    household, known = make_household(), {}
    for operation in reads:
        values = make_objects(operation.rule, operation.names, household, known)
        for role in STAFF:
            if role.value not in operation.roles:
                continue
            actor = actor_for(role, household.client)
            answer = http.get(operation.path(values), headers=_bearer(household, actor))
            if answer.status_code == 404:
                continue  # this role does not see this object at all, as a front desk other people's files
            if answer.status_code >= 400:
                silent.append(f"{operation}: {role} gets {answer.status_code}")
            elif _noted(household, actor):
                heard.add(operation.rule)
            else:
                silent.append(f"{operation}: {role} looks and nobody knows")
    assert not silent, "\n".join(silent)
    assert heard >= {one.rule for one in reads if set(one.roles) & set(STAFF)}


def test_a_list_that_shows_a_member_leaves_a_row(app, http, listed):
    silent, heard = [], set()
    for operation in operations(app):
        if operation.method != "GET" or operation.names:
            continue
        for role in STAFF:
            if role.value not in operation.roles:
                continue
            actor = actor_for(role, listed.client)
            answer = http.get(operation.rule, headers=_bearer(listed, actor))
            if str(listed.employee_id) not in answer.text:
                continue
            if _noted(listed, actor):
                heard.add(operation.rule)
            else:
                silent.append(f"{operation}: {role} looks and nobody knows")
    assert not silent, "\n".join(silent)
    assert heard >= LISTINGS


@pytest.mark.parametrize("path", sorted(LISTINGS))
def test_a_list_costs_one_question_and_one_statement_for_the_record(app, http, listed, path):
    """The first of the three opens the transaction for the client."""
    staff = _bearer(listed, actor_for(_reader(app, path), listed.client))
    http.get(path, headers=staff)
    with counted_queries() as seen:
        assert http.get(path, headers=staff).status_code == 200
    assert len(seen) == 3 + MORE.get(path, 0), seen


def _reader(app, path: str) -> Role:
    """Who reads the list: administrators, else the helpline, else claims."""
    roles = next(one.roles for one in operations(app) if one.rule == path and one.method == "GET")
    return next(role for role in (Role.ADMIN, Role.AGENT, Role.CLAIMS) if role in roles)


def _bearer(household: Household, actor: Actor) -> dict[str, str]:
    token = tokens.issue(registry.current().settings.token_key, household.client.id, actor, seconds=60)
    return {"Authorization": f"Bearer {token}"}


def _noted(household: Household, actor: Actor) -> bool:
    with working_for(household.client.id) as scope:
        query = select(AuditRecord.id).where(
            AuditRecord.client_id == household.client.id,
            AuditRecord.actor_id == actor.id,
            AuditRecord.actor_role != Role.MEMBER,
            AuditRecord.member_id == household.employee_id,
        )
        return scope.session.scalar(query.limit(1)) is not None
