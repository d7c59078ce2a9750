"""Pure rules of referrals: what may be issued, what a desk may accept, what a visit needs."""

from backend.referrals.rules.acceptance import Desk, may_accept
from backend.referrals.rules.chain import (
    OPEN,
    TRANSITIONS,
    Act,
    Kind,
    Link,
    Origin,
    Proposal,
    State,
    after,
    may_issue,
    return_until,
    valid_until,
)
from backend.referrals.rules.chronic import Certificate, Condition, Supply, condition_of, holds_supply, may_dispense
from backend.referrals.rules.visits import Basis, Visit, VisitCover, judge_visit

__all__ = [
    "OPEN",
    "TRANSITIONS",
    "Act",
    "Basis",
    "Certificate",
    "Condition",
    "Desk",
    "Kind",
    "Link",
    "Origin",
    "Proposal",
    "State",
    "Supply",
    "Visit",
    "VisitCover",
    "after",
    "condition_of",
    "holds_supply",
    "judge_visit",
    "may_accept",
    "may_dispense",
    "may_issue",
    "return_until",
    "valid_until",
]
