"""Prints an invented receipt on white paper, the way hospitals and tills lay it out."""

import io
import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from backend.devstack.receipts.content import Receipt

LAYOUT = Path(__file__).with_name("receipt.typ")
# The two faces come with typst itself: the same print on a machine without any font.
TILL = "DejaVu Sans Mono"
DESK = "Libertinus Serif"

MONTHS = {
    "id": (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    "pt": (
        "Janeiro",
        "Fevereiro",
        "Março",
        "Abril",
        "Maio",
        "Junho",
        "Julho",
        "Agosto",
        "Setembro",
        "Outubro",
        "Novembro",
        "Dezembro",
    ),
}
WORDS: dict[str, dict[str, Any]] = {
    "id": {
        "number": ("No. Kwitansi", "No. Nota", "No. Invoice"),
        "date": ("Tanggal", "Tgl"),
        "patient": "Pasien",
        "subtotal": "Subtotal",
        "tax": "PPN 11%",
        "total": ("TOTAL", "JUMLAH", "TOTAL BAYAR", "GRAND TOTAL"),
        "cash": "Tunai",
        "change": "Kembali",
        "thanks": "Terima kasih, semoga lekas sembuh",
    },
    "pt": {
        "number": ("Recibo N.º", "Factura N.º", "VD N.º"),
        "date": ("Data", "Data de emissão"),
        "patient": "Paciente",
        "subtotal": "Subtotal",
        "tax": "IVA 16%",
        "total": ("TOTAL", "TOTAL A PAGAR", "VALOR TOTAL"),
        "cash": "Numerário",
        "change": "Troco",
        "thanks": "Obrigado pela preferência",
    },
}
SYMBOLS = {"IDR": "Rp", "MZN": "MT", "AOA": "Kz"}
UNITS = (
    "",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)


@dataclass(frozen=True)
class Row:
    """One printed row: text at the left and the right, size in points; or a ruled line."""

    left: str = ""
    right: str = ""
    size: int = 17
    bold: bool = False
    centred: bool = False
    rule: bool = False


def print_receipt(receipt: Receipt, seed: int) -> Image.Image:
    """The paper as a grey image, 1000 px wide, as tall as the text needs."""
    dice = random.Random(f"print:{seed}")  # noqa: S311 - layout, not a secret
    face = TILL if receipt.kind == "pharmacy" else dice.choice((TILL, DESK))
    rows = [asdict(row) for row in _rows(receipt, dice)]
    png = typst.compile(
        LAYOUT.read_bytes(),
        format="png",
        ppi=144.0,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"rows": json.dumps(rows), "face": face},
    )
    return Image.open(io.BytesIO(png)).convert("L")


def _rows(receipt: Receipt, dice: random.Random) -> list[Row]:
    language = "id" if receipt.country == "ID" else "pt"
    words = WORDS[language]
    header = [
        Row(receipt.provider, size=26, bold=True, centred=True),
        Row(receipt.address, size=14, centred=True),
        Row(f"Telp. {receipt.phone}" if language == "id" else f"Tel. {receipt.phone}", size=14, centred=True),
        Row(rule=True),
        Row(f"{dice.choice(words['number'])} : {receipt.number}"),
        Row(f"{dice.choice(words['date'])} : {_date(receipt, language, dice)}"),
        Row(f"{words['patient']} : {receipt.patient}"),
        Row(rule=True),
    ]
    footer = [Row(rule=True), Row(words["thanks"], size=14, centred=True)]
    if language == "id" and receipt.kind != "pharmacy":
        footer.insert(0, Row(f"Terbilang: {in_words(receipt.total_minor // 100)} rupiah", size=13))
    return header + _goods(receipt, dice) + _sums(receipt, words, dice) + footer


def _goods(receipt: Receipt, dice: random.Random) -> list[Row]:
    rows = []
    stacked = dice.random() < 0.5
    for line in receipt.lines:
        amount = money(receipt.currency, line.amount_minor)
        count = f"{line.quantity} x {money(receipt.currency, line.unit_minor)}"
        if line.quantity == 1:
            rows.append(Row(line.text, amount))
        elif stacked:
            rows += [Row(line.text), Row(f"    {count}", amount)]
        else:
            rows.append(Row(f"{line.text}  {count}", amount))
    return rows


def _sums(receipt: Receipt, words: dict[str, Any], dice: random.Random) -> list[Row]:
    symbol = SYMBOLS[receipt.currency]

    def priced(minor: int) -> str:
        text = money(receipt.currency, minor)
        return f"{symbol} {text}" if receipt.currency == "IDR" else f"{text} {symbol}"

    rows = [Row(rule=True)]
    if receipt.tax_minor:
        rows += [
            Row(words["subtotal"], priced(receipt.subtotal_minor)),
            Row(words["tax"], priced(receipt.tax_minor)),
        ]
    rows.append(Row(dice.choice(words["total"]), priced(receipt.total_minor), size=21, bold=True))
    if receipt.kind == "pharmacy":
        note = 10_000_000 if receipt.currency == "IDR" else 100_000
        paid = -(-receipt.total_minor // note) * note
        rows += [Row(words["cash"], priced(paid)), Row(words["change"], priced(paid - receipt.total_minor))]
    return rows


def money(currency: str, minor: int) -> str:
    """`462.500` for rupiah, `1.234,56` for the Portuguese-speaking countries."""
    whole = f"{minor // 100:,}".replace(",", ".")
    return whole if currency == "IDR" else f"{whole},{minor % 100:02d}"


def in_words(number: int) -> str:
    """Indonesian words for a whole number below a billion: 21500 → "dua puluh satu ribu lima ratus"."""
    if number < 12:
        return UNITS[number]
    for size, one, name in ((1_000_000, None, "juta"), (1_000, "seribu", "ribu"), (100, "seratus", "ratus")):
        if number >= size:
            head = one if one and number // size == 1 else f"{in_words(number // size)} {name}"
            return f"{head} {in_words(number % size)}".strip()
    if number < 20:
        return f"{UNITS[number - 10]} belas"
    return f"{UNITS[number // 10]} puluh {UNITS[number % 10]}".strip()


def _date(receipt: Receipt, language: str, dice: random.Random) -> str:
    day = receipt.issued_on
    month = MONTHS[language][day.month - 1]
    spelled = f"{day.day} {month} {day.year}" if language == "id" else f"{day.day} de {month} de {day.year}"
    return dice.choice((day.strftime("%d/%m/%Y"), day.strftime("%d-%m-%Y"), spelled))
