"""What the checklist says to a member before anything is claimed."""

from datetime import timedelta

import pytest

from tests.factories.claims import make_household

PATH = "/api/v1/claims/requirements"


@pytest.fixture(scope="module")
def home(app):
    return make_household()


def _ask(http, home, headers=None, **query) -> dict:
    return http.get(PATH, query_string=query, headers=headers or home.headers).json


def test_a_document_has_a_name_a_note_and_what_may_stand_for_it(http, home):
    form = _ask(http, home, benefit="outpatient")["documents"][0]
    assert form["code"] == "claim_form_outpatient"
    assert form["required"] is True
    assert form["note"]
    assert [other["code"] for other in form["alternatives"]] == ["receipt_with_diagnosis"]


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Kuitansi asli"), ("en", "Original receipt"), ("pt", "Recibo original")]
)
def test_the_words_are_in_the_readers_language(http, home, language, words):
    headers = home.headers | {"Accept-Language": language}
    form = _ask(http, home, headers, benefit="outpatient")["documents"][0]
    assert words in form["alternatives"][0]["name"]


def test_what_the_member_ticks_changes_what_is_required(http, home):
    plain = _ask(http, home, benefit="outpatient")
    ticked = _ask(http, home, benefit="outpatient", circumstances="pharmacy_purchase,laboratory_test")
    assert [question["code"] for question in plain["circumstances"]] == ["pharmacy_purchase", "laboratory_test"]
    assert (
        sum(line["required"] for line in ticked["documents"]) - sum(line["required"] for line in plain["documents"])
        == 5
    )


@pytest.mark.requirement("S1-25")
def test_a_childs_glasses_are_asked_about_as_a_childs(http, home):
    listed = _ask(http, home, benefit="optical", member_id=home.child_id)["documents"]
    assert {line["code"]: line["required"] for line in listed}["ophthalmologist_letter"] is True


@pytest.mark.requirement("S1-30")
@pytest.mark.requirement("S1-31")
@pytest.mark.parametrize(("region", "days"), [("3171", 30), ("3578", 60)])
def test_the_last_day_follows_the_place_of_treatment(http, home, region, days):
    visit_on = home.today() - timedelta(days=2)
    told = _ask(http, home, benefit="dental", region=region, visit_on=visit_on)
    assert (told["submit_by"], told["days"]) == ((visit_on + timedelta(days=days)).isoformat(), days)


def test_without_a_visit_there_is_no_last_day_yet(http, home):
    told = _ask(http, home, benefit="dental")
    assert (told["submit_by"], told["days"], told["days_outside"]) == (None, 30, 60)


@pytest.mark.requirement("S1-19")
@pytest.mark.requirement("S1-29")
@pytest.mark.requirement("S1-39")
def test_the_member_is_told_how_papers_and_money_travel(http, home):
    told = _ask(http, home, benefit="inpatient")
    words = " ".join(told["notes"])
    assert told["paid_to"] == "company"
    for part in ("through your company's HR", "company's account", "10 working days", "within 30 days"):
        assert part in words


@pytest.mark.requirement("S1-20")
@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "ke rekening perusahaan Anda"), ("en", "to your company's account"), ("pt", "na conta da sua empresa")],
)
def test_the_money_goes_to_the_company_unless_agreed_otherwise(http, home, language, words):
    told = _ask(http, home, home.headers | {"Accept-Language": language}, benefit="outpatient")
    assert told["paid_to"] == "company"
    assert words in " ".join(told["notes"])


@pytest.mark.requirement("S1-20")
def test_a_contract_may_pay_the_member(http):
    home = make_household(terms={"reimbursement_to": "member", "papers_through_hr": False})
    told = _ask(http, home, benefit="inpatient")
    words = " ".join(told["notes"])
    assert told["paid_to"] == "member"
    assert "The reimbursement is paid to your account." in words
    assert "HR" not in words


def test_where_no_region_is_special_nothing_is_said_about_jakarta(http):
    home = make_household(country="MZ", currency="MZN", timezone="Africa/Maputo", terms={"submission_region": []})
    told = _ask(http, home, benefit="outpatient", region="MPM")
    assert told["days"] == 60
    assert "Jakarta" not in " ".join(told["notes"])


def test_an_unknown_benefit_has_the_wrong_shape(http, home):
    assert http.get(PATH, query_string={"benefit": "massage"}, headers=home.headers).status_code == 422
