"""Row-level security as the application's role meets it: every table, whatever a query forgets."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from backend.access import Role
from backend.database import load_models
from tests.factories.accounts import actor_for
from tests.factories.claims import make_household
from tests.factories.clients import make_client
from tests.factories.objects import OBJECTS
from tests.structure.test_schema import WITHOUT_ROW_SECURITY

TABLES = sorted(
    table.name
    for table in load_models().tables.values()
    if "client_id" in table.columns and table.name not in WITHOUT_ROW_SECURITY
)


@pytest.fixture(scope="module")
def full(app):
    """A client with a row of everything the makers know."""
    household = make_household()
    for make in OBJECTS.values():
        make(household)
    return household.client


@pytest.fixture(scope="module")
def other(app):
    return make_client()


@pytest.fixture
def as_application(settings):
    with psycopg.connect(settings.database_url) as connection:
        yield connection
        connection.rollback()


def _count(connection, table: str) -> int:
    return connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()[0]


def _become(connection, client) -> None:
    connection.execute("SELECT app_begin(%s, NULL)", [client.id])


def test_the_makers_fill_the_tables_that_hold_members_data(as_application, full):
    _become(as_application, full)
    filled = {table for table in TABLES if _count(as_application, table)}
    assert filled >= {
        "member",
        "enrolment",
        "card",
        "claim",
        "claim_document",
        "complaint",
        "document",
        "notification",
        "conversation",
        "helpline_case",
        "audit_record",
        "identity",
        "sign_in_session",
        "contract",
        "plan_year",
    }


@pytest.mark.parametrize("table", TABLES)
def test_another_client_sees_no_row(as_application, full, other, table):
    own = sql.SQL("SELECT count(*) FROM {} WHERE client_id = %s").format(sql.Identifier(table))
    _become(as_application, other)
    assert as_application.execute(own, [full.id]).fetchone() == (0,)


@pytest.mark.parametrize("table", TABLES)
def test_without_a_client_nobodys_rows_are_seen(as_application, full, table):
    """What is common to all clients, a price list of the administrator's own, belongs to none and may be read."""
    somebodys = sql.SQL("SELECT count(*) FROM {} WHERE client_id IS NOT NULL").format(sql.Identifier(table))
    assert as_application.execute(somebodys).fetchone() == (0,)


@pytest.mark.parametrize("verb", ["UPDATE {} SET client_id = client_id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", TABLES)
def test_another_clients_rows_can_be_neither_changed_nor_deleted(as_application, full, other, table, verb):
    _become(as_application, other)
    mine = sql.SQL(verb + " WHERE client_id = %s").format(sql.Identifier(table))
    try:
        changed = as_application.execute(mine, [full.id]).rowcount
    except InsufficientPrivilege:
        return  # a table that is only ever added to
    assert changed == 0


@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_put_into_another_client(as_application, full, other, table):
    _become(as_application, full)
    columns = [
        column.name for column in load_models().tables[table].columns if not (column.computed or column.identity)
    ]
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    values = sql.SQL(", ").join(sql.Placeholder() if name == "client_id" else sql.Identifier(name) for name in columns)
    copy = sql.SQL(
        "INSERT INTO {table} ({listed}) OVERRIDING SYSTEM VALUE SELECT {values} FROM {table} LIMIT 1"
    ).format(table=sql.Identifier(table), listed=listed, values=values)
    if not _count(as_application, table):
        blank = sql.SQL("INSERT INTO {table} (client_id) VALUES (%s)").format(table=sql.Identifier(table))
        with pytest.raises(InsufficientPrivilege):
            as_application.execute(blank, [other.id])
        return
    with pytest.raises(InsufficientPrivilege):
        as_application.execute(copy, [other.id])


def test_a_token_of_an_ended_session_is_refused_at_once(as_application, other):
    actor = actor_for(Role.HR, other)
    begin = "SELECT app_begin(%s, %s)"
    assert as_application.execute(begin, [other.id, actor.session_id]).fetchone() == (True,)
    as_application.execute("UPDATE sign_in_session SET ended_at = now() WHERE id = %s", [actor.session_id])
    assert as_application.execute(begin, [other.id, actor.session_id]).fetchone() == (False,)


def test_a_session_of_one_client_opens_nothing_at_another(as_application, full, other):
    actor = actor_for(Role.HR, full)
    assert as_application.execute("SELECT app_begin(%s, %s)", [other.id, actor.session_id]).fetchone() == (False,)
