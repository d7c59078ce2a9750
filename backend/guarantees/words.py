"""What is medical about an ask: sealed in the database, opened for those who treat, decide or are treated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from backend.access import Role, Scope
from backend.guarantees import queries
from backend.guarantees.models import GuaranteeAsk
from backend.integrations import registry

READERS = frozenset([Role.DOCTOR, Role.CLAIMS, Role.PROVIDER, Role.MEMBER, Role.SYSTEM])
"""HR and the helpline's agents read figures and states, never why somebody lies in hospital."""


def seal(ask: GuaranteeAsk, said: Mapping[str, str | None]) -> None:
    """Keep what was said with the ask: its diagnosis, the reason, what came with papers; not empty words."""
    kept = opened(ask) | {name: words for name, words in said.items() if words}
    if kept:
        ask.sealed = registry.current().settings.keys.seal(json.dumps(kept).encode(), _context(ask.id))


def opened(ask: GuaranteeAsk) -> dict[str, str]:
    """Everything medical that was said about the ask."""
    if ask.sealed is None:
        return {}
    said: dict[str, str] = json.loads(registry.current().settings.keys.unseal(ask.sealed, _context(ask.id)))
    return said


def for_reader(scope: Scope, ask: GuaranteeAsk) -> dict[str, str]:
    """The same for whoever may read it, nothing for everybody else."""
    return opened(ask) if scope.actor.role in READERS else {}


def reseal(scope: Scope, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """After a rotation of the master key: the next ``limit`` asks by id under the newest one.

    Returns where to go on, None at the end, and how many were under an older key.
    """
    batch = queries.next_sealed_asks(scope, after, limit)
    ring = registry.current().settings.keys
    old = [row for row in batch if row.sealed is not None and not ring.is_current(row.sealed)]
    for row in old:
        row.sealed = ring.seal(json.dumps(opened(row)).encode(), _context(row.id))
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), len(old)


def _context(ask_id: UUID) -> str:
    return f"guarantee_ask:{ask_id}"
