"""What a migration does to a table that belongs to a client: row-level security and the application's grants."""

from alembic import op

APP_ROLE = "careline_app"


def protect(table: str, *, insert_only: bool = False) -> None:
    """Force row-level security on ``table`` and let the application's role work within one client.

    ``insert_only`` leaves the rows append-only for the application: no update, no delete.
    """
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY of_client ON {table} USING (client_id = current_client()) "
        f"WITH CHECK (client_id = current_client())"
    )
    share(table, insert_only=insert_only)


def protect_own_and_common(table: str, *, insert_only: bool = False) -> None:
    """The same for a table whose rows belong to one client or, without ``client_id``, serve all of them.

    A client reads its own and the common ones; it never learns what another one agreed.
    """
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY own_and_common ON {table} USING (client_id IS NULL OR client_id = current_client()) "
        f"WITH CHECK (client_id IS NULL OR client_id = current_client())"
    )
    share(table, insert_only=insert_only)


def share(table: str, *, insert_only: bool = False) -> None:
    """Grant the application's role its use of a table without a client (registry rows, inbound events)."""
    verbs = "SELECT, INSERT" if insert_only else "SELECT, INSERT, UPDATE, DELETE"
    op.execute(f"GRANT {verbs} ON {table} TO {APP_ROLE}")
