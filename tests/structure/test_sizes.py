import pytest

from tests.structure.source import ROOT, domains, functions, python_files, shown

WEB = sorted(path for path in (ROOT / "backend" / "web").rglob("*.js")) if (ROOT / "backend" / "web").exists() else []


@pytest.mark.parametrize("path", python_files() + WEB, ids=shown)
def test_a_file_fits_in_a_readers_head(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 400, f"{shown(path)} has {lines} lines: split it by use case"


@pytest.mark.parametrize("path", python_files(), ids=shown)
def test_a_function_fits_on_a_screen(path):
    for function in functions(path):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        assert length <= 70, f"{shown(path)}:{function.lineno} {function.name} has {length} lines"


@pytest.mark.parametrize("path", python_files(), ids=shown)
def test_no_file_is_named_after_nothing(path):
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


@pytest.mark.parametrize("domain", domains(), ids=shown)
def test_a_domain_says_what_it_owns(domain):
    text = (domain / "__init__.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 15
    assert len(text) > 80, "one paragraph: what this domain owns, what it never does"
