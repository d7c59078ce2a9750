"""A new client is made ready over HTTP: the plan's file, the list of members, and a child asks what is covered."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from backend.access import Role
from backend.kit import clock
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client

PLAN = """
code: SEHAT
names: {id: "Sehat", en: "Healthy"}
product: managed_care
currency: IDR
valid_from: 2020-01-01
benefits:
  - code: IP-ROOM
    group: inpatient
    names: {id: "Kamar", en: "Room"}
    room_class: "1"
    limits:
      - {per: day, amount: 1000000}
  - code: OP
    group: outpatient
    names: {id: "Rawat jalan", en: "Outpatient"}
    limits:
      - {per: year, shared_by: family, amount: 12000000}
    co_payment: {percent: 10, cap: 100000}
"""
CENSUS = """Nomor Karyawan;Nama;Tanggal Lahir;Jenis Kelamin;Hubungan;No HP;Program
E1;Budi Santoso;17/05/1990;L;Karyawan;0811 0000 001;SEHAT
E1;Citra Santoso;03/02/2015;P;Anak;;
"""


@pytest.mark.requirement("S0-74")
def test_plan_and_members_come_as_files_and_every_member_sees_the_benefits(
    http: FlaskClient, run_jobs: Callable[[], None]
):
    """12,000,000 a year for the family; 10 percent are paid by the patient, at most 100,000; first class room."""
    client = make_client()
    admin, hr = headers_for(Role.ADMIN, client), headers_for(Role.HR, client)

    plan = http.post("/api/v1/plans/import", data={"file": (io.BytesIO(PLAN.encode()), "plan.yml")}, headers=admin)
    assert plan.json["outcome"] == "new", plan.json
    second = headers_for(Role.ADMIN, client)
    proposal = f"/api/v1/plan-changes/{plan.json['change_id']}"
    assert http.post(f"{proposal}/in-force", headers=second).json["state"] == "in_force"

    file = {"file": (io.BytesIO(CENSUS.encode()), "members.csv")}
    sent = http.post("/api/v1/census-imports", data=file, headers=hr).json["id"]
    run_jobs()
    http.post(f"/api/v1/census-imports/{sent}/application", headers=hr)
    run_jobs()
    people = {one["name"]: one["id"] for one in http.get("/api/v1/members", headers=hr).json["items"]}
    assert sorted(people) == ["Budi Santoso", "Citra Santoso"]

    child = people["Citra Santoso"]
    shown = http.get(f"/api/v1/members/{child}/benefits", headers=headers_for(Role.MEMBER, client, (child,))).json
    room, outpatient = shown["benefits"]
    assert (shown["plan"]["name"], shown["year"]["from"]) == ("Healthy", f"{clock.today(client.timezone).year}-01-01")
    assert (room["group"], room["room_class"]) == ("inpatient", "1")
    assert outpatient["limits"][0]["remaining"] == {"amount_minor": 1_200_000_000, "currency": "IDR"}
    assert outpatient["co_payment"] == {"percent": 10, "cap": {"amount_minor": 10_000_000, "currency": "IDR"}}
