"""A client with one plan, and people signed in there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from backend.access import Role, Scope, working_for
from backend.benefits.models import Plan
from backend.clients.registry import ClientFacts
from backend.kit import ids
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.members import make_member


@dataclass(frozen=True)
class Workplace:
    """A client, its plan, and how to sign in there."""

    client: ClientFacts
    plan_id: UUID

    def headers(self, role: Role, *member_ids: UUID, language: str = "en") -> dict[str, str]:
        return headers_for(role, self.client, member_ids, language=language)

    def ask(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows as the application sees them for this client."""
        with working_for(self.client.id) as scope:
            return [tuple(row) for row in scope.session.execute(text(sql), values)]

    def insured(self, **facts: object) -> UUID:
        """The id of an employee with cover and a card."""
        with working_for(self.client.id) as scope:
            return make_member(scope, plan_id=self.plan_id, card=True, **facts).id


def make_plan(scope: Scope, code: str = "GOLD") -> UUID:
    plan_id = ids.new_id()
    scope.session.add(
        Plan(
            client_id=scope.client_id,
            id=plan_id,
            code=code,
            names={"id": "Sehat Emas", "en": "Gold"},
            product="managed_care",
            currency="IDR",
            valid_from=date(2020, 1, 1),
            source="test",
            digest="",
        )
    )
    scope.session.flush()
    return plan_id


@pytest.fixture
def workplace(app: Flask) -> Workplace:
    client = make_client()
    with working_for(client.id) as scope:
        plan_id = make_plan(scope)
    return Workplace(client, plan_id)
