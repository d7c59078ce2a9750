"""Alembic environment: migrations run as the schema's owner, never as the application's role."""

from alembic import context
from sqlalchemy import create_engine

from backend.database import load_models

target = load_models()


def run() -> None:
    """Apply within one transaction per migration."""
    url = context.config.attributes["url"].replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=target, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
