"""The functions of the ledger: the one lock of a client, promises, postings, and what keeps them honest."""

# ruff: noqa: S608 - only names of accounts are put together

from backend.migrations.funds.columns import ACCOUNTS, FREE, listed

BALANCED = """
CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_sum bigint;
    v_lines integer;
BEGIN
    SELECT COALESCE(sum(l.amount_minor), 0), count(*) INTO v_sum, v_lines
      FROM ledger_line l WHERE l.client_id = NEW.client_id AND l.entry_id = NEW.id;
    IF v_sum <> 0 OR v_lines <> NEW.line_count THEN
        RAISE EXCEPTION 'ledger entry % does not balance', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_balances';
    END IF;
    RETURN NULL;
END $$
"""
"""Once for each entry when its transaction ends. All places of an entry are taken then: see ``SUMMED``."""

UNTOUCHABLE = """
CREATE FUNCTION ledger_untouchable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_append_only';
END $$
"""

SUMMED = f"""
CREATE FUNCTION ledger_summed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_lines n LEFT JOIN ledger_entry e ON e.client_id = n.client_id AND e.id = n.entry_id
                WHERE n.position < 1 OR n.position > COALESCE(e.line_count, 0)) THEN
        RAISE EXCEPTION 'a ledger entry has no place for another line' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'ledger_entry_balances';
    END IF;
    UPDATE fund_balance b SET {", ".join(f"{name}_minor = b.{name}_minor + d.{name}" for name in ACCOUNTS)}
      FROM (SELECT n.client_id, {
    ", ".join(f"COALESCE(sum(n.amount_minor) FILTER (WHERE n.account = '{name}'), 0) AS {name}" for name in ACCOUNTS)
}
              FROM new_lines n GROUP BY n.client_id) d
     WHERE b.client_id = d.client_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the fund''s lock was not asked for' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'fund_gate_first';
    END IF;
    RETURN NULL;
END $$
"""

"""A line stands in one of its entry's numbered places, and no place is taken twice: nobody adds to an entry later."""

HELD = """
CREATE FUNCTION fund_held() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE fund_balance b SET held_minor = b.held_minor + d.delta
      FROM (SELECT n.client_id, sum(n.amount_minor - n.before_minor) AS delta FROM new_steps n GROUP BY n.client_id) d
     WHERE b.client_id = d.client_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the fund''s lock was not asked for' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'fund_gate_first';
    END IF;
    RETURN NULL;
END $$
"""

GATE = """
CREATE FUNCTION fund_gate(p_client uuid, p_currency text) RETURNS fund_balance LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v_row fund_balance;
BEGIN
    IF p_client IS DISTINCT FROM current_client() THEN
        RAISE EXCEPTION 'another client' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT b.* INTO v_row FROM fund_balance b WHERE b.client_id = p_client FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        INSERT INTO fund_balance (client_id, id, created_at, currency)
        VALUES (p_client, gen_random_uuid(), now(), p_currency) ON CONFLICT (client_id) DO NOTHING;
        SELECT b.* INTO v_row FROM fund_balance b WHERE b.client_id = p_client FOR NO KEY UPDATE;
    END IF;
    IF v_row.currency <> p_currency THEN
        RAISE EXCEPTION 'the fund is kept in %', v_row.currency USING ERRCODE = 'check_violation',
            CONSTRAINT = 'fund_currency';
    END IF;
    RETURN v_row;
END $$
"""
"""The one lock of a client's money: whoever promises or posts waits here, and only here."""

AVAILABLE = f"""
CREATE FUNCTION fund_available(p_row fund_balance) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT {" + ".join(f"p_row.{name}_minor" for name in FREE)} - p_row.held_minor
$$
"""

HOLD_TO = """
CREATE FUNCTION fund_hold_to(p_client uuid, p_step jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    v_row fund_balance := fund_gate(p_client, p_step->>'currency');
    v_opened boolean;
    v_step fund_hold_step;
    v_before bigint;
    v_wanted bigint := (p_step->>'amount_minor')::bigint;
    v_left bigint;
BEGIN
    SELECT s.* INTO v_step FROM fund_hold_step s WHERE s.client_id = p_client AND s.key = p_step->>'key';
    IF FOUND THEN
        RETURN jsonb_build_object(
            'outcome', CASE WHEN v_step.source_type = p_step->>'source_type' AND v_step.kind = p_step->>'kind'
                             AND v_step.source_id = (p_step->>'source_id')::uuid AND v_step.asked_minor = v_wanted
                            THEN 'repeated' ELSE 'differs' END,
            'amount_minor', v_step.amount_minor, 'before_minor', v_step.before_minor, 'funded', v_step.funded,
            'available_minor', v_step.available_minor);
    END IF;
    SELECT s.amount_minor INTO v_before FROM fund_hold_step s
     WHERE s.client_id = p_client AND s.source_type = p_step->>'source_type'
       AND s.source_id = (p_step->>'source_id')::uuid ORDER BY s.sequence DESC LIMIT 1;
    v_before := COALESCE(v_before, 0);
    v_left := fund_available(v_row) - (v_wanted - v_before);
    v_opened := EXISTS (SELECT FROM fund f WHERE f.client_id = p_client);
    IF v_opened AND v_left < 0 AND v_wanted > v_before AND (p_step->>'blocks')::boolean THEN
        RETURN jsonb_build_object('outcome', 'insufficient', 'available_minor', fund_available(v_row),
                                  'before_minor', v_before);
    END IF;
    INSERT INTO fund_hold_step (client_id, id, created_at, source_type, source_id, key, kind, before_minor,
                                amount_minor, asked_minor, funded, available_minor, actor_role, actor_id, entry_id)
    VALUES (p_client, (p_step->>'id')::uuid, (p_step->>'at')::timestamptz, p_step->>'source_type',
            (p_step->>'source_id')::uuid, p_step->>'key', p_step->>'kind', v_before, v_wanted, v_wanted,
            v_opened AND (v_left >= 0 OR v_wanted <= v_before), v_left,
            p_step->>'actor_role', (p_step->>'actor_id')::uuid, NULL)
    RETURNING * INTO v_step;
    RETURN jsonb_build_object('outcome', 'held', 'amount_minor', v_wanted, 'before_minor', v_before,
                              'funded', v_step.funded, 'available_minor', v_left);
END $$
"""
"""Set what is promised for one source to an amount: more, less or nothing, each in one round trip."""

POST = f"""
CREATE FUNCTION ledger_post(p_client uuid, p_entry jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    v_row fund_balance := fund_gate(p_client, p_entry->>'currency');
    v_entry ledger_entry;
    v_free bigint := 0;
    v_bank bigint := 0;
    v_held bigint := 0;
    v_left bigint;
    v_hold jsonb := NULLIF(p_entry->'hold', 'null'::jsonb);
BEGIN
    SELECT e.* INTO v_entry FROM ledger_entry e WHERE e.client_id = p_client AND e.id = (p_entry->>'id')::uuid;
    IF FOUND THEN
        RETURN jsonb_build_object('outcome', CASE WHEN v_entry.digest = p_entry->>'digest' THEN 'repeated'
                                                  ELSE 'differs' END, 'available_minor', v_entry.available_minor);
    END IF;
    IF v_hold IS NOT NULL THEN
        SELECT s.amount_minor INTO v_held FROM fund_hold_step s
         WHERE s.client_id = p_client AND s.source_type = v_hold->>'source_type'
           AND s.source_id = (v_hold->>'source_id')::uuid ORDER BY s.sequence DESC LIMIT 1;
        v_held := COALESCE(v_held, 0);
    END IF;
    SELECT COALESCE(sum((l->>2)::bigint) FILTER (WHERE l->>0 IN ({listed(FREE)})), 0),
           COALESCE(sum((l->>2)::bigint) FILTER (WHERE l->>0 = 'bank'), 0)
      INTO v_free, v_bank FROM jsonb_array_elements(p_entry->'lines') l;
    v_free := v_free + v_held - LEAST(v_held, COALESCE((v_hold->>'leaves_minor')::bigint, 0));
    v_left := fund_available(v_row) + v_free;
    IF v_bank < 0 AND v_row.bank_minor + v_bank < 0 THEN
        RETURN jsonb_build_object('outcome', 'overdrawn', 'available_minor', v_row.bank_minor);
    END IF;
    IF v_free < 0 AND v_left < 0 AND (p_entry->>'blocks')::boolean
       AND EXISTS (SELECT FROM fund f WHERE f.client_id = p_client) THEN
        RETURN jsonb_build_object('outcome', 'insufficient', 'available_minor', fund_available(v_row) + v_held);
    END IF;
    INSERT INTO ledger_entry (client_id, id, created_at, posted_on, currency, reason, source_type, source_id,
                              reverses_id, line_count, digest, available_minor, actor_role, actor_id)
    VALUES (p_client, (p_entry->>'id')::uuid, (p_entry->>'at')::timestamptz, (p_entry->>'posted_on')::date,
            p_entry->>'currency', p_entry->>'reason', p_entry->>'source_type', (p_entry->>'source_id')::uuid,
            (p_entry->>'reverses_id')::uuid, jsonb_array_length(p_entry->'lines'), p_entry->>'digest', v_left,
            p_entry->>'actor_role', (p_entry->>'actor_id')::uuid);
    INSERT INTO ledger_line (client_id, entry_id, position, account, subject_id, amount_minor)
    SELECT p_client, (p_entry->>'id')::uuid, n, l->>0, (l->>1)::uuid, (l->>2)::bigint
      FROM jsonb_array_elements(p_entry->'lines') WITH ORDINALITY AS one(l, n);
    IF v_hold IS NOT NULL AND v_held > 0 THEN
        INSERT INTO fund_hold_step (client_id, id, created_at, source_type, source_id, key, kind, before_minor,
                                    amount_minor, asked_minor, funded, available_minor, actor_role, actor_id, entry_id)
        VALUES (p_client, gen_random_uuid(), (p_entry->>'at')::timestamptz, v_hold->>'source_type',
                (v_hold->>'source_id')::uuid, 'entry:' || (p_entry->>'id'), 'convert', v_held,
                LEAST(v_held, COALESCE((v_hold->>'leaves_minor')::bigint, 0)), 0, v_left >= 0, v_left,
                p_entry->>'actor_role', (p_entry->>'actor_id')::uuid, (p_entry->>'id')::uuid);
    END IF;
    RETURN jsonb_build_object('outcome', 'posted', 'available_minor', v_left);
END $$
"""
"""Write an entry with its lines, and turn a hold into it, behind the client's one lock and in one round trip."""
