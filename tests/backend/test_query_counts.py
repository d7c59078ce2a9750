"""What the hot routes may ask the database, statement by statement: a route that grows a query fails here.

The claims have their own (tests/backend/claims/test_query_counts.py).
"""

from dataclasses import replace

import pytest
from sqlalchemy import text

from backend.access import working_for
from backend.branding import loader as branding
from backend.documents import develop
from backend.integrations.twilio.signature import sign
from backend.kit import ids
from tests.backend.accounts.test_sign_in import PHONE, sign_in
from tests.factories.benefits import make_benefit
from tests.factories.claims import make_claim, make_household
from tests.factories.clients import make_client
from tests.factories.documents import photo, upload
from tests.factories.members import make_card, make_member
from tests.query_counter import counted_queries

HOTLINE = "+628119990001"


@pytest.fixture(scope="module")
def home(app):
    household = make_household()
    with working_for(household.client.id) as scope:
        make_card(scope, household.employee_id)
        make_benefit(scope, household.plan_id)
    return household


@pytest.fixture
def cost(http):
    """Statements of the second request: the first may fill what a process keeps (client, brand, terms)."""

    def of(request) -> list[str]:
        assert request().status_code < 300
        with counted_queries() as seen:
            assert request().status_code < 300
        return seen

    return of


def test_a_card_is_one_statement(http, home, cost):
    assert len(cost(lambda: http.get(f"/api/v1/members/{home.employee_id}/card", headers=home.headers))) == 1


def test_benefits_are_one_statement(http, home, cost):
    assert len(cost(lambda: http.get(f"/api/v1/members/{home.employee_id}/benefits", headers=home.headers))) == 1


def test_an_upload_is_one_statement(http, home, cost, monkeypatch):
    monkeypatch.setattr(develop, "LOOK_SECONDS", 30.0)
    assert len(cost(lambda: upload(http, home.headers, photo()[0]))) == 1


def test_a_claim_list_is_two_statements(http, home, cost):
    make_claim(home, submitted=True)
    assert len(cost(lambda: http.get("/api/v1/claims", headers=home.headers))) <= 2


def test_one_claim_is_at_most_seven_statements(http, home, cost):
    claim = make_claim(home, submitted=True)
    assert len(cost(lambda: http.get(f"/api/v1/claims/{claim.id}", headers=home.headers))) <= 7


def test_a_thread_is_at_most_three_statements(http, home, cost):
    assert len(cost(lambda: http.get("/api/v1/conversations/messages", headers=home.headers))) <= 3


def test_a_refresh_is_at_most_seven_statements(http, app):
    client = make_client()
    with working_for(client.id) as scope:
        make_member(scope, phone=PHONE)
    tokens = sign_in(http, client)
    with counted_queries() as seen:
        answer = http.post("/api/v1/sign-in/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert answer.status_code in {200, 201}
    assert len(seen) <= 7, seen


def test_a_webhook_is_one_statement(http, app, settings, cost, monkeypatch):
    client = make_client()
    brand = branding.brand_for(client)
    known = {client.slug: replace(brand, hotline=replace(brand.hotline, whatsapp=HOTLINE))}
    monkeypatch.setattr(branding, "brands", lambda: known)

    def write():
        form = {"MessageSid": f"SM{ids.new_id().hex}", "From": f"whatsapp:{PHONE}", "To": f"whatsapp:{HOTLINE}"}
        signature = sign(settings.twilio_auth_token, f"{settings.public_url}/twilio/messages", form)
        return http.post("/twilio/messages", data=form, headers={"X-Twilio-Signature": signature})

    assert len(cost(write)) == 1
    with working_for(client.id) as scope:  # nobody is to answer these
        scope.session.execute(
            text("DELETE FROM procrastinate_jobs WHERE args ->> 'client_id' = :id"), {"id": str(client.id)}
        )
