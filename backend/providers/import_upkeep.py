"""What is forgotten of imports: what became of a file stays, its lines go when nobody asks for them any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from backend.access import Scope, working_for
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.kit import clock
from backend.providers import import_file, import_queries
from backend.providers import import_statements as sql
from backend.providers.models import ImportState

LEFT_ALONE = "providers.import.left_alone"


def purge(client_id: UUID) -> int:
    """Forget the lines of every import of a client that was kept long enough, each in a transaction of its own.

    A file that nobody used in that time is refused and its content forgotten too. Answers how many there were.
    """
    with working_for(client_id) as scope:
        days = terms_on(scope, clock.today(client_by_id(client_id).timezone)).network_import_days
        outlived = import_queries.outlived(scope, clock.now() - timedelta(days=days))
    for import_id in outlived:
        with working_for(client_id) as scope:
            _forget_lines(scope, import_id, days)
    return len(outlived)


def _forget_lines(scope: Scope, import_id: UUID, days: int) -> None:
    row = import_queries.locked(scope, import_id)
    if row.lines_purged_at is not None or row.state == ImportState.APPLYING.value:
        return
    if row.state not in {ImportState.APPLIED.value, ImportState.REFUSED.value}:
        row.state, row.refusal = ImportState.REFUSED.value, {"reason": LEFT_ALONE, "figures": {"days": days}}
        import_file.forget(scope, import_id)
    row.lines_purged_at = clock.now()
    connection = scope.unit.raw()
    connection.execute(sql.WITHOUT_HURRY)
    connection.execute(sql.CLEAR, {"import_id": import_id})
