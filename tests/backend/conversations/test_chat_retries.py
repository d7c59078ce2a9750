"""A message of the app that comes again, comes signed out, or meets a thread that has gone on meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.conversations import at_once, queries
from backend.conversations.models import Message
from backend.conversations.service import chat
from tests.factories.accounts import headers_for

ADDRESS = "/api/v1/conversations/messages"


@pytest.fixture
def signed_in(helpline, member):
    return headers_for(Role.MEMBER, helpline.client, (member.id,))


def stored(helpline, direction):
    with working_for(helpline.client.id) as scope:
        query = select(Message).where(Message.client_id == scope.client_id, Message.direction == direction)
        return scope.session.scalars(query).all()


def test_a_key_that_comes_with_other_words_is_refused_and_the_first_ones_stand(helpline, bot, http, signed_in):
    keyed = signed_in | {"Idempotency-Key": "one"}
    assert http.post(ADDRESS, json={"text": "hello"}, headers=keyed).status_code == 201
    again = http.post(ADDRESS, json={"text": "something else"}, headers=keyed)
    assert (again.status_code, again.json["reason"]) == (409, "request.idempotency_mismatch")
    assert [row.text for row in stored(helpline, "in")] == ["hello"]


def test_a_key_that_is_too_long_is_refused(bot, http, signed_in):
    answer = http.post(ADDRESS, json={"text": "hello"}, headers=signed_in | {"Idempotency-Key": "k" * 256})
    assert answer.status_code == 422


def test_a_sign_in_that_has_ended_cannot_write_any_more(helpline, bot, http, signed_in):
    assert http.post("/api/v1/sign-out", headers=signed_in).status_code == 204
    answer = http.post(ADDRESS, json={"text": "hello"}, headers=signed_in)
    assert (answer.status_code, answer.json["reason"]) == (401, "access.session_ended")
    assert stored(helpline, "in") == []


def test_a_retry_while_the_bot_thinks_waits_for_the_same_answer(app, helpline, bot, signed_in):
    thinks, may_answer = threading.Event(), threading.Event()

    def during(_turn):
        thinks.set()
        assert may_answer.wait(10)

    bot.during = during

    def say():
        with app.test_client() as http:
            return http.post(ADDRESS, json={"text": "hello"}, headers=signed_in | {"Idempotency-Key": "two"}).json

    with ThreadPoolExecutor(2) as both:
        first = both.submit(say)
        assert thinks.wait(10)
        second = both.submit(say)
        may_answer.set()
        assert first.result() == second.result()
    assert len(bot.turns) == 1
    assert len(stored(helpline, "out")) == 1


def test_a_retry_answers_by_itself_when_the_first_request_died(helpline, bot, http, signed_in, monkeypatch):
    keyed = signed_in | {"Idempotency-Key": "three"}
    with monkeypatch.context() as patch:
        patch.setattr(at_once, "glance", _dies)
        assert http.post(ADDRESS, json={"text": "hello"}, headers=keyed).status_code == 500
    monkeypatch.setattr(chat, "_WAIT_SECONDS", 0.2)
    again = http.post(ADDRESS, json={"text": "hello"}, headers=keyed)
    assert [one["author"] for one in again.json["messages"]] == ["member", "bot"]


def test_what_happens_in_the_thread_while_an_answer_is_made_is_not_lost(helpline, bot, http, signed_in, monkeypatch):
    bot.says("hello", "utter_greet")
    http.post(ADDRESS, json={"text": "hello"}, headers=signed_in)
    make = at_once.replies_of

    def slowly(talk, message, question, said):
        with working_for(helpline.client.id) as scope:
            thread = queries.conversation(scope, talk.thread.id)
            thread.state = {**thread.state, "interrupted": True}
        return make(talk, message, question, said)

    monkeypatch.setattr(at_once, "replies_of", slowly)
    said = http.post(ADDRESS, json={"text": "hello"}, headers=signed_in).json["messages"]
    assert [one["author"] for one in said] == ["member", "bot"]
    with working_for(helpline.client.id) as scope:
        thread = queries.conversation(scope, stored(helpline, "in")[0].conversation_id)
        assert thread.state["interrupted"] is True
        assert thread.state["last"][0]["reply"] == "utter_greet"
    assert len(stored(helpline, "out")) == 2


def _dies(*_: object) -> None:
    raise RuntimeError("killed")
