"""``python -m tests.fixture_book [write]``: run the published books and print who was needed; or write them anew.

``make fixture-book`` runs it on a PostgreSQL of its own. Ends with 1 when a payment is wrong or fewer than nine of ten
claims are decided without a person.
"""

from __future__ import annotations

import base64
import os
import sys
from collections import Counter
from pathlib import Path

from backend import database
from backend.devstack.postgres import OWNER_ROLE, Postgres
from backend.integrations import registry
from backend.jobs import load_tasks
from backend.migrations.apply import migrate
from backend.settings import Settings
from tests.fixture_book import indonesia, making, mozambique
from tests.fixture_book.book import FOLDER, MARKETS, book, mix, written
from tests.fixture_book.judging import wrong_payments
from tests.fixture_book.running import Outcome, run, shares

GOAL_PERCENT = 90
ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    "indonesia": (indonesia.KINDS, indonesia.STRAIGHT_LIMIT),
    "mozambique": (mozambique.KINDS, mozambique.STRAIGHT_LIMIT),
}


def made(market: str) -> str:
    """The file of a market as the generator makes it."""
    kinds, limit = SOURCES[market]
    return written(making.make(market, kinds, limit))


def report(market: str, outcomes: list[Outcome]) -> bool:
    """Print the shares of a market; says whether it meets both goals."""
    wrong = wrong_payments(book(market), outcomes)
    decided = sum(one.decided for one in outcomes)
    print(
        f"\n{market}: {len(outcomes)} claims, {100 * decided / len(outcomes):.1f} % decided without a person,"
        f" {len(wrong)} wrong payments"
    )
    for why, number in shares(outcomes).items():
        print(f"  {number:4}  {100 * number / len(outcomes):5.1f} %  {why}")
    print("  by kind, decided of all:")
    of_kind, alone = (
        Counter(one.claim.kind for one in outcomes),
        Counter(one.claim.kind for one in outcomes if one.decided),
    )
    for kind in mix(market)["kinds"]:
        print(f"  {alone[kind]:4} of {of_kind[kind]:3}  {kind}")
    for one in outcomes:
        if not one.decided and not one.claim.waits:
            print(
                f"  waits unasked: {one.claim.id} ({one.claim.kind}) {one.why}: "
                f"{', '.join(str(line.words) for line in one.claim.lines)}"
            )
    for one in wrong:
        print(f"  WRONG {one}")
    return not wrong and 100 * decided >= GOAL_PERCENT * len(outcomes)


def _connect(url: str) -> None:
    """The settings of a rehearsal: every outside system is a recorder."""
    key = base64.b64encode(bytes(32)).decode()
    os.environ |= {
        "CARELINE_MODE": "demo",
        "DATABASE_URL": url,
        "CARELINE_PUBLIC_URL": "https://careline.test",
        "CARELINE_TOKEN_KEY": "token-key-of-the-fixture-book-0123456789",
        "CARELINE_MASTER_KEY": key,
        "CARELINE_CARD_KEY": key,
        "CARELINE_OBJECT_STORE": f"file://{ROOT / '.local' / 'fixture-book-objects'}",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "twilio-token-of-the-fixture-book",
        "CARELINE_LOG_LEVEL": "WARNING",
    }
    settings = Settings.from_env()
    database.connect(settings.database_url)
    registry.use(registry.Integrations.of(settings))
    load_tasks()


def main() -> int:
    """Write the books, or run them on a server of their own."""
    if sys.argv[1:] == ["write"]:
        for market in MARKETS:
            (FOLDER / f"{market}.yml").write_text(made(market), encoding="utf-8")
        return 0
    with Postgres(ROOT / ".local" / "fixture-book-pg", durable=False) as server:
        server.drop_database("fixture_book")
        server.create_database("fixture_book")
        migrate(server.url("fixture_book", OWNER_ROLE))
        _connect(server.url("fixture_book"))
        good = [report(market, run(book(market))) for market in MARKETS]
        database.current().dispose()
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
