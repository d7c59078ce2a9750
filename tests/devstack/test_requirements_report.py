"""The report of proven requirements, and that no test claims a row that does not exist."""

import pytest

from backend.devstack.requirements_report import marks_of, read_report

_SOURCE = """
import pytest

pytestmark = [pytest.mark.requirement("S1-1")]

@pytest.mark.requirement("S1-2")
def test_one(): ...

class TestGroup:
    @pytest.mark.requirement("S1-3", "S1-4")
    def test_two(self): ...

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.requirement("S1-5"))])
def test_three(x): ...
"""

_TABLE = """
| id | kind | item |
|---|---|---|
| | | **A heading** |
| S1-1 | actor | Somebody |
| S1-2 | rule | Pay within 14 days |
| S1-3 | rule | Ask for a receipt |
"""


def test_marks_are_found_wherever_pytest_accepts_them():
    assert list(marks_of(_SOURCE)) == [
        ("S1-1", "(all)"),
        ("S1-2", "test_one"),
        ("S1-3", "TestGroup::test_two"),
        ("S1-4", "TestGroup::test_two"),
        ("S1-5", "test_three"),
    ]


@pytest.fixture
def report(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs" / "requirements.md").write_text(_TABLE)
    (tmp_path / "tests" / "test_x.py").write_text(_SOURCE)
    return read_report(tmp_path)


def test_rows_that_are_context_need_no_proof(report):
    assert [row.id for row in report.to_build] == ["S1-2", "S1-3"]


def test_a_row_is_proven_by_a_test_that_names_it(report):
    assert [row.id for row in report.proven] == ["S1-2", "S1-3"]


def test_an_id_that_no_row_has_is_reported_with_its_tests(report):
    assert report.unknown == {
        "S1-4": ["tests/test_x.py::TestGroup::test_two"],
        "S1-5": ["tests/test_x.py::test_three"],
    }


def test_every_test_names_only_rows_that_exist():
    assert read_report().unknown == {}
