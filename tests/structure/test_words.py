"""Every reason that code can answer has words in every language, with the same figures."""

import ast
import re
import string

import pytest

from backend import languages
from tests.structure.source import ROOT, python_files, shown, tree

ERRORS = {
    "Refusal",
    "BadRequest",
    "Unauthorized",
    "Forbidden",
    "NotFound",
    "Conflict",
    "RuleRefused",
    "TooLarge",
    "InvalidShape",
    "TooManyRequests",
    "VendorUnavailable",
}


def _reasons():
    for path in python_files("backend"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in ERRORS and isinstance(node.args[0].value, str):
                    yield node.args[0].value, f"{shown(path)}:{node.lineno}"


def test_every_reason_has_words():
    missing = [f"{reason} ({where})" for reason, where in _reasons() if reason not in languages.catalogue("en")]
    assert missing == []


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_every_language_is_complete(language: str):
    assert set(languages.catalogue(language)) == set(languages.catalogue(languages.FALLBACK))


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_every_language_fills_in_the_same_figures(language: str):
    def figures(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for reason, text in languages.catalogue(languages.FALLBACK).items():
        assert figures(languages.catalogue(language)[reason]) <= figures(text), reason


def test_no_client_is_named_in_code():
    slugs = [path.stem for path in (ROOT / "whitelabel_configs").glob("[a-z]*.yml")]
    for path in [*python_files("backend", "chatbot"), *(ROOT / "backend" / "web").rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        for slug in slugs:
            assert not re.search(rf"\b{slug}\b", text, re.IGNORECASE), f"{shown(path)} names the client {slug}"
