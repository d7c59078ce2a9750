"""An excess's clock and what money on the account may settle, by the rules alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adjudication.rules import Excess
from backend.adjudication.rules.trace import LAWS
from backend.clients.rules import Terms
from backend.funds.papers.drawing import words_in
from backend.funds.rules import excess as rules
from backend.funds.rules.bank import same_account
from backend.funds.rules.excess import ExcessFacts, ExcessState, Move, Part
from backend.funds.rules.matching import Movement, OpenExcess, has_number, match, names
from tests.factories.funds import rupiah

LETTER = date(2026, 11, 2)
DUE = date(2026, 11, 16)


def _facts(**facts) -> ExcessFacts:
    plain = {"state": ExcessState.OPEN, "due_on": DUE, "amount": rupiah(900), "paid": rupiah(0)}
    return ExcessFacts(**(plain | facts))


@pytest.mark.requirement("S1-18", "S1-77")
def test_an_excess_is_due_fourteen_calendar_days_after_the_letter():
    assert rules.due_on(LETTER, Terms()) == DUE


@pytest.mark.requirement("S1-78")
@pytest.mark.parametrize(
    ("facts", "today", "move"),
    [
        pytest.param({}, date(2026, 11, 12), None, id="four days before nothing happens"),
        pytest.param({}, date(2026, 11, 13), Move.REMIND, id="three days before it is mentioned again"),
        pytest.param({"reminded_on": date(2026, 11, 13)}, DUE, None, id="the last day is in time"),
        pytest.param({"reminded_on": date(2026, 11, 13)}, date(2026, 11, 17), Move.STOP_CARD, id="the day after"),
        pytest.param({}, date(2026, 11, 30), Move.REMIND, id="never stopped without a word before"),
        pytest.param({"reminded_on": date(2026, 11, 30)}, date(2026, 11, 30), None, id="nor on the same day"),
        pytest.param({"reminded_on": date(2026, 11, 30)}, date(2026, 12, 1), Move.STOP_CARD, id="but on the next"),
        pytest.param({"state": ExcessState.DISPUTED}, date(2026, 12, 1), None, id="a dispute stops the clock"),
        pytest.param(
            {"reminded_on": date(2026, 11, 13), "stopped_card": True}, date(2026, 12, 1), None, id="only once"
        ),
    ],
)
def test_the_card_is_stopped_only_after_notice(facts, today, move):
    assert rules.move_due(_facts(**facts), today) == move


def test_instalments_are_due_one_after_the_other():
    parts = tuple(Part(date(2026, month, 1), rupiah(300)) for month in (10, 11, 12))
    assert [rules.next_due(_facts(parts=parts, paid=rupiah(paid))).month for paid in (0, 299, 300, 650)] == [
        10,
        10,
        11,
        12,
    ]
    assert rules.is_overdue(_facts(parts=parts, paid=rupiah(300)), date(2026, 11, 2))
    assert not rules.is_overdue(_facts(parts=parts, paid=rupiah(600)), date(2026, 11, 2))


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([(DUE, 500), (DUE + timedelta(days=9), 400)], None),
        ([(DUE, 500)], rules.INSTALMENTS_DIFFER),
        ([(DUE, 500), (DUE, 400)], rules.INSTALMENTS_DIFFER),
        ([(LETTER - timedelta(days=1), 900)], rules.INSTALMENTS_PAST),
    ],
)
def test_instalments_add_up_and_lie_ahead(parts, reason):
    refusal = rules.check_instalments([Part(day, rupiah(amount)) for day, amount in parts], rupiah(900), LETTER)
    assert (refusal and refusal.reason) == reason


@given(before=st.integers(-30, 30), wait=st.integers(0, 90))
def test_a_dispute_takes_no_day_away_and_gives_none(before, wait):
    today = DUE - timedelta(days=before)
    answered = today + timedelta(days=wait)
    assert rules.resumed(rules.paused(DUE, today), answered) == answered + timedelta(days=max(before, 0))


BUDI, SITI = uuid4(), uuid4()
OPEN = [
    OpenExcess(BUDI, ("1264-0815-3297",), "Budi Santoso", rupiah(250_000)),
    OpenExcess(SITI, ("1264-9999-1180",), "Siti Nurhaliza", rupiah(400_000)),
]


@pytest.mark.parametrize(
    ("text", "amount", "settles", "proposals"),
    [
        pytest.param("PT KIRANA LOGISTICS BUDI SANTOSO 1264-0815-3297", 250_000, BUDI, (), id="all there (S1-83)"),
        pytest.param("126408153297", 250_000, BUDI, (), id="the number alone (S1-84)"),
        pytest.param("klaim 1264 0815 3297 cicilan", 100_000, BUDI, (), id="a part of it"),
        pytest.param("1264-0815-3297", 250_001, None, (BUDI,), id="more than is open"),
        pytest.param("1264-0815-3297 dan 1264-9999-1180", 650_000, None, (BUDI, SITI), id="two numbers"),
        pytest.param("BUDI SANTOSO ekses", 250_000, None, (BUDI,), id="a name and the amount only propose"),
        pytest.param("Kirana Logistics siti nurhaliza", 1, None, (SITI,), id="company and employee only propose"),
        pytest.param("pembayaran", 250_000, None, (), id="a bare amount proposes nothing (S1-86)"),
        pytest.param("9126408153297", 250_000, None, (), id="digits within a longer number"),
        pytest.param("", 250_000, None, (), id="nothing written"),
    ],
)
@pytest.mark.requirement("S1-83", "S1-84", "S1-86")
def test_a_number_settles_and_everything_else_is_a_persons_to_decide(text, amount, settles, proposals):
    found = match(Movement(rupiah(amount), text), OPEN, "PT Kirana Logistics")
    assert (found.settles, found.proposals) == (settles, proposals)


@given(st.text(max_size=80), st.integers(1, 10**9))
def test_what_names_no_number_never_settles(text, amount):
    if not any(has_number(text, number) for one in OPEN for number in one.numbers):
        assert match(Movement(rupiah(amount), text), OPEN, "PT Kirana").settles is None


def test_a_name_is_found_without_accents_case_and_legal_form():
    assert names("transfer de JOAO da conceicao", "João da Conceição")
    assert names("kirana logistics", "PT Kirana Logistics Tbk")
    assert not names("budi", "Budi Santoso")


@pytest.mark.parametrize(
    ("written", "ours"),
    [("1234567890", True), ("00801234567890", True), ("1234567890IDR", True), ("1234567899", False), ("", False)],
)
def test_a_statement_is_ours_when_its_account_is(written, ours):
    assert same_account(written, "1234567890") is ours


@pytest.mark.parametrize("language", ["en", "id", "pt"])
@pytest.mark.parametrize("rule", [rule for rule, law in LAWS.items() if law.excess is Excess.CLAIM])
def test_every_rule_that_asks_something_back_has_its_words_on_the_letter(rule, language):
    assert words_in(language)["reasons"][rule.value].strip()
