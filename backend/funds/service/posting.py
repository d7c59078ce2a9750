"""The only writer of the ledger. An entry's id is its idempotency key; what is posted is only ever reversed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.errors import Conflict, NotFound, RuleRefused
from backend.funds import ledger, queries
from backend.funds.rules.chart import (
    ENTRY_DIFFERS,
    INSUFFICIENT,
    OVERDRAWN,
    OWED,
    Account,
    Line,
    Source,
    check_lines,
    reversed_lines,
)
from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class Converted:
    """The hold that an entry uses up; ``leaves`` stays promised (an interim bill of a stay that goes on)."""

    source: Source
    leaves: Money | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry as it stands; ``available`` is what the fund could still give after it."""

    id: UUID
    available: Money
    repeated: bool


def post(
    scope: Scope,
    entry_id: UUID,
    lines: Sequence[Line],
    reason: str,
    source: Source,
    *,
    converts: Converted | None = None,
    reverses_id: UUID | None = None,
    on: date | None = None,
    happened: bool = False,
) -> Posted:
    """Write one entry, all of it or nothing; the same id and content again gives the first answer.

    With ``converts`` the promise becomes the entry in the same moment, so that no rupiah is counted twice or free in
    between. What ``happened`` at the bank already is not refused for want of money. Raises RuleRefused
    ``funds.insufficient``, ``funds.overdrawn`` (the bank account holds less), ``funds.unbalanced``; Conflict
    ``funds.entry_differs``.
    """
    refusal = check_lines(lines)
    if refusal is not None:
        raise RuleRefused.of(refusal)
    currency = lines[0].amount.currency
    listed = [
        [line.account.value, line.subject_id and str(line.subject_id), line.amount.amount_minor] for line in lines
    ]
    hold = converts and {
        "source_type": converts.source.type,
        "source_id": str(converts.source.id),
        "leaves_minor": converts.leaves.amount_minor if converts.leaves else 0,
    }
    same = [currency, listed, reason, source.type, str(source.id), hold, reverses_id]
    content = {
        "id": str(entry_id),
        "posted_on": (on or ledger.today_of(scope)).isoformat(),
        "currency": currency,
        "lines": listed,
        "reason": reason,
        "source_type": source.type,
        "source_id": str(source.id),
        "reverses_id": reverses_id and str(reverses_id),
        "hold": hold,
        "digest": ledger.digest_of(same),
    }
    said = ledger.ask(scope, "ledger_post", content, may_block=not happened)
    return _outcome(entry_id, lines, said)


def _outcome(entry_id: UUID, lines: Sequence[Line], said: dict[str, object]) -> Posted:
    currency = lines[0].amount.currency
    available = Money(int(str(said["available_minor"])), currency)
    if said["outcome"] == "differs":
        raise Conflict(ENTRY_DIFFERS)
    if said["outcome"] in {"insufficient", "overdrawn"}:
        short_of = OWED | {Account.BANK} if said["outcome"] == "insufficient" else {Account.BANK}
        wanted = Money(-sum(line.amount.amount_minor for line in lines if line.account in short_of), currency)
        reason = INSUFFICIENT if said["outcome"] == "insufficient" else OVERDRAWN
        raise RuleRefused(reason, ledger.shortfall(wanted, available))
    return Posted(entry_id, available, said["outcome"] == "repeated")


def reverse(scope: Scope, entry_id: UUID, reason: str) -> Posted:
    """Take an entry back by its mirror image; twice is once. Raises NotFound."""
    mistaken = queries.entry(scope, entry_id)
    if mistaken is None:
        raise NotFound()
    lines = reversed_lines(queries.lines_of(scope, mistaken))
    mirror = ledger.entry_id_of(scope, "reverse", entry_id)
    source = Source(mistaken.source_type, mistaken.source_id)
    return post(scope, mirror, lines, reason, source, reverses_id=entry_id)
