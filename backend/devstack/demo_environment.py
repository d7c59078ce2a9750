"""What the parts of a demo run are told: ports, secrets made for this machine, addresses of one another."""

import base64
import json
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from backend.devstack.bot_model import RASA_ENVIRONMENT
from backend.devstack.places import COMPILED, ROOT, WEB_PACKAGES
from backend.devstack.postgres import OWNER_ROLE, Postgres

DATABASE = "careline"


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


_SECRETS: Mapping[str, Callable[[], str]] = {
    "CARELINE_TOKEN_KEY": lambda: secrets.token_urlsafe(48),
    "CARELINE_MASTER_KEY": _key,
    "CARELINE_CARD_KEY": _key,
    "CARELINE_BOT_SECRET": lambda: secrets.token_urlsafe(32),
    "CARELINE_ACTIONS_SECRET": lambda: secrets.token_urlsafe(32),
    "TWILIO_ACCOUNT_SID": lambda: "AC" + secrets.token_hex(16),
    "TWILIO_AUTH_TOKEN": lambda: secrets.token_hex(16),
}


def keep_secrets(path: Path) -> dict[str, str]:
    """Return this machine's demo secrets, making those that are missing; the file is ours alone (0600)."""
    kept = dict(line.split("=", 1) for line in path.read_text().splitlines()) if path.exists() else {}
    complete = {name: kept.get(name) or make() for name, make in _SECRETS.items()}
    if complete != kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(f"{name}={value}\n" for name, value in complete.items()))
    return complete


def keep_ports(path: Path, names: Sequence[str]) -> dict[str, int]:
    """Return a free port of the loopback interface for each name, the same as last time where it is free."""
    kept: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
    # All sockets stay open until every port is chosen, so that no two parts get the same.
    held = {name: _bind(kept.get(name, 0)) for name in names}
    chosen = {name: int(one.getsockname()[1]) for name, one in held.items()}
    for one in held.values():
        one.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(chosen))
    return chosen


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _bind(wanted: int) -> socket.socket:
    for port in (wanted, 0):
        chosen = socket.socket()
        chosen.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            chosen.bind(("127.0.0.1", port))
        except OSError:
            chosen.close()
            continue
        return chosen
    raise OSError("no port is free")


def demo_environment(
    state_dir: Path, port: int, ports: Mapping[str, int], made_here: Mapping[str, str], server: Postgres
) -> dict[str, str]:
    """Return the settings of a demo run (their meaning: `.env.example`)."""
    files = state_dir / "files"
    files.mkdir(parents=True, exist_ok=True)
    return {
        **made_here,
        "CARELINE_MODE": "demo",
        "CARELINE_PORT": str(port),
        "CARELINE_PUBLIC_URL": f"http://localhost:{port}",
        "CARELINE_STATE_DIR": str(state_dir),
        "CARELINE_WEB_PACKAGES": str(WEB_PACKAGES / "node_modules"),
        "CARELINE_OBJECT_STORE": files.as_uri(),
        "CARELINE_BOT_URL": f"http://127.0.0.1:{ports['bot']}",
        "CARELINE_ACTIONS_URL": f"http://127.0.0.1:{ports['actions']}",
        "CARELINE_BACKEND_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": server.url(DATABASE),
        "OWNER_DATABASE_URL": server.url(DATABASE, OWNER_ROLE),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        **COMPILED,
        **RASA_ENVIRONMENT,
    }
