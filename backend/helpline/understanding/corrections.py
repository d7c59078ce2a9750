"""A value that a person takes back: "not the 20th, the 19th", "bukan 350 ribu, 450 ribu"."""

import re
from collections.abc import Mapping
from datetime import date

from backend.helpline.understanding.lexicon import Lexicon
from backend.kit.amounts_in_words import amount_in
from backend.kit.dates_in_words import date_in

_CLAUSE = re.compile(r"[,;.!]\s+|\b(?:tapi|tetapi|melainkan|but|mas|e sim)\b|\s-\s", re.IGNORECASE)
_TAKEN_BACK = re.compile(r"^\s*(?:eh\s+|ah\s+|no\s+|oh\s+)?(?:bukan|not|it was not|não|nao)\b", re.IGNORECASE)
_SMALLEST_AMOUNT = 100
"""Below this a bare number is more likely a day than money."""


def corrected(text: str, lexicons: Mapping[str, Lexicon], today: date) -> dict[str, str]:
    """The slot that the words correct with its new value as ISO date or amount, or nothing.

    What stands in a clause with "not" is what was wrong, so the value is looked for in the others.
    """
    if not any(lexicon.correction.search(lexicon.sentence(text)) for lexicon in lexicons.values()):
        return {}
    kept = ", ".join(clause for clause in _CLAUSE.split(text) if clause and not _TAKEN_BACK.match(clause))
    day = date_in(kept, today)
    if day is not None:
        return {"treatment_date": day.isoformat()}
    amount = amount_in(kept)
    return {"claimed_amount": f"{amount:f}"} if amount is not None and amount >= _SMALLEST_AMOUNT else {}
