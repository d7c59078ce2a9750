"""Whether a client's own words are whole: menus name the ways out, changed legal texts carry a new version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from backend.kit.refusal import Refusal

MENU_KEY_MISSING = "branding.menu_key_missing"
LEGAL_NOT_RENEWED = "branding.legal_not_renewed"

KEYS_TO_NAME = ("9", "0")
"""A keypad menu always names the emergency and the way to a person."""

Texts = Mapping[str, Mapping[str, str]]
"""Language, name of the text, text."""


def menu_defects(menus: Texts) -> Iterator[Refusal]:
    """Spoken menus that leave out a key nobody may miss; the keypad itself answers to it all the same."""
    for language, menu in menus.items():
        for key in KEYS_TO_NAME:
            if not re.search(rf"(?<!\d){key}(?!\d)", menu.get("voice", "")):
                figures = {"language": language, "key": key, "place": f"menu.{language}.voice"}
                yield Refusal(MENU_KEY_MISSING, figures)


def legal_defects(
    now: Texts, versions: Mapping[str, int], before: Texts, before_versions: Mapping[str, int]
) -> Iterator[Refusal]:
    """Legal texts that say something else than what is in force but carry no higher version (S0-87).

    Members agree to a version; a text that changed under the same number would bind nobody. A language that is new or
    left out changes nothing for who agreed in another.
    """
    for name, version in versions.items():
        stands = before_versions.get(name, version)
        changed = any(_differs(now[language], before[language], name) for language in now.keys() & before.keys())
        if version < stands or (changed and version == stands):
            figures = {"text": name, "version": version, "next": stands + 1, "place": f"legal_versions.{name}"}
            yield Refusal(LEGAL_NOT_RENEWED, figures)


def _differs(one: Mapping[str, str], other: Mapping[str, str], name: str) -> bool:
    return one.get(name, "").split() != other.get(name, "").split()
