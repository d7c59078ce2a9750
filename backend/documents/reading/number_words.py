"""Indonesian receipts repeat the total in words ("terbilang"); a second reading to check the figures with."""

from __future__ import annotations

import re

_UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "sebelas": 11,
}  # fmt: skip
_BIG = {"ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000, "milyar": 1_000_000_000}
_WORDS = sorted([*_UNITS, *_BIG, "belas", "puluh", "ratus", "seratus", "seribu", "sejuta"], key=len, reverse=True)
_WORD = re.compile("|".join(_WORDS))


def whole_rupiah(text: str) -> int | None:
    """The number that `text` spells in Indonesian; None when it spells none.

    Spaces do not matter (recognisers lose them); words that are no numerals are passed over.
    """
    words = _WORD.findall(text.lower().replace(" ", ""))
    total = group = 0
    for word in words:
        if word in _UNITS:
            group += _UNITS[word]
        elif word == "belas":
            group += 10
        elif word == "puluh":
            tens = group % 10
            group += tens * 10 - tens
        elif word == "ratus":
            hundreds = group % 10
            group += hundreds * 100 - hundreds
        elif word == "seratus":
            group += 100
        elif word in {"seribu", "sejuta"}:
            total += 1_000 if word == "seribu" else 1_000_000
        else:
            total, group = total + max(group, 1) * _BIG[word], 0
    return total + group if words else None
