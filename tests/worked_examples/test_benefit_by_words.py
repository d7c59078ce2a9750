"""Which benefit a line falls under when the plan has several and nobody said so, as stories with figures.

The Indonesian plan: general practitioner at most Rp 350.000 a visit, specialist less 10 % with a referral, tests,
medicine, and the two benefits of spectacles. The Mozambican one has a single benefit for every visit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backend import languages
from backend.adjudication.receipts import step_sentence
from backend.adjudication.rules import Item, Judgement, Rule
from backend.claims.placing import Offer, Place, Visit, place, place_whole, questions
from backend.claims.service_words import read
from backend.devstack.receipts.content import COUNTRIES
from tests.factories.bills import a_benefit, a_cover, a_limit, bill, co_payment, judged, line, split_of

DAY = date(2026, 3, 10)
PLAN = (
    Offer("GP", "outpatient", frozenset({"general_practitioner", "treatment", "registration"})),
    Offer("SPEC", "outpatient", frozenset({"specialist", "treatment", "registration"})),
    Offer("LAB", "outpatient", frozenset({"test"})),
    Offer("RX", "pharmacy", frozenset({"medicine", "vitamin"})),
    Offer("DENTAL", "dental"),
    Offer("FRAME", "optical", frozenset({"frame"})),
    Offer("LENSES", "optical", frozenset({"lenses"})),
)
ONE_FOR_ALL = (
    Offer("OP", "outpatient"),
    Offer("RX", "pharmacy"),
    Offer("OPTICAL", "optical"),
    Offer("DENTAL", "dental"),
)
VISIT = Visit("outpatient", PLAN)


def placed(*texts: str, visit: Visit = VISIT) -> list[str]:
    """The benefits of these lines; empty where a person has to say."""
    return [one.benefit for one in _places(*texts, visit=visit)]


def _places(*texts: str, visit: Visit = VISIT) -> list[Place]:
    return place([read(text, DAY) for text in texts], visit)


@pytest.mark.requirement("S2-35", "S2-38")
@pytest.mark.parametrize(
    ("text", "benefit"),
    [
        ("Konsultasi dokter umum", "GP"),
        ("Poli umum", "GP"),
        ("Konsultasi dr. Andi Wijaya, Sp.A", "SPEC"),
        ("Visite dokter spesialis", "SPEC"),
        ("Konsultasi penyakit dalam", "SPEC"),
        ("Laboratorium darah lengkap", "LAB"),
        ("Rontgen thorax", "LAB"),
        ("USG abdomen", "LAB"),
        ("Amoxicillin 500 mg", "RX"),
        ("Obat racikan", "RX"),
        ("Parasetamol sirup", "RX"),
        ("Consulta de clínica geral", "GP"),
        ("Consulta de cardiologia", "SPEC"),
        ("Análises clínicas", "LAB"),
        ("Xarope para a tosse", "RX"),
        ("General practitioner consultation", "GP"),
        ("Specialist consultation", "SPEC"),
        ("Blood test", "LAB"),
    ],
)
def test_a_line_falls_under_the_benefit_that_its_own_words_name(text: str, benefit: str):
    assert placed(text) == [benefit]


@pytest.mark.requirement("S2-38")
@pytest.mark.parametrize(
    "text",
    [
        "Konsultasi dokter",  # which one?
        "Honorários médicos",
        "Jasa medis",  # a doctor's or a procedure's fee
        "Kunjungan",  # says nothing
        "Tambal gigi",  # a dentist's line on a form for the doctor
        "Kacamata lengkap",  # nothing of an optician belongs there
        "Konsultasi dokter (ditanggung BPJS)",  # another payer has a part of it
        "Fisioterapi",  # the plan has no benefit for it
        "Persalinan normal",
    ],
)
def test_what_is_ambiguous_or_at_home_elsewhere_waits_for_a_person(text: str):
    assert placed(text) == [""]


@pytest.mark.requirement("S0-21")
def test_a_first_level_clinic_has_general_practitioners_only():
    """Domain.md 2.4: FKTP is the first level, specialists sit in FKRTL."""
    (one,) = _places("Konsultasi dokter", visit=replace(VISIT, first_tier=True))
    assert (one.benefit, one.how.by, one.how.words) == ("GP", "tier", "konsultasi dokter")


@pytest.mark.requirement("S0-21")
def test_a_referral_says_that_the_doctor_was_a_specialist():
    (one,) = _places("Konsultasi dokter", visit=replace(VISIT, referred=True))
    assert (one.benefit, one.how.by) == ("SPEC", "referral")


def test_words_that_say_specialist_are_not_outweighed_by_the_place():
    """A cardiologist holds a clinic at the first level: the line says so, and the place does not change it."""
    assert placed("Konsultasi dr. Sari, Sp.JP", visit=replace(VISIT, first_tier=True)) == ["SPEC"]


def test_a_registration_fee_and_a_procedure_go_with_the_doctor_of_the_visit():
    assert placed("Administrasi", "Konsultasi dokter umum", "Tindakan nebulizer") == ["GP", "GP", "GP"]
    assert placed("Administrasi", "Konsultasi dokter spesialis") == ["SPEC", "SPEC"]


def test_a_registration_fee_by_itself_or_beside_two_doctors_waits():
    assert placed("Administrasi", "Laboratorium darah") == ["", "LAB"]
    assert placed("Administrasi", "Dokter umum", "Dokter spesialis") == ["", "GP", "SPEC"]


def test_lenses_and_frame_are_two_benefits_and_a_pair_of_spectacles_is_neither():
    glasses = Visit("optical", PLAN)
    assert placed("Lensa progresif", "Bingkai titanium", visit=glasses) == ["LENSES", "FRAME"]
    assert placed("Lentes graduadas", "Aro metálico", "Armação", visit=glasses) == ["LENSES", "FRAME", "FRAME"]
    assert placed("Kacamata lengkap", visit=glasses) == [""]


def test_the_members_choice_decides_what_the_words_leave_open():
    (asked,) = _places("Konsultasi dokter")
    assert questions([asked]) == ("GP", "SPEC")
    (one,) = _places("Konsultasi dokter", visit=replace(VISIT, chosen="SPEC"))
    assert (one.benefit, one.how.by) == ("SPEC", "choice")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("Konsultasi dokter spesialis", "GP"), ("Laboratorium darah", "GP"), ("Amoxicillin 500 mg", "SPEC")],
)
def test_a_choice_never_outweighs_words_that_say_something_else(text: str, chosen: str):
    assert placed(text, visit=replace(VISIT, chosen=chosen)) == placed(text)


def test_a_choice_places_no_line_that_says_nothing():
    """What nobody can read is not made a doctor's fee by a member's tap."""
    assert placed("Kunjungan", "Tambal gigi", visit=replace(VISIT, chosen="GP")) == ["", ""]


def test_a_bill_without_lines_is_what_the_member_chose_unless_the_place_says_what_it_sells():
    assert place_whole(None, VISIT).between == ("GP", "SPEC", "LAB")
    assert place_whole(None, replace(VISIT, chosen="GP")).benefit == "GP"
    laboratory = read("Laboratorium Prisma Klinik", DAY)
    assert place_whole(laboratory, replace(VISIT, chosen="GP")).benefit == "LAB"
    assert place_whole(read("Apotek Daun Sirih", DAY), Visit("pharmacy", PLAN)).benefit == "RX"


def test_a_plan_with_one_benefit_for_a_group_needs_no_words():
    visit = Visit("outpatient", ONE_FOR_ALL)
    assert placed("Consulta", "Análises", "Paracetamol 500 mg", "Taxa de urgência nocturna", visit=visit) == ["OP"] * 4
    assert placed("Aro metálico", "Destartarização", visit=visit) == ["", ""]


def test_no_edition_speaks_of_treatments_before_its_first_day():
    assert read("Konsultasi dokter umum", date(2024, 12, 31)) is None
    found = read("Konsultasi dokter umum", date(2025, 1, 1))
    assert found is not None
    assert found.edition == "2025-01"


COVER = a_cover(
    a_benefit("GP", "outpatient", a_limit("visit", 350_000, codes=("GP",))),
    a_benefit("SPEC", "outpatient", referral_required=True, co_payment=co_payment(10, 100_000)),
    a_benefit("RX", "pharmacy", exclusions=()),
)


def as_read(*lines: tuple[str, int], visit: Visit = VISIT) -> Judgement:
    """The lines of a bill judged where their words put them."""
    places = _places(*(text for text, _ in lines), visit=visit)
    made = [
        line(amount, one.benefit, Item.OTHER, placing=one.how) for (_, amount), one in zip(lines, places, strict=True)
    ]
    return judged(bill(*made, referral=visit.referred), COVER)


@pytest.mark.requirement("S2-35")
def test_a_visit_of_400_000_is_paid_by_two_benefits():
    """Doctor and registration 210.000 + 15.000 fit into 350.000; medicine 175.000 as charged: all 400.000."""
    judgement = as_read(("Konsultasi dokter umum", 210_000), ("Administrasi", 15_000), ("Amoxicillin 500 mg", 175_000))
    assert split_of(judgement) == {"plan": 400_000}
    assert [one.benefit for one in judgement.lines] == ["GP", "GP", "RX"]


@pytest.mark.requirement("S2-1")
def test_the_same_consultation_costs_the_member_a_share_with_a_specialist():
    """250.000 with a referral: 10 % = 25.000 are the member's."""
    visit = replace(VISIT, referred=True)
    assert split_of(as_read(("Konsultasi dokter", 250_000), visit=visit)) == {"plan": 225_000, "member": 25_000}


@pytest.mark.requirement("S2-38")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Read from the words “dokter spesialis”: specialist."),
        ("id", "Terbaca dari kata “dokter spesialis”: dokter spesialis."),
        ("pt", "Lido nas palavras «dokter spesialis»: consulta de especialidade."),
    ],
)
def test_the_receipt_says_from_which_words_the_benefit_was_read(language: str, sentence: str):
    """The first step of a line's trace, before any sum."""
    judgement = as_read(("Konsultasi dokter spesialis", 250_000), visit=replace(VISIT, referred=True))
    step = judgement.lines[0].steps[0]
    assert step.rule is Rule.PLACED_BY_WORDS
    assert (step.inputs["edition"], step.payer, step.moved.amount_minor) == ("2025-01", None, 0)
    assert step_sentence(step, {}, language) == sentence


@pytest.mark.parametrize("language", languages.LANGUAGES)
@pytest.mark.parametrize(
    ("text", "visit", "rule"),
    [
        ("Konsultasi dokter", replace(VISIT, first_tier=True), Rule.PLACED_BY_TIER),
        ("Konsultasi dokter", replace(VISIT, referred=True), Rule.PLACED_BY_REFERRAL),
        ("Konsultasi dokter", replace(VISIT, chosen="GP"), Rule.PLACED_BY_CHOICE),
        (
            "Konsultasi dokter",
            Visit("outpatient", (Offer("D", "outpatient", VISIT.offers[0].services), *PLAN[2:])),
            None,
        ),
    ],
)
def test_every_way_to_a_benefit_is_told_in_a_whole_sentence(language: str, text: str, visit: Visit, rule: Rule | None):
    judgement = as_read((text, 100_000), visit=visit)
    step = judgement.lines[0].steps[0]
    assert rule is None or step.rule is rule
    assert "{" not in step_sentence(step, {}, language)


@pytest.mark.parametrize("country", ["ID", "MZ", "AO"])
def test_every_line_of_the_printed_receipts_is_read(country: str):
    """Words of another hand: what the makers of the test photos print on bills."""
    unread = {
        words for offered in COUNTRIES[country].goods.values() for words, *_ in offered if read(words, DAY) is None
    }
    assert unread == set()
