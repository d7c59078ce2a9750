"""The demo's cast is complete, and seeding again changes nothing."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from backend.access import working_for
from backend.clients import registry
from backend.clients.registry import client_by_slug
from backend.commands import seed_demo
from backend.commands.demo_marker import marker
from backend.database import load_models
from backend.funds import queries as funds
from backend.funds import service
from backend.funds.invariants import findings
from backend.kit import clock
from backend.providers import queries as providers
from backend.staffing import service as staffing
from tests.query_counter import counted_queries

FAMILY = "+6281100000001"


@pytest.fixture(scope="module")
def demo(app, settings):
    return seed_demo.seed(settings, {})


def counted(settings, demo) -> dict[tuple[str, str], int]:
    """How many rows every table has, as each client of the demo sees it."""
    counts = {}
    with psycopg.connect(settings.database_url) as connection:
        for client in demo["clients"]:
            client_id = client_by_slug(client["slug"]).id
            connection.execute("SELECT app_begin(%s, NULL)", [client_id])
            for name in load_models().tables:
                row = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
                counts[client["slug"], name] = row[0] if row else 0
    return counts


def test_the_employee_with_a_family_signs_in_for_all_three(http, demo):
    family = [one for one in demo["members"] if one["client"] == demo["clients"][0]["slug"]][:3]
    assert [one["role"] for one in family] == ["employee", "spouse", "child"]
    assert family[0]["phone"] == FAMILY
    assert all(one["card_number"] for one in family)


def test_there_are_ten_members_at_the_first_client_and_some_at_the_second(demo):
    counts = [sum(one["client"] == client["slug"] for one in demo["members"]) for client in demo["clients"]]
    assert counts[0] == 10
    assert counts[1] >= 3
    assert any(one["phone"] == "+258840000001" for one in demo["members"])


def test_each_client_has_its_languages_and_numbers(demo):
    assert [client["languages"] for client in demo["clients"]] == [["id", "en"], ["pt", "en"]]
    assert all(client["voice_number"].startswith("+") for client in demo["clients"])
    assert len({client["whatsapp_number"] for client in demo["clients"]}) == 2


def test_staff_of_every_role_sign_in_at_both_clients(http, demo):
    roles = {"hr", "agent", "doctor", "claims", "finance", "provider", "admin"}
    for client in demo["clients"]:
        assert {post["role"] for post in demo["staff"] if post["client"] == client["slug"]} == roles
    for post in demo["staff"]:
        proof = {"email": post["email"], "password": post["password"]}
        answer = http.post("/api/v1/staff/sign-in", json=proof, environ_base={"REMOTE_ADDR": "192.0.2.77"})
        assert answer.status_code == 201, post["email"]


@pytest.mark.requirement("S0-80")
@pytest.mark.requirement("S0-92")
@pytest.mark.parametrize("hour", range(0, 24, 6))
@pytest.mark.parametrize("months", [0, 6, 12])
def test_an_agent_and_a_doctor_are_on_duty_at_any_hour(demo, hour, months):
    at = clock.now().replace(hour=hour) + timedelta(days=30 * months)
    for client in demo["clients"]:
        with working_for(client_by_slug(client["slug"]).id) as scope:
            assert staffing.on_duty(scope, at, "helpline")
            assert staffing.on_duty(scope, at, "doctor")
            assert staffing.is_open(scope, at)


@pytest.mark.requirement("S0-85", "S2-39")
def test_a_hospital_abroad_is_contracted_and_paid_first(demo):
    client = client_by_slug(demo["clients"][0]["slug"])
    with working_for(client.id) as scope:
        hospital = providers.by_code(scope, "SG", ["SG-0001"])["SG-0001"]
        where = providers.network_standing(scope, hospital.id, "nasional", clock.today(client.timezone))
        rates = {
            room.rate.currency for room in providers.room_classes(scope, hospital.id, clock.today(client.timezone))
        }
    assert (hospital.kind, hospital.timezone) == ("hospital", "Asia/Singapore")
    assert (where.in_network, where.cashless) == (True, False)
    assert rates == {"SGD"}


def test_an_appeal_finds_another_analyst(demo):
    analysts = [(one["client"], one["email"]) for one in demo["staff"] if one["role"] == "claims"]
    assert len(set(analysts)) == len(analysts) == 2 * len(demo["clients"])


def test_seeding_again_changes_nothing(demo, settings):
    before = counted(settings, demo)
    passwords = {post["email"]: post["password"] for post in demo["staff"]}
    assert seed_demo.seed(settings, passwords) == demo
    after = counted(settings, demo)
    assert {name: after[name] for name in after if after[name] != before[name]} == {}


def test_lost_passwords_are_replaced(http, demo, settings):
    again = seed_demo.seed(settings, {})
    proof = {"email": again["staff"][0]["email"], "password": again["staff"][0]["password"]}
    answer = http.post("/api/v1/staff/sign-in", json=proof, environ_base={"REMOTE_ADDR": "192.0.2.78"})
    assert answer.status_code == 201


def test_the_file_is_readable_by_nobody_else(tmp_path):
    seed_demo.write(tmp_path / "demo.json", {"staff": []})
    assert (tmp_path / "demo.json").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("client", "phone"), [("nusantara", FAMILY), ("indico", "+258840000001")])
def test_a_code_asked_for_on_whatsapp_arrives_on_whatsapp(http, run_jobs, client, phone):
    body = {"client": client, "phone": phone, "channel": "whatsapp"}
    assert http.post("/api/v1/sign-in/code", json=body).status_code == 202
    run_jobs()
    newest = next(one for one in http.get("/demo/outbox.json").json if one["to"].endswith(phone))
    assert (newest["channel"], newest["template"][:2]) == ("whatsapp", "HX")
    code = re.search(r"\b\d{6}\b", newest["text"])
    assert code is not None
    entered = http.post("/api/v1/sign-in", json={"client": client, "phone": phone, "code": code[0]})
    assert entered.status_code == 201


class TestSeedingAgain:
    """What is there already is recognised by one look, so that a second start costs nothing."""

    @pytest.fixture
    def path(self, demo, settings, tmp_path):
        seed_demo.bring_up_to_date(settings, tmp_path / "demo.json")
        return tmp_path / "demo.json"

    def test_costs_one_question(self, settings, path):
        before = path.read_text()
        with clock.at(clock.now() + timedelta(minutes=2)), counted_queries() as seen:  # nothing is kept that long
            seed_demo.bring_up_to_date(settings, path)
        assert len(seen) == 1
        assert path.read_text() == before

    def test_a_lost_file_is_written_again(self, http, settings, path):
        before = json.loads(path.read_text())
        path.unlink()
        again = seed_demo.bring_up_to_date(settings, path)
        assert json.loads(path.read_text()) == again
        assert again["members"] == before["members"]
        proof = {"email": again["staff"][0]["email"], "password": again["staff"][0]["password"]}
        answer = http.post("/api/v1/staff/sign-in", json=proof, environ_base={"REMOTE_ADDR": "192.0.2.79"})
        assert answer.status_code == 201

    @pytest.mark.parametrize("changed", [{"public_url": "https://elsewhere.test"}, {"twilio_auth_token": "another"}])
    def test_what_the_file_shows_is_kept_up_to_date(self, settings, path, changed):
        again = seed_demo.bring_up_to_date(replace(settings, **changed), path)
        assert set(changed.values()) <= {again["base_url"], again["twilio_auth_token"]}

    def test_a_file_about_another_database_is_not_believed(self, settings, path, monkeypatch):
        there = registry.all_clients()
        monkeypatch.setattr(registry, "all_clients", lambda: tuple(replace(one, id=uuid4()) for one in there))
        assert json.loads(path.read_text())["seeded"] != marker(settings, ["nusantara", "indico"])


@pytest.mark.requirement("S0-85")
@pytest.mark.parametrize(
    ("client", "country", "clinic", "hospital"),
    [("nusantara", "ID", "ID-0002", "ID-0004"), ("indico", "MZ", "MZ-0002", "MZ-0001")],
)
def test_every_facility_has_agreed_prices_and_hospitals_have_rooms_and_doctors(demo, client, country, clinic, hospital):
    facts = registry.client_by_slug(client)
    today = clock.today(facts.timezone)
    with working_for(facts.id) as scope:
        rows = providers.by_code(scope, country, [clinic, hospital])
        specialists = providers.doctors_at(scope, rows[hospital].id, today)
        rooms = providers.room_classes(scope, rows[hospital].id, today)
        price = providers.tariff_for(scope, rows[hospital].id, "SP-CONSULT", today)
        contracts = providers.contracts_with(scope, rows[clinic].id)
    assert {doctor.specialty for doctor, _ in specialists} >= {"INT", "JAN"}
    assert [room.rate.amount_minor for room in rooms] == sorted(room.rate.amount_minor for room in rooms)
    assert (len(rooms), price.amount.currency, len(contracts)) == (6, facts.currency, 1)


@pytest.mark.requirement("S0-48")
def test_each_client_has_a_fund_with_a_deposit_runs_and_something_for_finance_to_do(demo):
    for client in demo["clients"]:
        with working_for(client_by_slug(client["slug"]).id) as scope:
            assert findings(scope) == []
            assert [run.state for run in funds.runs(scope)] == ["settled", "settled"]
            assert len(funds.deposits(scope)) == 2
            assert funds.open_payables(scope)
            assert len(funds.bank_lines(scope)) == 2
            (asked,) = funds.running_excesses(scope)
            assert len(funds.items_of_excess(scope, asked.id)) == 2
            shown = service.cockpit(scope)
            assert len(shown["paid_by_month"]) >= 1
            assert shown["fund"]["available"].amount_minor > 0
