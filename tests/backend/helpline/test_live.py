"""A desk hears of what changes at its client: of everything, of nothing else, and while it holds nothing."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import psycopg
import pytest

from backend import database, tokens
from backend.access import Role, working_for
from backend.conversations.models import Message
from backend.helpline import live
from backend.helpline.models import HelplineCase
from backend.integrations import registry
from backend.kit import clock, ids
from tests.factories.accounts import actor_for, end_session, headers_for
from tests.factories.claims import make_household
from tests.factories.objects import OBJECTS


@pytest.fixture(scope="module", autouse=True)
def listening(app):
    """The listener of this process ends with its tests."""
    yield
    live.listener().stop()


@pytest.fixture
def household(app):
    return make_household()


@pytest.fixture
def desk(http, household):
    return Desk(http, headers_for(Role.AGENT, household.client))


class Desk:
    """One open desk that follows its cursor."""

    def __init__(self, http, headers):
        self.http, self.headers, self.cursor = http, headers, None

    def poll(self, wait=0):
        query = {"wait": wait} | ({"since": self.cursor} if self.cursor else {})
        answer = self.http.get("/api/v1/desk/updates", query_string=query, headers=self.headers)
        assert answer.status_code == 200, answer.json
        self.cursor = answer.json["cursor"]
        return answer.json

    def heard(self, wait=3):
        """What happened until something did: kinds and cases."""
        return [(one["kind"], UUID(one["case_id"])) for one in self.poll(wait)["changes"]]


def a_case(desk, household):
    """A case of which the desk has heard, so that nothing about it is on its way any more."""
    desk.poll()
    case_id = OBJECTS["case_id"](household)
    assert desk.heard() == [("case", case_id)]
    return case_id


def write(household, case_id, author="member"):
    """A message in the thread of a case."""
    with working_for(household.client.id) as scope:
        case = scope.session.get_one(HelplineCase, (household.client.id, case_id))
        message = Message(
            client_id=household.client.id,
            id=ids.new_id(),
            conversation_id=case.conversation_id,
            direction="in" if author == "member" else "out",
            author=author,
            channel="whatsapp",
            language="en",
            text="Is anybody there?",
        )
        scope.session.add(message)
        return message.id


def test_a_desk_that_opens_reads_everything_and_goes_on_from_there(desk):
    first = desk.poll()
    assert (first["resync"], first["changes"]) == (True, [])
    assert desk.poll() == {"cursor": first["cursor"], "resync": False, "changes": []}


@pytest.mark.requirement("S0-90")
def test_a_message_in_a_thread_with_a_case_wakes_the_desk(desk, household):
    case_id = a_case(desk, household)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.heard, 10)
        time.sleep(0.3)
        begun = time.monotonic()
        write(household, case_id)
        assert waiting.result(5) == [("message", case_id)]
    assert time.monotonic() - begun < 2


def test_a_new_case_and_what_is_done_with_it_are_told(desk, household, http):
    desk.poll()
    case_id = OBJECTS["case_id"](household)
    assert desk.heard() == [("case", case_id)]
    assert http.post(f"/api/v1/cases/{case_id}/take", headers=desk.headers).status_code == 200
    assert ("case", case_id) in desk.heard()
    assert http.post(
        f"/api/v1/cases/{case_id}/close", json={"outcome": "Told them"}, headers=desk.headers
    ).status_code in {200, 201}
    assert ("case", case_id) in desk.heard()


def test_a_thread_that_nobody_works_on_is_silent(desk, household):
    case_id = a_case(desk, household)
    with working_for(household.client.id) as scope:
        case = scope.session.get_one(HelplineCase, (household.client.id, case_id))
        case.state, case.closed_at = "closed", clock.now()
    assert desk.heard() == [("case", case_id)]
    write(household, case_id)
    assert desk.heard(0) == []


def test_how_far_an_agents_answer_came_is_told(desk, household):
    case_id = a_case(desk, household)
    message_id = write(household, case_id, "agent")
    assert desk.heard() == [("message", case_id)]
    with working_for(household.client.id) as scope:
        scope.session.get_one(Message, (household.client.id, message_id)).send_state = "delivered"
    assert desk.heard() == [("message", case_id)]


def test_what_is_rolled_back_was_never_told(desk, household):
    case_id = a_case(desk, household)
    unit = database.current().unit(household.client.id)
    unit.session.get_one(HelplineCase, (household.client.id, case_id)).summary = "Something else"
    unit.session.flush()
    unit.rollback()
    unit.close()
    assert desk.heard(0) == []


def test_a_desk_hears_nothing_of_another_client(desk, http):
    other = make_household()
    theirs = Desk(http, headers_for(Role.AGENT, other.client))
    theirs.poll()
    desk.poll()
    case_id = OBJECTS["case_id"](other)
    assert theirs.heard() == [("case", case_id)]
    assert desk.poll()["changes"] == []


def test_many_changes_of_one_thing_are_told_once(desk, household):
    case_id = a_case(desk, household)
    for _ in range(5):
        write(household, case_id)
    time.sleep(0.3)
    assert desk.heard() == [("message", case_id)]


@pytest.mark.parametrize("cursor", ["nonsense", "1:2", "x:y", ":", "0:0"])
def test_a_cursor_nobody_gave_out_means_read_again(desk, cursor):
    desk.cursor = cursor
    answer = desk.poll()
    assert (answer["resync"], answer["changes"]) == (True, [])


def test_a_cursor_of_another_process_is_understood(app, household, http):
    """Both have heard the same from PostgreSQL, so a proxy may send each poll to another process."""
    desk = Desk(http, headers_for(Role.AGENT, household.client))
    desk.poll()
    second = live.Listener(database.current().url)
    second.start()
    try:
        assert second.ring.listening.wait(5)
        _until(lambda: not second.ring.wait(household.client.id, desk.poll()["cursor"], 0).resync)
        case_id = OBJECTS["case_id"](household)
        told = second.ring.wait(household.client.id, desk.cursor, 3)
        assert [one.case_id for one in told.changes] == [case_id]
        desk.cursor = told.cursor
        assert desk.poll() == {"cursor": told.cursor, "resync": False, "changes": []}
    finally:
        second.stop()


def test_an_ended_sign_in_hears_nothing_more(http, household):
    actor = actor_for(Role.AGENT, household.client)
    token = tokens.issue(registry.current().settings.token_key, household.client.id, actor, seconds=60)
    end_session(actor, household.client)
    ended = http.get("/api/v1/desk/updates?wait=0", headers={"Authorization": f"Bearer {token}"})
    assert ended.status_code == 401


@pytest.mark.parametrize("role", [Role.MEMBER, Role.HR, Role.CLAIMS, Role.PROVIDER])
def test_only_the_desk_listens(http, household, role):
    members = (household.employee_id,) if role is Role.MEMBER else ()
    assert (
        http.get("/api/v1/desk/updates?wait=0", headers=headers_for(role, household.client, members)).status_code == 403
    )


def test_forty_waiting_desks_hold_no_connection_and_no_transaction(app, household, database_urls):
    headers = [headers_for(Role.AGENT, household.client) for _ in range(40)]
    desks = [Desk(app.test_client(), each) for each in headers]
    case_id = a_case(desks[0], household)
    for desk in desks:
        desk.poll()
    with ThreadPoolExecutor(40) as pool:
        waiting = [pool.submit(desk.heard, 20) for desk in desks]
        _until(lambda: live.listener().ring.waiting(household.client.id) == 40)
        assert database.current().engine.pool.checkedout() == 0
        assert _in_transaction(database_urls[1]) == 0
        write(household, case_id)
        assert [one.result(10) for one in waiting] == [[("message", case_id)]] * 40


def test_after_a_cut_connection_desks_read_again_and_go_on(desk, household, database_urls):
    desk.poll()
    before = desk.cursor
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.poll, 15)
        _until(lambda: live.listener().ring.waiting(household.client.id) == 1)
        with psycopg.connect(database_urls[0], autocommit=True) as same_role:
            _end_listening(same_role)
        answer = waiting.result(15)
    assert answer["resync"]
    assert answer["cursor"] != before
    case_id = OBJECTS["case_id"](household)
    assert desk.heard() == [("case", case_id)]


def test_the_listener_is_one_connection_per_process(desk, database_urls):
    desk.poll()
    desk.poll()
    with psycopg.connect(database_urls[1]) as owner:
        count = owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND datname = current_database()",
            [live.APPLICATION],
        ).fetchone()
    assert count == (1,)


class TestRing:
    """What is heard, remembered and handed out, without a database."""

    CLIENT, OTHER = ids.new_id(), ids.new_id()

    def ring(self, kept=5):
        ring = live.Ring(kept)
        ring.begin("boot")
        ring.add(1, None, None)
        return ring

    def change(self, kind="case"):
        return live.Change(kind, ids.new_id(), ids.new_id(), clock.now())

    def told(self, ring, since, client=None, seconds=0.2):
        answer = ring.wait(client or self.CLIENT, since, seconds)
        return answer.resync, len(answer.changes), answer.cursor

    def test_a_cursor_older_than_what_is_remembered_means_read_again(self):
        ring = self.ring()
        for number in range(2, 8):
            ring.add(number, self.CLIENT, self.change())
        assert self.told(ring, "boot:2") == (True, 0, "boot:7")
        assert self.told(ring, "boot:3") == (False, 4, "boot:7")

    def test_a_quiet_clients_cursor_moves_on_with_the_others(self):
        ring = self.ring()
        for number in range(2, 6):
            ring.add(number, self.OTHER, self.change())
        assert self.told(ring, "boot:1") == (False, 0, "boot:5")

    def test_what_another_process_told_already_is_waited_for(self):
        ring = self.ring()
        threading.Timer(0.2, ring.add, (9, self.CLIENT, self.change())).start()
        assert self.told(ring, "boot:9", seconds=2) == (False, 0, "boot:9")

    def test_a_number_that_never_comes_means_read_again(self):
        assert self.told(self.ring(), "boot:9", seconds=5) == (True, 0, "boot:1")

    def test_numbers_out_of_order_are_handed_out_as_they_were_told(self):
        ring = self.ring()
        ring.add(5, self.CLIENT, self.change())
        ring.add(4, self.CLIENT, self.change())
        assert self.told(ring, "boot:5") == (False, 1, "boot:4")
        assert self.told(ring, "boot:4") == (False, 0, "boot:4")

    def test_a_new_connection_forgets_what_the_last_one_heard(self):
        ring = self.ring()
        ring.add(2, self.CLIENT, self.change())
        ring.begin("boot")
        ring.add(3, None, None)
        assert self.told(ring, "boot:1") == (True, 0, "boot:3")

    def test_without_a_connection_a_desk_waits_and_keeps_its_cursor(self):
        ring = self.ring()
        ring.lose()
        assert self.told(ring, "boot:1") == (True, 0, "boot:1")

    def test_the_more_desks_the_longer_a_change_waits_for_others(self):
        ring = self.ring()
        with ThreadPoolExecutor(60) as pool:
            waiting = [pool.submit(ring.wait, self.CLIENT, "boot:1", 5) for _ in range(60)]
            _until(lambda: ring.waiting(self.CLIENT) == 60)
            for number in range(2, 5):
                ring.add(number, self.CLIENT, self.change())
            begun = time.monotonic()
            assert {len(one.result().changes) for one in waiting} == {3}
        assert 0.1 < time.monotonic() - begun < 2


def _end_listening(same_role):
    ended = same_role.execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE application_name = %s AND datname = current_database()",
        [live.APPLICATION],
    ).fetchone()
    assert ended[0] >= 1


def _in_transaction(url):
    with psycopg.connect(url) as owner:
        return owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' "
            "AND datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()[0]


def _until(true, seconds=10):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
