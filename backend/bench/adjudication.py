"""Claims by the rules alone: lines judged per second and core, every line with its whole trace."""

from __future__ import annotations

from time import process_time

from backend.adjudication.rules import judge
from backend.bench.bill_book import Case, bills
from backend.bench.stand import Stand
from backend.bench.tables import Table

GOAL = 10_000
"""Claim lines per second and core."""
_BILLS = 4_000


def rated(_stand: Stand) -> list[Table]:
    """The figure for `make bench ONLY=rules`; it needs no database."""
    return [rules_alone()]


def rules_alone(number: int = _BILLS) -> Table:
    """Every-day bills and a book with a fifth of difficult ones, each judged once, in processor seconds."""
    table = Table("Adjudication, rules alone (claim lines per second and core, with trace)")
    for name, awkward in (("every-day bills", number + 1), ("one bill in five a stay, glasses, two payers", 5)):
        cases = list(bills(2026, number, awkward=awkward))
        lines, steps, seconds = _timed(cases)
        table.add(name, lines / seconds, "lines/s", lines / seconds / GOAL, ">= 1.0")
        table.add(f"{name}: steps of a trace", steps / lines, "steps/line")
    return table


def _timed(cases: list[Case]) -> tuple[int, int, float]:
    for case in cases[:200]:
        _judge(case)
    begun = process_time()
    judgements = [_judge(case) for case in cases]
    seconds = process_time() - begun
    lines = [line for judgement in judgements for line in judgement.lines]
    return len(lines), sum(len(line.steps) for line in lines), seconds


def _judge(case: Case):
    return judge(case.bill, case.cover, case.accumulators, case.tariffs, case.calendar)


if __name__ == "__main__":
    rules_alone().show()
