import pytest

from backend.access import Role
from tests.factories.claims import make_household


@pytest.fixture(scope="module")
def household(app):
    return make_household()


def test_a_doctor_finds_a_diagnosis_in_her_language(http, household):
    headers = household.staff(Role.DOCTOR) | {"Accept-Language": "pt"}
    answer = http.get("/api/v1/diagnoses?q=tensão alta", headers=headers)
    assert answer.status_code == 200
    assert answer.json["items"][0] == {
        "code": "I10",
        "title": "hipertensão arterial",
        "book_title": "Essential (primary) hypertension",
        "final": True,
        "now": None,
        "sex": None,
        "from_years": None,
        "until_years": None,
    }


def test_the_limits_of_the_book_come_with_a_code(http, household):
    row = http.get("/api/v1/diagnoses?q=O80.9", headers=household.staff(Role.CLAIMS)).json["items"][0]
    assert (row["sex"], row["from_years"], row["until_years"]) == ("female", 10, 55)


@pytest.mark.parametrize("role", [Role.HR, Role.FINANCE])
def test_who_works_with_no_diagnosis_does_not_search_them(http, household, role):
    assert http.get("/api/v1/diagnoses?q=asma", headers=household.staff(role)).status_code == 403


def test_a_member_does_not_search_the_book(http, household):
    assert http.get("/api/v1/diagnoses?q=asma", headers=household.headers).status_code == 403


def test_one_letter_is_too_little_to_look_for(http, household):
    assert http.get("/api/v1/diagnoses?q=a", headers=household.staff(Role.DOCTOR)).status_code == 422
