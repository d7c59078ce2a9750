"""Doctors of a facility: added, changed and ended by administrators, one by one or by file; what was true stays."""

from __future__ import annotations

from datetime import date

import pytest

from backend.access import Role, working_for
from backend.kit.money import Money
from backend.providers import queries
from tests.backend.providers.test_imports import problems, through
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.providers import make_provider, make_room

MARCH = date(2026, 3, 1)
NEW = {"code": "STR-1", "name": "dr. Laras, Sp.JP", "specialty": "JAN", "languages": ["id", "en"]}


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def admin(client):
    return headers_for(Role.ADMIN, client)


@pytest.fixture
def provider(client):
    with working_for(client.id) as scope:
        return make_provider(scope, kind="hospital", tier="ppk2")


def add(http, admin, provider, **facts):
    body = {**NEW, "code": f"STR-{provider.code}", "schedule": "mon 08:00-12:00", "valid_from": "2026-01-01", **facts}
    return http.post(f"/api/v1/providers/{provider.id}/doctors", json=body, headers=admin)


def seen(client, provider, on=MARCH):
    with working_for(client.id) as scope:
        return [
            (doctor.name, doctor.specialty, practice.schedule.get("mon"))
            for doctor, practice in queries.doctors_at(scope, provider.id, on)
        ]


def test_a_doctor_is_added_changed_and_ended(http, client, admin, provider):
    made = add(http, admin, provider)
    assert (made.status_code, made.json["doctor"]["specialty"]["code"]) == (201, "JAN")
    assert seen(client, provider) == [("dr. Laras, Sp.JP", "JAN", ["08:00-12:00"])]
    http.patch(
        f"/api/v1/doctors/{made.json['doctor']['id']}", json={"name": "dr. Laras", "specialty": None}, headers=admin
    )
    at = f"/api/v1/doctor-practices/{made.json['id']}"
    http.patch(at, json={"schedule": "mon 13:00-15:00"}, headers=admin)
    assert seen(client, provider) == [("dr. Laras", None, ["13:00-15:00"])]
    http.patch(at, json={"valid_until": "2026-02-28"}, headers=admin)
    assert seen(client, provider) == []
    assert seen(client, provider, date(2026, 2, 28)) != []
    listed = http.get(f"/api/v1/providers/{provider.id}/doctors", headers=admin).json["items"]
    assert [(one["valid_from"], one["valid_until"]) for one in listed] == [("2026-01-01", "2026-02-28")]


def test_a_doctor_who_treats_no_more_is_nowhere_seen(http, client, admin, provider):
    made = add(http, admin, provider).json
    http.patch(f"/api/v1/doctors/{made['doctor']['id']}", json={"active": False}, headers=admin)
    assert seen(client, provider) == []


def test_a_practice_cannot_end_before_it_begins(http, admin, provider):
    made = add(http, admin, provider).json
    at = f"/api/v1/doctor-practices/{made['id']}"
    refused = http.patch(at, json={"valid_until": "2025-12-31"}, headers=admin)
    assert (refused.status_code, refused.json["reason"]) == (409, "providers.period_backwards")


def test_a_doctor_is_at_a_place_once_from_a_day(http, admin, provider):
    assert add(http, admin, provider).status_code == 201
    assert add(http, admin, provider).json["reason"] == "providers.practice_exists"


@pytest.mark.parametrize("wrong", [{"schedule": "when he likes"}, {"schedule": ""}, {"specialty": "XXX"}, {"name": ""}])
def test_what_cannot_be_read_is_refused(http, admin, provider, wrong):
    assert add(http, admin, provider, **wrong).status_code == 422


def test_only_administrators_keep_the_list(http, client, provider):
    for role in (Role.HR, Role.AGENT, Role.PROVIDER, Role.CLAIMS, Role.DOCTOR):
        assert add(http, headers_for(role, client), provider).status_code == 403


HEADER = "kode faskes,kode dokter,nama,poli,bahasa,jadwal,mulai\n"


def by_file(http, admin, run_jobs, text, kind="doctors"):
    return through(http, admin, run_jobs, text, kind=kind)


def test_doctors_come_by_file_and_a_new_schedule_begins_on_its_day(http, client, admin, run_jobs, provider):
    line = f"{provider.code},STR-{provider.code},dr. Bimo,INT,id en,{{}},{{}}\n"
    made = by_file(http, admin, run_jobs, HEADER + line.format("mon 08:00-12:00", "2026-01-01"))
    assert (made["state"], made["counts"]["new"]) == ("applied", 1)
    again = by_file(http, admin, run_jobs, HEADER + line.format("mon 08:00-12:00", "2026-01-01"))
    assert again["counts"]["unchanged"] == 1
    moved = by_file(http, admin, run_jobs, HEADER + line.format("mon 13:00-15:00", "2026-02-01"))
    assert moved["counts"]["changed"] == 1
    assert seen(client, provider, date(2026, 1, 31)) == [("dr. Bimo", "INT", ["08:00-12:00"])]
    assert seen(client, provider) == [("dr. Bimo", "INT", ["13:00-15:00"])]


def test_a_schedule_in_between_ends_where_the_next_begins(http, client, admin, run_jobs, provider):
    line = f"{provider.code},STR-{provider.code},dr. Bimo,INT,id,{{}},{{}}\n"
    for hours, since in (("08:00-12:00", "2026-01-01"), ("13:00-15:00", "2026-06-01"), ("09:00-10:00", "2026-03-01")):
        by_file(http, admin, run_jobs, HEADER + line.format(f"mon {hours}", since))
    shown = [seen(client, provider, date(2026, month, 15))[0][2] for month in (2, 4, 7)]
    assert shown == [["08:00-12:00"], ["09:00-10:00"], ["13:00-15:00"]]
    assert all(len(seen(client, provider, date(2026, month, 15))) == 1 for month in (2, 4, 7))


def test_one_doctor_of_two_facilities_is_one_person(http, client, admin, run_jobs, provider):
    with working_for(client.id) as scope:
        other = make_provider(scope)
    lines = "".join(f"{one.code},STR-{provider.code},dr. Bimo,,id,mon 08:00-12:00,\n" for one in (provider, other))
    assert by_file(http, admin, run_jobs, HEADER + lines)["counts"]["new"] == 2
    with working_for(client.id) as scope:
        met = {queries.doctors_at(scope, one.id, date(2027, 1, 1))[0][0].id for one in (provider, other)}
    assert len(met) == 1


def test_a_wrong_line_of_doctors_says_what_is_wrong(http, admin, run_jobs, provider):
    made = by_file(
        http,
        admin,
        run_jobs,
        HEADER
        + f"{provider.code},A,dr. Satu,XXX,id,sometimes,\n"
        + "NOWHERE,B,dr. Dua,,id,mon 08:00-12:00,\n"
        + f"{provider.code},C,,,id,mon 08:00-12:00,soon\n",
    )
    assert problems(http, admin, made) == [
        (2, "refused", ["unreadable", "unreadable"]),
        (3, "refused", ["unknown_provider"]),
        (4, "refused", ["unreadable", "unreadable"]),
    ]


ROOMS = "kode faskes;kelas;nama;urutan;tarif;mulai\n"


def test_room_rates_come_by_file_and_none_is_rewritten(http, client, admin, run_jobs, provider):
    with working_for(client.id) as scope:
        make_room(scope, provider, "1", 30, 800_000_00)
    text = ROOMS + f"{provider.code};1;Kelas 1;30;{{}};{{}}\n{provider.code};VIP;Suite;40;1.500.000;2026-01-01\n"
    made = by_file(http, admin, run_jobs, text.format("850.000", "2026-02-01"), kind="rooms")
    assert (made["counts"]["new"], made["counts"]["changed"]) == (1, 1)
    again = by_file(http, admin, run_jobs, text.format("850.000", "2026-02-01"), kind="rooms")
    assert again["counts"]["unchanged"] == 2
    dearer = by_file(http, admin, run_jobs, text.format("900.000", "2026-02-01"), kind="rooms")
    assert problems(http, admin, dearer) == [(2, "refused", ["room_rate_exists"])]
    with working_for(client.id) as scope:
        assert [
            [(room.code, room.rate.amount_minor) for room in queries.room_classes(scope, provider.id, day)]
            for day in (date(2026, 1, 31), MARCH)
        ] == [
            [("1", 800_000_00), ("vip", 1_500_000_00)],
            [("1", Money.of_major(850_000, "IDR").amount_minor), ("vip", 1_500_000_00)],
        ]


@pytest.mark.parametrize("cells", ["A;Kamar;first;100000;", "A;Kamar;1;dear;", "A;;1;100000;", "A;Kamar;1;100000;soon"])
def test_a_wrong_room_rate_is_refused(http, admin, run_jobs, provider, cells):
    made = by_file(http, admin, run_jobs, f"{ROOMS}{provider.code};{cells}\n", kind="rooms")
    assert problems(http, admin, made) == [(2, "refused", ["unreadable"])]
