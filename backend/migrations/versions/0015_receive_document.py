"""One round trip takes a document in: the sign-in, the repeated key, the row, the job that develops it."""

from alembic import op

revision = "0015"
down_revision = "0014"

_RECEIVE = """
CREATE FUNCTION api_receive_document(p_client uuid, p_session uuid, p_document jsonb, p_lock bigint, p_task text)
RETURNS TABLE (outcome text, document_id uuid, answer text) LANGUAGE plpgsql AS $$
DECLARE
    sent document := jsonb_populate_record(NULL::document, p_document);
    kept document;
BEGIN
    IF NOT app_begin(p_client, p_session) THEN
        RETURN QUERY SELECT 'session_ended', NULL::uuid, NULL::text;
        RETURN;
    END IF;
    -- Held until the commit: a purge of the same content waits for it and then finds the row.
    PERFORM pg_advisory_xact_lock_shared(p_lock);
    INSERT INTO document SELECT sent.* ON CONFLICT DO NOTHING;
    IF FOUND THEN
        PERFORM procrastinate_defer_jobs_v1(ARRAY[
            ROW('default', p_task, 0, NULL, NULL,
                jsonb_build_object('client_id', p_client, 'document_id', sent.id), NULL)
        ]::procrastinate_job_to_defer_v1[]);
        RETURN QUERY SELECT 'received', sent.id, NULL::text;
        RETURN;
    END IF;
    SELECT * INTO kept FROM document
     WHERE client_id = p_client AND uploaded_by = sent.uploaded_by AND upload_key = sent.upload_key;
    IF NOT FOUND THEN
        -- Without a key only this very row can be in the way: the statement was sent again after a lost connection.
        RETURN QUERY SELECT 'received', sent.id, NULL::text;
    ELSIF kept.fingerprint <> sent.fingerprint THEN
        RETURN QUERY SELECT 'mismatch', NULL::uuid, NULL::text;
    ELSE
        RETURN QUERY SELECT 'repeated', kept.id, kept.first_answer::text;
    END IF;
END $$
"""


def upgrade() -> None:
    op.execute(_RECEIVE)


def downgrade() -> None:
    op.execute("DROP FUNCTION api_receive_document")
