"""A client's code leads to its app, and nothing else gives a client away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from backend.access import Role
from backend.clients import code_routes
from backend.clients.rules import CODE_ALPHABET, CODE_LENGTH, code_as_kept, code_as_shown
from backend.kit import clock
from backend.kit.rate import RateLimit
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client

codes = st.text(CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


@pytest.fixture(autouse=True)
def fresh_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_routes, "_LOOKS", RateLimit(300, seconds=600))


@given(codes, st.sampled_from(["", " ", "-"]), st.booleans())
def test_a_code_is_read_however_it_is_written(code: str, between: str, small: bool):
    written = f" {code_as_shown(code).replace('-', between)} "
    assert code_as_kept(written.lower() if small else written) == code


@pytest.mark.parametrize(("written", "kept"), [("OOOO-IIII", "00001111"), ("olol-olol", "01010101")])
def test_letters_that_are_taken_for_digits_are_digits(written: str, kept: str):
    assert code_as_kept(written) == kept


@pytest.mark.parametrize("written", ["", "1234", "123456789", "1234-567U", "1234-567!", "１２３４５６７８"])
def test_what_cannot_be_a_code_is_none(written: str):
    assert code_as_kept(written) is None


@pytest.mark.parametrize("role", [Role.HR, Role.ADMIN])
def test_hr_and_administrators_see_the_code_with_its_address_and_qr(http: FlaskClient, role: Role):
    shown = http.get("/api/v1/clients/own/code", headers=headers_for(role, make_client())).json
    kept = code_as_kept(shown["code"])
    assert shown["url"] == f"https://careline.test/#code={kept}"
    assert shown["qr"].startswith("<svg")


def test_the_code_stays_the_same_and_is_the_clients_own(http: FlaskClient):
    one, other = headers_for(Role.HR, make_client()), headers_for(Role.HR, make_client())
    shown = [http.get("/api/v1/clients/own/code", headers=headers).json["code"] for headers in (one, one, other)]
    assert shown[0] == shown[1] != shown[2]


def test_whoever_has_the_code_is_led_to_the_clients_app(http: FlaskClient):
    client = make_client(name="Arunika Textiles")
    code = http.get("/api/v1/clients/own/code", headers=headers_for(Role.HR, client)).json["code"]
    found = http.post("/api/v1/client-codes/look-up", json={"code": code.lower()}).json
    assert found == {"slug": client.slug, "name": "Arunika Textiles", "home": f"/c/{client.slug}/"}


@pytest.mark.parametrize("written", ["0000-0000", "nonsense", "%", "ZZZZ ZZZZ"])
def test_an_unknown_code_says_so_and_no_more(http: FlaskClient, written: str):
    answer = http.post("/api/v1/client-codes/look-up", json={"code": written})
    assert (answer.status_code, answer.json["reason"]) == (404, "clients.unknown_code")
    assert "errors" not in answer.json


def test_a_new_code_ends_the_one_before(http: FlaskClient):
    headers = headers_for(Role.HR, make_client())
    before = http.get("/api/v1/clients/own/code", headers=headers).json["code"]
    made = http.post("/api/v1/clients/own/code", headers={**headers, "Idempotency-Key": "once"})
    again = http.post("/api/v1/clients/own/code", headers={**headers, "Idempotency-Key": "once"})
    assert made.status_code == 201
    assert made.json["code"] == again.json["code"] != before
    look_up = [http.post("/api/v1/client-codes/look-up", json={"code": code}) for code in (before, made.json["code"])]
    assert [answer.status_code for answer in look_up] == [404, 200]


def test_a_network_that_guesses_has_to_wait_and_others_do_not(http: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(code_routes, "_LOOKS", RateLimit(3, seconds=600))

    def look(address: str) -> int:
        body = {"code": "0000-0000"}
        return http.post("/api/v1/client-codes/look-up", json=body, environ_base={"REMOTE_ADDR": address}).status_code

    # The fourth address is another one of the same network.
    assert [look(f"198.51.100.{last}") for last in (1, 1, 2, 3)] == [404, 404, 404, 429]
    assert look("203.0.113.1") == 404
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert look("198.51.100.1") == 404
