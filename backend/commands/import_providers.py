"""``python -m backend.commands.import_providers FILE.csv --client SLUG [--network NAME]``.

Columns: code, name, kind, country, address, city; optional region_code, latitude, longitude, phone, tier,
opening (``mon-fri 08:00-17:00; sat 08:00-12:00`` or ``24/7``). Nothing is stored while a line is wrong.
"""

from __future__ import annotations

import argparse
import csv
import sys
from datetime import date
from pathlib import Path

from backend import database
from backend.access import working_for
from backend.clients import registry as clients
from backend.kit import clock
from backend.providers import service
from backend.settings import Settings


def run(path: Path, client: str, network: str | None, since: date | None = None) -> service.Report:
    """Import one file for a client; the caller has connected the database."""
    facts = clients.client_by_slug(client)
    with path.open(encoding="utf-8-sig", newline="") as file, working_for(facts.id) as scope:
        rows = csv.DictReader(file)
        return service.import_registry(scope, rows, network=network, since=since or clock.today(facts.timezone))


def main() -> None:
    """Read the arguments, import, say what happened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--client", required=True)
    parser.add_argument("--network")
    options = parser.parse_args()
    database.connect(Settings.from_env().database_url)
    report = run(options.file, options.client, options.network)
    for defect in report.defects:
        print(f"{options.file}:{defect.line}: {defect.column} cannot be read: {defect.value!r}", file=sys.stderr)
    print(f"{report.stored} providers stored, {len(report.defects)} defects")
    sys.exit(1 if report.defects else 0)


if __name__ == "__main__":
    main()
