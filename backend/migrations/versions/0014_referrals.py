"""Tables of the referrals domain."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    _create_guarantee_letter()
    _create_indexes()
    protect("guarantee_letter")


def _create_guarantee_letter() -> None:
    op.create_table(
        "guarantee_letter",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("provider_name", sa.String(), nullable=False),
        sa.Column("admission_on", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("statement", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('initial')", name=op.f("ck_guarantee_letter_kind")),
        sa.CheckConstraint(
            "state IN ('requested', 'issued', 'confirmed', 'lapsed', 'void')", name=op.f("ck_guarantee_letter_state")
        ),
        sa.CheckConstraint("confirmed_by IN ('card', 'hr_statement')", name=op.f("ck_guarantee_letter_confirmed_by")),
        sa.CheckConstraint(
            "(issued_at IS NULL) = (valid_until IS NULL)", name=op.f("ck_guarantee_letter_issued_until")
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR (confirmed_at IS NOT NULL AND confirmed_by IS NOT NULL)",
            name=op.f("ck_guarantee_letter_confirmed_when"),
        ),
        sa.CheckConstraint(
            "confirmed_by <> 'hr_statement' OR statement IS NOT NULL",
            name=op.f("ck_guarantee_letter_statement_in_writing"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "case_id"],
            ["helpline_case.client_id", "helpline_case.id"],
            name=op.f("fk_guarantee_letter_client_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name=op.f("fk_guarantee_letter_client_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_guarantee_letter_provider_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_guarantee_letter")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_guarantee_letter_client_id_number")),
    )


def _create_indexes() -> None:
    for column in ("member_id", "provider_id"):
        op.create_index(
            op.f(f"ix_guarantee_letter_client_id_{column}_created_at_id"),
            "guarantee_letter",
            ["client_id", column, "created_at", "id"],
        )
    op.create_index(
        "uq_guarantee_letter_open",
        "guarantee_letter",
        ["client_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('requested', 'issued')"),
    )
    op.create_index(
        "ix_guarantee_letter_clock",
        "guarantee_letter",
        ["client_id", "valid_until"],
        postgresql_where=sa.text("state = 'issued'"),
    )


def downgrade() -> None:
    op.drop_table("guarantee_letter")
