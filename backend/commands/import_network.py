"""``python -m backend.commands.import_network KIND FILE --client SLUG`` (facilities, tariffs, doctors or rooms).

More with ``--help``.

Facilities: code, name, kind, country, address, city; optional region_code, latitude, longitude, timezone, phone, tier,
opening (``mon-fri 08:00-17:00; sat 20:00-02:00; hol closed`` or ``24/7``), languages, services, specialties,
contract_number, contract_from, contract_until, cashless, edc. Tariffs: provider_code, service_code, name, amount;
optional country, currency, room_class, contents (``GP:1 LAB:2`` makes a package). Doctors: provider_code, doctor_code,
name, schedule (like opening); optional country, specialty, languages, from, until. Rooms: provider_code, class, name,
rank, rate; optional country, currency, from. Headers in three languages.

The file is checked first; lines that are refused are named. With ``--check`` nothing is written.
"""

from __future__ import annotations

import argparse
import sys
import threading
from datetime import date
from pathlib import Path
from uuid import UUID

from backend import database
from backend.access import working_for
from backend.clients import registry as clients
from backend.providers import import_queries, import_work
from backend.providers.models import ImportKind, ImportState, ProviderImport
from backend.providers.service import importing
from backend.providers.service.importing import Meaning
from backend.settings import Settings

_SHOWN = 50


def run(path: Path, client: str, meaning: Meaning, *, write: bool = True) -> ProviderImport:
    """Check one file for a client and, if asked, apply it, both in this process; the database is connected."""
    client_id = clients.client_by_slug(client).id
    with path.open("rb") as file, working_for(client_id) as scope:
        import_id = importing.receive_import(scope, file, path.name, meaning).id
    import_work.check(client_id, import_id)
    with working_for(client_id) as scope:
        row = import_queries.provider_import(scope, import_id)
        if not write or row.state != ImportState.CHECKED.value:
            return row
        importing.apply_import(scope, import_id)
    import_work.apply(client_id, import_id)
    with working_for(client_id) as scope:
        return import_queries.provider_import(scope, import_id)


def main() -> None:
    """Read the arguments, import, say what happened."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=[kind.value for kind in ImportKind])
    parser.add_argument("file", type=Path)
    parser.add_argument("--client", required=True)
    parser.add_argument("--network")
    parser.add_argument("--own", action="store_true", help="agreed for this client alone")
    parser.add_argument("--from", dest="since", type=date.fromisoformat)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    database.connect(Settings.from_env().database_url)
    client_id = clients.client_by_slug(options.client).id
    meaning = Meaning(ImportKind(options.kind), not options.own, options.network, options.since)
    over = threading.Event()
    teller = threading.Thread(target=_tell_progress, args=(client_id, over), daemon=True)
    teller.start()
    row = run(options.file, options.client, meaning, write=not options.check)
    over.set()
    teller.join()
    _tell(client_id, row)
    sys.exit(1 if row.counts.get("refused") or row.counts.get("held") or row.refusal else 0)


def _tell_progress(client_id: UUID, over: threading.Event) -> None:
    while not over.wait(2):
        with working_for(client_id) as scope:
            for row in import_queries.provider_imports(scope, limit=1):
                print(f"{row.state}: {row.done_rows:,} lines", file=sys.stderr)


def _tell(client_id: UUID, row: ProviderImport) -> None:
    with working_for(client_id) as scope:
        shown = importing.shown_import(scope, row)
        if shown["refusal"]:
            print(f"{row.filename}: {shown['refusal']['message']}", file=sys.stderr)
        bad = importing.shown_rows(scope, row.id, outcome=None, problems=True, after=0, limit=_SHOWN)
    for line in bad["items"]:
        print(f"{row.filename}:{line['line']}: {' '.join(one['message'] for one in line['problems'])}", file=sys.stderr)
    print(", ".join(f"{count:,} {outcome}" for outcome, count in row.counts.items()))


if __name__ == "__main__":
    main()
