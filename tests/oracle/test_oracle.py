"""The engine and a second reading of the rows agree on every line of a generated book: no wrong payment."""

import os

import pytest

from backend.adjudication.rules import judge
from backend.bench.bill_book import bills
from tests.oracle.reading import read

BOOK = int(os.environ.get("CARELINE_BOOK", "4000"))
"""Bills of the book; every second one is out of the ordinary."""


def _shares(line) -> dict[str, int]:
    shares = line.shares
    return {
        "plan": shares.plan.amount_minor,
        "other": shares.other.amount_minor,
        "member": shares.member.amount_minor,
        "provider": shares.provider.amount_minor,
    }


@pytest.mark.requirement("S0-47", "S2-34", "S2-35", "S2-44", "S4-8")
def test_no_line_of_the_book_is_paid_otherwise_than_by_the_second_reading():
    wrong = []
    for number, case in enumerate(bills(20261128, BOOK, awkward=2)):
        judgement = judge(case.bill, case.cover, case.accumulators, case.tariffs, case.calendar)
        for line, expected in zip(judgement.lines, read(case), strict=True):
            if _shares(line) != expected:
                wrong.append((number, line.key, _shares(line), expected))
    assert wrong == []
