"""Pure rules of complaints: dated rule sets, clocks, priority, escalation, who may handle, the regulator's figures."""

from backend.complaints.rules.handling import WRONG_STATUS
from backend.complaints.rules.priority import Category, Priority
from backend.complaints.rules.rule_sets import RuleSet, rule_set_for
from backend.complaints.rules.timing import (
    ALREADY_EXTENDED,
    PAST_DEADLINE,
    REOPEN_TOO_LATE,
    Deadlines,
    WorkingDaysAfter,
    deadlines,
    extended,
    is_overdue,
    may_reopen,
)

__all__ = [
    "ALREADY_EXTENDED",
    "PAST_DEADLINE",
    "REOPEN_TOO_LATE",
    "WRONG_STATUS",
    "Category",
    "Deadlines",
    "Priority",
    "RuleSet",
    "WorkingDaysAfter",
    "deadlines",
    "extended",
    "is_overdue",
    "may_reopen",
    "rule_set_for",
]
