"""Runs one command with the settings of the local run, its database started if it is not running.

python -m backend.devstack.with_database python -m backend.commands.migrate
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from backend.devstack.demo_environment import DATABASE, demo_environment, keep_ports, keep_secrets
from backend.devstack.places import LOCAL, ROOT
from backend.devstack.postgres import Postgres
from backend.devstack.stack import INNER_PORTS


def main() -> int:
    """Run the command given on the command line; the exit code is the command's."""
    state_dir = Path(os.environ.get("CARELINE_STATE_DIR") or LOCAL).absolute()
    (state_dir / "logs").mkdir(parents=True, exist_ok=True)
    with Postgres(state_dir / "pg", log_path=state_dir / "logs" / "postgres.log") as server:
        server.create_database(DATABASE)
        settings = demo_environment(
            state_dir,
            int(os.environ.get("CARELINE_PORT") or 8080),
            _ports(state_dir / "run" / "ports.json"),
            keep_secrets(state_dir / "secrets.env"),
            server,
        )
        return subprocess.run(sys.argv[1:], cwd=ROOT, env=os.environ | settings, check=False).returncode


def _ports(path: Path) -> dict[str, int]:
    """Those of the run that may be going on now, else new ones."""
    return json.loads(path.read_text()) if path.exists() else keep_ports(path, INNER_PORTS)


if __name__ == "__main__":
    sys.exit(main())
