import pytest

from tests.structure.source import ROOT, by_folder, domains, functions, python_files, shown

WEB = sorted(path for path in (ROOT / "backend" / "web").rglob("*.js")) if (ROOT / "backend" / "web").exists() else []


@by_folder(python_files() + WEB)
def test_a_file_fits_in_a_readers_head(paths):
    for path in paths:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{shown(path)} has {lines} lines: split it by use case"


@by_folder(python_files())
def test_a_function_fits_on_a_screen(paths):
    for path in paths:
        for function in functions(path):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            assert length <= 70, f"{shown(path)}:{function.lineno} {function.name} has {length} lines"


@by_folder(python_files())
def test_no_file_is_named_after_nothing(paths):
    for path in paths:
        assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


@pytest.mark.parametrize("domain", domains(), ids=shown)
def test_a_domain_says_what_it_owns(domain):
    text = (domain / "__init__.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 15
    assert len(text) > 80, "one paragraph: what this domain owns, what it never does"
