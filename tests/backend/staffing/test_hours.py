"""Opening hours of a client's desks."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from backend.access import Role, working_for
from backend.clients import service as clients
from backend.staffing import service
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.staffing import set_hours


def _week(days, opens, closes, on_holidays=False):
    return [
        {
            "weekday": day,
            "opens": time.fromisoformat(opens),
            "closes": time.fromisoformat(closes),
            "on_holidays": on_holidays,
        }
        for day in days
    ]


MOZAMBIQUE = {"country": "MZ", "currency": "MZN", "timezone": "Africa/Maputo", "languages": ("pt", "en")}
OFFICE_OF_S2_55 = _week(range(5), "08:30", "18:30") + _week([5], "09:30", "14:30")
OFFICE_OF_S1_2 = _week(range(5), "08:30", "17:30")
CARDS_OF_S1_59 = _week(range(7), "07:00", "00:00", on_holidays=True)


def _is_open(client, local, desk="office"):
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(client.timezone))
    with working_for(client.id) as scope:
        return service.is_open(scope, at, desk)


@pytest.mark.usefixtures("app")
@pytest.mark.requirement("S2-55")
@pytest.mark.parametrize(
    ("local", "is_open"),
    [
        pytest.param("2026-11-23T08:29:59", False, id="Monday before"),
        pytest.param("2026-11-23T08:30", True, id="Monday first minute"),
        pytest.param("2026-11-27T18:29:59", True, id="Friday last minute"),
        pytest.param("2026-11-27T18:30", False, id="Friday evening"),
        pytest.param("2026-11-28T09:29", False, id="Saturday before"),
        pytest.param("2026-11-28T12:00", True, id="Saturday noon"),
        pytest.param("2026-11-28T14:30", False, id="Saturday afternoon"),
        pytest.param("2026-11-29T12:00", False, id="Sunday"),
        pytest.param("2026-12-25T12:00", False, id="Christmas, a Friday"),
    ],
)
def test_the_office_of_maputo_keeps_its_hours(local, is_open):
    client = make_client(**MOZAMBIQUE)
    set_hours(client, "office", OFFICE_OF_S2_55)
    assert _is_open(client, local) is is_open


@pytest.mark.usefixtures("app")
@pytest.mark.requirement("S1-2")
@pytest.mark.parametrize(
    ("local", "is_open"),
    [
        pytest.param("2026-11-23T08:30", True, id="Monday morning"),
        pytest.param("2026-11-27T17:30", False, id="Friday evening"),
        pytest.param("2026-11-28T10:00", False, id="Saturday"),
        pytest.param("2026-08-17T10:00", False, id="independence day, a Monday"),
    ],
)
def test_the_insurance_division_of_jakarta_keeps_its_hours(local, is_open):
    client = make_client()
    set_hours(client, "office", OFFICE_OF_S1_2)
    assert _is_open(client, local) is is_open


@pytest.mark.usefixtures("app")
@pytest.mark.requirement("S1-59")
@pytest.mark.parametrize(
    ("local", "is_open"),
    [
        pytest.param("2026-11-29T06:59", False, id="Sunday early"),
        pytest.param("2026-11-29T23:59", True, id="Sunday, a minute to midnight"),
        pytest.param("2026-11-30T00:00", False, id="midnight"),
        pytest.param("2026-08-17T22:00", True, id="also on a holiday"),
    ],
)
def test_the_desk_for_lost_cards_is_open_from_seven_to_midnight_while_the_hotline_never_closes(local, is_open):
    client = make_client()
    set_hours(client, "cards", CARDS_OF_S1_59)
    assert _is_open(client, local, "cards") is is_open
    assert _is_open(client, local, "helpline") is True


@pytest.mark.usefixtures("app")
@pytest.mark.requirement("S1-3")
@pytest.mark.requirement("S0-58")
@pytest.mark.requirement("S0-91")
@pytest.mark.parametrize("local", ["2026-01-01T03:00", "2026-03-21T23:30", "2028-02-29T12:00"])
def test_a_desk_without_hours_is_open_day_and_night(local):
    assert _is_open(make_client(), local, "helpline") is True


@pytest.mark.usefixtures("app")
def test_joint_leave_closes_the_office_only_where_the_contract_makes_it_free():
    works = make_client(terms={"joint_leave_counts": True})
    rests = make_client(terms={"joint_leave_counts": False})
    for client in (works, rests):
        set_hours(client, "office", OFFICE_OF_S1_2)
    # Friday 20 March 2026 is joint leave before Lebaran.
    assert (_is_open(works, "2026-03-20T10:00"), _is_open(rests, "2026-03-20T10:00")) == (True, False)


@pytest.mark.usefixtures("app")
def test_the_clients_own_free_day_closes_the_office():
    client = make_client()
    set_hours(client, "office", OFFICE_OF_S1_2)
    with working_for(client.id) as scope:
        clients.keep_calendar_day(scope, datetime(2026, 11, 24).date(), working=False, name="Founders' day")  # noqa: DTZ001
    assert _is_open(client, "2026-11-24T10:00") is False


@pytest.mark.usefixtures("app")
def test_a_closed_day_closes_one_desk_only():
    client = make_client()
    day = {"day": datetime(2026, 11, 24).date(), "name": "Training"}  # noqa: DTZ001
    set_hours(client, "office", OFFICE_OF_S1_2, [day])
    set_hours(client, "cards", CARDS_OF_S1_59)
    assert (_is_open(client, "2026-11-24T10:00"), _is_open(client, "2026-11-24T10:00", "cards")) == (False, True)


@pytest.mark.usefixtures("app")
def test_after_closing_the_next_opening_is_told():
    client = make_client(**MOZAMBIQUE)
    set_hours(client, "office", OFFICE_OF_S2_55)
    saturday = datetime(2026, 11, 28, 15, tzinfo=ZoneInfo("Africa/Maputo"))
    with working_for(client.id) as scope:
        opens = service.next_opening(scope, saturday, "office")
    assert opens == datetime(2026, 11, 30, 8, 30, tzinfo=ZoneInfo("Africa/Maputo"))


def test_hours_are_set_and_shown(http):
    client = make_client()
    admin = headers_for(Role.ADMIN, client)
    body = {
        "desk": "office",
        "hours": [
            {"weekday": 0, "opens": "08:30", "closes": "12:00"},
            {"weekday": 0, "opens": "22:00", "closes": "02:00", "on_holidays": True},
        ],
        "closed_days": [{"day": "2030-01-02", "name": "Move"}],
    }
    assert http.put("/api/v1/staffing/hours", json=body, headers=admin).status_code == 200
    shown = {one["desk"]: one for one in http.get("/api/v1/staffing/hours", headers=admin).json["items"]}
    assert [(one["opens"], one["closes"]) for one in shown["office"]["hours"]] == [
        ("08:30", "12:00"),
        ("22:00", "02:00"),
    ]
    assert shown["office"]["closed_days"] == [{"day": "2030-01-02", "name": "Move"}]
    assert (shown["helpline"]["hours"], shown["helpline"]["open_now"]) == ([], True)


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([(0, "08:00", "12:00"), (0, "11:00", "15:00")], id="one day"),
        pytest.param([(4, "22:00", "06:00"), (5, "05:00", "10:00")], id="Friday night and Saturday"),
        pytest.param([(6, "22:00", "06:00"), (0, "05:00", "10:00")], id="Sunday night and Monday"),
    ],
)
def test_hours_that_overlap_are_refused(http, spans):
    hours = [{"weekday": day, "opens": opens, "closes": closes} for day, opens, closes in spans]
    admin = headers_for(Role.ADMIN, make_client())
    refused = http.put("/api/v1/staffing/hours", json={"desk": "office", "hours": hours}, headers=admin)
    assert (refused.status_code, refused.json["reason"]) == (409, "staffing.hours_overlap")


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([(6, "22:00", "06:00"), (0, "06:00", "10:00")], id="Sunday night, then Monday"),
        pytest.param([(day, "00:00", "00:00") for day in range(7)], id="every day from midnight to midnight"),
    ],
)
def test_spells_that_touch_are_taken(http, spans):
    hours = [{"weekday": day, "opens": opens, "closes": closes} for day, opens, closes in spans]
    admin = headers_for(Role.ADMIN, make_client())
    assert http.put("/api/v1/staffing/hours", json={"desk": "office", "hours": hours}, headers=admin).status_code == 200


def test_a_day_cannot_be_closed_twice(http):
    days = [{"day": "2030-01-02", "name": "Move"}] * 2
    admin = headers_for(Role.ADMIN, make_client())
    refused = http.put(
        "/api/v1/staffing/hours", json={"desk": "office", "hours": [], "closed_days": days}, headers=admin
    )
    assert refused.json["reason"] == "staffing.closed_twice"


def test_an_agent_reads_the_hours_and_does_not_set_them(http):
    agent = headers_for(Role.AGENT, make_client())
    assert http.get("/api/v1/staffing/hours", headers=agent).status_code == 200
    assert http.put("/api/v1/staffing/hours", json={"desk": "office", "hours": []}, headers=agent).status_code == 403
