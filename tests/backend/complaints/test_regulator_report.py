"""The quarter's figures against a book kept by hand, and the file that goes out."""

import csv
import io
from datetime import UTC, date, datetime, time

import pytest

from backend.access import Actor, Role, working_for
from backend.complaints import service
from backend.complaints.models import ExternalBody, Outcome
from backend.complaints.rules.regulator_report import BookEntry, BookStep, Quarter, due_on, reminder_due, report_of
from backend.kit import clock, ids
from backend.kit.deadlines import WorkCalendar, working_days_between
from backend.kit.spreadsheet import safe_cell, written
from backend.notifications.models import Notification
from tests.factories.accounts import make_staff
from tests.factories.claims import make_household

REPORT = "/api/v1/complaints/regulator-report"
Q4 = Quarter(2026, 4)


def _entry(category, channel, *steps, referred=()):
    return BookEntry(category, channel, [BookStep(kind, on, by) for kind, on, by in steps], referred)


def day(month, number):
    return date(2026, month, number)


BOOK = [
    _entry(  # from the quarter before, answered in this one, in time: 10 days
        "provider",
        "whatsapp",
        ("received", day(9, 25), day(10, 9)),
        ("resolved", day(10, 5), day(10, 9)),
    ),
    _entry(  # answered late: 20 days
        "payment",
        "app",
        ("received", day(10, 1), day(10, 15)),
        ("overdue", day(10, 16), day(10, 15)),
        ("resolved", day(10, 21), day(10, 15)),
    ),
    _entry(  # extended, answered in time of the longer day: 27 days; then to the dispute body
        "payment",
        "app",
        ("received", day(10, 2), day(10, 16)),
        ("extended", day(10, 15), day(10, 30)),
        ("resolved", day(10, 29), day(10, 30)),
        ("closed", day(11, 2), day(10, 30)),
        referred=(day(11, 20),),
    ),
    _entry(  # missed before papers moved the day: late although the last day was kept
        "service",
        "voice",
        ("received", day(10, 5), day(10, 12)),
        ("overdue", day(10, 13), day(10, 12)),
        ("resolved", day(11, 4), day(11, 10)),
    ),
    _entry(  # papers never came
        "service",
        "app",
        ("received", day(11, 2), day(11, 16)),
        ("closed", day(11, 18), day(11, 30)),
    ),
    _entry(  # answered in the quarter before, reopened in this one, still open and late
        "claim_decision",
        "app",
        ("received", day(9, 1), day(9, 15)),
        ("resolved", day(9, 14), day(9, 15)),
        ("reopened", day(10, 10), day(10, 26)),
        ("overdue", day(10, 27), day(10, 26)),
    ),
    _entry(  # open, due in the next quarter; what happens then is of no concern
        "agent",
        "mail",
        ("received", day(12, 28), date(2027, 1, 15)),
        ("resolved", date(2027, 1, 4), date(2027, 1, 15)),
        referred=(date(2027, 1, 5),),
    ),
    _entry("data", "app", ("received", date(2027, 1, 2), date(2027, 1, 18))),  # of the next quarter
]


def _line(breakdown, value=""):
    found = [line for line in report_of(BOOK, Q4) if (line.breakdown, line.value) == (breakdown, value)]
    return found[0].figures


@pytest.mark.requirement("S0-94")
def test_the_whole_quarter_is_what_the_book_says():
    total = _line("total")
    assert (total.received, total.reopened) == (5, 1)
    assert (total.resolved_in_time, total.resolved_late, total.closed_without_answer) == (2, 2, 1)
    assert (total.open_at_end, total.overdue_at_end) == (2, 1)
    assert (total.extended, total.to_dispute_body) == (1, 1)
    assert total.average_days_tenths == round(10 * (10 + 20 + 27 + 30) / 4)


@pytest.mark.parametrize(
    ("breakdown", "value", "received", "in_time", "late", "still_open"),
    [
        ("category", "payment", 2, 1, 1, 0),
        ("category", "service", 2, 0, 1, 0),
        ("category", "agent", 1, 0, 0, 1),
        ("category", "claim_decision", 0, 0, 0, 1),
        ("channel", "app", 3, 1, 1, 1),
        ("channel", "whatsapp", 0, 1, 0, 0),
        ("channel", "voice", 1, 0, 1, 0),
    ],
)
def test_each_part_is_counted_by_itself(*, breakdown, value, received, in_time, late, still_open):
    part = _line(breakdown, value)
    assert (part.received, part.resolved_in_time, part.resolved_late, part.open_at_end) == (
        received,
        in_time,
        late,
        still_open,
    )


@pytest.mark.parametrize("breakdown", ["category", "channel"])
def test_the_parts_add_up_to_the_whole(breakdown):
    parts = [line.figures for line in report_of(BOOK, Q4) if line.breakdown == breakdown]
    assert sum(part.received for part in parts) == _line("total").received
    assert sum(part.open_at_end for part in parts) == _line("total").open_at_end


def test_a_part_of_which_the_quarter_knows_nothing_has_no_line():
    assert "data" not in {line.value for line in report_of(BOOK, Q4)}


@pytest.mark.parametrize(
    ("written_as", "first", "last", "due"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 10)),
        ("2026Q3", date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 10)),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 10)),
    ],
)
def test_a_quarter_is_reported_by_the_tenth_of_the_next_month(written_as, first, last, due):
    quarter = Quarter.of(written_as)
    assert (quarter.first_day, quarter.last_day, due_on(quarter, 10)) == (first, last, due)
    assert str(quarter) == written_as
    assert Quarter.containing(last).before().following() == quarter


@pytest.mark.parametrize("written_as", ["2026Q5", "2026Q0", "26Q4", "2026q4", "", "2026Q4 "])
def test_what_is_no_quarter_is_none(written_as):
    assert Quarter.of(written_as) is None


def test_an_admin_is_reminded_once_early_once_near_and_every_day_after():
    calendar = WorkCalendar("ID")

    def between(start, end):
        return working_days_between(start, end, calendar)

    reminded, told = None, []
    for number in range(1, 13):
        if reminder_due(reminded, date(2026, 10, 10), date(2026, 10, number), between):
            reminded = date(2026, 10, number)
            told.append(number)
    assert told == [1, 6, 10, 11, 12]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+62811", "'+62811"),
        ("-3", "'-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("PT Maju", "PT Maju"),
        (-3, -3),
        (None, None),
    ],
)
def test_no_cell_becomes_a_formula(cell, safe):
    assert safe_cell(cell) == safe


def test_commas_quotes_and_lines_stay_in_their_cell():
    rows = list(csv.reader(io.StringIO(written(["a", "b"], [['said "no", twice', "two\nlines"]]))))
    assert rows == [["a", "b"], ['said "no", twice', "two\nlines"]]


class TestTheFile:
    @pytest.fixture
    def home(self, app):
        return make_household(name="=PT Maju")

    def _lodge(self, home, moment, category="service"):
        with clock.at(moment), working_for(home.client.id, home.actor) as scope:
            return service.lodge(scope, home.employee_id, category, "It took long.", channel="app", spoken=False).id

    def _resolve(self, home, complaint_id, moment):
        with clock.at(moment), working_for(home.client.id, Actor(Role.CLAIMS, id=ids.new_id())) as scope:
            service.resolve(scope, complaint_id, "Settled.", Outcome.UPHELD)

    def _admin(self, home):
        return home.staff(Role.ADMIN)

    def test_the_figures_come_from_the_steps(self, http, home):
        july = datetime(2025, 7, 7, 5, tzinfo=UTC)
        first = self._lodge(home, july)
        self._lodge(home, july, "payment")
        self._resolve(home, first, datetime(2025, 7, 10, 5, tzinfo=UTC))
        with working_for(home.client.id, Actor(Role.CLAIMS, id=ids.new_id())) as scope:
            service.refer(scope, first, ExternalBody.LAPS_SJK, "LAPS-1", date(2025, 8, 1))
        answer = http.get(f"{REPORT}.csv?quarter=2025Q3", headers=self._admin(home))
        assert answer.mimetype == "text/csv"
        header, total, *parts = csv.reader(io.StringIO(answer.text))
        row = dict(zip(header, total, strict=True))
        assert (row["client"], row["quarter"], row["due_on"]) == ("'=PT Maju", "2025Q3", "2025-10-10")
        counted = ("received", "resolved_in_time", "open_at_end", "to_dispute_body", "average_days")
        assert [row[name] for name in counted] == ["2", "1", "1", "1", "3.0"]
        assert [part[3:5] for part in parts] == [["category", "payment"], ["category", "service"], ["channel", "app"]]

    def test_a_quarter_gives_the_same_figures_after_a_reopening_in_the_next(self, http, home):
        complaint_id = self._lodge(home, datetime(2025, 9, 15, 5, tzinfo=UTC))
        self._resolve(home, complaint_id, datetime(2025, 9, 20, 5, tzinfo=UTC))
        before = http.get(f"{REPORT}.csv?quarter=2025Q3", headers=self._admin(home)).text
        with clock.at(datetime(2025, 10, 2, 5, tzinfo=UTC)), working_for(home.client.id, home.actor) as scope:
            service.reopen(scope, complaint_id, "It happened again.")
        assert http.get(f"{REPORT}.csv?quarter=2025Q3", headers=self._admin(home)).text == before

    def test_only_the_admin_reads_it(self, http, home):
        for role in (Role.AGENT, Role.CLAIMS, Role.HR):
            assert http.get(f"{REPORT}?quarter=2025Q3", headers=home.staff(role)).status_code == 403

    def test_what_is_no_quarter_is_a_wrong_shape(self, http, home):
        assert http.get(f"{REPORT}.csv?quarter=2025-Q3", headers=self._admin(home)).status_code == 422

    def _reminded(self, home):
        with working_for(home.client.id) as scope:
            return (
                scope.session.query(Notification)
                .filter_by(client_id=home.client.id, event="regulator_report_due")
                .count()
            )

    def test_the_admin_is_reminded_until_it_went_out(self, http, home):
        make_staff(home.client, Role.ADMIN)
        quarter = Quarter.containing(home.today()).before()
        month = datetime.combine(quarter.following().first_day, time(5), UTC)
        for number in (1, 1, 10):
            with clock.at(month.replace(day=number)), working_for(home.client.id) as scope:
                service.remind_of_report(scope)
        assert self._reminded(home) == 2
        sent = http.post(REPORT, json={"quarter": str(quarter), "reference": "OJK-77"}, headers=self._admin(home)).json
        assert (sent["reference"], sent["sent_on"]) == ("OJK-77", home.today().isoformat())
        with clock.at(month.replace(day=12)), working_for(home.client.id) as scope:
            assert service.remind_of_report(scope) == 0

    def test_a_quarter_that_runs_cannot_be_sent(self, http, home):
        running = str(Quarter.containing(home.today()))
        refused = http.post(REPORT, json={"quarter": running, "reference": "OJK-1"}, headers=self._admin(home))
        assert (refused.status_code, refused.json["reason"]) == (409, "complaints.quarter_runs")

    def test_where_no_regulator_asks_nobody_is_reminded(self, http, app):
        abroad = make_household(country="MZ", currency="MZN", timezone="Africa/Maputo")
        make_staff(abroad.client, Role.ADMIN)
        with working_for(abroad.client.id) as scope:
            assert service.remind_of_report(scope) == 0
        report = http.get(f"{REPORT}?quarter=2026Q3", headers=abroad.staff(Role.ADMIN)).json
        assert (report["regulator"], report["due_on"]) == (None, None)
