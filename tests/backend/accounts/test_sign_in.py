"""Members sign in with a code; nobody learns who exists, nobody can lock somebody out."""

import threading
from datetime import timedelta

import psycopg
import pytest

from backend.access import working_for
from backend.accounts import rules
from backend.kit import clock
from tests.factories.accounts import code_sent_to
from tests.factories.clients import make_client
from tests.factories.members import make_dependant, make_member
from tests.query_counter import counted_queries

PHONE, NOBODY = "+6281234500001", "+6281234500999"
HOME, CAFE = {"REMOTE_ADDR": "114.10.9.7"}, {"REMOTE_ADDR": "36.70.1.1"}


@pytest.fixture
def client(app):
    made = make_client()
    with working_for(made.id) as scope:
        employee = make_member(scope, phone=PHONE, full_name="Budi Santoso", language="id")
        make_dependant(scope, employee, "child", birth_date=clock.today(made.timezone) - timedelta(days=3000))
    return made


def ask(http, client, phone=PHONE, where=HOME, **more):
    body = {"client": client.slug, "phone": phone, **more}
    return http.post("/api/v1/sign-in/code", json=body, environ_base=where)


def enter(http, client, code, phone=PHONE, where=HOME, **more):
    body = {"client": client.slug, "phone": phone, "code": code, **more}
    return http.post("/api/v1/sign-in", json=body, environ_base=where)


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def sign_in(http, client, where=HOME, **more):
    ask(http, client, where=where, **more)
    return enter(http, client, code_sent_to(client, PHONE), where=where, **more).json


def headers_of(answer):
    """All of them; what is new in every answer by name only."""
    return [(name, "" if name in {"Date", "X-Request-Id"} else value) for name, value in answer.headers]


def statements_of(http, client, phone):
    """What asking for a code sends to the database, word for word and in order."""
    with counted_queries() as seen:
        assert ask(http, client, phone=phone).status_code == 202
    return list(seen)


TRACES = (
    "SELECT octet_length(c.envelope), c.channel FROM one_time_code c ORDER BY c.id",
    "SELECT a.kind, a.familiar FROM sign_in_attempt a ORDER BY a.id",
    "SELECT j.task_name, j.queue_name, j.args - 'code_id', j.scheduled_at FROM procrastinate_jobs j ORDER BY j.id",
)


def traces_of(http, client, settings, phone):
    """How many rows asking leaves in each table, and what they say besides ids and digests."""
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("SELECT app_begin(%s, NULL)", [client.id])
        before = [connection.execute(query).fetchall() for query in TRACES]
        ask(http, client, phone=phone)
        after = [connection.execute(query).fetchall() for query in TRACES]
    return [(len(now) - len(then), now[len(then) :]) for then, now in zip(before, after, strict=True)]


class TestTheCode:
    def test_the_right_code_opens_a_session(self, http, client):
        ask(http, client)
        answer = enter(http, client, code_sent_to(client, PHONE))
        assert answer.status_code == 201
        assert answer.json["token_type"] == "Bearer"
        assert answer.json["expires_in"] == 600

    def test_me_lists_oneself_first_and_then_the_child(self, http, client):
        tokens = sign_in(http, client)
        me = http.get("/api/v1/me", headers={"Authorization": f"Bearer {tokens['access_token']}"}).json
        assert me["role"] == "member"
        assert me["client"] == {"slug": client.slug, "name": client.name}
        assert [member["relationship"] for member in me["members"]] == ["employee", "child"]
        assert me["member_id"] == me["members"][0]["id"]
        assert me["members"][0]["name"] == "Budi Santoso"
        assert me["language"] == "id"

    def test_a_number_may_be_written_as_people_write_it(self, http, client):
        ask(http, client, phone="0812-3450-0001")
        assert enter(http, client, code_sent_to(client, PHONE), phone="62 812 3450 0001").status_code == 201

    def test_a_code_works_once(self, http, client):
        ask(http, client)
        code = code_sent_to(client, PHONE)
        assert enter(http, client, code).status_code == 201
        assert enter(http, client, code).json["reason"] == "accounts.code_wrong"

    def test_one_of_two_simultaneous_uses_wins(self, app, client):
        ask(app.test_client(), client)
        code = code_sent_to(client, PHONE)
        answers: list[int] = []
        gate = threading.Barrier(2)

        def use() -> None:
            gate.wait()
            answers.append(enter(app.test_client(), client, code).status_code)

        threads = [threading.Thread(target=use) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == [201, 401]

    def test_a_code_ends_after_ten_minutes(self, http, client):
        ask(http, client)
        code = code_sent_to(client, PHONE)
        with clock.at(clock.now() + timedelta(minutes=10, seconds=1)):
            assert enter(http, client, code).status_code == 401

    def test_after_five_wrong_guesses_the_code_is_closed(self, http, client):
        ask(http, client)
        code = code_sent_to(client, PHONE)
        for _ in range(5):
            enter(http, client, wrong(code))
        assert enter(http, client, code).json["reason"] == "accounts.code_wrong"

    def test_a_new_code_works_after_the_old_one_was_closed(self, http, client):
        ask(http, client)
        for _ in range(5):
            enter(http, client, wrong(code_sent_to(client, PHONE)))
        ask(http, client)
        assert enter(http, client, code_sent_to(client, PHONE)).status_code == 201

    def test_a_code_of_one_client_is_worth_nothing_at_another(self, http, client):
        other = make_client()
        with working_for(other.id) as scope:
            make_member(scope, phone=PHONE)
        ask(http, client)
        assert enter(http, other, code_sent_to(client, PHONE)).status_code == 401

    def test_neither_code_nor_number_is_kept_readable(self, http, client, settings):
        ask(http, client)
        code = code_sent_to(client, PHONE)
        with psycopg.connect(settings.database_url) as connection:
            connection.execute("SELECT app_begin(%s, NULL)", [client.id])
            kept = connection.execute("SELECT c::text FROM one_time_code c").fetchall()
            jobs = connection.execute("SELECT args::text FROM procrastinate_jobs").fetchall()
        assert kept
        for (text,) in [*kept, *jobs]:
            assert PHONE not in text
            assert PHONE.encode().hex() not in text
            assert f'"{code}"' not in text
            assert code.encode().hex() not in text


class TestWhoExists:
    def test_the_answer_is_the_same_for_a_stranger(self, http, client):
        known, unknown = ask(http, client), ask(http, client, phone=NOBODY)
        assert (known.status_code, known.data) == (unknown.status_code, unknown.data) == (202, b"{}")
        assert headers_of(known) == headers_of(unknown)

    def test_an_unknown_client_answers_alike(self, http, client):
        answer = http.post("/api/v1/sign-in/code", json={"client": "nobody-here", "phone": PHONE})
        assert (answer.status_code, answer.data) == (202, b"{}")

    def test_a_strangers_right_code_is_refused_like_a_wrong_one(self, http, client):
        ask(http, client, phone=NOBODY)
        right = enter(http, client, code_sent_to(client, NOBODY), phone=NOBODY)
        never_asked = enter(http, client, "123456", phone="+6281234500998")
        assert right.json == never_asked.json

    def test_asking_does_the_same_statements_for_member_and_stranger(self, http, client):
        ask(http, client, phone="+6281234500777")  # what only the first request of a process costs
        known, unknown = statements_of(http, client, PHONE), statements_of(http, client, NOBODY)
        assert known == unknown

    def test_asking_leaves_the_same_traces_for_member_and_stranger(self, http, client, settings):
        known, unknown = traces_of(http, client, settings, PHONE), traces_of(http, client, settings, NOBODY)
        assert known == unknown
        assert [count for count, _ in known] == [1, 1, 1], "a code, an attempt and a job"

    def test_a_stranger_who_has_to_wait_is_answered_and_counted_alike(self, http, client, settings):
        for _ in range(3):
            ask(http, client)
            ask(http, client, phone=NOBODY)
        assert statements_of(http, client, PHONE) == statements_of(http, client, NOBODY)
        assert [count for count, _ in traces_of(http, client, settings, NOBODY)] == [0, 0, 0]
        assert [count for count, _ in traces_of(http, client, settings, PHONE)] == [0, 0, 0]


class TestNobodyIsLockedOut:
    def test_a_strangers_wrong_guesses_do_not_close_my_code(self, http, client):
        ask(http, client)
        code = code_sent_to(client, PHONE)
        for _ in range(30):
            enter(http, client, wrong(code), where=CAFE)
        assert enter(http, client, code).status_code == 201

    def test_a_strangers_requests_do_not_keep_my_code_from_me(self, http, client):
        sign_in(http, client)
        for place in range(40):
            ask(http, client, where={"REMOTE_ADDR": f"36.70.{place}.1"})
        assert sign_in(http, client)["access_token"]

    def test_a_known_device_is_not_slowed_down_wherever_it_is(self, http, client):
        key = sign_in(http, client)["device_key"]
        for place in range(40):
            ask(http, client, where={"REMOTE_ADDR": f"36.70.{place}.1"})
        assert sign_in(http, client, where=CAFE, device_key=key)["access_token"]

    def test_while_one_has_to_wait_the_code_one_has_stays_good(self, http, client):
        for _ in range(3):
            ask(http, client)
        code = code_sent_to(client, PHONE)
        for _ in range(20):
            assert ask(http, client).status_code == 202
        assert code_sent_to(client, PHONE) == code
        assert enter(http, client, code).status_code == 201

    def test_the_pause_ends_by_itself(self, http, client):
        for _ in range(4):
            ask(http, client)
        before = code_sent_to(client, PHONE)
        with clock.at(clock.now() + timedelta(seconds=31)):
            ask(http, client)
        assert code_sent_to(client, PHONE) != before

    def test_a_flooding_network_is_told_to_wait_and_others_are_not(self, http, client, monkeypatch):
        monkeypatch.setattr(rules, "NETWORK_LIMIT", 5)
        flood = {"REMOTE_ADDR": "203.0.113.9"}
        for number in range(5):
            ask(http, client, phone=f"+62812777{number:05}", where=flood)
        refused = ask(http, client, where=flood)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
        assert ask(http, client, where={"REMOTE_ADDR": "198.51.100.9"}).status_code == 202


class TestShape:
    @pytest.mark.parametrize(
        "body",
        [
            {"phone": PHONE},
            {"code": "123456"},
            {"phone": PHONE, "code": "12345"},
            {"phone": PHONE, "code": "123456", "firebase_id_token": "x" * 30},
            {"phone": PHONE, "firebase_id_token": "x" * 30},
            {},
        ],
    )
    def test_half_a_sign_in_is_no_sign_in(self, http, client, body):
        assert http.post("/api/v1/sign-in", json={"client": client.slug, **body}).status_code == 422

    def test_what_is_no_number_is_said_to_be_none(self, http, client):
        assert ask(http, client, phone="hello").status_code == 422
