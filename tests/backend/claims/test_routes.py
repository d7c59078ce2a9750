"""The member's way: a draft, papers one by one, handing in."""

from datetime import timedelta

import pytest

from backend.access import Role, working_for
from backend.kit import ids
from backend.providers.models import Provider
from tests.factories.accounts import headers_for
from tests.factories.claims import Household, make_claim, make_household, make_paper
from tests.factories.documents import photo, upload

CLAIMS = "/api/v1/claims"


@pytest.fixture
def home(app) -> Household:
    return make_household()


def _new(home: Household, **facts) -> dict:
    return {"member_id": str(home.employee_id), "benefit": "outpatient", **facts}


def _facts(home: Household, **facts) -> dict:
    return _new(
        home,
        visit_on=(home.today() - timedelta(days=3)).isoformat(),
        provider_name="Klinik Melati",
        place_region="3171",
        claimed={"amount_minor": 35_000_000, "currency": "IDR"},
        **facts,
    )


def _paper(home: Household) -> str:
    with working_for(home.client.id) as scope:
        return str(make_paper(scope, home.employee_id))


def _attach(http, home, claim_id, requirement):
    body = {"document_id": _paper(home), "requirement": requirement}
    return http.post(f"{CLAIMS}/{claim_id}/documents", json=body, headers=home.headers)


def test_a_draft_needs_no_more_than_a_person_and_a_benefit(http, home):
    answer = http.post(CLAIMS, json=_new(home), headers=home.headers)
    assert answer.status_code == 201
    assert answer.json["status"] == "draft"
    assert answer.json["missing"] == ["claim_form_outpatient", "original_receipt"]


def test_a_draft_is_taken_up_again_another_day(http, home):
    claim = http.post(CLAIMS, json=_new(home), headers=home.headers).json
    http.patch(f"{CLAIMS}/{claim['id']}", json={"provider_name": "Klinik Anggrek"}, headers=home.headers)
    http.patch(f"{CLAIMS}/{claim['id']}", json={"invoice_number": "A-7"}, headers=home.headers)
    later = http.get(f"{CLAIMS}/{claim['id']}", headers=home.headers).json
    assert (later["provider_name"], later["invoice_number"]) == ("Klinik Anggrek", "A-7")


def test_a_claim_goes_from_real_photos_to_the_desk(http, home):
    claim = http.post(CLAIMS, json=_facts(home), headers=home.headers).json
    for seed, requirement in ((1, "claim_form_outpatient"), (2, "original_receipt")):
        document = upload(http, home.headers, photo(seed)[0]).json
        body = {"document_id": document["id"], "requirement": requirement}
        assert http.post(f"{CLAIMS}/{claim['id']}/documents", json=body, headers=home.headers).status_code == 201
    answer = http.post(f"{CLAIMS}/{claim['id']}/submit", json={}, headers=home.headers)
    assert answer.status_code == 200
    assert answer.json["status"] == "submitted"
    assert answer.json["missing"] == []
    queued = http.get(f"{CLAIMS}/queue", headers=home.staff()).json["items"]
    assert [item["id"] for item in queued] == [claim["id"]]


def test_a_retried_start_gives_the_same_claim(http, home):
    headers = {**home.headers, "Idempotency-Key": "one-tap"}
    first = http.post(CLAIMS, json=_new(home), headers=headers)
    again = http.post(CLAIMS, json=_new(home), headers=headers)
    assert first.json["id"] == again.json["id"]
    assert len(http.get(CLAIMS, headers=home.headers).json["items"]) == 1


def test_the_same_photo_attached_twice_is_attached_once(http, home):
    claim = http.post(CLAIMS, json=_new(home), headers=home.headers).json
    body = {"document_id": _paper(home), "requirement": "original_receipt"}
    http.post(f"{CLAIMS}/{claim['id']}/documents", json=body, headers=home.headers)
    again = http.post(f"{CLAIMS}/{claim['id']}/documents", json=body, headers=home.headers)
    assert len(again.json["documents"]) == 1


def test_one_photo_may_stand_for_two_requirements(http, home):
    claim = http.post(CLAIMS, json=_new(home), headers=home.headers).json
    paper = _paper(home)
    for requirement in ("claim_form_outpatient", "original_receipt"):
        answer = http.post(
            f"{CLAIMS}/{claim['id']}/documents",
            json={"document_id": paper, "requirement": requirement},
            headers=home.headers,
        )
    assert answer.json["missing"] == []


def test_a_document_leaves_a_draft(http, home):
    claim = http.post(CLAIMS, json=_new(home), headers=home.headers).json
    paper = _attach(http, home, claim["id"], "original_receipt").json["documents"][0]["document_id"]
    answer = http.delete(f"{CLAIMS}/{claim['id']}/documents/{paper}", headers=home.headers)
    assert answer.json["documents"] == []
    assert "original_receipt" in answer.json["missing"]


def test_submitting_twice_gives_the_same_answer(http, home):
    claim = make_claim(home)
    first = http.post(f"{CLAIMS}/{claim.id}/submit", json={}, headers=home.headers)
    again = http.post(f"{CLAIMS}/{claim.id}/submit", json={}, headers=home.headers)
    assert again.status_code == 200
    assert again.json == first.json


def test_the_day_of_the_visit_cannot_be_left_out(http, home):
    claim = http.post(CLAIMS, json=_new(home), headers=home.headers).json
    answer = http.post(f"{CLAIMS}/{claim['id']}/submit", json={}, headers=home.headers)
    assert answer.json["reason"] == "claims.facts_missing"
    assert answer.json["errors"]["facts"] == ["visit_on"]


def test_other_facts_are_read_from_the_papers_by_the_desk(http, home):
    claim = make_claim(home, provider_name=None, claimed=None)
    sent = http.post(f"{CLAIMS}/{claim.id}/submit", json={}, headers=home.headers).json
    assert sent["flags"] == [{"reason": "claims.facts_missing", "facts": ["provider_name", "claimed"]}]
    desk = home.staff()
    refused = http.post(f"{CLAIMS}/{claim.id}/complete", json={}, headers=desk)
    assert refused.json["reason"] == "claims.facts_missing"
    facts = {"provider_name": "Klinik Melati", "claimed": {"amount_minor": 100, "currency": "IDR"}}
    assert http.patch(f"{CLAIMS}/{claim.id}", json=facts, headers=desk).json["flags"] == []
    assert http.post(f"{CLAIMS}/{claim.id}/complete", json={}, headers=desk).json["status"] == "complete"


def test_a_member_no_longer_changes_what_was_handed_in(http, home):
    claim = make_claim(home, submitted=True)
    answer = http.patch(f"{CLAIMS}/{claim.id}", json={"invoice_number": "9"}, headers=home.headers)
    assert (answer.status_code, answer.json["reason"]) == (409, "claims.wrong_status")


def test_a_claim_without_any_paper_is_not_taken(http, home):
    claim = make_claim(home, papers=())
    answer = http.post(f"{CLAIMS}/{claim.id}/submit", json={}, headers=home.headers)
    assert (answer.status_code, answer.json["reason"]) == (409, "claims.no_documents")


def test_a_claim_with_papers_missing_keeps_its_deadline(http, home):
    claim = make_claim(home, papers=("original_receipt",))
    answer = http.post(f"{CLAIMS}/{claim.id}/submit", json={}, headers=home.headers)
    assert answer.json["status"] == "submitted"
    assert answer.json["missing"] == ["claim_form_outpatient"]


def test_a_visit_tomorrow_is_a_mistake(http, home):
    tomorrow = (home.today() + timedelta(days=2)).isoformat()
    answer = http.post(CLAIMS, json=_new(home, visit_on=tomorrow), headers=home.headers)
    assert (answer.status_code, answer.json["reason"]) == (409, "claims.visit_in_future")
    assert http.get(CLAIMS, headers=home.headers).json["items"] == []


def test_an_amount_of_nothing_has_the_wrong_shape(http, home):
    body = _new(home, claimed={"amount_minor": 0, "currency": "IDR"})
    assert http.post(CLAIMS, json=body, headers=home.headers).status_code == 422


def test_lines_are_in_the_claims_currency(http, home):
    line = {"description": "Konsultasi", "amount": {"amount_minor": 1, "currency": "USD"}}
    answer = http.post(CLAIMS, json=_facts(home, lines=[line]), headers=home.headers)
    assert answer.json["reason"] == "claims.currencies_mixed"


def test_what_a_machine_read_is_a_line_only_when_the_member_takes_it_over(http, home):
    claim = http.post(CLAIMS, json=_facts(home), headers=home.headers).json
    with working_for(home.client.id) as scope:
        proposal = {"lines": [{"text": "Konsultasi", "amount": {"amount_minor": 35_000_000, "currency": "IDR"}}]}
        paper = make_paper(scope, home.employee_id, extracted=proposal)
    body = {"document_id": str(paper), "requirement": "original_receipt"}
    attached = http.post(f"{CLAIMS}/{claim['id']}/documents", json=body, headers=home.headers).json
    assert attached["lines"] == []
    line = {
        "description": "Konsultasi",
        "amount": {"amount_minor": 35_000_000, "currency": "IDR"},
        "proposed_by_document_id": str(paper),
    }
    changed = http.patch(f"{CLAIMS}/{claim['id']}", json={"lines": [line]}, headers=home.headers).json
    assert changed["lines"] == [{**line, "position": 1, "quantity": 1}]


def test_a_provider_of_the_registry_brings_its_place(http, home):
    with working_for(home.client.id) as scope:
        provider_id = _provider(scope)
    claim = http.post(CLAIMS, json=_new(home, provider_id=provider_id), headers=home.headers).json
    assert (claim["provider_name"], claim["place_region"]) == ("RS Cempaka", "3578")


def _provider(scope) -> str:
    provider = Provider(
        code=f"T{ids.new_id()}",
        name="RS Cempaka",
        search_name="rs cempaka",
        kind="hospital",
        country="ID",
        region_code="3578",
        address="Jl. Cempaka 1",
        city="Surabaya",
        timezone="Asia/Jakarta",
        opening={},
        active=True,
    )
    scope.session.add(provider)
    scope.session.flush()
    return str(provider.id)


def test_a_claim_is_withdrawn_once(http, home):
    claim = make_claim(home, submitted=True)
    first = http.post(f"{CLAIMS}/{claim.id}/withdraw", json={"note": "Salah kirim"}, headers=home.headers)
    again = http.post(f"{CLAIMS}/{claim.id}/withdraw", json={}, headers=home.headers)
    assert first.json["status"] == "withdrawn"
    assert again.json["history"] == first.json["history"]


class TestWhoseClaim:
    def test_another_family_finds_nothing(self, http, home):
        claim = make_claim(home)
        stranger = headers_for(Role.MEMBER, home.client, (ids.new_id(),))
        for answer in (
            http.get(f"{CLAIMS}/{claim.id}", headers=stranger),
            http.patch(f"{CLAIMS}/{claim.id}", json={}, headers=stranger),
            http.post(f"{CLAIMS}/{claim.id}/submit", json={}, headers=stranger),
            http.post(CLAIMS, json=_new(home), headers=stranger),
            http.get(f"{CLAIMS}?member_id={home.employee_id}", headers=stranger),
        ):
            assert answer.status_code == 404
        assert http.get(CLAIMS, headers=stranger).json["items"] == []

    def test_another_clients_desk_finds_nothing(self, http, home):
        claim = make_claim(home, submitted=True)
        foreign = make_household(sign_in=False).staff()
        assert http.get(f"{CLAIMS}/{claim.id}", headers=foreign).status_code == 404

    def test_another_persons_photo_cannot_be_attached(self, http, home):
        other = make_household()
        with working_for(home.client.id) as scope:
            paper = make_paper(scope, other.employee_id)
        claim = make_claim(home)
        body = {"document_id": str(paper), "requirement": "original_receipt"}
        answer = http.post(f"{CLAIMS}/{claim.id}/documents", json=body, headers=home.headers)
        assert answer.status_code == 404

    def test_an_employee_claims_for_a_child(self, http, home):
        answer = http.post(CLAIMS, json=_new(home) | {"member_id": str(home.child_id)}, headers=home.headers)
        assert answer.json["member_id"] == str(home.child_id)


class TestTheList:
    def test_pages_show_every_claim_once_the_newest_first(self, http, home):
        made = [str(make_claim(home).id) for _ in range(5)]
        seen, cursor = [], ""
        while True:
            page = http.get(f"{CLAIMS}?limit=2{cursor}", headers=home.headers).json
            seen += [item["id"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert seen == made[::-1]

    def test_a_claim_is_found_by_the_number_somebody_read_out(self, http, home):
        claim = make_claim(home)
        spoken = " ".join(claim.number.replace("-", ""))
        answer = http.get(f"{CLAIMS}?number={spoken}", headers=home.staff(Role.AGENT)).json
        assert [item["id"] for item in answer["items"]] == [str(claim.id)]

    def test_a_cursor_we_did_not_make_is_refused(self, http, home):
        answer = http.get(f"{CLAIMS}?cursor=bm8=", headers=home.headers)
        assert (answer.status_code, answer.json["reason"]) == (422, "request.bad_cursor")
