"""The one question after a closed case, its one answer, and the case that a low answer opens."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.complaints import queries as complaints
from backend.helpline import queries
from backend.helpline.models import HelplineCase, Priority, Satisfaction
from backend.helpline.rules import satisfaction as rules
from backend.helpline.service.opening import Caller, open_case
from backend.helpline.service.steps import write_step
from backend.kit import clock, ids
from backend.notifications import queries as notifications

ASK = "conversations.ask_satisfaction"
"""The job that asks in the thread; the conversations pick it up, we only name it."""

_TOPIC = "helpline"


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of an answer: ``number`` is the case that follows a low one."""

    score: int
    number: str | None = None


def question_for(scope: Scope, case_id: UUID, channel: str, *, opted_out: bool) -> Satisfaction | None:
    """The question of a closed case, kept the first time; None when it is not to be asked. Raises NotFound."""
    case = queries.case(scope, case_id)
    if not rules.may_ask(_closed(scope, case, opted_out)):
        return None
    values = {"client_id": scope.client_id, "id": ids.new_id(), "created_at": clock.now(), "asked_at": clock.now()}
    facts = {
        "case_id": case.id,
        "conversation_id": case.conversation_id,
        "channel": channel,
        "language": case.language,
    }
    scope.session.execute(insert(Satisfaction).values(**values, **facts).on_conflict_do_nothing())
    return queries.satisfaction_of(scope, case.id)


def keep_score(scope: Scope, case_id: UUID, score: int) -> Heard | None:
    """Keep an answer once; None when there was one already or nobody asked. A low one opens a case (S0-95)."""
    stored = scope.session.execute(
        update(Satisfaction)
        .where(
            Satisfaction.client_id == scope.client_id,
            Satisfaction.case_id == case_id,
            Satisfaction.score.is_(None),
        )
        .values(score=score, answered_at=clock.now())
        .returning(Satisfaction.id)
    ).first()
    if stored is None:
        return None
    case = queries.case(scope, case_id)
    write_step(scope, case, "rated", facts={"score": score}, is_work=False)
    if not rules.is_low(score):
        return Heard(score)
    made = _follow_up(scope, case, score)
    scope.session.execute(
        update(Satisfaction)
        .where(Satisfaction.client_id == scope.client_id, Satisfaction.id == stored.id)
        .values(follow_up_id=made.id)
    )
    return Heard(score, made.number)


def _follow_up(scope: Scope, case: HelplineCase, score: int) -> HelplineCase:
    caller = Caller(case.member_id, case.language, case.channel)
    summary = f"{score} of 5 after {case.number}. {case.outcome or ''}".strip()
    return open_case(scope, case.conversation_id, "low_satisfaction", Priority.HIGH, summary, caller=caller)


def _closed(scope: Scope, case: HelplineCase, opted_out: bool) -> rules.Closed:
    muted = complaint_open = False
    if case.member_id is not None:
        wishes = notifications.preference(scope, case.member_id)
        muted = wishes is not None and _TOPIC in wishes.muted
        complaint_open = any(
            one.status not in complaints.ANSWERED for one in complaints.complaints_of(scope, case.member_id)
        )
    return rules.Closed(
        state=case.state,
        reason=case.reason,
        emergency_open=any(
            one.priority == Priority.URGENT and one.state != "closed"
            for one in queries.cases_of(scope, case.conversation_id)
        ),
        complaint_open=complaint_open or queries.open_case_of(scope, case.conversation_id, "complaint") is not None,
        opted_out=opted_out or muted,
    )
