"""Every domain is laid out alike: whoever knows one finds their way in all of them."""

import ast

import pytest

from backend import worker
from backend.database import DOMAINS
from backend.jobs import jobs, load_tasks
from tests.structure.source import BACKEND, ROOT, domains, functions, python_files, shown

LAYERS = {"models", "rules", "queries", "service", "schemas", "routes", "tasks"}
"""What a domain may have; `service`, `rules` and `schemas` may be a folder with a file for each use case."""

WITHOUT = {
    "adjudication": {"schemas", "routes"},  # it reckons: what is decided, others keep and show
    "audit": {"rules"},  # it decides nothing: it writes down and shows
    "branding": {"service"},  # it is answered from memory; what is done to a brand is done in the studio
    "diagnoses": {"models", "queries", "service"},  # it is a book: the same for everybody, and nobody writes in it
    "reports": {"models"},  # it counts what others keep
}
"""Layers that a domain does without, because it has nothing of that kind."""

_ALWAYS = LAYERS - {"tasks"}
_SAYS_NOTHING = {"base", "core", "data", "functions", "misc", "other", "stuff", "things", "types", "various"}


def _layers(domain) -> set[str]:
    return {path.stem for path in domain.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}


@pytest.mark.parametrize("domain", domains(), ids=shown)
def test_every_domain_has_its_files(domain):
    missing = _ALWAYS - WITHOUT.get(domain.name, set()) - _layers(domain)
    assert not missing, f"{shown(domain)} has no {', '.join(sorted(missing))}"


@pytest.mark.parametrize("domain", sorted(WITHOUT))
def test_an_exception_that_is_no_longer_needed_is_gone(domain):
    assert not WITHOUT[domain] & _layers(BACKEND / domain)


@pytest.mark.parametrize("domain", domains(), ids=shown)
def test_every_other_file_of_a_domain_is_named_by_a_noun_of_its_field(domain):
    named = {path.stem for path in domain.rglob("*.py")}
    assert not named & _SAYS_NOTHING


def _declared_tasks() -> set[tuple[str, str]]:
    """Module and function of every `@jobs.task(...)`."""
    return {
        (".".join(path.relative_to(ROOT).with_suffix("").parts), function.name)
        for path in python_files("backend")
        for function in functions(path)
        if any(ast.unparse(one).startswith("jobs.task(") for one in function.decorator_list)
    }


def test_tasks_stand_where_the_worker_looks_for_them():
    looked_at = {f"backend.{domain}.tasks" for domain in DOMAINS} | {worker.__name__}
    assert {module for module, _ in _declared_tasks()} <= looked_at


def test_every_task_is_registered():
    load_tasks()
    known = {(task.func.__module__, task.func.__name__) for task in jobs.tasks.values()}
    assert _declared_tasks() <= known


def test_every_domain_is_loaded():
    assert {domain.name for domain in domains()} | {"web"} == set(DOMAINS)
