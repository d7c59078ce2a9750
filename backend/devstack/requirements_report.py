"""`make requirements`: every row of docs/requirements.md with the tests that say they prove it.

A test names its rows by `@pytest.mark.requirement("S1-30")`. The marks are read from the source, so the report
needs no database and no test run; that the tests pass is what `make test` is for.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.devstack.places import ROOT

CONTEXT_KINDS = frozenset({"actor", "reference", "data", "gap"})
"""Kinds of rows that tell something and ask for nothing to be built."""

_ROW = re.compile(r"^\|\s*(?P<id>S\d+-\d+)\s*\|\s*(?P<kind>[^|]*?)\s*\|\s*(?P<item>.*?)\s*\|\s*$")
_SHOWN_CHARACTERS = 100


@dataclass(frozen=True)
class Requirement:
    """One row: its id, its kind (rule, workflow, actor, ...) and what it asks for."""

    id: str
    kind: str
    item: str

    @property
    def to_build(self) -> bool:
        """False for rows that are context only."""
        return self.kind not in CONTEXT_KINDS


@dataclass(frozen=True)
class Report:
    """All rows in their order, the tests of each id, and ids that no row has."""

    rows: tuple[Requirement, ...]
    tests: dict[str, list[str]]

    @property
    def unknown(self) -> dict[str, list[str]]:
        """Ids that a test names and the table does not know, with those tests."""
        known = {row.id for row in self.rows}
        return {one: tests for one, tests in self.tests.items() if one not in known}

    @property
    def proven(self) -> list[Requirement]:
        """Rows to build that have a test."""
        return [row for row in self.rows if row.to_build and row.id in self.tests]

    @property
    def to_build(self) -> list[Requirement]:
        """Rows that ask for something to be built."""
        return [row for row in self.rows if row.to_build]


def read_report(root: Path = ROOT) -> Report:
    """Read the table and the marks of all tests under `root`."""
    table = (root / "docs" / "requirements.md").read_text(encoding="utf-8")
    rows = tuple(Requirement(**found.groupdict()) for found in map(_ROW.match, table.splitlines()) if found)
    tests: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "tests").rglob("*.py")):
        for requirement, test in marks_of(path.read_text(encoding="utf-8")):
            tests[requirement].append(f"{path.relative_to(root)}::{test}")
    return Report(rows, dict(tests))


def marks_of(source: str) -> Iterator[tuple[str, str]]:
    """Yield (requirement id, test) for every mark in a test file.

    The test is a function's or a class's name, or "(all)" for a mark on the module; a mark on a single
    parameter counts for its function.
    """
    for node in ast.parse(source).body:
        name = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else "(all)"
        if isinstance(node, ast.ClassDef):
            for child in node.body:
                if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield from ((one, f"{name}::{child.name}") for one in _ids_in(child))
            yield from ((one, name) for decorator in node.decorator_list for one in _ids_in(decorator))
        else:
            yield from ((one, name) for one in _ids_in(node))


def _ids_in(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("mark.requirement"):
            for argument in call.args:
                yield str(argument.value) if isinstance(argument, ast.Constant) else ast.unparse(argument)


def main() -> int:
    """Print the report; the exit code is 1 when a test names a row that does not exist."""
    report = read_report()
    section = ""
    for row in report.rows:
        if row.id.split("-")[0] != section:
            section = row.id.split("-")[0]
            print(f"\n{section}")
        tests = report.tests.get(row.id, [])
        state = "proven " if tests else ("-      " if row.to_build else "context")
        print(f"  {row.id:<7} {state}  {row.item[:_SHOWN_CHARACTERS]}")
        for test in tests:
            print(f"{'':>19}{test}")
    for unknown, tests in report.unknown.items():
        print(f"\nno such requirement: {unknown}, named by {', '.join(tests)}")
    print(f"\n{len(report.proven)} of {len(report.to_build)} requirements proven ({len(report.rows)} rows)")
    return 1 if report.unknown else 0


if __name__ == "__main__":
    sys.exit(main())
