"""Decision receipts: every figure with its sentence, in every language and form, and always a way to a person."""

import pytest

from backend import languages
from backend.adjudication import receipts
from backend.adjudication.receipts import Judged, JudgedLine
from backend.adjudication.record import read, written
from backend.adjudication.rules import Item, Judgement, Payer, judge
from backend.bench.bill_book import bills
from backend.benefits.rules import Exclusion
from tests.factories.bills import a_benefit, a_cover, a_limit, bill, co_payment, judged, line, rp, used

LANGUAGES = ("id", "en", "pt")
EXCLUSIONS = {"cosmetic": {"id": "Perawatan kosmetik", "en": "Cosmetic treatment", "pt": "Tratamento cosmético"}}


def as_judged(judgement: Judgement, *, cashless: bool = False, hotline: str = "1500 567") -> Judged:
    lines = tuple(
        JudgedLine(f"Item {number}", one.billed, one.shares, one.steps)
        for number, one in enumerate(judgement.lines, start=1)
    )
    return Judged(judgement.version, cashless, lines, judgement.shares, EXCLUSIONS, hotline)


def specialist(**facts) -> Judged:
    """800.000 at a specialist: 10 % co-payment, 600.000 a visit; a cream of 150.000 is excluded."""
    op = a_benefit("OP", "outpatient", a_limit("visit", 600_000), co_payment=co_payment(10))
    rx = a_benefit("RX", "pharmacy", exclusions=(Exclusion("cosmetic", ("Z41",)),))
    asked = bill(line(800_000), line(150_000, "RX", Item.MEDICINE, diagnosis="Z41.1"), **facts)
    return as_judged(judged(asked, a_cover(op, rx)), cashless=facts.get("cashless", False))


@pytest.mark.requirement("S0-83")
def test_a_receipt_says_in_a_sentence_what_comes_back_and_what_does_not():
    """800.000 less 80.000 is 720.000, over 600.000 by 120.000; with the cream 350.000 of 950.000 are the member's."""
    assert receipts.summary(specialist(), "en") == [
        "You paid Rp\xa0950,000 and get Rp\xa0600,000 back. Rp\xa0350,000 are yours."
    ]


@pytest.mark.requirement("S1-13", "S1-14")
def test_at_the_desk_it_says_what_is_paid_before_leaving_and_what_is_asked_for_later():
    """The co-payment of 80.000 is known at the desk; 120.000 over the limit and the cream of 150.000 come by letter."""
    assert receipts.summary(specialist(cashless=True), "en") == [
        "Of Rp\xa0950,000 your plan pays Rp\xa0600,000. You pay Rp\xa0350,000.",
        "Rp\xa080,000 are paid at the desk before leaving.",
        "Rp\xa0270,000 will be asked for by letter.",
    ]


def test_every_step_has_its_sum_with_the_figures_filled_in():
    first = receipts.receipt(specialist(), "en")["lines"][0]["steps"]
    assert [(step["sentence"], step["arithmetic"]) for step in first] == [
        ("Your share is 10 %, that is Rp\xa080,000.", "Rp\xa0800,000 × 10 % = Rp\xa080,000"),
        (
            "Your plan pays at most Rp\xa0600,000 a visit; Rp\xa00 of it were used. Rp\xa0120,000 lie above.",
            "Rp\xa0720,000 - (Rp\xa0600,000 - Rp\xa00) = Rp\xa0120,000",
        ),
        ("Your plan pays Rp\xa0600,000.", ""),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Program Anda tidak menanggung ini: Perawatan kosmetik."),
        ("en", "Your plan does not cover this: Cosmetic treatment."),
        ("pt", "O seu plano não cobre isto: Tratamento cosmético."),
    ],
)
def test_an_exclusion_is_called_what_the_plan_calls_it(language: str, said: str):
    assert receipts.receipt(specialist(), language)["lines"][1]["steps"][0]["sentence"] == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_never_refuses_silently_and_always_shows_a_way_to_a_person(language: str):
    made = specialist()
    for form in (receipts.as_text(made, language), receipts.as_speech(made, language)):
        assert "1500 567" in form
    assert "1500 567" in receipts.receipt(made, language)["person"]
    without = Judged(made.version, False, made.lines, made.shares, made.exclusions, "")
    assert receipts.person(without, language) == languages.message(
        "adjudication.receipt.person_without_number", language
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_book_is_told_without_a_gap_in_every_language(language: str):
    """Every step of a hundred and twenty bills becomes a sentence and, where there is one, a sum without a hole."""
    for case in bills(7, 120, awkward=2):
        judgement = judge(case.bill, case.cover, case.accumulators, case.tariffs, case.calendar)
        told = as_judged(judgement, cashless=case.bill.cashless)
        for each in told.lines:
            for step in each.steps:
                said = receipts.sentence(step, told, language)
                assert "{" not in said
                assert "adjudication." not in said
                assert "{" not in receipts.arithmetic(step, language)
                assert step.moved.display(language) in receipts.arithmetic(step, language) or not receipts.arithmetic(
                    step, language
                )


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatsapp_takes_a_long_bill_whole_or_says_how_many_lines_are_left(language: str):
    op = a_benefit("OP", "outpatient", a_limit("visit", 1))
    told = as_judged(judged(bill(*[line(800_000) for _ in range(40)]), a_cover(op)))
    text = receipts.as_text(told, language)
    assert len(text) <= receipts.LONGEST_TEXT
    shown = text.count("*Item ")
    assert 0 < shown < 40
    assert languages.message("adjudication.receipt.more", language, {"count": 40 - shown}) in text
    assert text.endswith(receipts.person(told, language))


def test_whatsapp_shows_a_short_bill_with_every_reason():
    text = receipts.as_text(specialist(), "en")
    assert text.splitlines() == [
        "*How your bill was decided*",
        "You paid Rp\xa0950,000 and get Rp\xa0600,000 back. Rp\xa0350,000 are yours.",
        "",
        "*Item 1*: Rp\xa0800,000 – Your plan Rp\xa0600,000",
        "• Your share is 10 %, that is Rp\xa080,000.",
        "• Your plan pays at most Rp\xa0600,000 a visit; Rp\xa00 of it were used. Rp\xa0120,000 lie above.",
        "",
        "*Item 2*: Rp\xa0150,000 – Your plan Rp\xa00",
        "• Your plan does not cover this: Cosmetic treatment.",
        "",
        "If you think this is wrong, a person will look at it again: ask for one in the chat, or call 1500 567.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_speech_takes_about_thirty_seconds(language: str):
    """Eighty words are about half a minute; the reasons that cost most are said, not all of them."""
    op = a_benefit("OP", "outpatient", a_limit("visit", 600_000), a_limit("year", 900_000), co_payment=co_payment(10))
    told = as_judged(judged(bill(line(800_000), line(70_000, "NONE")), a_cover(op), entries=(used(500_000),)))
    spoken = receipts.as_speech(told, language)
    assert 25 <= len(spoken.split()) <= 90
    assert rp(200_000).display(language) in spoken
    assert rp(80_000).display(language) not in spoken


def test_what_everybody_pays_stands_in_the_totals():
    totals = receipts.receipt(specialist(), "id")["totals"]
    assert (totals["billed"], totals["plan"], totals["member"]) == (rp(950_000), rp(600_000), rp(350_000))
    assert totals["plan"] + totals["other"] + totals["member"] + totals["provider"] == totals["billed"]


def test_a_bill_that_is_paid_in_full_says_so():
    assert receipts.summary(as_judged(judged(bill(line(80_000)))), "en") == [
        "You paid Rp\xa080,000 and get all of it back."
    ]


def test_steps_come_back_from_the_archive_as_they_were():
    for case in bills(11, 120, awkward=2):
        for each in judge(case.bill, case.cover, case.accumulators, case.tariffs, case.calendar).lines:
            assert read(written(each.steps)) == each.steps


def test_what_is_archived_names_clause_sum_and_payer():
    (step,) = [one for one in specialist().lines[0].steps if one.payer is Payer.PLAN]
    assert written((step,)) == [
        {
            "rule": "plan_pays",
            "clause": "S0-47",
            "arithmetic": "",
            "inputs": {"open": {"amount_minor": 600_000_00, "currency": "IDR"}},
            "moved": {"amount_minor": 600_000_00, "currency": "IDR"},
            "result": {"amount_minor": 0, "currency": "IDR"},
            "payer": "plan",
            "excess": None,
        }
    ]
