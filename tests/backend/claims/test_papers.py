"""Papers shown twice, worked on or at odds with themselves are pointed out; nothing is refused for it."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from backend.access import Actor, Role, working_for
from backend.claims import rules, service
from backend.claims.models import Claim
from backend.documents.reading.same_paper import NEAR, VERY_NEAR
from backend.kit import ids
from tests.factories.claims import Household, make_claim, make_household
from tests.factories.papers import a_likeness, as_seen_again, make_receipt

DAY = date(2026, 11, 20)
ANALYST = Actor(Role.CLAIMS, id=ids.new_id())
_seed = count(1)


@pytest.fixture(scope="module")
def home(app) -> Household:
    return make_household(sign_in=True)


@pytest.fixture
def bits() -> str:
    return a_likeness(next(_seed))


def a_number() -> str:
    return f"KW-{ids.new_id().hex[-10:]}"


def handed_in(home: Household, *, member_id: UUID | None = None, requirement: str = "original_receipt", **paper: Any):
    """A claim that was handed in with one receipt beside its form."""
    claim = make_claim(home, papers=("claim_form_outpatient",), member_id=member_id)
    with working_for(home.client.id, home.actor, channel="app") as scope:
        receipt = make_receipt(scope, home.employee_id, **paper)
        service.add_document(scope, claim.id, receipt, requirement)
        return service.submit_claim(scope, claim.id)


def found(claim: Claim) -> list[dict[str, Any]]:
    """The flags about papers."""
    ordinary = {rules.PLACE_UNKNOWN, rules.TOTAL_DIFFERS}
    return [flag for flag in claim.flags if flag["reason"] not in ordinary]


def said(home: Household, claim: Claim, language: str = "en") -> list[str]:
    with working_for(home.client.id, ANALYST, language=language) as scope:
        return [flag["sentence"] for flag in service.workbench(scope, claim.id)["flags"]]


@pytest.mark.requirement("S2-38", "S2-45")
def test_the_same_paper_in_another_photo_points_to_the_other_claim(home, bits):
    number = a_number()
    first = handed_in(home, bits=bits, number=number, on=DAY, total_minor=350_000_00)
    again = as_seen_again(bits, 30)
    second = handed_in(home, bits=again, number=number, on=DAY, total_minor=350_000_00)
    [flag] = found(second)
    assert (flag["reason"], flag["claim_id"]) == (rules.SAME_PAPER, str(first.id))
    assert said(home, second) == [f"A photo shows the same paper as claim {first.number} (88 % of its picture agrees)."]


@pytest.mark.requirement("S2-45")
def test_two_bills_of_one_form_are_not_one_paper(home, bits):
    handed_in(home, bits=bits, number=a_number(), on=DAY, total_minor=200_000_00)
    again = as_seen_again(bits, 10)
    assert found(handed_in(home, bits=again, number=a_number(), on=DAY, total_minor=350_000_00)) == []


def test_a_paper_on_which_nothing_can_be_read_is_found_when_it_looks_the_very_same(home, bits):
    first = handed_in(home, bits=bits)
    near, apart = (as_seen_again(bits, differing) for differing in (VERY_NEAR, VERY_NEAR + 1))
    assert [flag["claim_id"] for flag in found(handed_in(home, bits=near))] == [str(first.id)]
    assert str(first.id) not in {flag["claim_id"] for flag in found(handed_in(home, bits=apart))}


def test_a_paper_turned_by_a_quarter_is_found(home, bits):
    number = a_number()
    turned = bits[1:] + bits[:1]
    first = handed_in(home, bits=turned, number=number)
    assert [flag["claim_id"] for flag in found(handed_in(home, bits=bits, number=number))] == [str(first.id)]


@pytest.mark.requirement("S2-45")
def test_a_receipt_that_reads_the_same_is_found_when_its_photo_looks_otherwise(home, bits):
    number = a_number()
    first = handed_in(home, bits=bits, number=number, on=DAY, total_minor=350_000_00)
    second = handed_in(home, bits=a_likeness(next(_seed)), number=number.lower(), on=DAY, total_minor=350_000_00)
    [flag] = found(second)
    assert (flag["reason"], flag["claim_id"], flag["receipt"]) == (rules.SAME_RECEIPT, str(first.id), number.lower())


@pytest.mark.requirement("S2-45")
def test_a_receipt_whose_total_was_changed_names_both_totals(home, bits):
    number = a_number()
    first = handed_in(home, bits=bits, number=number, on=DAY, total_minor=150_000_00)
    second = handed_in(home, bits=as_seen_again(bits, NEAR), number=number, on=DAY, total_minor=350_000_00)
    [flag] = found(second)
    assert (flag["reason"], flag["claim_id"]) == (rules.ALTERED_PAPER, str(first.id))
    [sentence] = said(home, second)
    assert sentence.endswith(f"claim {first.number}, where its total is Rp\xa0150,000; here it is Rp\xa0350,000.")


def test_forms_look_alike_and_are_not_compared(home, bits):
    handed_in(home, bits=bits, requirement="referral_letter")
    assert found(handed_in(home, bits=bits, requirement="referral_letter")) == []


def test_a_draft_is_nobodys_duplicate(home, bits):
    number = a_number()
    draft = make_claim(home, papers=())
    with working_for(home.client.id, home.actor) as scope:
        paper = make_receipt(scope, home.employee_id, bits=bits, number=number, on=DAY)
        service.add_document(scope, draft.id, paper, "original_receipt")
    assert found(handed_in(home, bits=bits, number=number, on=DAY)) == []


def test_another_clients_papers_are_never_compared(app, home, bits):
    other = make_household(sign_in=True)
    number = a_number()
    handed_in(other, bits=bits, number=number, on=DAY, total_minor=350_000_00)
    assert found(handed_in(home, bits=bits, number=number, on=DAY, total_minor=350_000_00)) == []


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CLAIMS])
def test_another_persons_claim_is_only_named_to_those_who_work_on_claims(home, bits, role):
    number = a_number()
    handed_in(home, bits=bits, number=number, on=DAY, total_minor=350_000_00)
    second = handed_in(home, member_id=home.child_id, bits=bits, number=number, on=DAY, total_minor=350_000_00)
    actor = ANALYST if role is Role.CLAIMS else Actor(Role.MEMBER, id=home.child_id, member_ids=(home.child_id,))
    with working_for(home.client.id, actor) as scope:
        [flag] = [one for one in service.claim_answer(scope, second.id)["flags"] if one["reason"] == rules.SAME_PAPER]
    assert ("claim_id" in flag) is (role is Role.CLAIMS)


@pytest.mark.requirement("S2-45")
@pytest.mark.parametrize(
    ("marks", "reason", "sentence"),
    [
        ({"editor": "Snapseed"}, rules.EDITED_FILE, "saved by Snapseed"),
        ({"revisions": 2}, rules.REVISED_FILE, "added to it 2 times"),
        (
            {"words": {"total_minor": 350_000_00, "words_minor": 150_000_00}},
            rules.WORDS_DIFFER,
            "Rp\xa0350,000 in figures and Rp\xa0150,000 in words",
        ),
        (
            {"lines": {"total_minor": 350_000_00, "lines_minor": 150_000_00}},
            rules.LINES_DIFFER,
            "adds up to Rp\xa0150,000",
        ),
        ({"unclear": {"total_percent": 61, "usual_percent": 97}}, rules.UNCLEAR_TOTAL, "(61 %)"),
    ],
)
def test_signs_of_work_on_a_paper_are_told_with_their_figures_to_those_who_look_at_it(home, marks, reason, sentence):
    claim = handed_in(home, number=a_number(), on=DAY, total_minor=350_000_00, marks=marks)
    assert [flag["reason"] for flag in found(claim)] == [reason]
    assert sentence in said(home, claim)[0]
    with working_for(home.client.id, home.actor) as scope:
        assert reason not in {flag["reason"] for flag in service.claim_answer(scope, claim.id)["flags"]}


@pytest.mark.requirement("S2-45")
@pytest.mark.parametrize(
    ("doubtful", "reasons"), [(False, [rules.READ_OTHERWISE]), (True, [])], ids=["sure", "doubtful"]
)
def test_a_total_that_was_surely_read_otherwise_is_told(home, doubtful, reasons):
    """350.000 is claimed, the receipt says 150.000."""
    claim = handed_in(home, number=a_number(), on=DAY, total_minor=150_000_00, doubtful=doubtful)
    assert [flag["reason"] for flag in found(claim)] == reasons


@pytest.mark.parametrize("language", ["id", "pt"])
def test_every_flag_speaks_the_readers_language(home, language):
    claim = handed_in(home, number=a_number(), on=DAY, total_minor=350_000_00, marks={"editor": "GIMP"})
    [sentence] = said(home, claim, language)
    assert "GIMP" in sentence
    assert sentence != said(home, claim)[0]
