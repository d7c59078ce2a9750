"""Documents as the API answers them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from backend.documents import rules
from backend.documents.models import Document
from backend.documents.reading.receipt import Proposal, Reading
from backend.documents.rules import Measures


def document_answer(document: Document) -> dict[str, Any]:
    """A document as the API answers it."""
    return {
        "id": document.id,
        "kind": document.kind,
        "pages": document.pages,
        "state": document.state,
        "refusal": document.refusal,
        "quality": document.quality,
        "extracted": document.extracted,
        "read": document.read_at is not None,
        "bytes": document.bytes,
        "created_at": document.created_at,
    }


def quality_answer(measures: list[Measures] | None) -> dict[str, Any]:
    """`ok` and `problems` (dark, blurred, cut, small) of all pages; `ok` is null while nothing was measured."""
    if measures is None:
        return {"measured": False, "ok": None, "problems": []}
    problems = rules.problems(measures)
    return {
        "measured": True,
        "ok": not problems,
        "problems": problems,
        "brightness": min((page.brightness for page in measures), default=0.0),
        "sharpness": min((page.sharpness for page in measures), default=0.0),
    }


def proposals(reading: Reading) -> dict[str, Any]:
    """Proposals as the API answers them: `{value, confidence, doubtful}` each, amounts as money."""
    return {
        "provider": _shown(reading.provider),
        "number": _shown(reading.number),
        "date": _shown(reading.issued_on, date.isoformat),
        "total": _shown(reading.total_minor, lambda minor: _money(minor, reading.currency)),
        "lines": [
            {
                "text": line.text,
                "quantity": line.quantity,
                "amount": _money(line.amount_minor, reading.currency),
                "confidence": line.confidence,
                "doubtful": line.confidence < rules.SURE,
            }
            for line in reading.lines
        ],
    }


def _money(minor: int, currency: str) -> dict[str, Any]:
    return {"amount_minor": minor, "currency": currency}


def _shown(proposal: Proposal | None, form: Callable[[Any], Any] = str) -> dict[str, Any] | None:
    if proposal is None:
        return None
    doubtful = proposal.confidence < rules.SURE
    return {"value": form(proposal.value), "confidence": proposal.confidence, "doubtful": doubtful}
