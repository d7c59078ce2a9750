"""The journey of somebody who is treated away from home: asked for, told, arranged need by need (S2-15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import RuleRefused
from backend.helpline import queries
from backend.helpline.models import HelplineCase
from backend.helpline.rules import cases as rules
from backend.helpline.rules import travel as travel_rules
from backend.helpline.service.looking import detail
from backend.helpline.service.opening import join
from backend.helpline.service.steps import refuse_if, standing_of, write_step
from backend.kit.refusal import Refusal

TRAVEL = "travel"
"""The reason of such a case, and where in ``filled`` the needs lie."""


def travel_of(scope: Scope, conversation_id: UUID) -> HelplineCase | None:
    """The journey that a thread has under way."""
    return queries.open_case_of(scope, conversation_id, TRAVEL)


def want(scope: Scope, case: HelplineCase, needs: Iterable[str]) -> None:
    """Put what is asked for on the case."""
    case.filled = {**case.filled, TRAVEL: travel_rules.begun(case.filled.get(TRAVEL), needs)}
    scope.session.flush()


def tell_journey(scope: Scope, case: HelplineCase, words: str) -> None:
    """Keep what the person said about the journey, for whoever arranges it."""
    case.filled = {**case.filled, TRAVEL: travel_rules.told(case.filled.get(TRAVEL) or {}, words)}
    join(scope, case.id, words)


def arrange(scope: Scope, case_id: UUID, need: str, state: str, how: str) -> dict[str, Any]:
    """How far a need is, and how it is met. Raises NotFound, RuleRefused."""
    case = queries.case(scope, case_id, lock=True)
    refuse_if(scope, rules.may_reply(*standing_of(scope, case)))
    made = travel_rules.arranged(case.filled.get(TRAVEL), need, state, how)
    if isinstance(made, Refusal):
        raise RuleRefused.of(made)
    case.filled = {**case.filled, TRAVEL: made}
    write_step(scope, case, "travel_need", how.strip() or None, {"need": need, "state": state})
    audit.record(scope, "update", "helpline_case", case.id, member_id=case.member_id)
    return detail(scope, case.id)
