"""What a receipt seems to say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from backend.documents.reading.amounts import Amount, find_amounts, last_amount
from backend.documents.reading.dates import find_dates, without_accents
from backend.documents.reading.layout import Row, TextBox, rows
from backend.documents.reading.marks import Sums, marks_of_total
from backend.documents.reading.number_words import whole_rupiah
from backend.documents.rules import SURE

_PROVIDER = re.compile(
    r"\b(rs|rsu|rsud|rsia|rumah sakit|klinik|apotek|apotik|puskesmas|laboratorium|optik|praktek|hospital|clinica"
    r"|farmacia|laboratorio|centro medico|consultorio|optica|clinic|pharmacy|laboratory|optician|medical cent(?:er|re))"
)
_NUMBER = re.compile(
    r"(?:\bno\.?|\bnomor|\bnumber|\bn\.?\s?[o0º°]\.?|\binvoice|\bnota|\bkwitansi|\bstruk|\bfaktur|\brecibo|\bfactura"
    r"|\bfatura|\bvd|\breceipt)\s*[:.#-]*\s*((?=[a-z0-9/.-]*\d)[a-z0-9][a-z0-9/.-]{2,30})"
)
_NUMBER_LABEL = re.compile(r"kwitansi|nota|invoice|struk|faktur|recibo|factura|fatura|\bvd\b|receipt|transaksi")
_DATE_LABEL = re.compile(r"\b(tanggal|tgl|data|date|emissao)\b")
_OTHER_DATE = re.compile(r"\b(lahir|nascimento|birth|jatuh tempo|vencimento|validade|due|expir)")
_GRAND_TOTAL = re.compile(
    r"grand ?total|total ?bayar|total ?a ?pagar|valor ?total|total ?tagihan|total ?pembayaran|total ?geral|amount ?due"
    r"|total ?paid|jumlah ?bayar|jumlah ?tagihan"
)
_TOTAL = re.compile(r"(?<!sub)(?<!sub )(?<!sub-)\b(total|jumlah)")
_NOT_A_LINE = re.compile(
    r"sub ?-?total|\bppn|\biva\b|\bvat\b|\btax|pajak|diskon|desconto|discount|tunai|cash|kembali|troco|change|numerario"
    r"|pembulatan|terbilang|dibayar|debit|kartu|total|jumlah"
)
_TAX = re.compile(r"\bppn|\biva\b|\bvat\b|\btax|pajak")
_SPELLED = re.compile(r"terbilang|rupiah")
_COUNT = re.compile(r"\b(\d{1,3})\s*[xX×@]\s*")
_LOST_SPACE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_MARKED = 0.75
"""Trust in an amount that no word calls the total."""
_LONG_AGO = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed value and how much to trust it (0..1)."""

    value: Any
    confidence: float


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One item: what, how often, minor units."""

    text: str
    quantity: int
    amount_minor: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Proposals for one receipt; None where nothing was found. `currency` is ISO 4217."""

    currency: str
    provider: Proposal | None = None
    number: Proposal | None = None
    issued_on: Proposal | None = None
    total_minor: Proposal | None = None
    lines: list[ProposedLine] = field(default_factory=list)
    marks: dict[str, Any] = field(default_factory=dict)
    """What about the total does not fit the rest of the paper; see ``marks.py``."""


def read_receipt(boxes: list[TextBox], *, currency: str, today: date) -> Reading:
    """Proposals from the boxes of one page. `currency` is assumed where the paper names none; dates after
    `today` and very old ones are trusted less."""
    page = rows(boxes)
    plain = [without_accents(row.text).lower() for row in page]
    currency = _currency(page) or currency
    total_at, total = _total(page, plain, currency)
    lines = _lines(page[:total_at], plain[:total_at], currency)
    believed = _checked(total, lines, page, plain, currency)
    return Reading(
        currency=currency,
        provider=_provider(page, plain),
        number=_number(page, plain),
        issued_on=_date(page, plain, today),
        total_minor=believed,
        lines=lines,
        marks=marks_of_total(
            total.value if total else None,
            page[total_at].confidence if total_at < len(page) else None,
            [row.confidence for at, row in enumerate(page) if at != total_at],
            Sums(
                sum(line.amount_minor for line in lines),
                _taxes(page, plain, currency),
                _spelled(plain),
                all(line.confidence >= SURE for line in lines) and bool(lines),
            ),
        ),
    )


def _currency(page: list[Row]) -> str | None:
    named = [amount.currency for row in page for amount in find_amounts(row.text, "IDR") if amount.currency]
    return max(set(named), key=named.count) if named else None


def _provider(page: list[Row], plain: list[str]) -> Proposal | None:
    head = range(min(6, len(page)))
    for at in head:
        if _PROVIDER.search(plain[at]):
            return Proposal(_spaced(page[at].text), round(page[at].confidence * 0.95, 2))
    if not page:
        return None
    tallest = max(head, key=lambda at: page[at].height)
    return Proposal(_spaced(page[tallest].text), round(page[tallest].confidence * 0.5, 2))


def _spaced(text: str) -> str:
    """Recognisers lose spaces between words: `KlinikPratama Melati`."""
    return _LOST_SPACE.sub(" ", text)


def _number(page: list[Row], plain: list[str]) -> Proposal | None:
    best: Proposal | None = None
    for row, text in zip(page, plain, strict=True):
        match = _NUMBER.search(text)
        if match is None or find_dates(match[1]):
            continue
        trust = 0.95 if _NUMBER_LABEL.search(text) else 0.5
        if best is None or row.confidence * trust > best.confidence:
            best = Proposal(match[1].upper().rstrip("."), round(row.confidence * trust, 2))
    return best


def _date(page: list[Row], plain: list[str], today: date) -> Proposal | None:
    best: Proposal | None = None
    for row, text in zip(page, plain, strict=True):
        for day in find_dates(text):
            trust = 0.95 if _DATE_LABEL.search(text) else 0.7
            if _OTHER_DATE.search(text) or not today - _LONG_AGO <= day <= today:
                trust = 0.2
            if best is None or row.confidence * trust > best.confidence:
                best = Proposal(day, round(row.confidence * trust, 2))
    return best


def _total(page: list[Row], plain: list[str], currency: str) -> tuple[int, Proposal | None]:
    """The row of the total and its amount: the strongest word wins, then the lowest row."""
    best: tuple[float, int, Proposal] | None = None
    for at, (row, text) in enumerate(zip(page, plain, strict=True)):
        strength = 0.9 if _GRAND_TOTAL.search(text) else 0.8 if _TOTAL.search(text) else 0.0
        if not strength:
            continue
        amount = last_amount(row.text, currency) or _alone_below(page, at, currency)
        if amount is not None and (best is None or strength >= best[0]):
            best = strength, at, Proposal(amount.minor, round(strength * row.confidence, 2))
    return (best[1], best[2]) if best else _marked_amount(page, currency)


def _marked_amount(page: list[Row], currency: str) -> tuple[int, Proposal | None]:
    """A form filled by hand names no total: its amount stands alone beside the printed sign of the currency."""
    for at in reversed(range(len(page))):
        amounts = find_amounts(page[at].text, currency)
        if len(amounts) == 1 and amounts[0].currency and amounts[0].start == 0 and _is_all(page[at].text, amounts[0]):
            return at, Proposal(amounts[0].minor, round(_MARKED * page[at].confidence, 2))
    return len(page), None


def _is_all(text: str, amount: Amount) -> bool:
    """Whether a row says nothing but this amount."""
    return not re.search(r"[a-z]{3}", text[amount.start :].lower().replace(amount.currency or "", ""))


def _alone_below(page: list[Row], at: int, currency: str) -> Amount | None:
    """The next row when it is nothing but an amount."""
    if at + 1 >= len(page) or len(page[at + 1].cells) != 1:
        return None
    return last_amount(page[at + 1].text, currency)


def _lines(page: list[Row], plain: list[str], currency: str) -> list[ProposedLine]:
    found: list[ProposedLine] = []
    waiting = ""
    for row, text in zip(page, plain, strict=True):
        amount = last_amount(row.text, currency)
        counted = _COUNT.search(row.text)
        label = row.text[: counted.start() if counted else amount.start if amount else None].strip(" .:-")
        priced = amount is not None and amount.grouped and (len(row.cells) > 1 or counted)
        if amount is not None and priced and not _NOT_A_LINE.search(text) and (label or waiting):
            quantity = int(counted[1]) if counted else 1
            found.append(ProposedLine(label or waiting, quantity, amount.minor, round(row.confidence * 0.9, 2)))
            waiting = ""
        else:
            waiting = row.text if len(row.cells) == 1 and not priced else ""
    return found


def _checked(
    total: Proposal | None, lines: list[ProposedLine], page: list[Row], plain: list[str], currency: str
) -> Proposal | None:
    """Trust the total more when the words or the sum of the lines say the same, less when the words do not."""
    if total is None:
        return None
    spelled = _spelled(plain)
    if spelled:
        return Proposal(total.value, 0.99 if spelled * 100 == total.value else round(total.confidence * 0.6, 2))
    tax = _taxes(page, plain, currency)
    if total.value in {sum(line.amount_minor for line in lines), sum(line.amount_minor for line in lines) + tax}:
        return Proposal(total.value, 0.97)
    return total


def _spelled(plain: list[str]) -> int | None:
    """Whole rupiah as the paper spells them out."""
    return next((whole_rupiah(text) for text in plain if _SPELLED.search(text)), None)


def _taxes(page: list[Row], plain: list[str], currency: str) -> int:
    taxes = [last_amount(row.text, currency) for row, text in zip(page, plain, strict=True) if _TAX.search(text)]
    return sum(amount.minor for amount in taxes if amount is not None)
