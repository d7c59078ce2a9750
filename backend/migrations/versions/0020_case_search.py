"""Search in cases: by words of the thread and by name, from an index, inside one client.

LIKE is not leakproof, so under row-level security no index could serve it (docs/decisions: the search of the desk). The
function runs as the owner, who may read these two tables for it, names the client itself and gives back ids of cases.
"""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import APP_ROLE

revision = "0020"
down_revision = "0019"

_PLAIN = """
CREATE FUNCTION plain_text(p_text text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, p_text)) $$
"""

_SEARCH = """
CREATE FUNCTION search_cases(p_words text[], p_limit integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH word AS MATERIALIZED (
        SELECT n, '%' || plain_text(w) || '%' AS pattern FROM unnest(p_words) WITH ORDINALITY AS given (w, n)
    ), thread AS (
        SELECT conversation_id FROM (
            SELECT DISTINCT word.n, m.conversation_id
              FROM word JOIN message m ON m.client_id = current_client() AND plain_text(m.text) LIKE word.pattern
        ) met GROUP BY conversation_id HAVING count(*) = cardinality(p_words)
    ), person AS (
        SELECT id FROM (
            SELECT DISTINCT word.n, p.id
              FROM word JOIN member p ON p.client_id = current_client() AND plain_text(p.full_name) LIKE word.pattern
        ) met GROUP BY id HAVING count(*) = cardinality(p_words)
    )
    SELECT c.id FROM helpline_case c
     WHERE c.client_id = current_client()
       AND (c.conversation_id IN (SELECT conversation_id FROM thread) OR c.member_id IN (SELECT id FROM person))
     ORDER BY c.created_at DESC LIMIT p_limit
$$
"""


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")
    op.execute(_PLAIN)
    for table, column in (("message", "text"), ("member", "full_name")):
        op.create_index(
            f"ix_{table}_words",
            table,
            ["client_id", sa.text(f"plain_text({column}) gin_trgm_ops")],
            postgresql_using="gin",
        )
        op.execute(f"CREATE POLICY of_search ON {table} FOR SELECT TO CURRENT_USER USING (true)")
    op.execute(_SEARCH)
    op.execute("REVOKE ALL ON FUNCTION search_cases(text[], integer) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION search_cases(text[], integer) TO {APP_ROLE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION search_cases(text[], integer)")
    for table in ("message", "member"):
        op.execute(f"DROP POLICY of_search ON {table}")
        op.drop_index(f"ix_{table}_words", table)
    op.execute("DROP FUNCTION plain_text(text)")
