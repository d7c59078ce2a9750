"""The embedded PostgreSQL: starts for anybody, keeps what was committed, stays inside its folder."""

import os
import shutil
import signal
import stat
import time
from pathlib import Path

import psycopg
import pytest

from backend.devstack import postgres_programs
from backend.devstack.postgres import APP_ROLE, OWNER_ROLE, Postgres
from backend.devstack.postgres_programs import PostgresError, find_programs


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Postgres(tmp_path_factory.mktemp("pg") / "data", durable=False) as running:
        yield running


def test_the_server_runs_whoever_starts_it(server):
    with server.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_application_role_can_neither_bypass_row_level_security_nor_own_the_schema(server):
    with server.connect() as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s",
            (APP_ROLE,),
        ).fetchone()
    assert row == (False, False, False, False)


def test_the_owner_of_a_database_can_add_the_extensions_that_the_schema_needs(server):
    server.create_database("with_extensions")
    with server.connect("with_extensions", OWNER_ROLE) as connection:
        for name in ("pg_trgm", "btree_gist", "unaccent"):
            connection.execute(f"CREATE EXTENSION {name}")
        found = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
    assert {"pg_trgm", "btree_gist", "unaccent"} <= found


def test_a_database_can_be_copied_from_a_prepared_one(server):
    server.create_database("prepared")
    with server.connect("prepared") as connection:
        connection.execute("CREATE TABLE kept (value int)")
    server.create_database("copy", template="prepared")
    with server.connect("copy") as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_creating_a_database_twice_and_dropping_one_that_is_in_use_are_harmless(server):
    server.create_database("twice")
    server.create_database("twice")
    user = server.connect("twice")
    server.drop_database("twice")
    with pytest.raises(psycopg.OperationalError):
        user.execute("SELECT 1")


def test_case_folding_knows_more_than_ascii(server):
    with server.connect() as connection:
        assert connection.execute("SELECT lower('JOÃO')").fetchone() == ("joão",)


def test_a_failing_statement_does_not_put_its_values_into_the_log(server):
    with server.connect() as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT 'diagnosis-of-somebody'::int")
    assert "SELECT 'diagnosis" not in server.log_path.read_text()


def test_rows_committed_before_a_kill_of_the_server_are_there_after_a_restart(tmp_path):
    with Postgres(tmp_path / "data") as server:
        with server.connect() as connection:
            connection.execute("CREATE TABLE kept (value int)")
            connection.execute("INSERT INTO kept SELECT generate_series(1, 500)")
        os.kill(server.pid, signal.SIGKILL)  # and nobody waits for it: it stays a zombie
        restarted = Postgres(tmp_path / "data")
        with restarted, restarted.connect() as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (500,)


def test_stopping_leaves_no_process_and_a_second_start_takes_well_under_a_second(tmp_path):
    server = Postgres(tmp_path / "data")
    server.start()
    first_pid = server.pid
    server.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(first_pid, 0)
    began = time.monotonic()
    with server:
        assert time.monotonic() - began < 1.0


def test_a_second_starter_uses_the_running_server_and_does_not_stop_it(server):
    with Postgres(server.data_dir) as second:
        assert not second.is_ours
    assert server.answers()


def test_no_folder_outside_its_own_changes_its_rights(tmp_path):
    home = tmp_path / "private-home"
    home.mkdir(mode=0o700)
    outside = [home, *home.parents]
    before = [stat.S_IMODE(folder.stat().st_mode) for folder in outside]
    with Postgres(home / "state" / "data", durable=False):
        after = [stat.S_IMODE(folder.stat().st_mode) for folder in outside]
    assert after == before


def test_the_data_and_the_socket_are_private(server):
    modes = {stat.S_IMODE(folder.stat().st_mode) for folder in (server.data_dir, server.socket_dir)}
    assert modes == {0o700}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs to become somebody else")
def test_where_user_namespaces_are_refused_another_user_runs_it_outside_private_homes(tmp_path, monkeypatch):
    works = postgres_programs._works
    monkeypatch.setattr(postgres_programs, "_works", lambda prefix: prefix[0] != "unshare" and works(prefix))
    uncached = postgres_programs.choose_disguise.__wrapped__
    monkeypatch.setattr("backend.devstack.postgres.choose_disguise", uncached)
    server = Postgres(tmp_path / "data", durable=False)
    try:
        with server:
            assert server.data_dir.stat().st_uid not in (0, tmp_path.stat().st_uid)
            assert tmp_path not in server.data_dir.parents
    finally:
        shutil.rmtree(server.data_dir.parent)


def test_a_path_too_long_for_a_socket_works_all_the_same(tmp_path):
    with Postgres(tmp_path / ("long-" * 20) / "data", durable=False) as server:
        assert len(str(server.socket_dir)) < 100
        assert server.answers()


def test_an_interrupted_first_start_is_begun_anew(tmp_path):
    (tmp_path / "data.new").mkdir()
    (tmp_path / "data.new" / "PG_VERSION").write_text("18")
    with Postgres(tmp_path / "data", durable=False) as server:
        assert server.answers()


def test_a_server_that_cannot_start_says_why(tmp_path):
    server = Postgres(tmp_path / "data", durable=False)
    server.start()
    server.stop()
    (tmp_path / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(PostgresError, match="no_such_setting"):
        server.start()


def test_programs_named_by_the_environment_come_first(monkeypatch, tmp_path):
    real = find_programs().folder
    for name in ("initdb", "postgres"):
        (tmp_path / name).symlink_to(real / name)
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    assert find_programs().folder == tmp_path


def test_a_missing_version_is_named(monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(Path("/nonexistent")))
    with pytest.raises(PostgresError, match="PostgreSQL 7 was not found"):
        find_programs(major=7)
