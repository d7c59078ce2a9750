"""A letter's life: requested, issued, confirmed, lapsed or void."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.benefits import queries as benefits
from backend.benefits.rules import BenefitGroup
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.errors import Conflict, Forbidden, RuleRefused
from backend.guarantees import queries, rules
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import Evidence, LetterKind, LetterState
from backend.kit import clock, ids
from backend.kit.deadlines import last_day_before, local_date
from backend.kit.reference_numbers import Kind, new_number
from backend.kit.refusal import Refusal
from backend.members import queries as members
from backend.members.models import CardStatus
from backend.members.service import cover_state
from backend.notifications.service import notify

_TRIES = 20
_LAPSE_AT_ONCE = 500


def request(
    scope: Scope,
    member_id: UUID,
    provider_name: str | None = None,
    *,
    provider_id: UUID | None = None,
    admission_on: date | None = None,
    case_id: UUID | None = None,
) -> GuaranteeLetter:
    """Ask for the initial letter of an inpatient without the card (S1-55); a letter that is open already comes back.

    ``provider_id`` names a hospital of the network and settles its name. Raises NotFound, RuleRefused
    ``guarantees.not_covered``, ``guarantees.no_inpatient_benefit``.
    """
    person = members.member(scope, member_id)
    known = queries.open_letter_of(scope, person.id)
    if known is not None and known.standing.at(clock.now()) is not LetterState.LAPSED:
        return known
    if known is not None:
        _end(scope, known, LetterState.LAPSED)
    today = clock.today(client_by_id(scope.client_id).timezone)
    admitted = admission_on or today
    _refuse(rules.may_guarantee(_cover(scope, person.id, admitted)))
    hospital = queries.hospital_name(scope, provider_id) if provider_id else provider_name
    letter = GuaranteeLetter(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=_free_number(scope, today.year),
        member_id=person.id,
        kind=LetterKind.INITIAL,
        state=LetterState.REQUESTED,
        provider_id=provider_id,
        provider_name=hospital or "",
        admission_on=admitted,
        case_id=case_id,
        requested_at=clock.now(),
    )
    scope.session.add(letter)
    scope.session.flush()
    audit.record(scope, "create", "guarantee_letter", letter.id, member_id=person.id)
    return letter


def issue(
    scope: Scope, letter_id: UUID, *, provider_name: str | None = None, provider_id: UUID | None = None
) -> GuaranteeLetter:
    """Issue a requested letter for the hours of the contract and tell the member (S1-55, S1-56).

    The hospital can still be named or corrected here. Raises NotFound, RuleRefused like ``rules.may_issue``,
    ``guarantees.hospital_unknown``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    _refuse(rules.may_issue(letter.standing, _cover(scope, letter.member_id, letter.admission_on)))
    if provider_id or provider_name:
        letter.provider_id = provider_id
        letter.provider_name = queries.hospital_name(scope, provider_id) if provider_id else provider_name or ""
    if not letter.provider_name:
        raise RuleRefused("guarantees.hospital_unknown")
    zone = client_by_id(scope.client_id).timezone
    now = clock.now()
    until = rules.valid_until(now, terms_on(scope, local_date(now, zone)).initial_guarantee_hours)
    letter.state, letter.issued_at, letter.valid_until = LetterState.ISSUED, now, until
    _note(scope, letter)
    # The last day on which the card can still be shown: a letter that ends at midnight ends the day before.
    last_day = last_day_before(until, zone)
    notify(scope, "guarantee_issued", letter.member_id, {"letter_number": letter.number, "show_card_by": last_day})
    return letter


def confirm(scope: Scope, letter_id: UUID, evidence: str, text: str) -> GuaranteeLetter:
    """The letter holds for the whole stay: the card is there after all (S1-56), or HR wrote what became of it (S1-57).

    ``text`` is the card's number, shown to desk or helpline, or HR's statement, kept with the letter. Raises
    NotFound, Forbidden, RuleRefused ``guarantees.lapsed``, ``guarantees.wrong_state``, ``guarantees.card_not_valid``.
    """
    shown = Evidence(evidence)
    if (shown is Evidence.HR_STATEMENT) != (scope.actor.role is Role.HR):
        raise Forbidden()
    letter = queries.letter_to_change(scope, letter_id)
    card_is_good = _is_card_of(scope, letter.member_id, text) if shown is Evidence.CARD else None
    _refuse(rules.may_confirm(letter.standing, clock.now(), card_is_good=card_is_good))
    letter.state, letter.confirmed_at, letter.confirmed_by = LetterState.CONFIRMED, clock.now(), shown
    letter.statement = text if shown is Evidence.HR_STATEMENT else None
    _note(scope, letter)
    return letter


def void(scope: Scope, letter_id: UUID, reason: str) -> GuaranteeLetter:
    """Withdraw a letter; it is worth nothing from now on. Raises NotFound, RuleRefused ``guarantees.wrong_state``."""
    letter = queries.letter_to_change(scope, letter_id)
    _refuse(rules.may_void(letter.standing))
    letter.void_reason = reason
    _end(scope, letter, LetterState.VOID)
    return letter


def lapse_due(scope: Scope) -> int:
    """Note which letters ran out without a card or a statement (S1-56); returns how many."""
    late = queries.run_out(scope, clock.now(), _LAPSE_AT_ONCE)
    for letter in late:
        _end(scope, letter, LetterState.LAPSED)
    return len(late)


def _is_card_of(scope: Scope, member_id: UUID, card_number: str) -> bool:
    card = members.card_by_number(scope, card_number)
    return card is not None and card.member_id == member_id and card.status == CardStatus.ACTIVE


def _end(scope: Scope, letter: GuaranteeLetter, state: LetterState) -> None:
    letter.state, letter.ended_at = state, clock.now()
    _note(scope, letter)


def _note(scope: Scope, letter: GuaranteeLetter) -> None:
    scope.session.flush()
    audit.record(scope, "update", "guarantee_letter", letter.id, member_id=letter.member_id, fields=["state"])


def _cover(scope: Scope, member_id: UUID, on: date) -> rules.Cover:
    state = cover_state(scope, member_id, on)
    lines = benefits.benefits_of(scope, state.plan_id) if state.plan_id else []
    return rules.Cover(on, state.is_covered, any(line.benefit_group == BenefitGroup.INPATIENT for line in lines))


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RuleRefused.of(refusal)


def _free_number(scope: Scope, year: int) -> str:
    for _ in range(_TRIES):
        number = new_number(Kind.GUARANTEE_LETTER, year)
        if not queries.number_is_taken(scope, number):
            return number
    raise Conflict()
