"""What the parts of the migration share."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

ACCOUNTS = (
    "bank",
    "deposit",
    "payable_provider",
    "payable_member",
    "payable_client",
    "profit_share",
    "suspense",
    "receivable_excess",
    "receivable_fee",
    "fee_income",
    "tax_payable",
)
FREE = ("bank", "payable_provider", "payable_member", "payable_client", "profit_share", "suspense")
"""What the bank holds less what is owed already: the accounts that make up the available money."""


def listed(words: Iterable[str]) -> str:
    """Words as a list in SQL."""
    return ", ".join(f"'{word}'" for word in words)


def own(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """What every row of a client has."""
    return (
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{table}")),
    )


def of_client(table: str, *columns: str, to: str) -> sa.ForeignKeyConstraint:
    """A key to a row of the same client."""
    here = ["client_id", *columns]
    there = [f"{to}.client_id", f"{to}.id"] if columns else [f"{to}.id"]
    return sa.ForeignKeyConstraint(here, there, name=op.f(f"fk_{table}_{'_'.join(here)}"))
