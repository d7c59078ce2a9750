"""What is answered about letters of guarantee: the letter, what was asked of it, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.branding import loader as branding
from backend.clients.registry import client_by_id
from backend.guarantees import letter_qr, queries, reckoning, words
from backend.guarantees.models import GuaranteeAsk, GuaranteeLetter
from backend.guarantees.rules import GOOD, LetterState
from backend.guarantees.rules.asks import UNANSWERED, AskState
from backend.guarantees.rules.next_steps import next_step
from backend.integrations import registry
from backend.kit import clock
from backend.kit.money import Money
from backend.kit.pages import Cursor, page_of
from backend.members import queries as members


def letter_answer(scope: Scope, letter_id: UUID) -> dict[str, Any]:
    """One letter; raises NotFound."""
    letter = queries.letter(scope, letter_id)
    audit.record_look(scope, "guarantee_letter", letter.id, member_id=letter.member_id)
    return {**shown(scope, [letter])[0], "qr": _qr(scope, letter)}


def list_letters(
    scope: Scope,
    *,
    member_id: UUID | None = None,
    state: str | None = None,
    raised: bool = False,
    cursor: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """A page of letters, the newest first; raises NotFound for somebody else's, BadCursor for a foreign one."""
    wanted = LetterState(state) if state else None
    after = Cursor.after(cursor)
    found = queries.letters_of(scope, member_id, state=wanted, raised=raised, after=after, limit=limit + 1)
    page, following = page_of(found, limit)
    audit.record_look(scope, "guarantee_letter", None, member_id=member_id)
    return {"items": shown(scope, page), "next_cursor": following}


def list_asks(scope: Scope, *, desk: str | None = None, cursor: str | None = None, limit: int = 20) -> dict[str, Any]:
    """What hospitals wait for, the answer that is owed first at the top."""
    for_doctor = None if desk is None else desk == "doctor"
    found = queries.waiting_asks(scope, for_doctor=for_doctor, after=Cursor.after(cursor), limit=limit + 1)
    page, following = page_of([ask for ask, _ in found], limit, _owed)
    letters = {letter.id: letter for _, letter in found}
    audit.record_listing(scope, "guarantee_letter", [letters[ask.letter_id].member_id for ask in page])
    names = queries.patient_names(scope, [letter.member_id for letter in letters.values()])
    items = [
        {
            **_ask(scope, ask, letters[ask.letter_id].currency),
            "letter_id": ask.letter_id,
            "number": letters[ask.letter_id].number,
            "member_name": names[letters[ask.letter_id].member_id],
            "provider_name": letters[ask.letter_id].provider_name,
        }
        for ask in page
    ]
    return {"items": items, "next_cursor": following}


def shown(scope: Scope, letters: Sequence[GuaranteeLetter]) -> list[dict[str, Any]]:
    """Letters as this actor may read them."""
    asks: dict[UUID, list[GuaranteeAsk]] = {letter.id: [] for letter in letters}
    for ask in queries.asks_of(scope, list(asks)):
        asks[ask.letter_id].append(ask)
    names = queries.patient_names(scope, [letter.member_id for letter in letters])
    return [_shown(scope, letter, names[letter.member_id], asks[letter.id]) for letter in letters]


def _shown(scope: Scope, letter: GuaranteeLetter, name: str, asks: Sequence[GuaranteeAsk]) -> dict[str, Any]:
    is_staff = scope.actor.role not in {Role.MEMBER, Role.PROVIDER}
    state = letter.standing.at(clock.now())
    settled = letter.settled
    waiting = next((AskState(ask.state) for ask in asks if ask.state in UNANSWERED), None)
    paid = settled is None or letter.collected_minor == settled["cost"].amount_minor
    hotline = branding.brand_for(client_by_id(scope.client_id)).hotline
    return {
        "id": letter.id,
        "number": letter.number,
        "member_id": letter.member_id,
        "member_name": name,
        "kind": letter.kind,
        "state": state,
        "care": letter.care,
        "provider_id": letter.provider_id,
        "provider_name": letter.provider_name,
        "admission_on": letter.admission_on,
        "days": letter.days,
        "emergency": letter.emergency,
        "case_id": letter.case_id if is_staff else None,
        "requested_at": letter.requested_at,
        "issued_at": letter.issued_at,
        "valid_until": letter.valid_until,
        "confirmed_at": letter.confirmed_at,
        "confirmed_by": letter.confirmed_by,
        "statement": letter.statement if is_staff else None,
        "void_reason": letter.void_reason,
        "promised": letter.promised,
        "room": letter.room,
        "admitted_at": letter.admitted_at,
        "discharged_at": letter.discharged_at,
        "settled": settled,
        "claim_due_on": letter.claim_due_on,
        "collected": Money(letter.collected_minor, letter.currency),
        "left_at": letter.left_at,
        "discharge_wanted_at": letter.discharge_wanted_at,
        "discharge_raised_at": letter.discharge_raised_at,
        "receipt": _receipt(scope, letter),
        "asks": [_ask(scope, ask, letter.currency) for ask in asks],
        "qr": None,
        "next_step": next_step(state, waiting, excess_is_paid=paid, has_left=letter.left_at is not None),
        "helpline": hotline.shown,
    }


def _qr(scope: Scope, letter: GuaranteeLetter) -> str | None:
    """HR proves nothing at a desk; a letter that is used up or over proves nothing to anybody."""
    now = clock.now()
    if scope.actor.role is Role.HR or letter.standing.at(now) not in GOOD:
        return None
    client = client_by_id(scope.client_id)
    name = members.member(scope, letter.member_id).full_name
    return letter_qr.sign(
        registry.current().settings.card_key, client.slug, letter, name, zone=client.timezone, now=now
    )


def _receipt(scope: Scope, letter: GuaranteeLetter) -> dict[str, Any] | None:
    """The rules behind the figures; they may name an exclusion, which HR does not read."""
    if letter.reckoning is None or scope.actor.role is Role.HR:
        return None
    return reckoning.receipt(scope, letter.reckoning)


def _ask(scope: Scope, ask: GuaranteeAsk, currency: str) -> dict[str, Any]:
    said = words.for_reader(scope, ask)
    return {
        "id": ask.id,
        "kind": ask.kind,
        "state": ask.state,
        "days": ask.days,
        "asked": Money(ask.asked_minor, currency),
        "granted": None if ask.granted_minor is None else Money(ask.granted_minor, currency),
        "for_doctor": ask.for_doctor,
        "asked_at": ask.asked_at,
        "asked_by": ask.asked_by,
        "answer_by": ask.answer_by,
        "overdue": ask.answer_by is not None and ask.answer_by <= clock.now(),
        "answered_at": ask.answered_at,
        "answer": None if scope.actor.role is Role.HR else ask.answer,
        "diagnosis": said.get("diagnosis"),
        "reason": said.get("reason"),
        "note": said.get("note"),
        "papers": ask.papers if scope.actor.role in words.READERS else [],
    }


def _owed(ask: GuaranteeAsk) -> Cursor:
    assert ask.answer_by is not None, "what waits is owed"
    return Cursor(ask.answer_by, ask.id)
