"""What members change about themselves: a postal address, and the bank account of their reimbursements."""

import sqlalchemy as sa
from alembic import op

from backend.migrations.tenancy import protect

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("member", sa.Column("postal_address", sa.String(), nullable=True))
    op.create_table(
        "bank_account",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("number_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("holder_name", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_bank_account"),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"], ["member.client_id", "member.id"], name="fk_bank_account_client_id_member_id"
        ),
    )
    columns = ["client_id", "member_id", "created_at"]
    op.create_index("ix_bank_account_client_id_member_id_created_at", "bank_account", columns)
    protect("bank_account")


def downgrade() -> None:
    op.drop_table("bank_account")
    op.drop_column("member", "postal_address")
