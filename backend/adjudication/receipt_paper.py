"""Draws the decision receipt as PDF on the client's paper, one line of the bill after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from backend import languages
from backend.adjudication import receipts
from backend.adjudication.receipts import Judged, JudgedLine
from backend.adjudication.rules import Payer
from backend.branding.loader import Brand
from backend.branding.paper import pdf

_HERE = Path(__file__).parent


def draw(judged: Judged, brand: Brand, language: str, heading: str) -> bytes:
    """The receipt as PDF, A4; ``heading`` names the claim or letter it belongs to."""
    paper = {
        "language": language,
        "heading": heading,
        "title": _word("title", judged, language),
        "summary": receipts.summary(judged, language),
        "columns": [_word("position", judged, language), _word("billed", judged, language), *_payers(judged, language)],
        "lines": [_line(line, judged, language) for line in judged.lines],
        "total": [_word("total", judged, language), *_amounts(judged.shares, language)],
        "person": receipts.person(judged, language),
        "version": _word("rules", judged, language, version=judged.version),
    }
    return pdf(_HERE / "receipt.typ", brand, "receipt", paper)


def _word(name: str, judged: Judged, language: str, **figures: Any) -> str:
    return languages.message(f"adjudication.receipt.{name}", language, figures, reword=judged.reword)


def _payers(judged: Judged, language: str) -> list[str]:
    payers = (Payer.PLAN, Payer.OTHER, Payer.MEMBER, Payer.PROVIDER)
    return [receipts.payer_name(payer, language, judged.reword) for payer in payers]


def _amounts(shares: Any, language: str) -> list[str]:
    parts = (shares.total, shares.plan, shares.other, shares.member, shares.provider)
    return [receipts.shown(part, language) if part else "–" for part in parts]


def _line(line: JudgedLine, judged: Judged, language: str) -> dict[str, Any]:
    return {
        "row": [line.description, *_amounts(line.shares, language)],
        "steps": [
            {"sentence": receipts.sentence(step, judged, language), "sum": receipts.arithmetic(step, language)}
            for step in line.steps
        ],
    }
