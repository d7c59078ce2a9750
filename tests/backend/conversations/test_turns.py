"""A turn in the app's chat: what it costs, and that a message outlives the request that brought it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.conversations import turn
from backend.conversations.models import Message
from backend.kit import ids
from tests.factories.accounts import headers_for
from tests.query_counter import counted_queries

_MOST = 15
"""Statements of an ordinary turn, the transaction beginnings and the idempotency record included."""


@pytest.fixture
def says(helpline, http, member):
    """What the member writes in the app; signed in once."""
    signed_in = headers_for(Role.MEMBER, helpline.client, (member.id,))

    def say(text: str = "hello there friend"):
        headers = signed_in | {"Idempotency-Key": str(ids.new_id())}
        return http.post("/api/v1/conversations/messages", json={"text": text}, headers=headers)

    return say


def test_a_turn_costs_a_bounded_number_of_statements(bot, says):
    says()
    with counted_queries() as seen:
        assert says().status_code == 201
    assert len(seen) <= _MOST, "\n".join(seen)


def test_a_message_whose_request_died_is_answered_later(helpline, bot, says, monkeypatch):
    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(turn, "_asked", dies)
        assert says().status_code == 500
    with working_for(helpline.client.id) as scope:
        row = scope.session.scalars(select(Message).where(Message.client_id == scope.client_id)).one()
        assert (row.text, row.answered_at) == ("hello there friend", None)
    turn.answer(helpline.client.id, row.id)
    with working_for(helpline.client.id) as scope:
        said = scope.session.scalars(select(Message).where(Message.client_id == scope.client_id)).all()
        assert sorted(one.direction for one in said) == ["in", "out"]
