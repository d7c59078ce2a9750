"""Rows of a measurement and how they are printed: figure, ratio to the baseline, the goal, met or not."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing; ``ratio`` is against the table's baseline, ``goal`` its bound (``<= 2.0``)."""

    name: str
    figure: float
    unit: str
    ratio: float | None = None
    goal: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal holds; None when there is none."""
        if not self.goal or self.ratio is None:
            return None
        relation, bound = self.goal.split()
        return self.ratio <= float(bound) if relation == "<=" else self.ratio >= float(bound)


@dataclass(slots=True)
class Table:
    """A titled list of rows."""

    title: str
    rows: list[Row] = field(default_factory=list)

    def add(self, name: str, figure: float, unit: str, ratio: float | None = None, goal: str = "") -> None:
        """Append one row."""
        self.rows.append(Row(name, figure, unit, ratio, goal))

    def show(self) -> None:
        """Print it aligned."""
        print(f"\n{self.title}")
        width = max(len(row.name) for row in self.rows)
        for row in self.rows:
            ratio = f"{row.ratio:8.2f} x" if row.ratio is not None else " " * 10
            verdict = {True: "met", False: "MISSED", None: ""}[row.met]
            print(f"  {row.name:<{width}}  {row.figure:>14,.2f} {row.unit:<12} {ratio}  {row.goal:<8} {verdict}")


def write(tables: list[Table], path: Path) -> None:
    """Everything measured, as JSON."""
    content = {table.title: [asdict(row) | {"met": row.met} for row in table.rows] for table in tables}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=2))
