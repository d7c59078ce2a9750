"""What stands on the papers about money: the letter of an excess, a month's statement of the fund."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from backend.branding.loader import Brand
from backend.funds.papers import drawing
from backend.funds.papers.drawing import Paper, Table
from backend.kit import locales

MOVED = ("deposits", "excess_received", "unclear", "payments", "charges")
"""What moved money in a month, in the order of a statement."""


def excess_paper(shown: Mapping[str, Any], brand: Brand, language: str) -> bytes:
    """The letter of what ``excess_answer`` says, on the client's paper."""
    words, locale = drawing.words_in(language, brand), locales.locale(language).babel
    facts = [
        (words["number"], shown["number"]),
        (words["category"], drawing.category_name(language, shown["category"])),
        (words["dated"], format_date(shown["letter_on"], "long", locale=locale)),
        (words["due"], format_date(shown["due_on"], "long", locale=locale)),
        *((words[name], shown[name].display(language)) for name in ("amount", "paid", "open")),
    ]
    if shown["pay_to"] is not None:
        facts.append((words["pay_to"], ", ".join(shown["pay_to"].values())))
    rows = [(item["description"], item["why"], item["amount"].display(language)) for item in shown["items"]]
    rows_of = Table(words["positions"], (words["position"], words["why"], words["amount"]), rows)
    paper = Paper(
        title=words["excess_title"],
        number=shown["number"],
        opening=[words["excess_opening"].format(name=shown["employee"]["name"])],
        facts=facts,
        tables=[rows_of] if rows else [],
        closing=[words["closing_transfer"], words["closing_card"]],
    )
    return drawing.draw(paper, brand, language)


def statement_paper(shown: Mapping[str, Any], brand: Brand, language: str) -> bytes:
    """The statement of what ``month_figures`` says, on the client's paper."""
    words = drawing.words_in(language, brand)
    facts = [
        (words["opening_balance"], shown["opening"].display(language)),
        *((words[name], shown[name].display(language)) for name in MOVED),
        (words["closing_balance"], shown["closing"].display(language)),
    ]
    rows = [
        (group["name"], str(group["people"]), str(group["approvals"]), group["amount"].display(language))
        for group in shown["categories"]
    ]
    columns = (words["category"], words["people"], words["claims"], words["amount"])
    paper = Paper(
        title=words["statement_title"].format(month=_month_name(shown["month"], language)),
        number=f"{shown['month']:%Y-%m}",
        opening=[words["statement_opening"].format(currency=shown["opening"].currency)],
        facts=facts,
        tables=[Table(words["by_category"], columns, rows)] if rows else [],
    )
    return drawing.draw(paper, brand, language)


def _month_name(month: date, language: str) -> str:
    return format_date(month, "LLLL y", locale=locales.locale(language).babel)
