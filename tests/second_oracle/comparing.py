"""Where engine and oracle part: the case, the line, and what each of them reckoned."""

from __future__ import annotations

from backend.adjudication.rules import Judgement, LineJudgement, judge
from tests.second_oracle.cases import Case
from tests.second_oracle.oracle import Part, who_pays


def judged(case: Case) -> tuple[Judgement, list[Part]]:
    """Both judgements of one case."""
    ours = judge(case.bill, case.cover, case.used, case.prices, case.calendar)
    return ours, who_pays(case.bill, case.cover, case.used, case.prices, case.calendar)


def difference(case: Case) -> str | None:
    """A report of the first line on which they part, or of a total; None when every payment is the same."""
    engine, oracle = judged(case)
    for line, part in zip(engine.lines, oracle, strict=True):
        same = shares(line) == part.shares() and line.count == part.count
        if not same or not collected_alike(line, part):
            return report(case, line, part)
    total = tuple(sum(each) for each in zip(*(part.shares() for part in oracle), strict=True))
    whole = engine.shares
    theirs = tuple(one.amount_minor for one in (whole.plan, whole.other, whole.member, whole.provider))
    return None if total == theirs else f"case {case.seed}: in total engine {theirs}, oracle {total}"


def shares(line: LineJudgement) -> tuple[int, int, int, int]:
    """Plan, other payer, member, nobody, as the engine says."""
    four = line.shares
    return tuple(one.amount_minor for one in (four.plan, four.other, four.member, four.provider))  # type: ignore[return-value]


def collected_alike(line: LineJudgement, part: Part) -> bool:
    """Where the text says how the member's part is collected: at the desk (S1-13, S1-72) or after analysis (S1-79)."""
    if part.at_the_desk is None:
        return True
    return (line.shares.excess_cost if part.at_the_desk else line.shares.excess_claim) == line.shares.member


def report(case: Case, line: LineJudgement, part: Part) -> str:
    """Everything somebody needs to reckon the line by hand."""
    bill, cover = case.bill, case.cover
    billed = next(one for one in bill.lines if one.key == line.key)
    steps = "; ".join(
        f"{step.rule} moved {step.moved.amount_minor} to {step.payer} left {step.result.amount_minor}"
        for step in line.steps
    )
    positions = [(one.key, one.benefit, one.item.value, one.amount.amount_minor, one.count) for one in bill.lines]
    return "\n".join(
        [
            f"case {case.seed}, line {line.key} ({billed.item} of {line.billed.amount_minor})",
            "  plan, other, member, nobody; pieces:",
            f"  engine {shares(line)}; {line.count}  oracle {part.shares()}; {part.count}",
            f"  engine: {steps}",
            f"  oracle: {'; '.join(part.why)}",
            f"  line: {billed}",
            f"  benefit: {cover.benefits.get(line.benefit)}",
            f"  stay: {bill.stay}",
            f"  other: {bill.other}",
            f"  bill: {positions}",
            f"  circumstances: on {bill.visit_on} cashless {bill.cashless} emergency {bill.emergency} {bill.place}",
            f"  used: {case.used}",
            f"  terms: {cover.terms.co_payment_order}, own demand at most {cover.terms.own_request_maximum_minor}",
        ]
    )
