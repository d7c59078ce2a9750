"""Who sees a member's telephone number: the member and who keeps the records; the helpline sees its ending."""

import pytest

from backend.access import Role, working_for
from backend.members.models import Member
from tests.factories.claims import make_household

PHONE = "+6281234567001"


@pytest.fixture(scope="module")
def home(app):
    household = make_household()
    with working_for(household.client.id) as scope:
        scope.session.get_one(Member, (household.client.id, household.employee_id)).phone = PHONE
    return household


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.HR, PHONE),
        (Role.ADMIN, PHONE),
        (Role.AGENT, "+62 ••• 001"),
        (Role.DOCTOR, "+62 ••• 001"),
        (Role.CLAIMS, None),
    ],
)
def test_a_number_is_shown_by_role(http, home, role, shown):
    one = http.get(f"/api/v1/members/{home.employee_id}", headers=home.staff(role))
    listed = http.get("/api/v1/members", headers=home.staff(role))
    found = [item["phone"] for item in listed.json["items"] if item["id"] == str(home.employee_id)]
    assert ([one.json["phone"]], found) == ([shown], [shown])
