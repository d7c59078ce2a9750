"""The page of rules is what the source says, and every row it names is one of the requirements."""

import re

from backend.adjudication.rules import Rule
from backend.devstack.requirements_report import read_report
from backend.devstack.rules_list import PAGE, page


def test_the_page_of_rules_is_up_to_date():
    """`make rules-list` writes it."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_rule_of_the_trace_is_on_the_page():
    assert [rule.value for rule in Rule if f"| `{rule.value}` |" not in page()] == []


def test_every_row_that_a_rule_names_exists():
    known = {row.id for row in read_report().rows}
    named = set(re.findall(r"S\d+-\d+", page()))
    assert named - known == set()
