"""The decision receipt: a judgement in a person's own words, every figure with its sentence and a way to a person.

One receipt has four forms: JSON for the app, a page of paper (``receipt_paper``), a text for WhatsApp, and about thirty
seconds of speech.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from backend import languages
from backend.adjudication.rules import Payer, Shares, Step
from backend.kit import locales
from backend.kit.money import Money

LONGEST_TEXT = 1500
"""Letters of a WhatsApp message; the vendor takes 1600."""
SPOKEN_REASONS = 2
"""With headline and farewell about thirty seconds."""

_PAYERS = (Payer.PLAN, Payer.OTHER, Payer.MEMBER, Payer.PROVIDER)


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line of the bill with its description, its shares and its trace."""

    description: str
    billed: Money
    shares: Shares
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a receipt is made of. ``exclusions`` are the plan's own names of them, by code, in every language."""

    version: str
    cashless: bool
    lines: tuple[JudgedLine, ...]
    shares: Shares
    exclusions: Mapping[str, Mapping[str, str]]
    hotline: str
    reword: languages.Reword = languages.as_written
    """Puts our sentences into the client's own words."""


def receipt(judged: Judged, language: str) -> dict[str, Any]:
    """Everything for the app: totals, headline, and for each line every step with sentence, sum and payer."""
    return {
        "title": _say("receipt.title", language, judged.reword),
        "version": _say("receipt.rules", language, judged.reword, version=judged.version),
        "totals": _totals(judged.shares),
        "summary": summary(judged, language),
        "lines": [_line(line, judged, language) for line in judged.lines],
        "person": person(judged, language),
    }


def summary(judged: Judged, language: str) -> list[str]:
    """The bill in a few sentences: who pays what, and what is paid where."""
    shares = judged.shares
    way = "cashless" if judged.cashless else "paid_back"
    part = "all" if not shares.member else "part" if shares.plan else "none"
    figures = {"billed": shares.total, "plan": shares.plan, "member": shares.member}
    if part == "all" and shares.plan != shares.total:
        part, figures["member"] = "part", shares.member
    said = [_say(f"receipt.{way}_{part}", language, judged.reword, **figures)]
    for name in ("other", "provider"):
        if getattr(shares, name):
            said.append(_say(f"receipt.{name}", language, judged.reword, **{name: getattr(shares, name)}))
    if judged.cashless:
        for name in ("excess_cost", "excess_claim"):
            if getattr(shares, name):
                said.append(_say(f"receipt.{name}", language, judged.reword, **{name: getattr(shares, name)}))
    return said


def sentence(step: Step, judged: Judged, language: str) -> str:
    """What a step means to the member."""
    return step_sentence(step, judged.exclusions, language, judged.reword)


def step_sentence(
    step: Step,
    exclusions: Mapping[str, Mapping[str, str]],
    language: str,
    reword: languages.Reword = languages.as_written,
) -> str:
    """The same for a step by itself; ``exclusions`` are the plan's names of them, by code."""
    figures = {name: shown(value, language) for name, value in step.inputs.items()}
    figures["moved"] = shown(step.moved, language)
    if "basis" in step.inputs:
        figures["basis"] = _say(f"basis.{step.inputs['basis']}", language, reword)
    if step.inputs.get("finding"):
        figures["finding"] = _say(f"finding.{step.inputs['finding']}", language, reword)
    if step.inputs.get("service"):
        figures["service"] = _say(f"service.{step.inputs['service']}", language, reword)
    if "exclusion" in step.inputs:
        code = step.inputs["exclusion"]
        names = exclusions.get(code, {})
        figures["exclusion"] = names.get(language) or names.get(languages.FALLBACK) or code
    return _say(f"rule.{step.rule.value}", language, reword, **figures)


def arithmetic(step: Step, language: str) -> str:
    """The sum of a step with its figures filled in and what comes of it; empty where nothing is reckoned."""
    if not step.arithmetic or not step.payer or step.arithmetic == "{open}":
        return ""
    figures = {name: shown(value, language) for name, value in step.inputs.items()}
    return f"{step.arithmetic.format_map(figures)} = {shown(step.moved, language)}"


def as_text(judged: Judged, language: str) -> str:
    """The receipt for WhatsApp: headline, what each line costs whom and why, the way to a person; whole lines only."""
    head = "\n".join((f"*{_say('receipt.title', language, judged.reword)}*", *summary(judged, language)))
    foot = person(judged, language)
    blocks = [_text_block(line, judged, language) for line in judged.lines]
    kept: list[str] = []
    for number, block in enumerate(blocks):
        more = _say("receipt.more", language, judged.reword, count=len(blocks) - number)
        if len("\n\n".join((head, *kept, block, more, foot))) > LONGEST_TEXT:
            kept.append(more)
            break
        kept.append(block)
    return "\n\n".join((head, *kept, foot))


def as_speech(judged: Judged, language: str) -> str:
    """What a voice reads in about thirty seconds: the summary, the reasons that cost most, the way to a person."""
    costly = sorted(_reasons(judged), key=lambda step: -step.moved.amount_minor)
    reasons = list(dict.fromkeys(sentence(step, judged, language) for step in costly))[:SPOKEN_REASONS]
    because = [f"{_say('receipt.because', language, judged.reword)}:", *reasons] if reasons else []
    return " ".join((*summary(judged, language)[:2], *because, person(judged, language)))


def person(judged: Judged, language: str) -> str:
    """How a person looks at it again."""
    if judged.hotline:
        return _say("receipt.person", language, judged.reword, voice=judged.hotline)
    return _say("receipt.person_without_number", language, judged.reword)


def shown(value: Any, language: str) -> Any:
    """A figure as people of the language write it."""
    locale = locales.locale(language).babel
    if isinstance(value, Money):
        return value.display(language)
    if isinstance(value, date):
        return format_date(value, "long", locale=locale)
    return format_decimal(value, locale=locale) if isinstance(value, Decimal) else value


def payer_name(payer: Payer, language: str, reword: languages.Reword = languages.as_written) -> str:
    """Who pays, as the member reads it."""
    return _say(f"payer.{payer.value}", language, reword)


def _say(key: str, language: str, reword: languages.Reword, **figures: Any) -> str:
    return languages.message(f"adjudication.{key}", language, figures, reword=reword)


def _totals(shares: Shares) -> dict[str, Money]:
    parts = {payer.value: getattr(shares, payer.value) for payer in _PAYERS}
    return {
        "billed": shares.total,
        **parts,
        "excess_cost": shares.excess_cost,
        "excess_claim": shares.excess_claim,
    }


def _line(line: JudgedLine, judged: Judged, language: str) -> dict[str, Any]:
    return {
        "description": line.description,
        "totals": _totals(line.shares),
        "steps": [
            {
                "rule": step.rule.value,
                "clause": step.clause,
                "sentence": sentence(step, judged, language),
                "arithmetic": arithmetic(step, language),
                "moved": step.moved,
                "result": step.result,
                "payer": step.payer.value if step.payer else None,
                "payer_name": payer_name(step.payer, language, judged.reword) if step.payer else None,
            }
            for step in line.steps
        ],
    }


def _text_block(line: JudgedLine, judged: Judged, language: str) -> str:
    plan = f"{payer_name(Payer.PLAN, language, judged.reword)} {shown(line.shares.plan, language)}"
    said = [f"*{line.description}*: {shown(line.billed, language)} – {plan}"]
    said += [f"• {sentence(step, judged, language)}" for step in _of_member(line.steps)]
    return "\n".join(said)


def _reasons(judged: Judged) -> Sequence[Step]:
    return [step for line in judged.lines for step in _of_member(line.steps)]


def _of_member(steps: Sequence[Step]) -> list[Step]:
    """Steps that cost the member something, and those that took something off the bill."""
    return [step for step in steps if step.payer in {Payer.MEMBER, Payer.PROVIDER, Payer.OTHER}]
