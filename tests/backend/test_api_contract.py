"""Every documented operation survives what a careless or hostile client sends: schemathesis over the whole API.

Each operation is tried as a role that may use it. Nothing may fail inside the server, and whatever is
answered has the one error envelope or the documented shape's media type.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from backend.access import Role, working_for
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.members import make_member

_EXAMPLES = 12
_WORDS = {"reason", "message", "code", "status"}


@pytest.fixture(scope="session")
def signed_in(app: Flask) -> dict[str, dict[str, str]]:
    """A bearer header for every role, at one client with one member."""
    client = make_client()
    with working_for(client.id) as scope:
        member = make_member(scope)
    made = {role.value: headers_for(role, client) for role in Role if role not in {Role.MEMBER, Role.SYSTEM}}
    return made | {"member": headers_for(Role.MEMBER, client, (member.id,))}


def _broken(operation: Any, headers: dict[str, str]) -> set[str]:
    """What went wrong with an operation over generated requests."""
    name = f"{operation.method.upper()} {operation.path}"
    found: set[str] = set()

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def attempt(case: Any) -> None:
        answer = case.call(headers={**headers, "Accept-Language": "id"})
        if answer.status_code >= 500 and answer.status_code != 503:
            found.add(f"{name}: {answer.status_code}")
        elif answer.status_code >= 400 and not set(answer.json()) >= _WORDS:
            found.add(f"{name}: {sorted(answer.json())}")

    attempt()
    return found


def test_no_operation_breaks_whatever_it_is_sent(app: Flask, signed_in):
    document = schemathesis.openapi.from_wsgi("/openapi.json", app)
    operations = [found.ok() for found in document.get_all_operations()]
    spoken = [operation for operation in operations if operation.path.startswith("/api/")]
    broken: set[str] = set()
    for operation in spoken:
        roles = operation.definition.raw.get("x-access", [])
        broken |= _broken(operation, signed_in.get(roles[0], {}) if roles else {})
    assert len(spoken) > 30
    assert sorted(broken) == []
