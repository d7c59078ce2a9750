"""What a member may change about themselves, and how an account number must look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from backend.kit.refusal import Refusal

CODE_WRONG = "members.code_wrong"
NO_PHONE = "members.no_phone_on_file"
NEW_PHONE_UNPROVED = "members.new_phone_unproved"
ONLY_ONESELF = "members.change_only_oneself"
ACCOUNT_NUMBER = "members.account_number_shape"

_ACCOUNT = re.compile(r"[A-Z]{0,4}[0-9][A-Z0-9]{4,32}[0-9]")
_SHOWN = 4
_FEWEST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account as somebody gave it; the number in capitals without spaces."""

    bank: str
    number: str
    holder_name: str

    @property
    def ending(self) -> str:
        """All that is ever shown of the number."""
        return self.number[-_SHOWN:]


def account(bank: str, number: str, holder_name: str) -> Account | Refusal:
    """An account of a bank of any country: 6 to 34 digits and letters (ISO 13616 allows 34), most of them digits."""
    bare = re.sub(r"[\s.-]", "", number.upper())
    if not _ACCOUNT.fullmatch(bare) or sum(sign.isdigit() for sign in bare) < _FEWEST_DIGITS:
        return Refusal(ACCOUNT_NUMBER)
    return Account(" ".join(bank.split()), bare, " ".join(holder_name.split()))


def may_change(member_id: UUID, acting_for: UUID | None) -> Refusal | None:
    """Everybody changes their own details, nobody those of a person they act for."""
    return None if member_id == acting_for else Refusal(ONLY_ONESELF)
