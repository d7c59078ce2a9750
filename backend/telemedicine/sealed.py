"""What is medical, as JSON under the seal: bound to its table, column and row."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from backend.integrations import registry


def seal(value: Any, column: str, row_id: UUID) -> bytes:
    """``value`` as it is kept; ``column`` is ``table.column``."""
    return registry.current().settings.keys.seal(json.dumps(value).encode(), _context(column, row_id))


def unseal(kept: bytes | None, column: str, row_id: UUID) -> Any:
    """Back from ``seal``; None for nothing. Raises SealBroken."""
    if kept is None:
        return None
    return json.loads(registry.current().settings.keys.unseal(kept, _context(column, row_id)))


def sealed_anew(kept: bytes | None, column: str, row_id: UUID) -> bytes | None:
    """The same under the newest key; None when there is nothing to do. Raises SealBroken."""
    ring = registry.current().settings.keys
    if kept is None or ring.is_current(kept):
        return None
    context = _context(column, row_id)
    return ring.seal(ring.unseal(kept, context), context)


def _context(column: str, row_id: UUID) -> str:
    return f"{column}:{row_id}"
