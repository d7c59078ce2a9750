"""The supervisors' report over real rows: load, calls, first response, handling, containment, satisfaction."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from backend.access import Role, working_for
from backend.conversations.models import Call, Conversation, Message, QueuedCall
from backend.helpline.models import HelplineCase, Satisfaction
from backend.kit import clock, ids
from backend.reports import queries, rules
from tests.factories.accounts import headers_for, make_staff
from tests.factories.clients import make_client
from tests.factories.staffing import put_on_duty
from tests.query_counter import counted_queries

NOON = datetime(2026, 11, 10, 5, tzinfo=UTC)
"""Tuesday noon in Jakarta."""
DAY = {"from": "2026-11-10", "to": "2026-11-10"}


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def admin(client):
    return headers_for(Role.ADMIN, client)


class Rows:
    """Puts what happened at a client straight into its tables."""

    def __init__(self, client):
        self.client = client

    def keep(self, row):
        with working_for(self.client.id) as scope:
            scope.session.add(row)
            scope.session.flush()
            return row.id

    def thread(self, channel="whatsapp"):
        return self.keep(Conversation(client_id=self.client.id, language="en", channel=channel))

    def message(self, thread, author="member", at=NOON, channel="whatsapp"):
        self.keep(
            Message(
                client_id=self.client.id,
                created_at=at,
                conversation_id=thread,
                direction="in" if author == "member" else "out",
                author=author,
                channel=channel,
                language="en",
                text="Hello",
            )
        )

    def case(self, thread=None, at=NOON, **fields):
        values = {"reason": "asked_for_person", "priority": "normal", "rank": 2, "state": "open", "channel": "whatsapp"}
        return self.keep(
            HelplineCase(
                client_id=self.client.id,
                created_at=at,
                waiting_since=at,
                number=f"H-{ids.new_id().hex[-8:]}",
                conversation_id=thread or self.thread(),
                summary="",
                language="en",
                **(values | fields),
            )
        )

    def queued(self, waited=None, outcome=None, at=NOON, desk="helpline"):
        """A call; ``waited`` seconds until it was answered, or until it left with another outcome."""
        thread = self.thread("voice")
        call = self.keep(
            Call(
                client_id=self.client.id,
                conversation_id=thread,
                call_sid=f"CA{ids.new_id().hex}",
                token=ids.new_secret(),
                status="in-progress",
            )
        )
        left = None if waited is None else at + timedelta(seconds=waited)
        self.keep(
            QueuedCall(
                client_id=self.client.id,
                call_id=call,
                conversation_id=thread,
                desk=desk,
                rank=2,
                language="en",
                queue="q",
                entered_at=at,
                answered_at=left if outcome == "answered" else None,
                left_at=left,
                outcome=outcome,
            )
        )

    def score(self, score, at=NOON):
        case = self.case(state="closed", closed_at=at)
        with working_for(self.client.id) as scope:
            thread = scope.session.get_one(HelplineCase, (self.client.id, case)).conversation_id
        self.keep(
            Satisfaction(
                client_id=self.client.id,
                case_id=case,
                conversation_id=thread,
                channel="whatsapp",
                language="en",
                asked_at=at,
                answered_at=at if score else None,
                score=score,
            )
        )


@pytest.fixture
def rows(client):
    return Rows(client)


def report(http, admin, **query):
    answer = http.get("/api/v1/reports/helpline", query_string=query or DAY, headers=admin)
    assert answer.status_code == 200, answer.json
    return answer.json


@pytest.mark.requirement("S0-90")
def test_calls_are_counted_by_how_they_ended_and_how_long_they_waited(http, admin, rows):
    for waited in (5, 20, 21):
        rows.queued(waited, "answered")
    rows.queued(60, "abandoned")
    rows.queued(10, "callback")
    rows.queued(30, "voicemail")
    calls = report(http, admin)["total"]["calls"]
    assert calls["offered"] == 6
    assert (calls["answered"], calls["answered_in_time"]) == (3, 2)
    assert (calls["abandoned"], calls["callbacks"], calls["voicemails"]) == (1, 1, 1)
    assert calls["service_level"] == pytest.approx(2 / 6, abs=1e-4)
    assert (calls["average_wait_seconds"], calls["longest_wait_seconds"]) == (15, 60)


def test_a_call_that_has_just_come_is_not_late_yet_and_one_that_waits_is(http, admin, rows):
    now = clock.now()
    rows.queued(at=now - timedelta(seconds=2))
    rows.queued(at=now - timedelta(seconds=90), desk="doctor")
    shown = http.get("/api/v1/reports/helpline", headers=admin).json
    assert shown["total"]["calls"]["offered"] == 2
    assert shown["total"]["calls"]["service_level"] == 0
    waiting = {one["desk"]: one["calls"] for one in shown["now"]["calls_waiting"]}
    assert waiting == {"helpline": 1, "doctor": 1}


@pytest.mark.requirement("S0-90")
def test_the_first_response_is_measured_for_cases_that_began_in_writing(http, admin, rows):
    rows.case(first_reply_at=NOON + timedelta(minutes=10))
    rows.case(first_reply_at=NOON + timedelta(minutes=20))
    rows.case(priority="urgent", rank=0, first_reply_at=NOON + timedelta(minutes=3))
    rows.case()
    rows.case(channel="voice", first_reply_at=NOON + timedelta(hours=9))
    first = report(http, admin)["total"]["first_response"]
    assert (first["cases"], first["answered"]) == (4, 3)
    assert first["in_time_share"] == pytest.approx(2 / 4)
    assert (first["average_seconds"], first["median_seconds"]) == (660, 600)


def test_handling_runs_from_taken_to_closed(http, admin, rows):
    for minutes in (5, 15, 40):
        closed = NOON + timedelta(minutes=minutes)
        rows.case(state="closed", taken_at=NOON, closed_at=closed)
    rows.case(state="closed", closed_at=NOON)
    rows.case(state="closed", taken_at=NOON, closed_at=NOON + timedelta(days=2))
    handling = report(http, admin)["total"]["handling"]
    assert (handling["closed"], handling["average_seconds"], handling["median_seconds"]) == (4, 1200, 900)


def test_a_thread_is_contained_when_the_bot_answered_and_no_case_was_open(http, admin, rows):
    alone, handed, unanswered, earlier = (rows.thread() for _ in range(4))
    for thread in (alone, handed, earlier):
        rows.message(thread)
        rows.message(thread, "bot")
    rows.message(unanswered)
    rows.case(handed)
    rows.case(earlier, NOON - timedelta(days=30), state="closed", closed_at=NOON - timedelta(days=29))
    rows.message(rows.thread(), "bot")
    containment = report(http, admin)["total"]["containment"]
    assert containment == {"threads": 4, "contained": 2, "share": 0.5}


def test_a_thread_counts_once_for_the_period_and_on_every_day_it_was_used(http, admin, rows):
    thread, tomorrow = rows.thread(), NOON + timedelta(days=1)
    for at in (NOON, tomorrow):
        rows.message(thread, at=at)
        rows.message(thread, "bot", at=at)
    rows.case(thread, tomorrow)
    shown = report(http, admin, **{"from": "2026-11-10", "to": "2026-11-11"})
    days = {one["day"]: one["containment"]["contained"] for one in shown["days"] if one["containment"]["threads"]}
    assert days == {"2026-11-10": 1, "2026-11-11": 0}
    assert shown["total"]["containment"] == {"threads": 1, "contained": 0, "share": 0.0}


def test_scores_are_averaged_over_those_who_answered(http, admin, rows):
    for score in (5, 4, 1, None):
        rows.score(score)
    scores = report(http, admin)["total"]["satisfaction"]
    assert (scores["asked"], scores["answered"], scores["low"], scores["average"]) == (4, 3, 1, 3.33)


def test_days_are_those_of_the_clients_seat_and_channels_stand_apart(http, admin, rows):
    late = datetime(2026, 11, 10, 16, 59, tzinfo=UTC)
    rows.case(at=late)
    rows.case(at=late + timedelta(minutes=2))
    rows.case(at=late, channel="app")
    shown = report(http, admin, **{"from": "2026-11-10", "to": "2026-11-11"})
    counts = {(one["day"], one["channel"]): one["first_response"]["cases"] for one in shown["days"]}
    assert counts == {("2026-11-10", "app"): 1, ("2026-11-10", "whatsapp"): 1, ("2026-11-11", "whatsapp"): 1}


@pytest.mark.requirement("S0-91")
def test_the_load_shows_what_waits_and_who_is_there(http, client, admin, rows):
    agent = put_on_duty(client, languages=["en"], capacity=3)
    doctor = put_on_duty(client, Role.DOCTOR)
    off_duty = make_staff(client, Role.AGENT)
    rows.case(at=NOON - timedelta(hours=1))
    rows.case(at=NOON)
    rows.case(priority="urgent", rank=0, desk="doctor")
    rows.case(state="taken", assigned_to=agent)
    now = report(http, admin)["now"]
    assert [(one["desk"], one["priority"], one["cases"]) for one in now["waiting"]] == [
        ("doctor", "urgent", 1),
        ("helpline", "normal", 2),
    ]
    assert datetime.fromisoformat(now["waiting"][1]["oldest_since"]) == NOON - timedelta(hours=1)
    assert now["on_duty"] == [{"desk": "helpline", "people": 1}, {"desk": "doctor", "people": 1}]
    people = {one["id"]: (one["on_duty"], one["open_cases"], one["capacity"]) for one in now["people"]}
    assert people == {str(agent): (True, 1, 3), str(doctor): (True, 0, 4), str(off_duty): (False, 0, 4)}


def test_nothing_of_another_client_is_counted(http, admin, rows):
    other = Rows(make_client())
    other.case()
    other.queued(5, "answered")
    other.score(5)
    other.message(other.thread())
    shown = report(http, admin)
    assert shown["days"] == []
    assert shown["total"]["calls"]["offered"] == 0
    assert shown["now"]["waiting"] == []


def test_a_period_without_anything_has_figures_of_nothing(http, admin):
    total = report(http, admin)["total"]
    assert total["calls"]["service_level"] is None
    assert total["satisfaction"]["average"] is None
    assert total["containment"]["share"] is None


def test_the_file_has_a_line_for_each_day_and_channel_and_the_total(http, admin, rows):
    rows.case(first_reply_at=NOON + timedelta(minutes=10))
    rows.queued(5, "answered")
    rows.score(4)
    answer = http.get("/api/v1/reports/helpline.csv", query_string=DAY, headers=admin)
    assert answer.mimetype == "text/csv"
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(one["day"], one["channel"]) for one in lines] == [
        ("2026-11-10", "voice"),
        ("2026-11-10", "whatsapp"),
        ("total", ""),
    ]
    assert (lines[0]["calls_offered"], lines[0]["calls_service_level"]) == ("1", "1.0")
    assert (lines[2]["first_response_median_seconds"], lines[2]["satisfaction_average"]) == ("600", "4.0")


def test_a_channel_that_looks_like_a_formula_is_text_in_the_file(http, admin, rows):
    rows.case(channel='=HYPERLINK("http://evil.example")')
    lines = http.get("/api/v1/reports/helpline.csv", query_string=DAY, headers=admin).text
    assert "'=HYPERLINK" in lines


@pytest.mark.parametrize("path", ["/api/v1/reports/helpline", "/api/v1/reports/helpline.csv"])
@pytest.mark.parametrize("role", [Role.AGENT, Role.DOCTOR, Role.HR, Role.CLAIMS])
def test_only_those_who_supervise_see_the_figures(http, client, role, path):
    assert http.get(path, headers=headers_for(role, client)).status_code == 403


def test_a_period_that_is_none_is_refused_in_the_readers_language(http, client):
    answer = http.get(
        "/api/v1/reports/helpline",
        query_string={"from": "2026-11-10", "to": "2026-11-01"},
        headers=headers_for(Role.ADMIN, client, language="pt"),
    )
    assert (answer.status_code, answer.json["reason"]) == (409, "reports.period")
    assert "no máximo" in answer.json["message"]


def test_the_report_costs_the_same_questions_however_much_there_is(http, admin, rows):
    http.get("/api/v1/reports/helpline", query_string=DAY, headers=admin)
    for _ in range(5):
        rows.case()
        rows.queued(5, "answered")
        rows.score(3)
    with counted_queries() as seen:
        http.get("/api/v1/reports/helpline", query_string=DAY, headers=admin)
    assert len(seen) <= 12, seen


def test_the_report_reads_a_period_from_indexes(client):
    """A full scan is the planner's last resort here: it shows where no index serves."""
    of = rules.period(date(2026, 11, 10), date(2026, 11, 10), date(2026, 11, 10), client.timezone)
    figures = {"client": client.id, "zone": of.zone, "begin": of.begin, "end": of.end, "now": NOON, "in_time": 20}
    figures |= {"urgent": 1, "high": 1, "normal": 1, "low": 2}
    with working_for(client.id) as scope:
        scope.session.execute(text("SET LOCAL enable_seqscan = off"))
        for statement in (
            queries._CALLS,
            queries._FIRST_RESPONSE,
            queries._HANDLING,
            queries._CONTAINMENT,
            queries._SCORES,
        ):
            plan = scope.session.execute(text(f"EXPLAIN {statement.text}"), figures).scalars().all()
            assert not any("Seq Scan" in line for line in plan), "\n".join(plan)
