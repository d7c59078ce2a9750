"""``make bench``: every measurement, printed as tables with their baselines; `make bench ONLY=reads` for a part."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from backend.bench import (
    adjudication,
    claim_lists,
    claims,
    desks,
    ledger,
    network,
    reads,
    uploads,
    webhooks,
    whole_stack,
)
from backend.bench.stand import FOLDER, Stand, stand
from backend.bench.tables import Table, write

PARTS: dict[str, Callable[[Stand], list[Table]]] = {
    "instructions": lambda data: [reads.counted(data)],
    "reads": reads.rated,
    "uploads": uploads.rated,
    "webhooks": webhooks.rated,
    "desks": desks.rated,
    "rules": adjudication.rated,
    "ledger": ledger.rated,
    "claims": claims.rated,
    "claim-lists": claim_lists.rated,
    "network": network.rated,
    "stack": whole_stack.rated,
}


def main() -> int:
    """Run the parts; the exit code says whether the gating figures (instructions) hold."""
    chosen = os.environ.get("ONLY", "").split() or list(PARTS)
    tables: list[Table] = []
    with stand() as data:
        for name in chosen:
            for table in PARTS[name](data):
                table.show()
                tables.append(table)
    write(tables, FOLDER.parent / "bench.json")
    missed = [row.name for table in tables for row in table.rows if row.met is False]
    if missed:
        print("\nmissed: " + "; ".join(missed))
    return 1 if any("Instructions" in table.title and row.met is False for table in tables for row in table.rows) else 0


if __name__ == "__main__":
    sys.exit(main())
