"""How this process speaks to the ledger's functions in the database: one round trip behind the client's one lock.

The lock is kept until the transaction ends, and everybody who draws on the same fund waits for it: ask for it last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import orjson
from psycopg.types.json import Jsonb

from backend.access import Scope
from backend.clients.queries import terms_on
from backend.clients.registry import ClientFacts, client_by_id
from backend.kit import clock
from backend.kit.money import Money

_NAMES = UUID("6f2f1a0c-2c0e-5d0c-9d52-6a4b1e1f7c11")


def entry_id_of(scope: Scope, *parts: object) -> UUID:
    """The id of the entry that something must leave: asked for twice it is the same, so it is posted once."""
    return uuid5(_NAMES, ":".join(str(part) for part in (scope.client_id, *parts)))


def digest_of(content: Any) -> str:
    """What makes two entries the same."""
    return hashlib.sha256(orjson.dumps(content, default=str)).hexdigest()


def today_of(scope: Scope) -> date:
    """The day at the client's."""
    return clock.today(client_by_id(scope.client_id).timezone)


def shortfall_blocks(scope: Scope) -> bool:
    """Whether the contract refuses what the fund cannot cover."""
    return terms_on(scope, today_of(scope)).fund_shortfall == "refuse"


def ask(scope: Scope, function: str, content: Mapping[str, Any], *, may_block: bool = True) -> dict[str, Any]:
    """Call ``ledger_post`` or ``fund_hold_to`` for the scope's client and return what it answers."""
    scope.session.flush()
    said = {
        **content,
        "at": clock.now().isoformat(),
        "actor_role": scope.actor.role.value,
        "actor_id": str(scope.actor.id) if scope.actor.id else None,
        "blocks": may_block and shortfall_blocks(scope),
    }
    if scope.unit.memory is not None and function == "ledger_post":
        # Sent with everything else, behind the lock for that one call; an entry that is not taken is done again there.
        scope.unit.post(said)
        return {"outcome": "posted", "available_minor": 0}
    row = scope.unit.raw().execute(f"SELECT {function}(%s, %s)", (scope.client_id, Jsonb(said))).fetchone()  # noqa: S608
    assert row is not None, "a function answers"
    answered: dict[str, Any] = row[0]
    return answered


def client_of(scope: Scope) -> ClientFacts:
    """The client of the scope."""
    return client_by_id(scope.client_id)


def currency_of(scope: Scope) -> str:
    """What the client's money is counted in."""
    return client_of(scope).currency


def shortfall(wanted: Money, available: Money) -> dict[str, Any]:
    """The figures of a refusal for want of money."""
    return {"wanted": wanted, "available": available, "missing": wanted - available}
