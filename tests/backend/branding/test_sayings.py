"""Menus that name the ways out, and legal texts that bind only under a new version."""

from __future__ import annotations

import pytest

from backend.branding.rules.sayings import LEGAL_NOT_RENEWED, MENU_KEY_MISSING, legal_defects, menu_defects

OLD = {"en": {"terms": "Be kind.", "privacy": "We keep little."}, "id": {"terms": "Berbaiklah.", "privacy": "Sedikit."}}


def _with(language: str, **texts: str) -> dict[str, dict[str, str]]:
    return {**OLD, language: {**OLD.get(language, {}), **texts}}


@pytest.mark.parametrize(
    ("now", "versions", "refused"),
    [
        (OLD, {"terms": 1, "privacy": 1}, []),
        (_with("en", terms="Be  kind.\n"), {"terms": 1, "privacy": 1}, []),
        (_with("en", terms="Be very kind."), {"terms": 1, "privacy": 1}, ["terms"]),
        (_with("en", terms="Be very kind."), {"terms": 2, "privacy": 1}, []),
        (_with("id", privacy="Banyak."), {"terms": 2, "privacy": 1}, ["privacy"]),
        (_with("pt", terms="Seja gentil.", privacy="Pouco."), {"terms": 1, "privacy": 1}, []),
        (OLD, {"terms": 1, "privacy": 0}, ["privacy"]),
    ],
    ids=["unchanged", "spaces", "changed", "renewed", "other text", "new language", "version taken back"],
)
def test_a_changed_legal_text_needs_a_higher_version(now, versions, refused):
    found = list(legal_defects(now, versions, OLD, {"terms": 1, "privacy": 1}))
    assert [(one.reason, one.figures["text"]) for one in found] == [(LEGAL_NOT_RENEWED, name) for name in refused]


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("For a claim press 1, in an emergency 9, for a person 0.", []),
        ("In an emergency press 9.", ["0"]),
        ("Press 90 for both.", ["9", "0"]),
        ("", ["9", "0"]),
    ],
)
def test_a_spoken_menu_names_the_emergency_and_the_person(said, keys):
    found = list(menu_defects({"en": {"text": "Choose:", "voice": said}}))
    assert [(one.reason, one.figures["key"], one.figures["place"]) for one in found] == [
        (MENU_KEY_MISSING, key, "menu.en.voice") for key in keys
    ]
