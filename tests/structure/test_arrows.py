"""Which module may know which: routes → service → {rules, queries, models}, and nothing the other way."""

import ast

import pytest

from tests.structure.source import BACKEND, by_folder, domains, functions, imports, python_files, shown, tree

DOMAIN_NAMES = {path.name for path in domains()}
IMPURE = ("flask", "sqlalchemy", "requests", "os", "psycopg", "twilio", "firebase_admin", "random", "time")


def _domain_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "backend" and parts[1] in DOMAIN_NAMES else None


@by_folder(python_files("backend"))
def test_imports_stand_at_the_top(paths):
    for path in paths:
        for function in functions(path):
            for node in ast.walk(function):
                assert not isinstance(node, ast.Import | ast.ImportFrom), (
                    f"{shown(path)}:{node.lineno} imports inside a function"
                )


@by_folder(python_files("backend"))
def test_nobody_imports_another_domains_routes_or_schemas(paths):
    for path in paths:
        own = path.relative_to(BACKEND).parts[0]
        for module, line in imports(path):
            domain = _domain_of(module)
            if domain and domain != own:
                parts = module.split(".")
                assert "routes" not in parts, f"{shown(path)}:{line} imports {module}"
                assert "schemas" not in parts, f"{shown(path)}:{line} imports {module}"


@by_folder([p for p in python_files("backend") if p.stem == "rules" or p.parent.name == "rules"])
def test_rules_are_pure(paths):
    for path in paths:
        for module, line in imports(path):
            assert module.split(".")[0] not in IMPURE, f"{shown(path)}:{line} imports {module}"
            assert not module.startswith("backend.kit.clock"), (
                f"{shown(path)}:{line} reads the clock; take now as an argument"
            )
            domain = _domain_of(module)
            assert domain is None or "rules" in module.split("."), f"{shown(path)}:{line} imports {module}"


@by_folder(python_files("backend/integrations"))
def test_integrations_know_no_domain(paths):
    for path in paths:
        for module, line in imports(path):
            assert _domain_of(module) is None, f"{shown(path)}:{line} imports {module}"


@by_folder(python_files("backend/kit"))
def test_the_kit_knows_nobody(paths):
    for path in paths:
        for module, line in imports(path):
            assert not module.startswith("backend.") or module.startswith("backend.kit"), f"{shown(path)}:{line}"


@pytest.mark.parametrize("domain", domains(), ids=shown)
def test_services_do_not_know_the_web(domain):
    for path in [
        *domain.glob("service.py"),
        *domain.glob("service/*.py"),
        *domain.glob("queries.py"),
        *domain.glob("tasks.py"),
    ]:
        for module, line in imports(path):
            assert module.split(".")[0] not in {"flask", "flask_smorest"}, f"{shown(path)}:{line} imports {module}"
            assert not module.endswith(".routes"), f"{shown(path)}:{line} imports {module}"


@by_folder([p for p in python_files("backend") if p.stem == "queries"])
def test_every_query_takes_the_scope_first(paths):
    for path in paths:
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                first = node.args.args[0].arg if node.args.args else None
                assert first == "scope", f"{shown(path)}:{node.lineno} {node.name} can be asked without saying for whom"


@by_folder([p for p in python_files("backend") if p.stem == "service" or p.parent.name == "service"])
def test_every_service_verb_takes_the_scope_first(paths):
    for path in paths:
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                first = node.args.args[0].arg if node.args.args else None
                assert first == "scope", f"{shown(path)}:{node.lineno} {node.name}"


def test_the_clock_is_read_in_one_place():
    for path in python_files("backend"):
        if path.parent.name in {"kit", "devstack", "bench", "journey", "receipts"} or "devstack" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"now", "utcnow", "today"}
            ):
                owner = node.func.value
                assert not (isinstance(owner, ast.Name) and owner.id in {"datetime", "date"}), (
                    f"{shown(path)}:{node.lineno}"
                )
