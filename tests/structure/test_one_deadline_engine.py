"""A deadline is computed in backend/kit/deadlines.py and working_hours.py, and nowhere else."""

import ast

import pytest

from tests.structure.source import BACKEND, imports, python_files, shown, tree

PROMISES = ("benefits", "claims", "complaints", "guarantees", "referrals")
"""Domains that promise somebody a day or an hour."""

LOOKS_BACK_OR_AHEAD = {"regulator_report.py"}
"""The day before a quarter begins is no deadline."""


def _arithmetic(path):
    """Sums and differences in which somebody counts days or hours by hand."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            for side in (node.left, node.right):
                if isinstance(side, ast.Call) and ast.unparse(side.func) == "timedelta":
                    yield node.lineno


@pytest.mark.parametrize("domain", PROMISES)
def test_no_domain_counts_days_by_hand(domain):
    found = [
        f"{shown(path)}:{line}"
        for path in python_files(f"backend/{domain}")
        if path.name not in LOOKS_BACK_OR_AHEAD
        for line in _arithmetic(path)
    ]
    assert found == []


@pytest.mark.parametrize("domain", PROMISES)
def test_every_domain_with_deadlines_asks_the_engine(domain):
    assert any(
        module.startswith("backend.kit.deadlines")
        for path in python_files(f"backend/{domain}")
        for module, _ in imports(path)
    )


def test_nobody_else_knows_the_holidays():
    knows = [shown(path) for path in python_files("backend") if any(name == "holidays" for name, _ in imports(path))]
    assert knows == ["backend/kit/deadlines.py"]


def test_a_calendar_is_made_in_one_place():
    makers = {
        shown(path)
        for path in python_files("backend")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "WorkCalendar"
    }
    assert makers == {shown(BACKEND / "clients" / "rules.py")}
