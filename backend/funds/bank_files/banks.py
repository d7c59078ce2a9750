"""Which bank somebody means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank as a payment file names it; code and BIC are empty for one that we do not know."""

    name: str
    code: str | None = None
    bic: str | None = None


@cache
def _known() -> dict[str, Bank]:
    listed = yaml.safe_load((Path(__file__).parent / "banks.yml").read_text(encoding="utf-8"))
    return {name: Bank(name, one["code"], one.get("bic")) for one in listed for name in one["names"]}


def bank_named(written: str) -> Bank:
    """The bank that people write like this; only its name when it is none of ours."""
    plain = " ".join(written.casefold().replace(".", " ").replace(",", " ").split())
    known = _known().get(plain.removeprefix("pt ").removesuffix(" tbk"))
    return Bank(written, known.code, known.bic) if known else Bank(written)
