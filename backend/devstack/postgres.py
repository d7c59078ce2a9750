"""A PostgreSQL server of our own for `make run` and the tests.

    with Postgres(Path(".local/pg")) as server:
        server.create_database("careline")
        engine = create_engine(server.url("careline", driver="psycopg"))

The server is our child and is reached only through a Unix socket in a folder of mode 0700: no port that can
clash, no password to keep, nobody else on the machine who can connect. Whether it runs is decided by
connecting, never by a process id: a killed server stays a zombie for a while and would look alive.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from backend.devstack.postgres_programs import PostgresError, choose_disguise, find_programs

OWNER_ROLE = "careline_owner"
"""Owns the schema; migrations run as this role."""
APP_ROLE = "careline_app"
"""What the application signs in as: owns nothing, so row-level security binds it."""

_SUPERUSER = "postgres"
_LONGEST_SOCKET_PATH = 100  # sun_path holds 108 bytes on Linux, 104 on macOS
_START_TIMEOUT_S = 30.0
_STOP_TIMEOUT_S = 15.0

_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "max_connections": "120",
    "jit": "off",  # short queries: compiling one costs more than running it
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A failing statement carries people's data; the log keeps the error without it.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One server over one data folder, made on first use.

    `durable=False` gives up crash safety for speed (tests only). `log_path` is where the server writes;
    by default beside the data folder.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True, log_path: Path | None = None) -> None:
        self._disguise = choose_disguise()
        self.data_dir = _reachable_data_dir(data_dir.absolute(), self._disguise.owner)
        self.log_path = log_path or self.data_dir.with_name(self.data_dir.name + ".log")
        self._settings = _SETTINGS | ({} if durable else _NOT_DURABLE)
        self._process: subprocess.Popen[bytes] | None = None
        self.socket_dir = _socket_dir(self.data_dir)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, *, take_over: bool = False) -> None:
        """Make the data folder if it is new, start the server, return when it answers.

        A server that somebody else runs over the same folder is used as it is (and `stop` leaves it alone),
        or with `take_over` stopped first: it is what a run that was killed left behind.
        Call it from a thread that lives as long as the server: the server stops when that thread ends.
        Raises PostgresError with the end of the server's log.
        """
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)
        with _only_one_starter(self.data_dir):
            if self.answers():
                if not take_over:
                    return
                self._stop_the_other()
            if not (self.data_dir / "PG_VERSION").exists():
                self._initialise()
            self._start_until_it_answers()
            self._create_roles()

    @property
    def is_ours(self) -> bool:
        """Whether this object started the server and will stop it."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The process id of the server that we started."""
        return self._process.pid if self._process is not None else None

    def stop(self) -> None:
        """Stop the server that we started; open connections are closed."""
        process, self._process = self._process, None
        if process is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, by force
            if process.poll() is None:
                process.send_signal(how)
            try:
                process.wait(_STOP_TIMEOUT_S)
                return
            except subprocess.TimeoutExpired:
                continue

    def url(self, database: str = "postgres", user: str = APP_ROLE, driver: str | None = None) -> str:
        """The connection URL; `driver="psycopg"` gives SQLAlchemy's form of it."""
        scheme = f"postgresql+{driver}" if driver else "postgresql"
        return f"{scheme}://{user}@/{database}?host={quote(str(self.socket_dir), safe='/')}"

    def connect(self, database: str = "postgres", user: str = _SUPERUSER) -> psycopg.Connection:
        """Open an autocommit connection, by default as the superuser."""
        return psycopg.connect(self.url(database, user), autocommit=True, connect_timeout=5)

    def answers(self) -> bool:
        """Whether a server over this data folder takes connections now."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self, name: str, *, template: str = "template1", owner: str = OWNER_ROLE) -> None:
        """Create the database unless it exists; `template` copies another one that nobody is using."""
        with self.connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if not known:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                        sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template)
                    )
                )

    def drop_database(self, name: str) -> None:
        """Drop the database if it exists, ending its connections."""
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _initialise(self) -> None:
        programs = find_programs()
        half_made = self.data_dir.with_name(self.data_dir.name + ".new")
        shutil.rmtree(half_made, ignore_errors=True)
        half_made.mkdir(mode=0o700)
        if self._disguise.owner is not None:
            os.chown(half_made, self._disguise.owner, -1)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if programs.major < 17:  # the built-in provider does not exist yet
            locale = ["--locale=C.UTF-8"]
        command = [*self._disguise.prefix, programs["initdb"], "--pgdata", str(half_made), *locale]
        command += ["--username", _SUPERUSER, "--auth-local=trust", "--auth-host=reject"]
        command += ["--encoding=UTF8", "--data-checksums"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise PostgresError(f"initdb failed:\n{done.stdout}{done.stderr}")
        half_made.rename(self.data_dir)

    def _stop_the_other(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # it may end by itself meanwhile
            os.kill(int((self.data_dir / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
        deadline = time.monotonic() + _STOP_TIMEOUT_S
        while self.answers() and time.monotonic() < deadline:
            time.sleep(0.02)

    def _start_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while True:
            self._process = self._spawn()
            while self._process.poll() is None and time.monotonic() < deadline:
                if self.answers():
                    return
                time.sleep(0.02)
            tail = self._log_tail()
            if time.monotonic() > deadline:
                self.stop()
                raise PostgresError(f"PostgreSQL did not answer in {_START_TIMEOUT_S:.0f} s:\n{tail}")
            # After a kill -9 the dead server's children let go of the memory a moment later, and the dead
            # server itself is a zombie until its parent looks: both pass, so try again.
            if "lock file" not in tail and "shared memory block" not in tail:
                raise PostgresError(f"PostgreSQL does not start:\n{tail}")
            for lock in (self.data_dir / "postmaster.pid", self.socket_dir / ".s.PGSQL.5432.lock"):
                _drop_lock_of_a_zombie(lock)
            time.sleep(0.1)

    def _spawn(self) -> subprocess.Popen[bytes]:
        made_by = int((self.data_dir / "PG_VERSION").read_text().strip())
        settings = self._settings | {"unix_socket_directories": str(self.socket_dir)}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        server = find_programs(made_by)["postgres"]
        # A new file, not an emptied one: children of a killed server write their last words into the old one.
        self.log_path.unlink(missing_ok=True)
        with self.log_path.open("wb") as log:
            return subprocess.Popen(
                [*self._disguise.prefix, server, "-D", str(self.data_dir), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we stop the server when its users are gone
            )

    def _create_roles(self) -> None:
        with self.connect() as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in (OWNER_ROLE, APP_ROLE):
                if role not in known:
                    create = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB")
                    connection.execute(create.format(sql.Identifier(role)))

    def _log_tail(self) -> str:
        return self.log_path.read_text(errors="replace")[-3000:]


def _reachable_data_dir(wanted: Path, owner: int | None) -> Path:
    """Another user cannot enter a private home: the data then lies in a folder of its own."""
    if owner is None:
        return wanted
    return Path("/var/tmp") / f"careline-pg-{_short_name(wanted)}" / "data"  # noqa: S108 (0700, owner checked by PostgreSQL)


def _socket_dir(data_dir: Path) -> Path:
    """The data folder itself (mode 0700), unless its path is too long for a socket's address."""
    if len(os.fsencode(data_dir / ".s.PGSQL.5432.lock")) <= _LONGEST_SOCKET_PATH:
        return data_dir
    folder = Path(tempfile.gettempdir()) / f"careline-{os.geteuid()}-{_short_name(data_dir)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o077 or folder.is_symlink():
        raise PostgresError(f"{folder} exists and is not private to us: remove it")
    return folder


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


@contextmanager
def _only_one_starter(data_dir: Path) -> Iterator[None]:
    with data_dir.with_name(data_dir.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _drop_lock_of_a_zombie(lock: Path) -> None:
    """Where nothing reaps dead processes (some containers) PostgreSQL would wait for ever.

    Safe: the server still refuses to start while a child of the dead one holds the shared memory.
    """
    try:
        pid = int(lock.read_text().splitlines()[0])
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, ValueError, IndexError):
        return
    if state == "Z":
        lock.unlink(missing_ok=True)
