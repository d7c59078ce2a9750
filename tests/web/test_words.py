"""The app speaks every language completely and asks only for words that exist."""

import json
import re

import pytest

from tests.structure.source import ROOT, shown

MEMBER = ROOT / "backend" / "web" / "member"
MODULES = [*MEMBER.rglob("*.js"), *(ROOT / "backend" / "web" / "shared").rglob("*.js")]
PAGES = [path for path in MODULES if path.parent.name != "words"]


def words(language: str) -> dict[str, str]:
    text = (MEMBER / "words" / f"{language}.js").read_text(encoding="utf-8")
    return {key: json.loads(value) for key, value in re.findall(r'^  "([\w.]+)": (".*"),$', text, re.MULTILINE)}


@pytest.mark.parametrize("language", ["id", "pt"])
def test_a_language_has_the_same_words_as_english(language: str):
    assert set(words(language)) == set(words("en"))


@pytest.mark.parametrize("language", ["id", "pt"])
def test_a_language_fills_in_the_same_figures(language: str):
    english = words("en")
    for key, text in words(language).items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", english[key])), key


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_a_page_asks_only_for_words_that_exist(path):
    asked = set(re.findall(r"""\bt\(["']([\w.]+)["']""", path.read_text(encoding="utf-8")))
    assert asked - set(words("en")) == set()


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_only_one_module_speaks_http(path):
    if path.name not in {"api.js", "sw.js"}:  # the service worker hands requests through
        assert not re.search(r"\bfetch\(|XMLHttpRequest|sendBeacon", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_every_import_leads_to_a_file(path):
    for target in re.findall(r'from "(\.{1,2}/[^"]+)"', path.read_text(encoding="utf-8")):
        assert (path.parent / target).resolve().exists(), target


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_a_page_file_stays_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 200
