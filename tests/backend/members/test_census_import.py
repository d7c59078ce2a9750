import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from flask.testing import FlaskClient

from backend.access import Role, working_for
from backend.kit import clock
from backend.members import census_work, identity
from backend.members.models import Member
from backend.members.service.renewal import change_version
from tests.backend.members.conftest import Workplace
from tests.factories.benefits import make_plan
from tests.factories.clients import make_client

HEADER = "Nomor Karyawan;Nama;Tanggal Lahir;Jenis Kelamin;Hubungan;No HP;NIK;Program"
FAMILY = [
    "E1;Budi Santoso;17/05/1990;L;Karyawan;0811 0000 001;3174011705900001;GOLD",
    "E1;Ani Santoso;01/07/1991;P;Istri;;;",
    "E1;Citra Santoso;03/02/2015;P;Anak;;;",
]
Jobs = Callable[[], None]


def csv_of(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def xlsx_of(*lines: str) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in ("Daftar peserta", HEADER, *lines):
        sheet.append(line.split(";"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Desk:
    """HR with a file."""

    def __init__(self, http: FlaskClient, place: Workplace, run_jobs: Jobs) -> None:
        self.http, self.place, self.run_jobs = http, place, run_jobs
        self.headers = place.headers(Role.HR)

    def send(self, data: bytes, name: str = "members.csv") -> dict[str, Any]:
        answer = self.http.post("/api/v1/census-imports", data={"file": (io.BytesIO(data), name)}, headers=self.headers)
        assert answer.status_code == 201, answer.json
        self.run_jobs()
        return self.look(answer.json["id"])

    def look(self, import_id: str) -> dict[str, Any]:
        return self.http.get(f"/api/v1/census-imports/{import_id}", headers=self.headers).json

    def rows(self, import_id: str, query: str = "", language: str = "en") -> list[dict[str, Any]]:
        headers = self.headers | {"Accept-Language": language}
        return self.http.get(f"/api/v1/census-imports/{import_id}/rows{query}", headers=headers).json["items"]

    def apply(self, import_id: str) -> dict[str, Any]:
        answer = self.http.post(f"/api/v1/census-imports/{import_id}/application", headers=self.headers)
        assert answer.status_code == 202, answer.json
        self.run_jobs()
        return self.look(import_id)

    def members(self) -> list[str]:
        found = self.http.get("/api/v1/members", headers=self.headers).json["items"]
        return sorted(member["name"] for member in found)


@pytest.fixture
def desk(http: FlaskClient, workplace: Workplace, run_jobs: Jobs) -> Desk:
    return Desk(http, workplace, run_jobs)


@pytest.mark.requirement("S0-74")
@pytest.mark.parametrize("file", [csv_of(*FAMILY), xlsx_of(*FAMILY)], ids=["csv", "xlsx"])
def test_a_file_becomes_a_family_with_cover_and_cards(desk: Desk, file: bytes):
    sent = desk.send(file)
    assert (sent["state"], sent["counts"]["new"], desk.members()) == ("checked", 3, [])
    done = desk.apply(sent["id"])
    assert (done["state"], done["done_rows"], done["total_rows"]) == ("applied", 3, 3)
    assert desk.members() == ["Ani Santoso", "Budi Santoso", "Citra Santoso"]
    made = desk.place.ask(
        "SELECT m.full_name, m.phone, e.plan_id, c.status FROM member m JOIN enrolment e ON e.member_id = m.id "
        "JOIN card c ON c.member_id = m.id WHERE m.employee_id IS NULL"
    )
    assert made == [("Budi Santoso", "+628110000001", desk.place.plan_id, "active")]


def test_a_bad_line_is_refused_alone_with_its_reason_in_the_readers_language(desk: Desk):
    sent = desk.send(csv_of(*FAMILY, "E2;Eko;not a date;L;;;;GOLD"))
    assert sent["counts"] == {"new": 3, "changed": 0, "unchanged": 0, "refused": 1, "warnings": 0}
    (row,) = desk.rows(sent["id"], "?outcome=refused", language="pt")
    assert row["line"] == 5
    assert "A data em Tanggal Lahir não se consegue ler" in row["problems"][0]["message"]
    desk.apply(sent["id"])
    assert len(desk.members()) == 3


def test_an_odd_national_id_is_a_warning_and_the_line_is_kept(desk: Desk):
    sent = desk.send(csv_of("E1;Budi;17/05/1990;P;;;3174011705900001;GOLD"))
    (row,) = desk.rows(sent["id"], "?problems=true")
    assert (row["outcome"], row["problems"][0]["reason"]) == ("new", "members.nik_sex")
    assert sent["counts"]["warnings"] == 1


def test_a_version_of_the_plan_that_holds_later_is_no_other_plan(desk: Desk):
    """Everybody goes on in a new version in ten days; until then the file that names the plan says nothing new."""
    desk.apply(desk.send(csv_of(*FAMILY))["id"])
    with working_for(desk.place.client.id) as scope:
        first_day = clock.today(desk.place.client.timezone) + timedelta(days=10)
        newer = make_plan(scope, code="GOLD", valid_from=first_day).id
        assert change_version(scope, desk.place.plan_id, newer, first_day) == 3
    again = desk.send(csv_of(*FAMILY, "E2;Eko Prasetyo;02/02/1992;L;Karyawan;;;GOLD"))
    assert (again["counts"]["unchanged"], again["counts"]["new"], again["counts"]["refused"]) == (3, 1, 0)


def test_a_file_applied_twice_is_applied_once(desk: Desk):
    sent = desk.send(csv_of(*FAMILY))
    desk.apply(sent["id"])
    assert desk.apply(sent["id"])["counts"]["new"] == 3
    assert len(desk.members()) == 3


def test_the_same_file_sent_again_finds_nothing_to_do(desk: Desk):
    desk.apply(desk.send(csv_of(*FAMILY))["id"])
    again = desk.send(csv_of(*FAMILY))
    assert again["counts"]["unchanged"] == 3
    assert desk.apply(again["id"])["counts"]["unchanged"] == 3
    assert len(desk.members()) == 3


def test_a_file_sent_twice_by_a_nervous_hand_is_one_import(desk: Desk):
    assert desk.send(csv_of(*FAMILY))["id"] == desk.send(csv_of(*FAMILY))["id"]


def test_a_changed_telephone_is_changed_and_nothing_else(desk: Desk):
    desk.apply(desk.send(csv_of(*FAMILY))["id"])
    later = desk.send(csv_of("E1;Budi Santoso;17/05/1990;L;Karyawan;0811 0000 009;;GOLD"))
    desk.apply(later["id"])
    ((phone, cipher),) = desk.place.ask("SELECT phone, national_id_cipher FROM member WHERE employee_id IS NULL")
    assert phone == "+628110000009"
    assert cipher is not None


@pytest.mark.parametrize("after", [1, 2])
def test_a_worker_that_dies_between_batches_loses_and_doubles_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, after: int
):
    monkeypatch.setattr(census_work, "BATCH", 1)
    sent = desk.send(csv_of(*FAMILY))
    whole, calls = census_work._apply_batch, []

    def dying(*arguments: Any) -> bool:
        calls.append(arguments)
        if len(calls) > after:
            raise KeyboardInterrupt
        return whole(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(census_work, "_apply_batch", dying)
        desk.http.post(f"/api/v1/census-imports/{sent['id']}/application", headers=desk.headers)
        with pytest.raises(KeyboardInterrupt):
            census_work.apply(desk.place.client.id, UUID(sent["id"]))
    assert desk.look(sent["id"])["done_rows"] == after
    census_work.apply(desk.place.client.id, UUID(sent["id"]))
    assert desk.look(sent["id"])["counts"] == {"new": 3, "changed": 0, "unchanged": 0, "refused": 0, "warnings": 0}
    assert len(desk.members()) == 3


def test_a_line_that_fails_while_writing_fails_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    sent = desk.send(csv_of(*FAMILY, "E2;Eko;17/05/1980;L;;;;GOLD"))
    whole = census_work._decide

    def outdated(*arguments: Any):
        decisions = whole(*arguments)
        decisions[0].plan_id = UUID(int=0)  # the plan of Budi's line has gone in the meantime
        return decisions

    monkeypatch.setattr(census_work, "_decide", outdated)
    done = desk.apply(sent["id"])
    assert done["counts"]["new"] == 1
    assert desk.members() == ["Eko"]
    assert {row["problems"][0]["reason"] for row in desk.rows(sent["id"], "?outcome=refused")} == {"census.conflict"}


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"Nama;Tanggal Lahir\nBudi;1990-05-17", "census.missing_columns"),
        (csv_of(), "census.empty"),
    ],
)
def test_a_file_that_cannot_be_a_census_is_refused_as_a_whole(desk: Desk, file: bytes, reason: str):
    sent = desk.send(file)
    assert (sent["state"], sent["refusal"]["reason"]) == ("refused", reason)
    answer = desk.http.post(f"/api/v1/census-imports/{sent['id']}/application", headers=desk.headers)
    assert answer.json["reason"] == "census.not_checked"


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0old excel", b"", b"\x00\x01\x02binary"])
def test_what_is_no_table_is_refused_at_once(desk: Desk, data: bytes):
    answer = desk.http.post("/api/v1/census-imports", data={"file": (io.BytesIO(data), "x.xls")}, headers=desk.headers)
    assert answer.json["reason"] == "census.format"


def test_the_file_is_sealed_while_it_waits_and_gone_when_it_is_applied(desk: Desk):
    sent = desk.send(csv_of(*FAMILY))
    ((content,),) = desk.place.ask("SELECT content FROM census_import")
    assert b"3174011705900001" not in bytes(content)
    desk.apply(sent["id"])
    assert desk.place.ask("SELECT content FROM census_import") == [(None,)]


def test_a_national_id_is_sealed_at_rest_and_can_be_opened_for_its_member(desk: Desk):
    desk.apply(desk.send(csv_of(*FAMILY))["id"])
    with working_for(desk.place.client.id) as scope:
        member = scope.session.query(Member).filter(Member.national_id_cipher.isnot(None)).one()
    assert b"3174011705900001" not in member.national_id_cipher
    assert identity.unsealed(member.id, member.national_id_cipher) == "3174011705900001"


def test_every_new_member_finds_the_import_in_the_audit_record(desk: Desk):
    desk.apply(desk.send(csv_of(*FAMILY))["id"])
    rows = desk.place.ask("SELECT count(DISTINCT member_id) FROM audit_record WHERE object_type = 'member'")
    assert rows == [(3,)]


def test_another_client_does_not_find_the_import(desk: Desk, http: FlaskClient):
    sent = desk.send(csv_of(*FAMILY))
    elsewhere = Workplace(make_client(), desk.place.plan_id).headers(Role.HR)
    assert http.get(f"/api/v1/census-imports/{sent['id']}", headers=elsewhere).status_code == 404
    assert http.get(f"/api/v1/census-imports/{sent['id']}/rows", headers=elsewhere).status_code == 404


def test_lines_come_in_pages(desk: Desk):
    sent = desk.send(csv_of(*FAMILY))
    first = desk.http.get(f"/api/v1/census-imports/{sent['id']}/rows?limit=2", headers=desk.headers).json
    assert [row["line"] for row in first["items"]] == [2, 3]
    rest = desk.rows(sent["id"], f"?after={first['next_after']}")
    assert [row["line"] for row in rest] == [4]
