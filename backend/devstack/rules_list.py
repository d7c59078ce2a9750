"""`make rules-list`: every rule of adjudication, claims and funds with its requirement rows, into docs/rules.md.

Read from the source: the steps that a decision's trace can show, with their rows, sums and the sentence a member reads,
and the docstring of every public function of the rule files. `tests/structure/test_rules_list.py` holds the page to it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from backend import languages
from backend.adjudication.rules.trace import LAWS
from backend.devstack.places import ROOT

PAGE = ROOT / "docs" / "rules.md"
DOMAINS = ("adjudication", "claims", "funds")
_BESIDE = {"claims": ("norms.py", "placing.py", "service_words.py", "habits.py")}
"""Pure files of a domain that are no `rules`: what is usual, where a line belongs, what is unusual of a provider."""
_ROW = re.compile(r"S\d+-\d+(?:\.\.(?:S\d+-)?\d+)?")
_HEAD = """# The rules

Every rule of adjudication, claims and funds with the rows of [requirements.md](requirements.md) it stands for. Written
by `make rules-list` from the source; a test holds it up to date, so change the rule and not this page.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_steps(), *(line for domain in DOMAINS for line in _domain(domain))]) + "\n"


def _steps() -> Iterator[str]:
    yield "## What a decision's trace can show\n"
    yield "| rule | rows | sum | what the member reads |"
    yield "| --- | --- | --- | --- |"
    for rule, law in LAWS.items():
        said = languages.message(f"adjudication.rule.{rule.value}", "en")
        yield f"| `{rule.value}` | {law.clause} | {_code(law.arithmetic)} | {_cell(said)} |"
    yield ""


def _domain(domain: str) -> Iterator[str]:
    yield f"## {domain.capitalize()}\n"
    for path in _files(domain):
        found = list(_functions(path))
        if found:
            yield f"### `{path.relative_to(ROOT).as_posix()}`\n"
            yield "| rule | rows | what it says |"
            yield "| --- | --- | --- |"
            yield from (f"| `{name}` | {rows} | {_cell(said)} |" for name, rows, said in found)
            yield ""


def _files(domain: str) -> list[Path]:
    folder = ROOT / "backend" / domain
    rules = folder / "rules"
    own = sorted(rules.glob("*.py")) if rules.is_dir() else [folder / "rules.py"]
    return [*own, *(folder / name for name in _BESIDE.get(domain, ()))]


def _functions(path: Path) -> Iterator[tuple[str, str, str]]:
    """Name, rows and words of every function of a file; what is private is a part of what is not."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and (said := ast.get_docstring(node)):
            rows = ", ".join(dict.fromkeys(_ROW.findall(said)))
            if not node.name.startswith("_") or rows:
                yield node.name.lstrip("_"), rows or "–", said


def _code(formula: str) -> str:
    return f"`{formula}`" if formula else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("``", "`")


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
