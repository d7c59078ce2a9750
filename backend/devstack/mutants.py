"""``make mutants``: how many small wrongs in the rules of adjudication the tests notice (mutmut, bounded).

Works on a copy below ``.local/mutation``: the rules with one thing changed at a time (a sign, a bound, a rule) against
the worked examples and the second reading on a shorter book. Prints what survived and how much was noticed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

from backend.devstack.places import LOCAL, ROOT

FOLDER = LOCAL / "mutation"
GOAL = 90
"""Per cent of the mutants that tests must notice."""
_TESTS = (
    "tests/__init__.py",
    "tests/factories/__init__.py",
    "tests/factories/bills.py",
    "tests/oracle",
    "tests/worked_examples/__init__.py",
    "tests/worked_examples/test_coordination.py",
    "tests/worked_examples/test_glasses_and_medicines.py",
    "tests/worked_examples/test_limits.py",
    "tests/worked_examples/test_own_shares.py",
    "tests/worked_examples/test_rooms.py",
    "tests/worked_examples/test_traces.py",
    "tests/worked_examples/test_what_is_covered.py",
)
_SETTINGS = """
[tool.pytest.ini_options]
pythonpath = ["."]
markers = ["requirement(id): the row that the test proves"]
[tool.mutmut]
source_paths = ["backend/adjudication/rules"]
also_copy = ["backend"]
do_not_mutate = ["*/trace.py", "*/facts.py", "*/__init__.py"]
pytest_add_cli_args = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]
pytest_add_cli_args_test_selection = ["tests"]
track_dependencies = false
use_git_change_detection = false
"""


def main() -> int:
    """Copy, mutate, run, tell; the exit code says whether the goal is met."""
    _copy()
    mutmut = [sys.executable, "-m", "mutmut"]
    environment = os.environ | {"CARELINE_BOOK": "300", "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([*mutmut, "run", "--max-children", "2"], cwd=FOLDER, env=environment, check=True)
    subprocess.run([*mutmut, "export-cicd-stats"], cwd=FOLDER, env=environment, check=True)
    stats = json.loads((FOLDER / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    subprocess.run([*mutmut, "results"], cwd=FOLDER, env=environment, check=True)
    noticed = stats["killed"] + stats["timeout"] + stats.get("segfault", 0)
    judged = noticed + stats["survived"] + stats.get("no_tests", 0) + stats.get("suspicious", 0)
    percent = 100 * noticed / judged
    print(f"\n{noticed} of {judged} mutants noticed: {percent:.1f} % (goal: {GOAL} %)")
    return 0 if percent >= GOAL else 1


def _copy() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    only_code = shutil.ignore_patterns("__pycache__", "web", "*.jsonl", "*.typ", "test_book.py")
    shutil.copytree(ROOT / "backend", FOLDER / "backend", ignore=only_code)
    for name in _TESTS:
        source, target = ROOT / name, FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=only_code)
        else:
            shutil.copy(source, target)
    (FOLDER / "pyproject.toml").write_text(_SETTINGS, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
