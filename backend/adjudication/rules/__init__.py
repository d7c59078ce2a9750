"""The rules of deciding a bill; ``judge`` is their one entrance."""

from backend.adjudication.rules.facts import (
    Accident,
    Accumulators,
    BenefitTerms,
    Bill,
    Calendar,
    Cover,
    Deductible,
    Item,
    Line,
    Place,
    Placing,
    PlanTerms,
    SharedLimit,
    Tariff,
)
from backend.adjudication.rules.judge import Judgement, LineJudgement, Shares, judge
from backend.adjudication.rules.trace import VERSION, Excess, Payer, Rule, Step, reason_asked_back

__all__ = [
    "VERSION",
    "Accident",
    "Accumulators",
    "BenefitTerms",
    "Bill",
    "Calendar",
    "Cover",
    "Deductible",
    "Excess",
    "Item",
    "Judgement",
    "Line",
    "LineJudgement",
    "Payer",
    "Place",
    "Placing",
    "PlanTerms",
    "Rule",
    "SharedLimit",
    "Shares",
    "Step",
    "Tariff",
    "judge",
    "reason_asked_back",
]
