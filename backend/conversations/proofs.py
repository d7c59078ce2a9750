"""Who is it? One factor beside what the channel itself shows; see docs/decisions/0005-verification-by-channel.md.

A number we know plus the date of birth; from any other number the member number plus a code sent to the phone
on file. Wrong tries are counted per address and day, and a person goes on after the last one.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from backend.accounts import service as accounts
from backend.conversations import queries, rules, threads
from backend.conversations.models import Verification
from backend.conversations.talk import AFTER_PROOF, Talk
from backend.errors import TooManyRequests
from backend.helpline.asker import case_for
from backend.helpline.catalogue import Reply
from backend.kit.dates_in_words import date_in
from backend.members import queries as members
from backend.members.models import Member

BIRTH_DATE, MEMBER_NUMBER, CODE = "birth_date", "member_number", "code"
_PURPOSE = "helpline"
_QUESTION = {BIRTH_DATE: "verify_birth_date", MEMBER_NUMBER: "verify_member_number", CODE: "verify_code"}
_CODE = re.compile(r"\b\d{6}\b")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to say to a factor; ``proved`` when it was right, ``over`` when no further try is possible."""

    replies: list[Reply]
    proved: bool = False
    over: bool = False


def pending(talk: Talk) -> Verification | None:
    """The attempt that waits for its factor."""
    return queries.pending_proof(talk.scope, talk.thread.id, talk.session_key)


def begin(talk: Talk) -> Outcome:
    """Ask for the factor that fits this address."""
    if _locked(talk):
        return _to_person(talk)
    waiting = pending(talk)
    if waiting is None:
        method = BIRTH_DATE if _known_here(talk) else MEMBER_NUMBER
        waiting = Verification(
            client_id=talk.scope.client_id,
            conversation_id=talk.thread.id,
            identifier_id=talk.identifiers[0].id,
            channel=talk.channel,
            session_key=talk.session_key,
            method=method,
        )
        talk.scope.session.add(waiting)
        talk.scope.session.flush()
    return Outcome([Reply.of(_QUESTION[waiting.method])])


def give_up(talk: Talk) -> None:
    """The person talks about something else: the question is dropped, not counted as a wrong try."""
    waiting = pending(talk)
    if waiting is not None:
        waiting.state = "failed"


def looks_like_factor(attempt: Verification, text: str, talk: Talk) -> bool:
    """Whether ``text`` is meant as the factor that was asked for, right or wrong."""
    digits = sum(character.isdigit() for character in text)
    if attempt.method == BIRTH_DATE:
        return digits >= 4 and len(text) <= 40
    return digits >= 4 and len(text.split()) <= 6


def offer(talk: Talk, attempt: Verification, text: str) -> Outcome:
    """Check a factor; the right one links the address to the member."""
    if attempt.method == MEMBER_NUMBER:
        return _send_code(talk, attempt, text)
    member = _by_birth_date(talk, text) if attempt.method == BIRTH_DATE else _by_code(talk, attempt, text)
    if member is not None:
        return _proved(talk, attempt, member)
    attempt.tries += 1
    if attempt.tries >= rules.TRIES_PER_CHALLENGE or _locked(talk):
        attempt.state = "failed"
        return _to_person(talk)
    return Outcome([Reply.of("verify_wrong")])


def _known_here(talk: Talk) -> list[Member]:
    found: dict[UUID, Member] = {}
    for row in talk.identifiers:
        if row.kind == "phone":
            found |= {member.id: member for member in members.by_phone(talk.scope, row.value)}
    return [member for member in found.values() if member.left_on is None or member.left_on >= talk.now.date()]


def _by_birth_date(talk: Talk, text: str) -> Member | None:
    born = date_in(text, talk.now.date())
    matching = [member for member in _known_here(talk) if member.birth_date == born]
    # Twins on one telephone cannot be told apart by this factor.
    return matching[0] if len(matching) == 1 else None


def _by_code(talk: Talk, attempt: Verification, text: str) -> Member | None:
    code = _CODE.search("".join(text.split()))
    if code is None or attempt.member_id is None:
        return None
    right = accounts.check_code(talk.scope, _PURPOSE, attempt.member_id, code[0])
    return members.member(talk.scope, attempt.member_id) if right else None


def _send_code(talk: Talk, attempt: Verification, text: str) -> Outcome:
    """The answer is the same whether the number exists or not."""
    member = members.by_number(talk.scope, "".join(text.split()).upper())
    phone = _phone_of(talk, member) if member else None
    attempt.method = CODE
    if member is not None and phone:
        attempt.member_id = member.id
        with suppress(TooManyRequests):  # an earlier code is on its way, and a stranger must not learn that
            accounts.request_code(talk.scope, _PURPOSE, member.id, phone, "sms")
    talk.scope.session.flush()
    return Outcome([Reply.of("verify_code")])


def _phone_of(talk: Talk, member: Member) -> str | None:
    if member.phone or member.employee_id is None:
        return member.phone
    return members.member(talk.scope, member.employee_id).phone


def _proved(talk: Talk, attempt: Verification, member: Member) -> Outcome:
    attempt.state = "verified"
    attempt.member_id = member.id
    attempt.verified_at = talk.now
    attempt.valid_until = talk.now + rules.VALIDITY[talk.channel]
    identifier = next(row for row in talk.identifiers if row.id == attempt.identifier_id)
    wanted = talk.state.get(AFTER_PROOF)
    talk.remember(**{AFTER_PROOF: None})
    talk.thread = threads.link(talk.scope, talk.thread, identifier, member.id)
    # Only the question moves with the person: the rest of the state may be somebody else's.
    talk.remember(**{AFTER_PROOF: wanted})
    talk.member_id = member.id
    return Outcome([Reply.of("verify_done", name=member.full_name.split()[0])], proved=True)


def _locked(talk: Talk) -> bool:
    since = talk.now - timedelta(days=1)
    return rules.locked(queries.failures_since(talk.scope, [row.id for row in talk.identifiers], since))


def _to_person(talk: Talk) -> Outcome:
    case = case_for(talk.scope, talk.asker(), "verification", "normal", "Could not be verified on this channel.")
    return Outcome([Reply.of("verify_locked", case=case.number)], over=True)
