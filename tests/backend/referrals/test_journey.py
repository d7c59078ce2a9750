"""The steps of the journey, walked against the application without a running stack."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from backend.access import Role
from backend.devstack.journey import referral_steps
from backend.devstack.journey.person import Person
from tests.factories.referrals import make_region


def test_the_chain_of_the_journey_can_be_walked_twice(http, monkeypatch):
    region = make_region()
    tokens = {
        "doctor": region.staff(Role.DOCTOR)["Authorization"],
        "provider": region.desk(region.specialist)["Authorization"],
    }
    monkeypatch.setattr(referral_steps, "staff_token", lambda _stack, role, _slug: tokens[role])

    def call(method, path, *, token, language="en", status=200, headers=None, **rest):
        if path == "/api/v1/me":
            return {"member_id": str(region.member_id)}
        said = {"Authorization": token, "Accept-Language": language} | (headers or {})
        answer = http.open(path, method=method, headers=said, **rest)
        assert answer.status_code == status, answer.json
        return answer.json

    patient = region.patient()["Authorization"]
    client = {"slug": region.client.slug}
    person = Person(SimpleNamespace(call=call), client, "", "id", patient, date(1990, 5, 17))
    for _ in range(2):
        path = referral_steps.chain(person)
        assert {"use"} <= {option["move"] for option in path["options"]}
