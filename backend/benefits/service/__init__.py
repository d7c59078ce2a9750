"""Verbs of benefits: reserve and use what a plan gives; bring plans in and out."""

from backend.benefits.service.plans import (
    ImportOutcome,
    PlacedDefect,
    PlanReport,
    export_plan,
    import_plan,
    read_plan,
    store_version,
    table_of,
)
from backend.benefits.service.utilisation import Ask, consume, consume_judged, hold, lock_family, release, reverse

__all__ = [
    "Ask",
    "ImportOutcome",
    "PlacedDefect",
    "PlanReport",
    "consume",
    "consume_judged",
    "export_plan",
    "hold",
    "import_plan",
    "lock_family",
    "read_plan",
    "release",
    "reverse",
    "store_version",
    "table_of",
]
