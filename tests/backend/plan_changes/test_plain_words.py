"""What differs between two versions of a plan, in sentences that anybody understands, in every language."""

from __future__ import annotations

import string
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import languages
from backend.benefits.rules import Basis, CoPayment, Limit, SharedBy
from backend.kit.money import Money
from backend.notifications import wording
from backend.plan_changes.rules import plain
from backend.plan_changes.rules.plain import Line, differences


def rp(amount: int) -> Money:
    return Money.of_major(amount, "IDR")


def per(basis: str, amount: int | None = None, count: int | None = None, *, family: bool = False, years: int = 1):
    shared = SharedBy.FAMILY if family else SharedBy.PERSON
    return Limit(Basis(basis), shared, None if amount is None else rp(amount), count, None, years)


CARE = Line("OP", {"id": "Rawat jalan", "en": "Outpatient", "pt": "Consultas"}, limits=(per("visit", 350_000),))
KNEE = {"knee": {"id": "Lutut", "en": "Knee", "pt": "Joelho"}}


def said(before: list[Line], after: list[Line], language: str = "en") -> list[str]:
    text = wording.shown_fact("plan_changes", differences(before, after), language)
    return [line.removeprefix("– ") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"limits": (per("visit", 200_000),)}, "Outpatient, limit per visit: Rp\xa0350,000 → Rp\xa0200,000"),
        ({"limits": ()}, "Outpatient, limit per visit: Rp\xa0350,000 → none"),
        ({"limits": (*CARE.limits, per("year", count=4))}, "Outpatient, limit per year: none → 4 ×"),
        (
            {"limits": (*CARE.limits, per("year", 9_000_000, family=True))},
            "Outpatient, limit per year for the family: none → Rp\xa09,000,000",
        ),
        (
            {"limits": (*CARE.limits, per("year", 1_000_000, years=2))},
            "Outpatient, limit over several years: none → Rp\xa01,000,000",
        ),
        ({"co_payment": CoPayment(Decimal("10.00"), None)}, "Outpatient, your share of each bill: nothing → 10 %"),
        (
            {"co_payment": CoPayment(Decimal(20), rp(100_000))},
            "Outpatient, your share of each bill: nothing → 20 %, at most Rp\xa0100,000",
        ),
        (
            {"deductible": (rp(50_000), "visit")},
            "Outpatient, what you pay first yourself: nothing → Rp\xa050,000 per visit",
        ),
        ({"waiting_days": 30}, "Outpatient, waiting time in days: 0 → 30"),
        ({"room_class": "VIP"}, "Outpatient, room class: none → VIP"),
        ({"room_rate": rp(750_000)}, "Outpatient, room per day: none → Rp\xa0750,000"),
        ({"flags": {"referral_required": True}}, "Outpatient: a referral is needed now."),
        ({"flags": {"network_only": True}}, "Outpatient: only at providers of the network now."),
        ({"exclusions": KNEE}, "Outpatient: not covered any more: Knee."),
        ({"further": "room"}, "Outpatient: details change, see your benefits."),
    ],
)
def test_one_difference_is_one_sentence(change, sentence):
    assert said([CARE], [replace(CARE, **change)]) == [sentence]


def test_a_benefit_that_comes_and_one_that_goes_are_named():
    other = replace(CARE, code="OPT", names={"id": "Kacamata", "en": "Glasses", "pt": "Óculos"})
    assert said([CARE], [other]) == ["Glasses: new in your plan.", "Outpatient: no longer part of your plan."]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Rawat jalan, batas per kunjungan: Rp\xa0350.000 → Rp\xa0200.000"),
        ("pt", "Consultas, limite por consulta: Rp\xa0350\xa0000 → Rp\xa0200\xa0000"),
    ],
)
def test_it_is_said_in_the_readers_language(language, sentence):
    assert said([CARE], [replace(CARE, limits=(per("visit", 200_000),))], language) == [sentence]


def test_a_long_list_ends_by_saying_that_there_is_more():
    lines = [replace(CARE, code=f"B{number}") for number in range(plain.MOST + 1)]
    found = said([], lines)
    assert (len(found), found[-1]) == (plain.MOST, "… and more: see your benefits in the app.")


LIMITS = st.lists(
    st.builds(
        per,
        st.sampled_from([basis.value for basis in Basis]),
        st.none() | st.integers(0, 10**9),
        st.none() | st.integers(0, 99),
        family=st.booleans(),
        years=st.integers(1, 3),
    ),
    max_size=4,
)
LINES = st.builds(
    Line,
    code=st.sampled_from(["OP", "IP", "OPT"]),
    names=st.just(CARE.names),
    limits=LIMITS.map(tuple),
    co_payment=st.none() | st.builds(CoPayment, st.integers(0, 100).map(Decimal), st.none() | st.just(rp(5))),
    deductible=st.none() | st.tuples(st.just(rp(9)), st.sampled_from(["visit", "case", "year"])),
    waiting_days=st.integers(0, 400),
    room_class=st.none() | st.sampled_from(["1", "VIP"]),
    room_rate=st.none() | st.just(rp(700_000)),
    flags=st.dictionaries(st.sampled_from(plain.FLAGS), st.booleans()),
    exclusions=st.just({}) | st.just(KNEE),
)
TABLES = st.lists(LINES, max_size=3, unique_by=lambda line: line.code)


@given(TABLES)
def test_the_same_terms_differ_in_nothing(table):
    assert differences(table, table) == []


@given(TABLES, TABLES)
@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_whatever_differs_can_be_said(language, before, after):
    for sentence in said(before, after, language):
        assert not [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
        assert "plan_changes." not in sentence
