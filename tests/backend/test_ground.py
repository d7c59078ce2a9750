from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from backend.access import Actor, Role
from backend.errors import Unauthorized
from backend.kit import clock, ids, phone, redact
from backend.kit.money import CurrencyMismatch, Money
from backend.settings import Settings, SettingsError
from backend.tokens import issue, read


def test_a_living_process_says_so(http: FlaskClient):
    assert http.get("/healthz").json == {"status": "ok"}


def test_readiness_names_the_part_that_is_missing(http: FlaskClient, settings: Settings):
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("DELETE FROM procrastinate_workers")
    answer = http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["parts"]["database"] == "ok"
    assert answer.json["parts"]["worker"] == "no worker is running"


@pytest.mark.parametrize(
    ("language", "word"), [("id", "tidak"), ("en", "could not"), ("pt", "Não"), ("xx", "could not")]
)
def test_an_unknown_address_is_refused_in_the_readers_language(http: FlaskClient, language: str, word: str):
    answer = http.get("/api/v1/nowhere", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert answer.json["reason"] == "not_found"
    assert word in answer.json["message"]


def test_a_request_id_is_carried_through(http: FlaskClient):
    answer = http.get("/healthz", headers={"X-Request-Id": "from-the-caller-1"})
    assert answer.headers["X-Request-Id"] == "from-the-caller-1"


def test_metrics_count_requests(http: FlaskClient):
    http.get("/healthz")
    assert b'careline_requests_total{endpoint="healthz"' in http.get("/metrics").data


def test_production_refuses_every_gap_at_once():
    with pytest.raises(SettingsError) as refusal:
        Settings.from_env({})
    for name in ("DATABASE_URL", "CARELINE_TOKEN_KEY", "CARELINE_MASTER_KEY", "TWILIO_AUTH_TOKEN"):
        assert name in str(refusal.value)


def test_production_refuses_the_firebase_emulator_and_recorders():
    with pytest.raises(SettingsError, match="unsigned tokens"):
        Settings.from_env({"FIREBASE_AUTH_EMULATOR_HOST": "localhost:9099"})
    with pytest.raises(SettingsError, match="swallow messages"):
        Settings.from_env({"CARELINE_MESSAGING": "recorder"})


def test_settings_keep_secrets_out_of_their_text(settings: Settings):
    assert settings.token_key not in repr(settings)
    assert settings.twilio_auth_token not in repr(settings)


class TestTokens:
    actor = Actor(Role.MEMBER, id=ids.new_id(), member_ids=(ids.new_id(), ids.new_id()), session_id=ids.new_id())
    key = "k" * 40

    def test_a_token_brings_back_client_and_actor(self):
        client = ids.new_id()
        assert read(self.key, issue(self.key, client, self.actor, seconds=60)) == (client, self.actor)

    def test_a_token_ends(self):
        token = issue(self.key, ids.new_id(), self.actor, seconds=60)
        with clock.at(datetime.now(UTC) + timedelta(seconds=61)), pytest.raises(Unauthorized):
            read(self.key, token)

    def test_a_token_of_another_key_is_refused(self):
        with pytest.raises(Unauthorized):
            read("another key another key another key", issue(self.key, ids.new_id(), self.actor, seconds=60))


class TestMoney:
    def test_floats_never_become_money(self):
        with pytest.raises(TypeError):
            Money(1.5, "IDR")  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            Money.of_major(1.5, "IDR")  # type: ignore[arg-type]

    def test_currencies_do_not_mix(self):
        with pytest.raises(CurrencyMismatch):
            Money(1, "IDR") + Money(1, "MZN")

    @pytest.mark.parametrize(
        ("money", "language", "text"),
        [
            (Money.of_major(1234567, "IDR"), "id", "Rp\xa01.234.567"),
            (Money.of_major(1234567, "IDR"), "en", "Rp\xa01,234,567"),
            (Money.of_major("1234.5", "MZN"), "pt", "1\xa0234,50\xa0MT"),
        ],
    )
    def test_amounts_read_as_people_write_them(self, money: Money, language: str, text: str):
        assert money.display(language) == text

    @given(st.integers(-(10**15), 10**15), st.integers(1, 50))
    def test_shares_of_a_whole_never_exceed_a_minor_unit_of_rounding(self, amount: int, parts: int):
        whole = Money(amount, "IDR")
        assert abs(whole.share(1, parts).times(parts).amount_minor - amount) <= parts


@pytest.mark.parametrize("text", ["0811 0000 001", "+62811 0000001", "628110000001"])
def test_a_phone_has_one_form(text: str):
    assert phone.normalise(text) == "+628110000001"


def test_nonsense_is_no_phone():
    with pytest.raises(phone.InvalidPhone):
        phone.normalise("hello")


@given(st.lists(st.none(), min_size=2, max_size=20))
def test_ids_sort_by_creation_to_the_millisecond(blanks: list[None]):
    made = [ids.new_id() for _ in blanks]
    assert [value.int >> 80 for value in made] == sorted(value.int >> 80 for value in made)
    assert {value.version for value in made} == {7}


def test_logs_lose_phones_ids_and_tokens():
    cleaned = redact.text("call +6281100000001 or 3174010101900001, budi@example.com, whatsapp:+258840000001")
    assert "811" not in cleaned
    assert "3174" not in cleaned
    assert "budi" not in cleaned
    assert "840000001" not in cleaned


def test_the_document_covers_the_application(app: Flask, http: FlaskClient):
    assert http.get("/openapi.json").json["openapi"] == "3.1.0"
