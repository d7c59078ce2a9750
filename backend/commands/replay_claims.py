"""``python -m backend.commands.replay_claims --client SLUG [--from DAY] [--until DAY] [--page N] [--show N]``.

Judges the decided claims of a client again by the rules of today and the terms, plan and use of their own day, and says
what would come out differently, rule by rule. Days are days of treatment. Writes nothing. Ends with 1 when anybody
would pay another amount, else with 0. To be run before a new version of the rules goes live.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tqdm import tqdm

from backend import database
from backend.access import working_for
from backend.claims import replay
from backend.claims.replay import Replayed, Window
from backend.clients import registry as clients
from backend.settings import Settings

PAGE = 500


@dataclass(slots=True)
class OfRule:
    """How often a rule speaks differently, and what it took then and takes now; minor units."""

    claims: int = 0
    then: int = 0
    now: int = 0


@dataclass(slots=True)
class Report:
    """What a replay found; of single claims it keeps as many as are to be shown."""

    show: int = 20
    claims: int = 0
    same: int = 0
    amounts_differ: int = 0
    plan_then: int = 0
    plan_now: int = 0
    rules: dict[str, OfRule] = field(default_factory=lambda: defaultdict(OfRule))
    shown: list[Replayed] = field(default_factory=list)

    def add(self, one: Replayed) -> None:
        """Count one claim."""
        self.claims += 1
        self.same += one.same
        self.amounts_differ += one.amounts_differ
        self.plan_then += one.plan_then.amount_minor
        self.plan_now += one.plan_now.amount_minor
        for moved in one.moved:
            of = self.rules[moved.rule]
            of.claims, of.then, of.now = of.claims + 1, of.then + moved.then, of.now + moved.now
        if not one.same and len(self.shown) < self.show:
            self.shown.append(one)


def run(
    client_id: UUID,
    window: Window,
    *,
    page: int = PAGE,
    show: int = 20,
    most: int | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Judge every claim of the window again, a page at a time; ``tell`` hears how many are done, of how many.

    ``most`` ends it after so many claims.
    """
    with working_for(client_id) as scope:
        total = replay.count(scope, window)
    total = total if most is None else min(total, most)
    report, after = Report(show), None
    tell(0, total)
    while report.claims < total:
        with working_for(client_id) as scope:
            found = replay.page(scope, window, after, min(page, total - report.claims))
        if not found:
            break
        for one in found:
            report.add(one)
        after = found[-1].claim_id
        tell(report.claims, total)
    return report


def _written(report: Report, currency: str) -> list[str]:
    lines = [
        f"{report.claims:,} claims: {report.same:,} the same, {report.amounts_differ:,} with other amounts",
        f"plan: {report.plan_then:,} then, {report.plan_now:,} now ({currency}, minor units)",
    ]
    for rule, of in sorted(report.rules.items()):
        lines.append(f"  {rule}: {of.claims:,} claims, {of.then:,} then, {of.now:,} now")
    for one in report.shown:
        what = ", ".join(f"{moved.rule} {moved.then:,} -> {moved.now:,}" for moved in one.moved)
        plan = f"{one.plan_then.amount_minor:,} -> {one.plan_now.amount_minor:,}"
        lines.append(f"  {one.number} ({one.version}): plan {plan}; {what}")
    return lines


def main() -> None:
    """Read the arguments, judge again, say what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--client", required=True)
    parser.add_argument("--from", dest="since", type=date.fromisoformat)
    parser.add_argument("--until", type=date.fromisoformat)
    parser.add_argument("--page", type=int, default=PAGE)
    parser.add_argument("--show", type=int, default=20, help="how many differing claims are named")
    parser.add_argument("--most", type=int, help="stop after so many claims")
    options = parser.parse_args()
    database.connect(Settings.from_env().database_url)
    client = clients.client_by_slug(options.client)
    window, begun = Window(options.since, options.until), time.perf_counter()
    with tqdm(unit=" claims", file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = run(client.id, window, page=options.page, show=options.show, most=options.most, tell=tell)
    print("\n".join(_written(report, client.currency)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - begun
    print(f"{seconds:.1f} s, {report.claims / seconds:,.0f} claims/s, {peak:.0f} MB at most")
    sys.exit(1 if report.amounts_differ else 0)


if __name__ == "__main__":
    main()
