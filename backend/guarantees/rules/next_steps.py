"""What the patient, or the desk, does next: one step, so that a page can say one sentence."""

from __future__ import annotations

from enum import StrEnum

from backend.guarantees.rules.asks import AskState
from backend.guarantees.rules.letters import LetterState


class NextStep(StrEnum):
    """One thing to do, or to wait for."""

    WAIT_FOR_ANSWER = "wait_for_answer"
    BRING_PAPERS = "bring_papers"
    SHOW_CARD = "show_card"
    RELY_ON_IT = "rely_on_it"
    PAY_EXCESS = "pay_excess"
    GO_HOME = "go_home"
    KEEP_IT = "keep_it"
    ASK_AGAIN = "ask_again"
    ASK_A_PERSON = "ask_a_person"
    NOTHING = "nothing"


def next_step(state: LetterState, ask: AskState | None, *, excess_is_paid: bool, has_left: bool) -> NextStep:
    """By the letter's state now and what it waits for (S1-55..S1-57, S1-74)."""
    if ask is AskState.PAPERS_WANTED:
        return NextStep.BRING_PAPERS
    if state is LetterState.FINAL:
        if has_left:
            return NextStep.KEEP_IT
        return NextStep.GO_HOME if excess_is_paid else NextStep.PAY_EXCESS
    return {
        LetterState.REQUESTED: NextStep.WAIT_FOR_ANSWER,
        LetterState.ISSUED: NextStep.SHOW_CARD,
        LetterState.CONFIRMED: NextStep.RELY_ON_IT,
        LetterState.REFUSED: NextStep.ASK_A_PERSON,
        LetterState.LAPSED: NextStep.ASK_AGAIN,
    }.get(state, NextStep.NOTHING)
