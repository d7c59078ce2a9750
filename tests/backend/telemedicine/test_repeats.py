"""Iter: two repeats within fourteen days of the first dispensing, in both readings (S1-73)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from backend.access import Role, working_for
from backend.branding.loader import brand_for
from backend.errors import RuleRefused
from backend.kit import clock
from backend.telemedicine import papers, service
from backend.telemedicine.prescription_paper import PrescriptionFace, draw
from backend.telemedicine.rules import repeats
from backend.telemedicine.rules.repeats import Approval, IterTerms, Sheet
from tests.factories.accounts import headers_for
from tests.factories.providers import make_provider
from tests.factories.telemedicine import ITEM, covered_household, make_prescription

WRITTEN = date(2026, 11, 2)
REPEATS, DISPENSINGS = IterTerms(), IterTerms(counts="dispensings")


def days(*offsets: int) -> list[date]:
    return [WRITTEN + timedelta(days=each) for each in offsets]


@pytest.mark.requirement("S1-73")
@pytest.mark.parametrize(
    ("terms", "written", "done", "on", "approval", "reason"),
    [
        (REPEATS, 2, [], 0, None, None),
        (REPEATS, 2, [], 30, None, None),
        (REPEATS, 2, [], 31, None, repeats.TOO_OLD),
        (REPEATS, 2, [3], 4, None, None),
        (REPEATS, 2, [3, 4], 17, None, None),  # the fourteenth day after the first dispensing
        (REPEATS, 2, [3, 4], 18, None, repeats.TOO_LATE),
        (REPEATS, 2, [3, 4, 5], 6, None, repeats.USED_UP),
        (REPEATS, 1, [3, 4], 5, None, repeats.USED_UP),
        (REPEATS, 0, [3], 4, None, repeats.USED_UP),
        (REPEATS, 5, [3, 4, 5], 6, None, repeats.USED_UP),  # more was written than the contract allows
        (DISPENSINGS, 2, [3], 4, None, None),
        (DISPENSINGS, 2, [3, 4], 5, None, repeats.USED_UP),
        (REPEATS, 2, [3, 4, 5], 40, Approval(3, WRITTEN + timedelta(days=60)), None),
        (REPEATS, 2, [3, 4, 5], 61, Approval(3, WRITTEN + timedelta(days=60)), repeats.TOO_LATE),
        (REPEATS, 2, [3, 4, 5, 6], 7, Approval(3, WRITTEN + timedelta(days=60)), repeats.USED_UP),
    ],
)
def test_how_often_and_how_long_a_prescription_is_repeated(*, terms, written, done, on, approval, reason):
    sheet = Sheet(WRITTEN, (written,))
    refusal = repeats.may_dispense(sheet, days(*done), WRITTEN + timedelta(days=on), terms, approval)
    assert (refusal and refusal.reason) == reason


def test_a_withdrawn_prescription_is_not_dispensed():
    assert repeats.may_dispense(Sheet(WRITTEN, (2,), True), [], WRITTEN, REPEATS).reason == repeats.WITHDRAWN


_TERMS = st.builds(
    IterTerms, most=st.integers(0, 4), days=st.integers(1, 30), counts=st.sampled_from(["repeats", "dispensings"])
)


@pytest.mark.requirement("S1-73")
@given(
    _TERMS,
    st.lists(st.integers(0, 6), min_size=1, max_size=4),
    st.lists(st.integers(0, 90), max_size=15),
    st.none() | st.builds(Approval, repeats=st.integers(1, 5), until=st.integers(0, 90).map(lambda n: days(n)[0])),
)
def test_no_history_goes_beyond_number_and_days(terms, written, tries, approval):
    sheet, done = Sheet(WRITTEN, tuple(written)), []
    for offset in sorted(tries):
        day = WRITTEN + timedelta(days=offset)
        if repeats.may_dispense(sheet, done, day, terms, approval) is None:
            done.append(day)
    most = max(1 + min(max(written), terms.repeats), 1 + (approval.repeats if approval else 0))
    assert len(done) <= most
    if len(done) > 1:
        until = max(done[0] + timedelta(days=terms.days), approval.until if approval else done[0])
        assert done[-1] <= until


@given(_TERMS, st.lists(st.integers(0, 6), min_size=1, max_size=4), st.integers(1, 8))
def test_a_repeat_holds_only_items_it_was_written_for(terms, written, dispensing):
    items = repeats.items_of(Sheet(WRITTEN, tuple(written)), dispensing, terms)
    assert all(dispensing == 1 or written[place] >= dispensing - 1 for place in items)
    assert dispensing > 1 or len(items) == len(written)


@pytest.fixture
def household(app):
    return covered_household()


@pytest.fixture
def pharmacy(household):
    with working_for(household.client.id) as scope:
        provider = make_provider(scope, kind="pharmacy", tier=None).id
    return headers_for(Role.PROVIDER, household.client, provider_id=provider)


def dispense(http, pharmacy, paper):
    return http.post(f"/api/v1/prescriptions/{paper.id}/dispensings", headers=pharmacy)


@pytest.mark.requirement("S1-73")
def test_a_pharmacy_dispenses_repeats_and_is_told_when_they_are_used_up(http, household, pharmacy):
    paper, _ = make_prescription(household, repeats=(2, 0))
    shown = http.post("/api/v1/prescriptions/look-up", json={"number": paper.number}, headers=pharmacy).json
    assert (shown["dispensed"], shown["left"], shown["id"]) == (0, 3, str(paper.id))
    said = [dispense(http, pharmacy, paper).json for _ in range(4)]
    assert [one.get("items") for one in said] == [[0, 1], [0], [0], None]
    assert (said[3]["reason"], said[3]["errors"]["allowed"]) == ("telemedicine.repeats_used_up", 2)


@pytest.mark.requirement("S1-73")
def test_the_medical_team_may_allow_more_in_writing(http, household, pharmacy):
    paper, _ = make_prescription(household)
    assert dispense(http, pharmacy, paper).status_code == 201
    assert dispense(http, pharmacy, paper).status_code == 409
    until = (clock.now().date() + timedelta(days=60)).isoformat()
    body = {"allowed": 1, "until": until, "text": "Stable on this dose; seen on 2 November."}
    claims = household.staff(Role.CLAIMS)
    assert http.put(f"/api/v1/prescriptions/{paper.id}/approval", json=body, headers=claims).status_code == 200
    assert dispense(http, pharmacy, paper).status_code == 201
    assert dispense(http, pharmacy, paper).status_code == 409


@pytest.mark.requirement("S1-73")
def test_the_other_reading_counts_the_first_dispensing_too(http, app):
    household = covered_household(terms={"repeat_prescription_counts": "dispensings"})
    with working_for(household.client.id) as scope:
        provider = make_provider(scope, kind="pharmacy", tier=None).id
    desk = headers_for(Role.PROVIDER, household.client, provider_id=provider)
    paper, _ = make_prescription(household, repeats=(1,))
    assert [dispense(http, desk, paper).status_code for _ in range(3)] == [201, 201, 409]


def test_a_doctor_cannot_write_more_repeats_than_the_contract_allows(household):
    with pytest.raises(RuleRefused, match="too_many_repeats"):
        make_prescription(household, repeats=(3,))


@pytest.mark.requirement("S1-73")
def test_ten_pharmacies_at_once_dispense_it_three_times(household):
    paper, _ = make_prescription(household, repeats=(2,))

    def one(_number: int) -> bool:
        try:
            with working_for(household.client.id) as scope:
                service.dispense(scope, paper.id)
        except RuleRefused:
            return False
        return True

    with ThreadPoolExecutor(5) as pharmacies:
        assert sum(pharmacies.map(one, range(10))) == 3
    with working_for(household.client.id) as scope:
        assert [row.ordinal for row in papers.dispensings(scope, [paper.id])[paper.id]] == [1, 2, 3]


def test_a_prescription_is_withdrawn_before_it_is_dispensed_only(http, household, pharmacy):
    paper, doctor = make_prescription(household)
    assert dispense(http, pharmacy, paper).status_code == 201
    with working_for(household.client.id, doctor) as scope, pytest.raises(RuleRefused, match="already_dispensed"):
        service.withdraw_prescription(scope, paper.id)


def test_what_is_prescribed_does_not_lie_readable(household):
    paper, _ = make_prescription(household)
    assert ITEM["name"].encode() not in paper.items


def test_a_prescription_is_drawn_in_the_clients_brand_for_its_member_and_doctors(http, app):
    household = covered_household()
    paper, doctor = make_prescription(household, repeats=(0, 2))
    address = f"/api/v1/prescriptions/{paper.id}/prescription.pdf"
    drawn = http.get(address, headers=household.headers)
    assert (drawn.status_code, drawn.mimetype, drawn.data[:4]) == (200, "application/pdf", b"%PDF")
    assert http.get(address, headers=covered_household().headers).status_code == 404
    assert http.get(address, headers=headers_for(Role.HR, household.client)).status_code == 403
    with working_for(household.client.id, doctor) as scope:
        service.withdraw_prescription(scope, paper.id)
    assert http.get(address, headers=household.headers).json["reason"] == repeats.WITHDRAWN


def test_the_paper_says_in_each_language_what_to_take_and_how_often_it_is_repeated(app):
    brand = brand_for(covered_household().client)
    items = [ITEM, ITEM | {"name": "Salbutamol", "repeats": 2}]
    face = PrescriptionFace("7264-0815-3297", WRITTEN, "Budi", date(1990, 5, 17), "M1", "dr. Ayu", items)
    words = {}
    for language in ("id", "en", "pt"):
        text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(draw(face, brand, (language,))))
        words[language] = text
        assert all(said in text for said in ("7264-0815-3297", "Paracetamol", "Salbutamol", "2 x", "dr. Ayu"))
    assert ("Resep" in words["id"], "Prescription" in words["en"], "Receita" in words["pt"]) == (True, True, True)
