"""A turn in the app's chat: what it costs, and that a message outlives the request that brought it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.conversations import first_look, tasks, turn
from backend.conversations.models import Message
from backend.kit import clock, ids
from backend.turnstile import Turnstile
from tests.factories.accounts import headers_for
from tests.query_counter import counted_queries

_MOST = 2
"""Statements of an ordinary turn: the message is kept, the answer is kept."""

_MOST_ON_WHATSAPP = 35
"""Statements of an ordinary job: the message into its thread, its answer, and the answer out to the vendor."""


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
    tasks.answer_left(0)
    with working_for(helpline.client.id) as scope:
        assert scope.session.get_one(Message, (scope.client_id, row.id)).answered_at is None, "it may be on its way yet"
    with clock.at(clock.now() + timedelta(seconds=30)):
        tasks.answer_left(0)
        tasks.answer_left(0)
    with working_for(helpline.client.id) as scope:
        said = scope.session.scalars(select(Message).where(Message.client_id == scope.client_id)).all()
        assert sorted(one.direction for one in said) == ["in", "out"]


def test_a_turn_on_whatsapp_costs_a_bounded_number_of_statements(bot, helpline, phone, run_jobs):
    helpline.writes(phone, "hello there friend")
    helpline.writes(phone, "hello again", answer=False)
    with counted_queries() as seen:
        run_jobs()
    assert helpline.said(phone)
    assert len(seen) <= _MOST_ON_WHATSAPP, "\n".join(seen)


def test_a_message_the_backend_stumbles_over_is_in_the_thread_and_answered_once_it_can(
    bot, helpline, phone, run_jobs, monkeypatch
):
    def stumbles(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    helpline.writes(phone, "hello there friend", answer=False)
    with monkeypatch.context() as patch:
        patch.setattr(first_look, "decide", stumbles)
        run_jobs()
    with working_for(helpline.client.id) as scope:
        row = scope.session.scalars(select(Message).where(Message.client_id == scope.client_id)).one()
        assert (row.text, row.answered_at) == ("hello there friend", None)
    assert turn.answer(helpline.client.id, row.id)
    assert [one.author for one in turn.answer(helpline.client.id, row.id)] == ["member", "bot"]


def test_an_answer_given_twice_is_the_same_answer(helpline, bot, says):
    asked = says().json["messages"]
    with working_for(helpline.client.id) as scope:
        row = scope.session.scalars(select(Message).where(Message.vendor_id.is_not(None))).one()
    assert [str(one.id) for one in turn.answer(helpline.client.id, row.id)] == [one["id"] for one in asked]


def test_while_the_bot_thinks_the_only_place_at_the_door_is_free_for_others(app, bot, says, monkeypatch):
    monkeypatch.setattr(app, "wsgi_app", Turnstile(app.wsgi_app, at_once=1))
    met = []

    def somebody_else(_turn):
        with ThreadPoolExecutor(1) as other:
            met.append(other.submit(lambda: app.test_client().get("/healthz").status_code).result(10))

    bot.during = somebody_else
    assert says().status_code == 201
    assert met == [200]
