"""When staff read a member's data, the member can read that they did: on every such route, in every role."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend import tokens
from backend.access import STAFF, Role, working_for
from backend.audit.models import AuditRecord
from backend.integrations import registry
from tests.factories.accounts import actor_for
from tests.factories.claims import make_household
from tests.factories.objects import IMPERSONAL, PERSONAL, make_objects
from tests.structure.operations import operations_with_ids

ANSWERS_WITHOUT_LOOKING = {
    "/api/v1/documents/<uuid:document_id>": "state and quality of a file, no picture and no reading of it",
}
"""Routes that name a member's object and show nothing of the member; the reason stands beside each."""


@pytest.fixture(scope="module")
def reads(app):
    return [
        one
        for one in operations_with_ids(app)
        if one.method == "GET" and one.names & PERSONAL and one.rule not in ANSWERS_WITHOUT_LOOKING
    ]


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
            token = tokens.issue(registry.current().settings.token_key, household.client.id, actor, seconds=60)
            answer = http.get(operation.path(values), headers={"Authorization": f"Bearer {token}"})
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


def _noted(household, actor) -> bool:
    with working_for(household.client.id) as scope:
        query = select(AuditRecord.id).where(
            AuditRecord.client_id == household.client.id,
            AuditRecord.actor_id == actor.id,
            AuditRecord.actor_role != Role.MEMBER,
            AuditRecord.member_id == household.employee_id,
        )
        return scope.session.scalar(query.limit(1)) is not None
