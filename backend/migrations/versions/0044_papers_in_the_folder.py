"""Papers that look alike are found once; a claim's folder holds its bills; each search of papers walks one index."""

# ruff: noqa: S608 - only a number of our own is put in

from importlib import import_module

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0044"
down_revision = "0043"

_NEAR = 48
_FOUND_SO_FAR = f"""
INSERT INTO alike_paper (client_id, document_id, other_id, apart)
SELECT mine.client_id, mine.document_id, other.document_id, min(bit_count(mine.bits # other.bits))
  FROM page_likeness mine
  JOIN (SELECT DISTINCT l.client_id, l.document_id AS mine, p.document_id AS other, p.page
          FROM page_likeness l CROSS JOIN generate_series(0, 20) AS i
          JOIN page_likeness_piece p ON p.client_id = l.client_id AND p.document_id <> l.document_id
               AND p.piece = (i << 12) | (substring(l.bits FROM i * 12 + 1 FOR 12)::bit(12))::int) shared
    ON shared.client_id = mine.client_id AND shared.mine = mine.document_id
  JOIN page_likeness other ON other.client_id = mine.client_id AND other.document_id = shared.other
       AND other.page = shared.page AND other.turn = 0
 GROUP BY mine.client_id, mine.document_id, other.document_id
HAVING min(bit_count(mine.bits # other.bits)) <= {_NEAR}
"""
_BOTH_WAYS = """
INSERT INTO alike_paper (client_id, document_id, other_id, apart)
SELECT client_id, other_id, document_id, apart FROM alike_paper ON CONFLICT DO NOTHING
"""

_FOLDER = """
CREATE OR REPLACE FUNCTION claim_folder(p_client uuid, p_claim uuid) RETURNS text LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    c claim;
    m member;
    v_family uuid;
    v_card json;
    v_enrolment enrolment;
    v_plan plan;
    v_own uuid[];
    v_bills document[];
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
    SELECT array_agg(d.document_id) INTO v_own FROM claim_document d WHERE d.client_id = p_client AND d.claim_id = c.id;
    SELECT array_agg(p ORDER BY p.id) INTO v_bills FROM document p
     WHERE p.client_id = p_client AND p.state = 'ready' AND p.id IN (
        SELECT d.document_id FROM claim_document d
         WHERE d.client_id = p_client AND d.claim_id = c.id AND d.requirement LIKE '%receipt');
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
        'bills', COALESCE(to_json(v_bills), '[]'),
        'others_like', EXISTS (
            SELECT FROM unnest(v_bills) b
             WHERE EXISTS (SELECT FROM alike_paper a WHERE a.client_id = p_client AND a.document_id = b.id
                              AND a.other_id <> ALL (v_own))
                OR EXISTS (SELECT FROM document o WHERE o.client_id = p_client AND o.read_number = b.read_number
                              AND o.id <> ALL (v_own))
                OR EXISTS (SELECT FROM document o WHERE o.client_id = p_client AND o.read_total = b.read_total
                              AND o.read_total > 0 AND o.read_on = b.read_on AND o.id <> ALL (v_own))),
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

_BY_NUMBER, _BY_TOTAL = ("client_id", "read_number"), ("client_id", "read_total", "read_on")


def upgrade() -> None:
    op.create_table(
        "alike_paper",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("other_id", sa.Uuid, nullable=False),
        sa.Column("apart", sa.Integer, nullable=False),
        _of_a_document("document_id"),
        _of_a_document("other_id"),
        sa.PrimaryKeyConstraint("client_id", "document_id", "other_id", name="pk_alike_paper"),
    )
    op.create_index("ix_alike_paper_other", "alike_paper", ["client_id", "other_id"])
    protect("alike_paper")
    _find_alike_papers()
    _index_what_was_read("id")
    op.execute(_FOLDER)


def downgrade() -> None:
    op.execute("DROP FUNCTION claim_folder(uuid, uuid)")
    op.execute(import_module("backend.migrations.versions.0043_claim_folder")._FOLDER)
    _index_what_was_read()
    op.drop_table("alike_paper")


def _of_a_document(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", column],
        ["document.client_id", "document.id"],
        name=f"fk_alike_paper_client_id_{column}",
        ondelete="CASCADE",
    )


def _find_alike_papers() -> None:
    """Of what is there already, for every client."""
    tables = ("alike_paper", "page_likeness", "page_likeness_piece")
    for table in tables:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(_FOUND_SO_FAR)
    op.execute(_BOTH_WAYS)
    for table in tables:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _index_what_was_read(*last: str) -> None:
    """With the id last an index gives its first matches in order, and no other plan is ever cheaper."""
    for name, columns, where in (
        ("ix_document_read_number", _BY_NUMBER, "read_number IS NOT NULL"),
        ("ix_document_read_total", _BY_TOTAL, "read_total > 0"),
    ):
        op.drop_index(name, "document")
        op.create_index(name, "document", [*columns, *last], postgresql_where=sa.text(where))
