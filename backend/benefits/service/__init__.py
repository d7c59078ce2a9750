"""Verbs of benefits: reserve and use what a plan gives; bring plans in and out."""

from backend.benefits.service.plans import ImportOutcome, PlanReport, export_plan, import_plan
from backend.benefits.service.utilisation import Ask, consume, consume_judged, hold, lock_family, release, reverse

__all__ = [
    "Ask",
    "ImportOutcome",
    "PlanReport",
    "consume",
    "consume_judged",
    "export_plan",
    "hold",
    "import_plan",
    "lock_family",
    "release",
    "reverse",
]
