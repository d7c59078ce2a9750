"""The pages speak every language completely and ask only for words that exist."""

import json
import re

import pytest

from tests.structure.source import ROOT, by_folder, python_files, shown

WEB = ROOT / "backend" / "web"
APPS = ["member", "desk", "provider", "claims", "finance", "picker", "studio"]
PAGES = [path for app in [*APPS, "shared"] for path in sorted((WEB / app).rglob("*.js")) if path.parent.name != "words"]


def words(app: str, language: str) -> dict[str, str]:
    """Its own words, and for the pages of staff those that all of them begin with."""
    shared = [] if app in {"member", "picker"} else [WEB / "desk" / "words" / f"{language}_staff.js"]
    files = [*shared, *sorted((WEB / app / "words").glob(f"{language}*.js"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return {key: json.loads(value) for key, value in re.findall(r'^  "([\w.]+)": (".*"),$', text, re.MULTILINE)}


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("language", ["id", "pt"])
def test_a_language_has_the_same_words_as_english(app: str, language: str):
    assert set(words(app, language)) == set(words(app, "en"))


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("language", ["id", "pt"])
def test_a_language_fills_in_the_same_figures(app: str, language: str):
    english = words(app, "en")
    for key, text in words(app, language).items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", english[key])), key


@pytest.mark.parametrize("app", APPS)
def test_a_page_asks_only_for_words_that_exist(app: str):
    known = set(words(app, "en"))
    for path in PAGES:
        if not {WEB / app, WEB / "shared"} & set(path.parents):
            continue
        text = path.read_text(encoding="utf-8")
        asked = set(re.findall(r"""\bt\(["']([\w.]+)["']""", text))
        either = re.findall(r"""\bt\([^`()"']+\? ["']([\w.]+)["'] : ["']([\w.]+)["']""", text)
        assert asked.union(*either) - known == set(), shown(path)


def _written(pattern: str) -> set[str]:
    """What the backend's own code writes where the pattern has its group."""
    found = [re.findall(pattern, path.read_text(encoding="utf-8")) for path in python_files("backend")]
    return {name for names in found for name in names}


def test_the_desk_names_every_step_of_a_case():
    shown_as_messages = {"member_wrote", "replied", "noted"}
    steps = _written(r'write_step\([^"()]*"(\w+)"') - shown_as_messages
    assert len(steps) > 10
    assert {f"event.{step}" for step in steps} <= set(words("desk", "en"))


def test_the_desk_names_every_reason_for_which_the_bot_opens_a_case():
    reasons = _written(r'(?:case_for|_by_a_person)\((?:talk\.)?scope, (?:talk\.)?asker(?:\(\))?, "(\w+)"')
    assert len(reasons) > 10
    assert {f"reason.{reason}" for reason in reasons} <= set(words("desk", "en"))


@by_folder(PAGES)
def test_only_one_module_speaks_http(paths):
    for path in paths:
        if path.name not in {"api.js", "transport.js", "sw.js"}:  # the service worker hands requests through
            assert not re.search(r"\bfetch\(|XMLHttpRequest|sendBeacon", path.read_text(encoding="utf-8"))


@by_folder(PAGES)
def test_every_import_leads_to_a_file(paths):
    for path in paths:
        for target in re.findall(r'from "(\.{1,2}/[^"]+)"', path.read_text(encoding="utf-8")):
            assert (path.parent / target).resolve().exists(), target


@by_folder(PAGES)
def test_a_page_file_stays_small(paths):
    for path in paths:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 200
