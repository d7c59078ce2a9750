CREATE OR REPLACE FUNCTION api_member_card(p_client uuid, p_session uuid, p_member uuid, p_language text, p_today date)
RETURNS TABLE (outcome text, body text, qr_signed_at timestamptz) LANGUAGE plpgsql AS $$
DECLARE
    who member;
    held card;
    cover enrolment;
    chosen record;
    covered boolean;
    until date;
    following date;
    shown text;
BEGIN
    IF NOT app_begin(p_client, p_session) THEN
        RETURN QUERY SELECT 'session_ended', NULL::text, NULL::timestamptz;
        RETURN;
    END IF;
    SELECT * INTO who FROM member WHERE client_id = p_client AND id = p_member;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'not_found', NULL::text, NULL::timestamptz;
        RETURN;
    END IF;
    SELECT * INTO held FROM card
     WHERE client_id = p_client AND member_id = p_member ORDER BY created_at DESC LIMIT 1;
    SELECT * INTO cover FROM enrolment
     WHERE client_id = p_client AND member_id = p_member
     ORDER BY (starts_on <= p_today) DESC, abs(p_today - starts_on) LIMIT 1;
    SELECT code, coalesce(names ->> p_language, names ->> 'en') AS name INTO chosen FROM plan
     WHERE client_id = p_client AND id = cover.plan_id;
    until := cover.ends_on;
    -- A cover that goes on the day after, in another version of the plan, does not end.
    LOOP
        SELECT ends_on INTO following FROM enrolment
         WHERE client_id = p_client AND member_id = p_member AND starts_on = until + 1;
        EXIT WHEN NOT FOUND;
        until := following;
    END LOOP;
    covered := cover.starts_on <= p_today
        AND p_today <= coalesce(least(until, who.left_on), 'infinity');
    shown := CASE
        WHEN held.id IS NULL OR cover.id IS NULL THEN 'none'
        WHEN held.status IN ('lost', 'ended') THEN held.status
        WHEN covered THEN held.status
        WHEN cover.starts_on > p_today THEN 'none'
        ELSE 'ended' END;
    RETURN QUERY SELECT 'ok', json_build_object(
        'member_id', who.id, 'member_number', who.number, 'card_number', held.number,
        'name', who.full_name, 'relationship', who.relationship, 'birth_date', who.birth_date,
        'plan', CASE WHEN cover.id IS NOT NULL THEN json_build_object('code', chosen.code, 'name', chosen.name) END,
        'status', shown, 'valid_from', cover.starts_on,
        'valid_until', least(until, who.left_on),
        'qr', CASE WHEN shown = 'active' THEN held.qr_payload END,
        'qr_expires_at', CASE WHEN shown = 'active' THEN held.qr_expires_at END)::text,
        CASE WHEN shown = 'active' THEN coalesce(held.qr_signed_at, 'epoch') END;
END $$
