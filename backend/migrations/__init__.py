"""Alembic migrations; run with ``python -m backend.commands.migrate``."""
