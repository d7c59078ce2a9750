"""One round trip keeps a WhatsApp message and leaves the job that answers it, in the order of its sender."""

from alembic import op

revision = "0017"
down_revision = "0016"

_RECEIVE = """
CREATE FUNCTION api_receive_message(p_client uuid, p_event jsonb, p_task text, p_lock text)
RETURNS TABLE (is_new boolean) LANGUAGE plpgsql AS $$
DECLARE
    came inbound_event := jsonb_populate_record(NULL::inbound_event, p_event);
BEGIN
    PERFORM app_begin(p_client, NULL);
    INSERT INTO inbound_event SELECT came.* ON CONFLICT DO NOTHING;
    is_new := FOUND;
    IF is_new THEN
        PERFORM procrastinate_defer_jobs_v1(ARRAY[
            ROW('default', p_task, 0, p_lock, NULL,
                jsonb_build_object('client_id', p_client, 'event_id', came.id), NULL)
        ]::procrastinate_job_to_defer_v1[]);
    END IF;
    RETURN NEXT;
END $$
"""


def upgrade() -> None:
    op.execute(_RECEIVE)


def downgrade() -> None:
    op.execute("DROP FUNCTION api_receive_message")
