"""One round trip takes in what a member writes in the app (the sign-in, the repeated key, the thread, the message), and
one keeps what the bot answers."""

from alembic import op

revision = "0039"
down_revision = "0038"

_SAY = """
CREATE FUNCTION api_say(p_client uuid, p_session uuid, p_member uuid, p_language text, p_message jsonb)
RETURNS TABLE (alive boolean, is_new boolean, said_row jsonb, talk_row jsonb, is_taken boolean) LANGUAGE plpgsql AS $$
DECLARE
    said message := jsonb_populate_record(NULL::message, p_message);
    kept message;
    talk conversation;
BEGIN
    IF NOT app_begin(p_client, p_session) THEN
        RETURN QUERY SELECT false, false, NULL::jsonb, NULL::jsonb, false;
        RETURN;
    END IF;
    -- Nobody is told that the message is kept before its answer is, and that commit makes this one durable with it.
    PERFORM set_config('synchronous_commit', 'off', true);
    -- Held until the commit: one message of a member after the other.
    SELECT * INTO talk FROM conversation
     WHERE client_id = p_client AND member_id = p_member AND merged_into_id IS NULL
       FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        INSERT INTO conversation (client_id, id, created_at, member_id, language, language_chosen, channel, state)
        VALUES (p_client, said.conversation_id, said.created_at, p_member, p_language, false, said.channel, '{}')
        ON CONFLICT (client_id, member_id) WHERE member_id IS NOT NULL AND merged_into_id IS NULL
        DO UPDATE SET channel = excluded.channel
        RETURNING * INTO talk;
    ELSIF talk.channel <> said.channel THEN
        UPDATE conversation SET channel = said.channel WHERE client_id = p_client AND id = talk.id
        RETURNING * INTO talk;
    END IF;
    said.conversation_id := talk.id;
    said.language := talk.language;
    INSERT INTO message SELECT said.* ON CONFLICT DO NOTHING;
    is_new := FOUND;
    IF NOT is_new THEN
        SELECT * INTO kept FROM message AS m WHERE m.client_id = p_client AND m.vendor_id = said.vendor_id;
        said := kept;
    END IF;
    RETURN QUERY SELECT true, is_new, to_jsonb(said), to_jsonb(talk), EXISTS (
        SELECT FROM helpline_case AS c
         WHERE c.client_id = p_client AND c.conversation_id = talk.id AND c.state = 'taken'
    );
END $$
"""

_ANSWER = """
CREATE FUNCTION api_answer(p_client uuid, p_message jsonb, p_seen jsonb, p_state jsonb, p_replies jsonb)
RETURNS TABLE (is_kept boolean) LANGUAGE plpgsql AS $$
DECLARE
    heard message := jsonb_populate_record(NULL::message, p_message);
BEGIN
    PERFORM app_begin(p_client, NULL);
    -- Somebody else has answered, or the thread has gone on: then it is decided again, from the beginning.
    is_kept := EXISTS (SELECT FROM message AS m
         WHERE m.client_id = p_client AND m.id = heard.id AND m.answered_at IS NULL FOR UPDATE)
    AND EXISTS (SELECT FROM conversation AS c
         WHERE c.client_id = p_client AND c.id = heard.conversation_id AND c.merged_into_id IS NULL
           AND c.state = p_seen AND c.language = heard.language FOR NO KEY UPDATE);
    IF is_kept THEN
        UPDATE message AS m SET answered_at = heard.answered_at, language = heard.language, intent = heard.intent
         WHERE m.client_id = p_client AND m.id = heard.id;
        UPDATE conversation AS c SET state = p_state
         WHERE c.client_id = p_client AND c.id = heard.conversation_id AND c.state <> p_state;
        INSERT INTO message SELECT * FROM jsonb_populate_recordset(NULL::message, p_replies);
    END IF;
    RETURN NEXT;
END $$
"""


def upgrade() -> None:
    op.execute(_SAY)
    op.execute(_ANSWER)


def downgrade() -> None:
    op.execute("DROP FUNCTION api_answer")
    op.execute("DROP FUNCTION api_say")
