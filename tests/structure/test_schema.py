"""The database as the migrations leave it: numbered, one head, the same as the models, and closed between clients."""

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from backend.commands.migrate import is_current
from backend.database import load_models
from backend.devstack.postgres import OWNER_ROLE
from backend.migrations import newest
from tests.structure.source import BACKEND

WITHOUT_ROW_SECURITY = {"client", "client_code", "staff", "staff_client"}
"""Registry rows that must be found before anybody knows the client; none holds health data."""


@pytest.fixture(scope="module")
def owner(database_urls):
    with psycopg.connect(database_urls[1], autocommit=True) as connection:
        yield connection


def test_migrations_are_numbered_with_one_head():
    scripts = ScriptDirectory(str(BACKEND / "migrations"))
    revisions = sorted(script.revision for script in scripts.walk_revisions())
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
    assert scripts.get_heads() == [newest()]


def test_a_start_knows_whether_anything_is_to_be_migrated(database_urls, postgres):
    postgres.drop_database("careline_empty")
    postgres.create_database("careline_empty")
    empty = postgres.url("careline_empty", OWNER_ROLE)
    assert (is_current(database_urls[1]), is_current(empty)) == (True, False)


def test_migrations_give_what_the_models_say(database_urls):
    engine = create_engine(database_urls[1].replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith("procrastinate")},
        )
        difference = [str(change) for change in compare_metadata(context, load_models())]
    engine.dispose()
    assert difference == []


def test_every_table_of_a_client_forces_row_security(owner):
    rows = owner.execute(
        """
        SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
               EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'client_id'
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
        """
    ).fetchall()
    open_tables = [
        name for name, forced, policy in rows if not (forced and policy) and name not in WITHOUT_ROW_SECURITY
    ]
    assert open_tables == []


def test_the_application_may_not_walk_around_row_security(database_urls):
    with psycopg.connect(database_urls[0]) as connection:
        role = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    assert role == (False, False)


def test_the_application_owns_no_table(owner):
    owned = owner.execute("SELECT tablename FROM pg_tables WHERE tableowner = 'careline_app'").fetchall()
    assert owned == []
