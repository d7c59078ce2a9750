"""The rules behind the figures of a letter or an estimate: kept as they were reckoned, told in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from backend.access import Scope
from backend.adjudication import receipts, record
from backend.adjudication.receipts import Judged, JudgedLine
from backend.adjudication.rules import Judgement, Shares, reason_asked_back
from backend.benefits.models import Benefit
from backend.branding import loader as branding
from backend.branding.vocabulary import own_words
from backend.clients.registry import client_by_id
from backend.kit.money import Money

_SHARES = ("plan", "other", "member", "provider", "excess_cost", "excess_claim")


def kept(
    judgement: Judgement, positions: Sequence[Mapping[str, Any]], benefits: Sequence[Benefit], *, cashless: bool = True
) -> dict[str, Any]:
    """What is stored with a letter: figures and steps line by line, with the names a sentence may need later."""
    names = {line.code: line.names for line in benefits}
    return {
        "version": judgement.version,
        "cashless": cashless,
        "currency": judgement.currency,
        "shares": _shares(judgement.shares),
        "exclusions": {each["code"]: each["names"] for line in benefits for each in line.exclusions},
        "lines": [
            {
                "name": position.get("name"),
                "names": names.get(line.benefit, {}),
                "billed_minor": line.billed.amount_minor,
                "shares": _shares(line.shares),
                "steps": record.written(line.steps),
            }
            for line, position in zip(judgement.lines, positions, strict=True)
        ],
    }


def asked_back(stored: Mapping[str, Any], language: str) -> list[tuple[str, str, Money]]:
    """What the member is asked for later, position by position: its name, the rule behind it, the amount (S1-76)."""
    return [
        (_name(each, language), reason_asked_back(record.read(each["steps"])), Money(amount, stored["currency"]))
        for each in stored["lines"]
        if (amount := each["shares"]["excess_claim"])
    ]


def receipt(scope: Scope, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The receipt in the reader's language: totals, a summary, every line with every step, and a way to a person."""
    currency, language = stored["currency"], scope.language
    brand = branding.brand_for(client_by_id(scope.client_id))
    judged = Judged(
        version=stored["version"],
        cashless=stored["cashless"],
        lines=tuple(
            JudgedLine(
                description=_name(each, language),
                billed=Money(each["billed_minor"], currency),
                shares=_read_shares(each["shares"], currency),
                steps=record.read(each["steps"]),
            )
            for each in stored["lines"]
        ),
        shares=_read_shares(stored["shares"], currency),
        exclusions=stored["exclusions"],
        hotline=brand.hotline.shown,
        reword=own_words(brand.glossary),
    )
    return receipts.receipt(judged, language)


def _name(line: Mapping[str, Any], language: str) -> str:
    return str(line["name"] or line["names"].get(language) or line["names"].get("en") or "")


def _shares(shares: Shares) -> dict[str, int]:
    return {name: getattr(shares, name).amount_minor for name in _SHARES}


def _read_shares(stored: Mapping[str, int], currency: str) -> Shares:
    return Shares(**{name: Money(stored[name], currency) for name in _SHARES})
