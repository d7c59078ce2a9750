"""Which of our words a client may say in its own way, and our texts in the client's words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml

from backend.branding.rules.glossary import Speech, Term, Wordings, reworded, wordings
from backend.kit import locales
from backend.languages import Reword

Tree = TypeVar("Tree")
Glossary = Mapping[str, Mapping[str, str]]
"""A client's own words: language → term → word."""
_NONE = Wordings(())


@locales.kept
def speeches() -> Mapping[str, Speech]:
    """The terms of every language, with all their forms."""
    raw = yaml.safe_load(Path(__file__).with_name("vocabulary.yml").read_text(encoding="utf-8"))
    return {language: _speech(one) for language, one in raw.items()}


def _speech(raw: Mapping[str, Any]) -> Speech:
    terms = {
        name: Term(
            forms=tuple(one["forms"]),
            untouched=tuple(one.get("untouched", ())),
            not_named=tuple(one.get("not_named", ())),
            plural=one.get("plural", ""),
        )
        for name, one in raw["terms"].items()
    }
    return Speech(terms, tuple(raw.get("endings", ())), raw.get("articles", False))


def wordings_of(glossary: Glossary, language: str) -> Wordings:
    """What a client says otherwise in a language."""
    own = glossary.get(language)
    if not own or language not in speeches():
        return _NONE
    return wordings(speeches()[language], own)


def own_words(glossary: Glossary) -> Reword:
    """Puts our texts into the words of a client's ``glossary``: called with text, language and the text's name."""
    known: dict[str, Wordings] = {}

    def reword(text: str, language: str, named: str = "") -> str:
        if language not in known:
            known[language] = wordings_of(glossary, language)
        return reworded(text, known[language], named) if known[language].all else text

    return reword


def all_in_own_words(glossary: Glossary, tree: Tree, language: str) -> Tree:
    """A whole file of words, in mappings and lists, in the client's words; keys stay."""
    reword = own_words(glossary)

    def told(part: Any) -> Any:
        if isinstance(part, str):
            return reword(part, language, "")
        if isinstance(part, Mapping):
            return {key: told(inner) for key, inner in part.items()}
        return [told(inner) for inner in part] if isinstance(part, list) else part

    return cast("Tree", told(tree)) if glossary.get(language) else tree


def for_pages(glossary: Glossary, language: str) -> dict[str, Any]:
    """The client's wordings as the pages replace them, by the same rule."""
    own = wordings_of(glossary, language)
    return {
        "articles": own.articles,
        "endings": list(own.endings),
        "terms": [
            {
                "forms": list(one.term.forms),
                "becomes": one.becomes,
                "untouched": list(one.term.untouched),
                "not_named": list(one.term.not_named),
            }
            for one in own.all
        ],
    }
