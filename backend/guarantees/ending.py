"""A letter ends without a bill: it lapses, is withdrawn or refused, and holds nothing any more."""

from __future__ import annotations

from backend.access import Scope
from backend.adjudication import service as adjudication
from backend.audit import service as audit
from backend.guarantees import clocks, holds, queries
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import LetterState
from backend.guarantees.rules.asks import AskState
from backend.kit import clock


def end(scope: Scope, letter: GuaranteeLetter, state: LetterState) -> None:
    """The letter is worth nothing from now on; what waited for an answer waits no longer."""
    waiting = queries.open_ask(scope, letter.id)
    if waiting is not None:
        clocks.stop(waiting, AskState.WITHDRAWN)
    holds.let_go(scope, letter, f"guarantee/{letter.id}/end")
    adjudication.withdraw(scope, holds.SOURCE, letter.id)
    letter.state, letter.ended_at = state, clock.now()
    note(scope, letter)


def note(scope: Scope, letter: GuaranteeLetter, *fields: str) -> None:
    """The audit row of a change."""
    scope.session.flush()
    audit.record(
        scope, "update", "guarantee_letter", letter.id, member_id=letter.member_id, fields=list(fields) or ["state"]
    )
