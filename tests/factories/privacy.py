"""Requests of people about their own data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import working_for
from backend.kit import clock, ids
from backend.kit.reference_numbers import new_request_number
from backend.privacy.models import PrivacyRequest
from backend.privacy.rules.requests import due_at
from tests.factories.accounts import code_sent_to
from tests.factories.claims import Household


def make_request(household: Household, kind: str = "erasure", state: str = "asked", **facts: Any) -> UUID:
    """A request of the employee, asked now unless told otherwise; the same one again while it waits."""
    asked = facts.pop("created_at", clock.now())
    values: dict[str, Any] = {
        "number": new_request_number(asked.year),
        "member_id": household.employee_id,
        "language": "en",
        "due_at": due_at(asked),
    }
    with working_for(household.client.id) as scope:
        row = PrivacyRequest(
            client_id=household.client.id,
            id=ids.new_id(),
            created_at=asked,
            kind=kind,
            state=state,
            **(values | facts),
        )
        scope.session.add(row)
        scope.session.flush()
        return row.id


def asked_erasure(household: Household) -> UUID:
    """An erasure that nobody has decided."""
    return make_request(household)


def code_for(http: Any, household: Household) -> str:
    """The code that the employee is sent for asking and fetching."""
    address = f"/api/v1/members/{household.employee_id}/privacy-requests/code"
    sent = http.post(address, headers=household.headers)
    assert sent.status_code == 202, sent.json
    code = code_sent_to(household.client, f"privacy|{household.employee_id}")
    assert code is not None
    return code
