"""What happened to the complaint and to what it disputes: its steps, the claim, letters of guarantee, notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from uuid import UUID

from backend.access import Scope
from backend.claims import queries as claims
from backend.complaints import queries as complaints
from backend.complaints.dossier import queries
from backend.complaints.dossier.entries import Entry, Hand
from backend.complaints.dossier.story import Story
from backend.guarantees.models import GuaranteeLetter
from backend.kit.money import Money
from backend.notifications import wording
from backend.notifications.addressing import voice_of
from backend.notifications.rules import Channel

_FIGURES = frozenset(
    {
        "acknowledge_by",
        "resolve_by",
        "reason",
        "outcome",
        "level",
        "body",
        "number",
        "before",
        "after",
        "category",
        "respondents",
    }
)
"""What a step may carry into a dossier: deadlines and codes, no names and no ids of people."""


def steps(scope: Scope, story: Story) -> Iterator[Entry]:
    """Every step of the complaint with the deadlines it left."""
    for step in complaints.steps_of(scope, story.complaint.id):
        yield Entry(
            "step",
            step.id,
            step.created_at,
            facts={"kind": step.kind, "figures": {k: v for k, v in step.figures.items() if k in _FIGURES}},
            words={"note": step.note},
            by=_hand(step.actor_role, step.actor_id),
            internal=step.internal,
        )


def claim(scope: Scope, story: Story) -> Iterator[Entry]:
    """The disputed claim, its positions (which may name an illness), and its history."""
    if story.complaint.claim_id is None:
        return
    row = claims.claim(scope, story.complaint.claim_id)
    facts = {
        "number": row.number,
        "benefit": row.benefit_group,
        "visit_on": row.visit_on,
        "provider": row.provider_name,
        "claimed": Money(row.claimed_minor, row.currency) if row.claimed_minor is not None else None,
        "submit_by": row.submit_by,
        "status": row.status,
    }
    yield Entry("claim", row.id, row.created_at, facts=facts)
    for line in claims.lines_of(scope, row.id):
        amount = Money(line.amount_minor, row.currency)
        yield Entry(
            "claim_line",
            line.id,
            row.created_at,
            facts={"position": line.position, "quantity": line.quantity, "amount": amount},
            words={"description": line.description},
            illness=True,
        )
    for event in claims.history_of(scope, row.id):
        yield Entry(
            "claim_event",
            event.id,
            event.created_at,
            facts={"claim": row.number, "status": event.status, "reason": event.reason, "missing": event.missing},
            words={"note": event.note},
            by=_hand(event.actor_role, event.actor_id),
        )


def letters(scope: Scope, story: Story) -> Iterator[Entry]:
    """What became of the member's letters of guarantee since the matter began."""
    for row in queries.letters_since(scope, story.complaint.member_id, story.begins):
        for state, at in _moments(row):
            facts = {
                "number": row.number,
                "state": state,
                "hospital": row.provider_name,
                "admission_on": row.admission_on,
                "valid_until": row.valid_until if state == "issued" else None,
                "confirmed_by": row.confirmed_by if state == "confirmed" else None,
            }
            words = {"reason": row.void_reason} if state == "void" else {}
            yield Entry(f"letter_{state}", row.id, at, facts=facts, words=words)
        if row.statement:
            yield Entry(
                "letter_statement",
                row.id,
                row.confirmed_at or row.requested_at,
                facts={"number": row.number},
                words={"statement": row.statement},
                by=Hand("hr"),
                internal=True,
            )


def _moments(row: GuaranteeLetter) -> list[tuple[str, datetime]]:
    known = [
        ("requested", row.requested_at),
        ("issued", row.issued_at),
        ("confirmed", row.confirmed_at),
        (row.state, row.ended_at),
    ]
    return [(state, at) for state, at in known if at is not None]


def notices(scope: Scope, story: Story, language: str) -> Iterator[Entry]:
    """What the complainant was told about the complaint and its claim, in the dossier's language, and how it went."""
    numbers = {story.complaint.number}
    if story.complaint.claim_id is not None:
        numbers.add(claims.claim(scope, story.complaint.claim_id).number)
    voice = voice_of(scope)
    for recipient in dict.fromkeys((story.complaint.member_id, story.told_by_id)):
        rows = queries.notices_since(scope, recipient, story.begins)
        for _, group in groupby(rows, key=lambda row: row[0].id):
            told = list(group)
            notice = told[0][0]
            if not numbers & {str(value) for value in notice.facts.values()}:
                continue
            facts = {**notice.facts, "brand": voice.name, "name": ""}
            shown = wording.words(notice.event, Channel.WHATSAPP, language, facts, voice.reword)
            tries = [{"channel": one.channel, "state": one.state, "at": one.changed_at} for _, one in told if one]
            yield Entry(
                "notice",
                notice.id,
                notice.created_at,
                facts={"event": notice.event, "tries": tries},
                words={"text": shown.text.removeprefix(f"*{voice.name}*: ")},
                by=Hand("system"),
            )


def _hand(role: str, actor_id: UUID | None) -> Hand:
    return Hand(role, None if role in {"member", "system"} else actor_id)
