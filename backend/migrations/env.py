"""Alembic environment: migrations run as the schema's owner, never as the application's role."""

from alembic import context
from sqlalchemy import create_engine

from backend.database import load_models

target = load_models()


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """The job queue's tables come from the library, not from our models: a draft must not drop them."""
    return kind != "table" or not (name or "").startswith("procrastinate_")


def run() -> None:
    """Apply within one transaction per migration."""
    url = context.config.attributes["url"].replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target,
            transaction_per_migration=True,
            include_name=_is_ours,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
