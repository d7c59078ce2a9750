"""Which statement is ours."""

from __future__ import annotations

import re

OTHER_ACCOUNT = "funds.other_account"
STATEMENT_INCOMPLETE = "funds.statement_incomplete"
LINE_PLACED = "funds.line_placed"
ONLY_MONEY_THAT_CAME = "funds.only_money_that_came"
ONLY_MONEY_THAT_LEFT = "funds.only_money_that_left"
NOTHING_SENT_BACK = "funds.nothing_sent_back"

MONEY_THAT_CAME = ("returned", "deposit", "excess")
"""What a person may say that unclear money is."""
BANKS_OWN = ("bank_fee", "bank_tax", "bank_correction")
"""Why the bank took something by itself; each is the reason of an entry of its own."""
SENT_BACK = "sent_back"
MONEY_THAT_LEFT = (*BANKS_OWN, SENT_BACK)
"""What a person may say that money which left is; sending back was posted when it was decided."""

_FILLER = re.compile(r"[^0-9A-Z]")


def same_account(written: str, ours: str) -> bool:
    """Whether a statement's account is ours; banks write a branch before the number or the currency after it."""
    theirs, own = (_FILLER.sub("", number.upper()) for number in (written, ours))
    return bool(own) and re.sub(r"[A-Z]{3}$", "", theirs).endswith(own)
