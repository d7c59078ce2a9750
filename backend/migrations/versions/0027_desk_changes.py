"""Web processes hear of what changes at the desk: ids only, and of threads only while a case is not closed."""

from alembic import op

from backend.migrations.tenancy import APP_ROLE

revision = "0027"
down_revision = "0026"

_TELL = """
CREATE FUNCTION desk_changed(p_kind text, p_client uuid, p_case uuid, p_conversation uuid)
RETURNS void LANGUAGE sql AS $$
    SELECT pg_notify('desk', concat_ws(' ', nextval('desk_change'), p_kind, coalesce(p_client::text, '-'),
                                       coalesce(p_case::text, '-'), coalesce(p_conversation::text, '-')))
$$
"""
"""The number makes a change known to every process that hears of it."""

_MESSAGES = """
CREATE FUNCTION tell_of_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM desk_changed('message', c.client_id, c.id, c.conversation_id)
       FROM helpline_case c
       JOIN (SELECT DISTINCT client_id, conversation_id FROM added) a
         ON (c.client_id, c.conversation_id) = (a.client_id, a.conversation_id)
      WHERE c.state <> 'closed';
    RETURN NULL;
END $$
"""

_DELIVERY = """
CREATE FUNCTION tell_of_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM desk_changed('message', c.client_id, c.id, c.conversation_id)
       FROM helpline_case c
      WHERE (c.client_id, c.conversation_id) = (NEW.client_id, NEW.conversation_id) AND c.state <> 'closed';
    RETURN NULL;
END $$
"""

_CASE = """
CREATE FUNCTION tell_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM desk_changed('case', NEW.client_id, NEW.id, NEW.conversation_id);
    RETURN NULL;
END $$
"""

_CALL = """
CREATE FUNCTION tell_of_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM desk_changed('call', NEW.client_id, NEW.case_id, NEW.conversation_id);
    RETURN NULL;
END $$
"""

_TRIGGERS = (
    "CREATE TRIGGER tell_of_messages AFTER INSERT ON message REFERENCING NEW TABLE AS added "
    "FOR EACH STATEMENT EXECUTE FUNCTION tell_of_messages()",
    # How far an agent's answer came; what the bot sends is nobody's ticks to watch.
    "CREATE TRIGGER tell_of_delivery AFTER UPDATE OF send_state ON message FOR EACH ROW "
    "WHEN (NEW.author = 'agent' AND OLD.send_state IS DISTINCT FROM NEW.send_state) "
    "EXECUTE FUNCTION tell_of_delivery()",
    "CREATE TRIGGER tell_of_new_case AFTER INSERT ON helpline_case FOR EACH ROW EXECUTE FUNCTION tell_of_case()",
    "CREATE TRIGGER tell_of_case AFTER UPDATE ON helpline_case FOR EACH ROW "
    "WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tell_of_case()",
    "CREATE TRIGGER tell_of_new_call AFTER INSERT ON queued_call FOR EACH ROW EXECUTE FUNCTION tell_of_call()",
    # Not of every sign of life: a waiting call gives one every few seconds.
    "CREATE TRIGGER tell_of_call AFTER UPDATE ON queued_call FOR EACH ROW "
    "WHEN ((OLD.case_id, OLD.desk, OLD.rank, OLD.claimed_by, OLD.answered_at, OLD.left_at, OLD.outcome) "
    "IS DISTINCT FROM (NEW.case_id, NEW.desk, NEW.rank, NEW.claimed_by, NEW.answered_at, NEW.left_at, NEW.outcome)) "
    "EXECUTE FUNCTION tell_of_call()",
    "CREATE TRIGGER tell_of_new_callback AFTER INSERT ON callback FOR EACH ROW EXECUTE FUNCTION tell_of_call()",
    "CREATE TRIGGER tell_of_callback AFTER UPDATE ON callback FOR EACH ROW "
    "WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION tell_of_call()",
)


def upgrade() -> None:
    op.execute("CREATE SEQUENCE desk_change")
    op.execute(f"GRANT USAGE ON SEQUENCE desk_change TO {APP_ROLE}")
    for statement in (_TELL, _MESSAGES, _DELIVERY, _CASE, _CALL, *_TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    for trigger, table in (
        ("tell_of_messages", "message"),
        ("tell_of_delivery", "message"),
        ("tell_of_new_case", "helpline_case"),
        ("tell_of_case", "helpline_case"),
        ("tell_of_new_call", "queued_call"),
        ("tell_of_call", "queued_call"),
        ("tell_of_new_callback", "callback"),
        ("tell_of_callback", "callback"),
    ):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
    for function in ("tell_of_call", "tell_of_case", "tell_of_delivery", "tell_of_messages"):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP FUNCTION desk_changed")
    op.execute("DROP SEQUENCE desk_change")
