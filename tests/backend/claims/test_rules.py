"""The pure rules of papers, dates and figures."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.claims import checklists, rules
from backend.claims.rules import Treatment
from backend.clients.rules import JABODETABEK, Terms
from backend.kit.money import Money
from backend.languages import LANGUAGES

TERMS = Terms()
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
regions = st.sampled_from([*JABODETABEK, "3578", "5171", None])


def _needed(benefit: str, *circumstances: str, relationship: str = "employee") -> list[str]:
    told = rules.circumstances_of(circumstances, relationship)
    return [line.code for line in checklists.required_documents(benefit) if line.applies(told)]


class TestChecklists:
    @pytest.mark.parametrize(
        ("benefit", "code", "source"),
        [
            pytest.param("inpatient", "claim_form_inpatient", "S1-32", marks=pytest.mark.requirement("S1-32")),
            pytest.param("inpatient", "member_card", "S1-33", marks=pytest.mark.requirement("S1-33")),
            pytest.param("inpatient", "hospital_receipt", "S1-34", marks=pytest.mark.requirement("S1-34")),
            pytest.param("inpatient", "medicine_breakdown", "S1-35", marks=pytest.mark.requirement("S1-35")),
            pytest.param("inpatient", "test_breakdown", "S1-36", marks=pytest.mark.requirement("S1-36")),
            pytest.param("inpatient", "test_results", "S1-37", marks=pytest.mark.requirement("S1-37")),
            pytest.param("inpatient", "medical_certificate", "S1-38", marks=pytest.mark.requirement("S1-38")),
            pytest.param("maternity", "claim_form_maternity", "S1-42", marks=pytest.mark.requirement("S1-42")),
            pytest.param("maternity", "member_card", "S1-43", marks=pytest.mark.requirement("S1-43")),
            pytest.param("maternity", "hospital_receipt", "S1-44", marks=pytest.mark.requirement("S1-44")),
            pytest.param("maternity", "maternity_doctor_receipt", "S1-45", marks=pytest.mark.requirement("S1-45")),
            pytest.param("maternity", "pregnancy_letter", "S1-46", marks=pytest.mark.requirement("S1-46")),
            pytest.param("outpatient", "claim_form_outpatient", "S1-47", marks=pytest.mark.requirement("S1-47")),
            pytest.param("dental", "member_card", "S1-48", marks=pytest.mark.requirement("S1-48")),
            pytest.param("dental", "original_receipt", "S1-49", marks=pytest.mark.requirement("S1-49")),
            pytest.param("outpatient", "prescription_copy", "S1-50", marks=pytest.mark.requirement("S1-50")),
            pytest.param("outpatient", "laboratory_result", "S1-51", marks=pytest.mark.requirement("S1-51")),
            pytest.param("optical", "optician_receipt", "S1-53", marks=pytest.mark.requirement("S1-53")),
            pytest.param("optical", "eye_test_result", "S1-54", marks=pytest.mark.requirement("S1-54")),
            pytest.param("optical", "ophthalmologist_letter", "S1-25", marks=pytest.mark.requirement("S1-25")),
        ],
    )
    def test_the_list_names_every_paper_of_its_source(self, benefit, code, source):
        lines = {line.code: line.source for line in checklists.required_documents(benefit)}
        assert lines[code] == source

    @pytest.mark.requirement("S1-32")
    def test_the_hospitals_own_form_takes_the_place_of_ours(self):
        form = checklists.required_documents("inpatient")[0]
        assert form.met_by({"provider_form"})

    @pytest.mark.requirement("S1-52")
    def test_a_receipt_with_the_diagnosis_is_form_and_receipt_at_once(self):
        lines = checklists.required_documents("outpatient")
        told = rules.circumstances_of([], "employee")
        assert rules.missing_documents(lines, told, {"receipt_with_diagnosis"}) == []

    def test_a_receipt_with_the_diagnosis_does_not_stand_for_a_hospital_form(self):
        assert not checklists.required_documents("inpatient")[0].met_by({"receipt_with_diagnosis"})

    def test_the_card_is_never_asked_of_somebody_who_has_an_e_card(self):
        for benefit in ("inpatient", "maternity", "outpatient", "dental", "optical", "pharmacy"):
            assert "member_card" not in _needed(benefit)

    @pytest.mark.requirement("S1-50")
    def test_a_pharmacy_purchase_asks_for_the_prescription(self):
        assert {"prescription_copy", "pharmacy_receipt"} <= set(_needed("outpatient", "pharmacy_purchase"))
        assert "prescription_copy" not in _needed("outpatient")

    @pytest.mark.requirement("S1-51")
    def test_a_laboratory_test_asks_for_result_recommendation_and_receipt(self):
        asked = {"laboratory_result", "test_recommendation", "laboratory_receipt"}
        assert asked <= set(_needed("dental", "laboratory_test"))
        assert not asked & set(_needed("dental"))

    def test_a_stay_without_tests_asks_for_no_results(self):
        assert {"test_breakdown", "test_results"} <= set(_needed("inpatient"))
        assert not {"test_breakdown", "test_results"} & set(_needed("inpatient", "no_tests"))

    @pytest.mark.requirement("S1-25")
    def test_a_childs_glasses_ask_for_the_ophthalmologists_letter(self):
        assert "ophthalmologist_letter" in _needed("optical", relationship="child")
        assert "glasses_approval" not in _needed("optical", relationship="child")

    def test_an_adults_glasses_ask_for_the_approval(self):
        assert "glasses_approval" in _needed("optical", relationship="spouse")
        assert "ophthalmologist_letter" not in _needed("optical", relationship="spouse")

    def test_a_guarantee_is_never_reimbursed(self):
        assert checklists.required_documents("guarantee") == ()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_paper_has_words_in_every_language(self, language):
        for code in checklists.codes():
            words = checklists.words_of(code)
            assert words.names[language]
            assert words.notes[language]

    def test_every_line_names_a_known_paper_and_circumstance(self):
        for benefit in checklists.benefits():
            for line in checklists.required_documents(benefit):
                assert line.code in checklists.codes()
                assert {line.when, line.unless} <= checklists.askable() | {None, "adult", "child"}


class TestMissing:
    lines = checklists.required_documents("outpatient")
    told = rules.circumstances_of([], "employee")

    def test_what_was_returned_must_come_again(self):
        before = {"claim_form_outpatient", "original_receipt"}
        assert rules.missing_documents(self.lines, self.told, before, ["original_receipt"]) == ["original_receipt"]
        assert rules.missing_documents(self.lines, self.told, before, ["original_receipt"], ["original_receipt"]) == []

    def test_an_alternative_answers_a_return_too(self):
        before = {"claim_form_outpatient", "original_receipt"}
        again = ["receipt_with_diagnosis"]
        assert rules.missing_documents(self.lines, self.told, before, ["original_receipt"], again) == []

    @pytest.mark.requirement("S1-41")
    def test_other_evidence_can_be_asked_for(self):
        before = {"claim_form_outpatient", "original_receipt"}
        assert rules.missing_documents(self.lines, self.told, before, ["other_evidence"]) == ["other_evidence"]

    @given(st.sets(st.sampled_from(sorted(checklists.codes()))), st.sampled_from(sorted(checklists.codes())))
    def test_one_more_paper_never_makes_more_missing(self, attached, more):
        before = rules.missing_documents(self.lines, self.told, attached)
        assert set(rules.missing_documents(self.lines, self.told, attached | {more})) <= set(before)


class TestDeadlines:
    @given(days, regions, st.integers(0, 60))
    def test_the_last_day_is_in_time_and_the_next_is_not(self, visit_on, region, stay):
        treatment = Treatment("inpatient", visit_on, visit_on + timedelta(days=stay), region)
        last = rules.submit_by(treatment, TERMS)
        assert rules.check_in_time(last, last) is None
        late = rules.check_in_time(last + timedelta(days=1), last)
        assert late
        assert late.figures["days_late"] == 1

    @given(days, regions)
    def test_a_place_nobody_named_never_shortens_the_time(self, visit_on, region):
        named = rules.submit_by(Treatment("outpatient", visit_on, None, region), TERMS)
        assert rules.submit_by(Treatment("outpatient", visit_on), TERMS) >= named

    @given(days, regions, st.integers(0, 60))
    def test_leaving_later_never_shortens_the_time(self, visit_on, region, stay):
        shorter = rules.submit_by(Treatment("inpatient", visit_on, visit_on, region), TERMS)
        longer = rules.submit_by(Treatment("inpatient", visit_on, visit_on + timedelta(days=stay), region), TERMS)
        assert longer == shorter + timedelta(days=stay)

    def test_an_unknown_place_is_looked_at_only_when_it_decides(self):
        treatment = Treatment("outpatient", date(2026, 3, 1))
        assert not rules.place_matters(treatment, date(2026, 3, 31), TERMS)
        assert rules.place_matters(treatment, date(2026, 4, 1), TERMS)

    @pytest.mark.parametrize(
        ("visit_on", "discharge_on", "reason"),
        [
            (date(2026, 3, 3), None, "claims.visit_in_future"),
            (date(2026, 3, 1), date(2026, 3, 3), "claims.discharge_in_future"),
            (date(2026, 3, 1), date(2026, 2, 28), "claims.discharge_before_visit"),
        ],
    )
    def test_dates_that_cannot_be_are_refused(self, visit_on, discharge_on, reason):
        refusal = rules.check_dates(visit_on, discharge_on, date(2026, 3, 2))
        assert refusal
        assert refusal.reason == reason

    def test_a_stay_of_one_day_is_a_stay(self):
        assert rules.check_dates(date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 1)) is None


class TestFigures:
    @given(st.lists(st.integers(0, 10**10), min_size=1, max_size=20))
    def test_lines_that_add_up_raise_no_flag(self, amounts):
        lines = [Money(amount, "IDR") for amount in amounts]
        total = sum(lines, Money.zero("IDR"))
        assert rules.TOTAL_DIFFERS not in {flag.reason for flag in rules.amount_flags(total, lines)}

    def test_lines_that_do_not_add_up_are_flagged_with_both_sums(self):
        (flag,) = rules.amount_flags(Money(100, "IDR"), [Money(60, "IDR"), Money(30, "IDR")])
        assert (flag.reason, flag.figures["lines"]["amount_minor"]) == (rules.TOTAL_DIFFERS, 90)

    def test_a_slipped_decimal_point_is_flagged(self):
        (flag,) = rules.amount_flags(Money.of_major(3_500_000_000, "IDR"), [])
        assert flag.reason == rules.UNUSUAL_AMOUNT

    @pytest.mark.parametrize(("one", "other"), [("RS. Cempaka", "rs cempaka"), ("INV/2026-07", "inv 2026 07")])
    def test_the_same_words_in_another_spelling_are_the_same(self, one, other):
        assert rules.same_words(one) == rules.same_words(other)
