"""A claim's folder read in one round trip, what comes of it written in another; a client's newest claims."""

# ruff: noqa: S608 - only names of our own tables are put together

from alembic import op

revision = "0043"
down_revision = "0042"

_FOLDER = """
CREATE FUNCTION claim_folder(p_client uuid, p_claim uuid) RETURNS text LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    c claim;
    m member;
    v_family uuid;
    v_card json;
    v_enrolment enrolment;
    v_plan plan;
BEGIN
    SELECT * INTO c FROM claim x WHERE x.client_id = p_client AND x.id = p_claim FOR UPDATE;
    IF NOT FOUND OR c.status <> 'draft' OR c.submitted_at IS NOT NULL OR c.visit_on IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO m FROM member x WHERE x.client_id = p_client AND x.id = c.member_id;
    v_family := COALESCE(m.employee_id, m.id);
    -- NO KEY: whoever only points at the member with a foreign key need not wait.
    PERFORM 1 FROM member x WHERE x.client_id = p_client AND x.id = v_family FOR NO KEY UPDATE;
    SELECT to_json(k) INTO v_card FROM (
        SELECT x.client_id, x.id, x.created_at, x.member_id, x.number, x.status, x.issued_on FROM card x
         WHERE x.client_id = p_client AND x.member_id = m.id AND x.status IN ('active', 'suspended') FOR UPDATE) k;
    -- Enrolments do not overlap: the one that holds a day is the last that began by then.
    SELECT * INTO v_enrolment FROM enrolment e
     WHERE e.client_id = p_client AND e.member_id = m.id AND e.starts_on <= c.visit_on
     ORDER BY e.starts_on DESC LIMIT 1;
    IF v_enrolment.ends_on IS NULL OR v_enrolment.ends_on >= c.visit_on THEN
        SELECT * INTO v_plan FROM plan p WHERE p.client_id = p_client AND p.id = v_enrolment.plan_id;
    END IF;
    RETURN json_build_object(
        'claim', to_json(c),
        'lines', COALESCE((SELECT json_agg(to_json(l) ORDER BY l.position) FROM claim_line l
                            WHERE l.client_id = p_client AND l.claim_id = c.id), '[]'),
        'papers', COALESCE((SELECT json_agg(json_build_array(d.document_id, d.requirement, d.created_at)
                                            ORDER BY d.created_at)
                              FROM claim_document d WHERE d.client_id = p_client AND d.claim_id = c.id), '[]'),
        'readings', COALESCE((SELECT json_agg(p.extracted) FROM claim_document d
                                JOIN document p ON p.client_id = d.client_id AND p.id = d.document_id
                               WHERE d.client_id = p_client AND d.claim_id = c.id AND p.state = 'ready'), '[]'),
        'same_file', EXISTS (
            SELECT FROM claim_document d
              JOIN document p ON p.client_id = d.client_id AND p.id = d.document_id
              JOIN document o ON o.client_id = p.client_id AND o.fingerprint = p.fingerprint
              JOIN claim_document e ON e.client_id = o.client_id AND e.document_id = o.id AND e.claim_id <> d.claim_id
             WHERE d.client_id = p_client AND d.claim_id = c.id),
        'same_day_and_amount', EXISTS (
            SELECT FROM claim o WHERE o.client_id = p_client AND o.id <> c.id AND o.visit_on = c.visit_on
               AND o.claimed_minor = c.claimed_minor AND o.invoice_number IS NOT NULL
               -- Numbers that are the same in all but case and punctuation have the same digits.
               AND regexp_replace(o.invoice_number, '[^0-9]', '', 'g')
                   = regexp_replace(c.invoice_number, '[^0-9]', '', 'g')),
        'member', to_jsonb(m) - 'national_id_cipher' - 'national_id_fingerprint',
        'card', v_card,
        'enrolments', COALESCE((SELECT json_agg(to_json(e)) FROM (
                                  SELECT x.* FROM enrolment x WHERE x.client_id = p_client AND x.member_id = m.id
                                   ORDER BY x.starts_on DESC) e), '[]'),
        'contracts', COALESCE((SELECT json_agg(json_build_array(x.id, x.number, x.product, x.starts_on, x.ends_on,
                                                                x.terms) ORDER BY x.starts_on DESC)::text
                                 FROM contract x WHERE x.client_id = p_client), '[]'),
        'plan_years', COALESCE((SELECT json_agg(json_build_array(x.id, x.contract_id, x.starts_on, x.ends_on)
                                                ORDER BY x.starts_on DESC)::text
                                  FROM plan_year x WHERE x.client_id = p_client), '[]'),
        'calendar', COALESCE((SELECT json_agg(json_build_array(x.day, x.working))::text
                                FROM calendar_day x WHERE x.client_id = p_client), '[]'),
        'entries', COALESCE((SELECT json_agg(json_build_array(u.member_id, u.benefit_code, u.kind, u.amount_minor,
                                                              u.count, u.happened_on, u.source_type, u.source_id,
                                                              u.case_key))
                               FROM utilisation_entry u
                              WHERE u.client_id = p_client AND u.employee_id = v_family), '[]'),
        'plan', CASE WHEN v_plan.id IS NULL THEN NULL ELSE to_json(v_plan) END,
        'benefits_state', (SELECT string_agg(b.xmin::text || ':' || b.code, ',' ORDER BY b.position, b.code)
                             FROM benefit b WHERE b.client_id = p_client AND b.plan_id = v_plan.id)
    )::text;
END $$
"""

_WRITTEN = ("claim_event", "judgement", "judgement_line", "utilisation_entry", "notification", "audit_record")
"""Tables whose rows are written before the ledger's entry; what is owed and decided point to it."""
_AFTER_THE_ENTRY = ("payable", "claim_decision")


def _insert(table: str) -> str:
    return (
        f"INSERT INTO {table} SELECT new.* FROM jsonb_populate_recordset(NULL::{table},"
        f" COALESCE(p_sent->'rows'->'{table}', '[]')) AS new;"
    )


_SETTLED = f"""
CREATE FUNCTION claim_settled(p_client uuid, p_sent jsonb) RETURNS text LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    r claim := jsonb_populate_record(NULL::claim, p_sent->'claim');
    v_entry jsonb := NULLIF(p_sent->'entry', 'null'::jsonb);
BEGIN
    UPDATE claim c SET status = r.status, missing = r.missing, flags = r.flags, submit_by = r.submit_by,
                       settle_by = r.settle_by, submitted_at = r.submitted_at, complete_at = r.complete_at,
                       refusal = r.refusal
     WHERE c.client_id = p_client AND c.id = r.id;
    {" ".join(_insert(table) for table in _WRITTEN)}
    PERFORM procrastinate_defer_jobs_v1(array_agg(
        ROW(j->>'queue_name', j->>'task_name', (j->>'priority')::int, j->>'lock', NULL, j->'args', NULL)
        ::procrastinate_job_to_defer_v1)) FROM jsonb_array_elements(p_sent->'jobs') j HAVING count(*) > 0;
    IF v_entry IS NOT NULL AND ledger_post(p_client, v_entry)->>'outcome' <> 'posted' THEN
        RAISE EXCEPTION USING ERRCODE = 'raise_exception', MESSAGE = 'not posted';
    END IF;
    {" ".join(_insert(table) for table in _AFTER_THE_ENTRY)}
    RETURN 'written';
EXCEPTION WHEN raise_exception THEN
    RETURN 'not posted';
END $$
"""
"""The ledger comes last: the fund's lock is held for what is left of this call and the commit. An entry that it does
not take undoes everything written here, and the caller finds out why on the ordinary way."""


def upgrade() -> None:
    op.create_index("ix_claim_client_id_created_at_id", "claim", ["client_id", "created_at", "id"])
    op.execute(_FOLDER)
    op.execute(_SETTLED)


def downgrade() -> None:
    op.execute("DROP FUNCTION claim_settled(uuid, jsonb)")
    op.execute("DROP FUNCTION claim_folder(uuid, uuid)")
    op.drop_index("ix_claim_client_id_created_at_id", "claim")
