"""Fills a pre-printed receipt by hand, as small practices do. The hands are fonts among the front-end's packages."""

import io
import json
import random
from typing import Any

import typst
from PIL import Image

from backend.devstack.places import WEB_PACKAGES
from backend.devstack.receipts.content import Receipt
from backend.devstack.receipts.printing import DESK, LAYOUT, MONTHS, SYMBOLS, in_words, money

FORM = LAYOUT.with_name("handwritten.typ")
HANDS = {
    "Caveat": "caveat/500Medium",
    "Indie Flower": "indie-flower/400Regular",
    "Patrick Hand": "patrick-hand/400Regular",
}
_FONTS = WEB_PACKAGES / "node_modules" / "@expo-google-fonts"
_LABELS: dict[str, dict[str, str]] = {
    "id": {
        "title": "KUITANSI",
        "number": "No.",
        "from": "Telah terima dari",
        "words": "Uang sejumlah",
        "for": "Untuk pembayaran",
    },
    "pt": {"title": "RECIBO", "number": "N.º", "from": "Recebi de", "for": "Referente a"},
}


def write_receipt(receipt: Receipt, seed: int) -> Image.Image:
    """The filled form as a grey image, 1280 px wide. Needs the installed front-end packages."""
    dice = random.Random(f"hand:{seed}")  # noqa: S311 - a hand, not a secret
    hand = sorted(HANDS)[dice.randrange(len(HANDS))]
    png = typst.compile(
        FORM.read_bytes(),
        format="png",
        ppi=144.0,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_FONTS / HANDS[hand]]),
        sys_inputs={"form": json.dumps(_form(receipt, dice)), "face": DESK, "hand": hand},
    )
    return Image.open(io.BytesIO(png)).convert("L")


def _form(receipt: Receipt, dice: random.Random) -> dict[str, Any]:
    language = "id" if receipt.country == "ID" else "pt"
    labels = _LABELS[language]
    rows = [(labels["from"], receipt.patient)]
    if "words" in labels:
        rows.append((labels["words"], f"{in_words(receipt.total_minor // 100)} rupiah"))
    rows.append((labels["for"], ", ".join(line.text for line in receipt.lines[:2])))
    return {
        "provider": receipt.provider,
        "address": receipt.address,
        "title": labels["title"],
        "number_label": labels["number"],
        "number": receipt.number.rsplit("-", 1)[-1],
        "rows": rows,
        "symbol": SYMBOLS[receipt.currency],
        "amount": money(receipt.currency, receipt.total_minor) + (",-" if receipt.currency == "IDR" else ""),
        "place_and_date": f"{receipt.address.rsplit(', ', 1)[-1]}, {_day(receipt, language, dice)}",
        "signature": dice.choice(("A. Wijaya", "M. Tavares", "drg. Lina")),
    }


def _day(receipt: Receipt, language: str, dice: random.Random) -> str:
    day = receipt.issued_on
    month = MONTHS[language][day.month - 1]
    spelled = f"{day.day} {month} {day.year}" if language == "id" else f"{day.day} de {month} de {day.year}"
    return dice.choice((day.strftime("%d/%m/%Y"), day.strftime("%d-%m-%y"), spelled))
