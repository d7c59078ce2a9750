"""The checklists as data: ``checklists.yml`` read once, words in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.claims.rules import Requirement

OTHER_EVIDENCE = "other_evidence"
_FILE = Path(__file__).with_name("checklists.yml")


@dataclass(frozen=True, slots=True)
class Words:
    """What a document is called and what to mind, per language."""

    names: dict[str, str]
    notes: dict[str, str]


@cache
def _data() -> dict[str, Any]:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _alternatives() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, document in _data()["documents"].items():
        for other in document.get("counts_as", ()):
            found[other] = (*found.get(other, ()), code)
    return found


@cache
def required_documents(benefit_group: str) -> tuple[Requirement, ...]:
    """The checklist of a benefit; empty when the benefit is never reimbursed."""
    return tuple(
        Requirement(alternatives=_alternatives().get(line["code"], ()), **line)
        for line in _data()["benefits"].get(benefit_group, ())
    )


def benefits() -> tuple[str, ...]:
    """Every benefit that can be reimbursed."""
    return tuple(_data()["benefits"])


@cache
def words_of(code: str) -> Words:
    """The words of a requirement code; raises KeyError for an unknown one."""
    document = _data()["documents"][code]
    return Words(document["names"], document["notes"])


@cache
def codes() -> frozenset[str]:
    """Every code a document may be attached as."""
    return frozenset(_data()["documents"])


def questions(benefit_group: str) -> list[str]:
    """The circumstances a member is asked about for a benefit, in the order of its checklist."""
    asked = [line.when or line.unless for line in required_documents(benefit_group)]
    return [code for code in dict.fromkeys(asked) if code and _data()["circumstances"][code]]


def askable() -> frozenset[str]:
    """Every circumstance a member may state."""
    return frozenset(code for code, words in _data()["circumstances"].items() if words)


def question(code: str, language: str) -> str:
    """A circumstance as a sentence to tick."""
    return str(_data()["circumstances"][code][language])


def note(code: str, language: str, figures: dict[str, Any]) -> str:
    """A general note with the contract's figures filled in."""
    return str(_data()["notes"][code][language]).format_map(figures)


def names(requirement_codes: Iterable[str], language: str) -> list[str]:
    """Names of several requirement codes, for a sentence to the member."""
    return [words_of(code).names[language] for code in requirement_codes]
