"""``python -m backend.commands.import_plan FILE --client SLUG [--dry-run] [--language id|en|pt]``.

FILE is YAML or a workbook (sheets Plan, Pools, Benefits, Limits, Waiting, Exclusions). Says what is wrong
where; stores nothing while anything is.

It stores at once, without a second person: it is for setting a client up, by whoever runs commands on the server.
A plan that members are in is changed at the desk, where two people and a preview are needed (decision 37).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend import database
from backend.access import working_for
from backend.benefits import catalogue, service
from backend.clients import registry as clients
from backend.settings import Settings


def run(path: Path, client: str, *, dry_run: bool = False) -> service.PlanReport:
    """Import one file for a client; the caller has connected the database."""
    with working_for(clients.client_by_slug(client).id) as scope:
        return service.import_plan(scope, path.read_bytes(), path.name, dry_run=dry_run)


def main() -> None:
    """Read the arguments, import, say what happened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--client", required=True)
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    database.connect(Settings.from_env().database_url)
    report = catalogue.shown(run(options.file, options.client, dry_run=options.dry_run), options.language)
    for defect in report["defects"]:
        print(f"{options.file}: {defect['where']}: {defect['message']}", file=sys.stderr)
    print(f"{report['outcome']}: {report['code']} from {report['valid_from']}, {report['benefits']} benefits")
    if report["applied"]:
        print("stored at once, without a second person: for setting up; a plan in use is changed at the desk")
    sys.exit(1 if report["defects"] else 0)


if __name__ == "__main__":
    main()
