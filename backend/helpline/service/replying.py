"""What people write: answers that the member reads, notes that only colleagues read, prepared sentences."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.helpline import canned, queries
from backend.helpline.models import CaseState, HelplineCase
from backend.helpline.rules import cases as rules
from backend.helpline.service.handling import hold
from backend.helpline.service.looking import seen
from backend.helpline.service.steps import refuse_if, shown_step, standing_of, write_step
from backend.jobs import enqueue, jobs
from backend.kit import clock

RELAY = "conversations.relay_reply"
"""The job that carries a person's reply into the thread; the conversations pick it up, we only name it."""


def reply(
    scope: Scope, case_id: UUID, text: str, *, canned_id: str | None = None, version: int | None = None
) -> dict[str, Any]:
    """Answer the member on the channel they wrote from; a case nobody has becomes the actor's.

    ``version`` is the one the writer saw: when colleagues did something since, nothing is sent and RuleRefused
    ``helpline.stale`` brings what happened and the text back (S0-95). Raises RuleRefused on a closed case.
    """
    case = queries.case(scope, case_id, lock=True)
    refuse_if(scope, rules.may_reply(*standing_of(scope, case)))
    _refuse_stale(scope, case, text, version)
    if case.state == CaseState.OPEN:
        hold(scope, case)
        write_step(scope, case, "taken")
    now = clock.now()
    case.first_reply_at = case.first_reply_at or now
    case.waiting_since, case.due_at = now, None
    step = write_step(scope, case, "replied", text, {"canned": canned_id} if canned_id else None)
    enqueue(
        scope,
        jobs.tasks[RELAY],
        lock=f"conversation:{case.conversation_id}",
        client_id=str(scope.client_id),
        event_id=str(step.id),
    )
    seen(scope, case.id)
    audit.record(scope, "update", "helpline_case", case.id, member_id=case.member_id)
    return shown_step(scope, step, _own_name(scope)) | {"version": case.version}


def note(scope: Scope, case_id: UUID, text: str) -> dict[str, Any]:
    """A note for the colleagues, in a closed case too; the member never sees it."""
    case = queries.case(scope, case_id, lock=True)
    audit.record(scope, "update", "helpline_case", case.id, member_id=case.member_id)
    step = write_step(scope, case, "noted", text)
    return shown_step(scope, step, _own_name(scope)) | {"version": case.version}


def canned_replies(scope: Scope, language: str | None = None, q: str = "") -> dict[str, Any]:
    """Prepared sentences in the client's words, in one language or in all the client speaks."""
    brand = brand_for(client_by_id(scope.client_id))
    spoken = (language,) if language else brand.languages
    found = [one for each in spoken for one in canned.replies(brand, each, agent=_own_name(scope) or "")]
    wanted = q.casefold().split()
    return {
        "items": [
            {"id": one.id, "language": one.language, "title": one.title, "text": one.text}
            for one in found
            if all(word in f"{one.title} {one.text}".casefold() for word in wanted)
        ]
    }


def _refuse_stale(scope: Scope, case: HelplineCase, text: str, version: int | None) -> None:
    if version is None or version >= case.version:
        return
    news = [(step, name) for step, name in queries.events(scope, case.id) if step.version > version]
    others = [(step, name) for step, name in news if step.actor_id != scope.actor.id]
    work = [step.version for step, _ in others if step.kind not in rules.NOBODYS_WORK]
    if rules.is_stale(version, work):
        meanwhile = [shown_step(scope, step, name) for step, name in others]
        raise RuleRefused(rules.STALE, {"version": case.version, "meanwhile": meanwhile, "text": text})


def _own_name(scope: Scope) -> str | None:
    if scope.actor.id is None:
        return None
    return accounts.display_names(scope, [scope.actor.id]).get(scope.actor.id)
