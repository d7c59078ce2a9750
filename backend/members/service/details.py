"""What members change about themselves: how they are reached, and where their money goes.

Each change needs a fresh code from the phone on file. Whoever read the old address is told, so that a change by
somebody else does not stay unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from backend.access import Scope
from backend.accounts.service.step_up import check_code, request_code
from backend.audit import service as audit
from backend.errors import Forbidden, RuleRefused
from backend.kit import clock, ids, phone
from backend.kit.refusal import Refusal
from backend.members import identity, queries
from backend.members.models import BankAccount, Member
from backend.members.rules import details as rules
from backend.notifications import service as notifications

_PURPOSE, _NEW_PHONE = "change_details", "prove_phone"


def send_codes(scope: Scope, member_id: UUID, new_phone: str | None = None) -> str:
    """Send the code of a change to the phone on file, and another to a new number; answers the masked phone on file.

    Raises NotFound, Forbidden for somebody one acts for, RuleRefused without a phone, TooManyRequests.
    """
    member = _oneself(scope, member_id)
    on_file = _phone_on_file(scope, member)
    request_code(scope, _PURPOSE, member.id, on_file, "sms")
    if new_phone:
        send_code_to_new_phone(scope, member.id, new_phone)
    return phone.masked(on_file)


def send_code_to_new_phone(scope: Scope, member_id: UUID, new_phone: str) -> None:
    """A number becomes somebody's only when they can read what is sent to it; raises TooManyRequests."""
    request_code(scope, _NEW_PHONE, uuid5(member_id, new_phone), new_phone, "sms")


def code_is_right(scope: Scope, member_id: UUID, code: str) -> bool:
    """Whether this is the code from the phone on file, which is then used up."""
    return check_code(scope, _PURPOSE, member_id, code)


def new_phone_is_proved(scope: Scope, member_id: UUID, new_phone: str, code: str) -> bool:
    """Whether this is the code from the new number."""
    return check_code(scope, _NEW_PHONE, uuid5(member_id, new_phone), code)


def read_contact(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """How the member is reached."""
    return _contact(_oneself(scope, member_id))


def change_contact(
    scope: Scope, member_id: UUID, code: str, changes: Mapping[str, str | None], new_phone_code: str | None = None
) -> dict[str, Any]:
    """Change phone, e-mail or postal address after the code; see ``set_contact``.

    Raises NotFound, Forbidden, RuleRefused for a wrong or old code and for a new phone without its own.
    """
    member = _oneself(scope, member_id)
    wanted = changes.get("phone")
    new_phone = wanted if wanted != member.phone else None
    if new_phone and new_phone_code is None:
        raise RuleRefused(rules.NEW_PHONE_UNPROVED)
    _prove(scope, member.id, code)
    if new_phone and not new_phone_is_proved(scope, member.id, new_phone, new_phone_code or ""):
        raise RuleRefused(rules.NEW_PHONE_UNPROVED, keeps_changes=True)
    return set_contact(scope, member.id, changes)


def set_contact(scope: Scope, member_id: UUID, changes: Mapping[str, str | None]) -> dict[str, Any]:
    """Write what was proved already; tells the member, and the addresses that are no longer theirs."""
    member = _oneself(scope, member_id)
    before = _contact(member)
    changed = [name for name, value in changes.items() if before[name] != value]
    if not changed:
        return before
    for name in changed:
        setattr(member, name, changes[name])
    scope.session.flush()
    audit.record(scope, "update", "member", member.id, member_id=member.id, fields=changed)
    notifications.notify(scope, "contact_changed", member.id, {})
    for name, kind in (("phone", "phone"), ("email", "mail")):
        if name in changed and before[name]:
            reader = scope.speaking(member.language)
            notifications.tell_address(reader, "contact_changed", member.full_name, **{kind: before[name]})
    return _contact(member)


def read_bank_account(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """Where reimbursements go, the number down to its ending; empty before the first."""
    return _shown(queries.bank_account_of(scope, _oneself(scope, member_id).id))


def change_bank_account(
    scope: Scope, member_id: UUID, code: str, *, bank: str, account_number: str, holder_name: str
) -> dict[str, Any]:
    """Another account after the code; raises NotFound, Forbidden, RuleRefused for a wrong code or number."""
    member = _oneself(scope, member_id)
    wanted = rules.account(bank, account_number, holder_name)
    if isinstance(wanted, Refusal):
        raise RuleRefused.of(wanted)
    _prove(scope, member.id, code)
    return set_bank_account(scope, member.id, wanted)


def set_bank_account(scope: Scope, member_id: UUID, account: rules.Account) -> dict[str, Any]:
    """Write what was proved already and tell the member."""
    member = _oneself(scope, member_id)
    row_id = ids.new_id()
    row = BankAccount(
        client_id=scope.client_id,
        id=row_id,
        created_at=clock.now(),
        member_id=member.id,
        bank=account.bank,
        number_cipher=identity.sealed_account(row_id, account.number),
        ending=account.ending,
        holder_name=account.holder_name,
    )
    scope.session.add(row)
    scope.session.flush()
    names = ["bank", "account_number", "holder_name"]
    audit.record(scope, "update", "bank_account", row_id, member_id=member.id, fields=names)
    notifications.notify(scope, "bank_account_changed", member.id, {})
    return _shown(row)


def _oneself(scope: Scope, member_id: UUID) -> Member:
    member = queries.member(scope, member_id)
    if rules.may_change(member.id, scope.actor.own_member_id) is not None:
        raise Forbidden(rules.ONLY_ONESELF)
    return member


def _phone_on_file(scope: Scope, member: Member) -> str:
    if member.phone is None:
        raise RuleRefused(rules.NO_PHONE)
    return member.phone


def _prove(scope: Scope, member_id: UUID, code: str) -> None:
    if not code_is_right(scope, member_id, code):
        raise RuleRefused(rules.CODE_WRONG, keeps_changes=True)


def _contact(member: Member) -> dict[str, Any]:
    return {"phone": member.phone, "email": member.email, "postal_address": member.postal_address}


def _shown(row: BankAccount | None) -> dict[str, Any]:
    if row is None:
        return {"bank": None, "account_number": None, "holder_name": None, "changed_at": None}
    return {
        "bank": row.bank,
        "account_number": f"•••• {row.ending}",
        "holder_name": row.holder_name,
        "changed_at": row.created_at,
    }
