"""An issued letter is confirmed, extended, withdrawn, or runs out."""

from __future__ import annotations

from uuid import UUID

from backend.access import Role, Scope
from backend.errors import Forbidden
from backend.guarantees import asking, people, pricing, queries, rules, stays
from backend.guarantees.ending import end, note
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import Evidence, LetterState
from backend.guarantees.rules.asks import AskKind, may_extend
from backend.guarantees.service.requesting import card_problem, room_of
from backend.guarantees.standing import refuse
from backend.guarantees.told import Told
from backend.kit import clock
from backend.kit.money import Money

_LAPSE_AT_ONCE = 500


def confirm(scope: Scope, letter_id: UUID, evidence: str, text: str) -> GuaranteeLetter:
    """The letter holds for the whole stay: the card is there after all (S1-56), or HR wrote what became of it (S1-57).

    ``text`` is the card's number, shown to desk or helpline, or HR's statement, kept with the letter. Raises
    NotFound, Forbidden, RuleRefused ``guarantees.lapsed``, ``guarantees.wrong_state``, ``guarantees.card_not_valid``.
    """
    shown = Evidence(evidence)
    if (shown is Evidence.HR_STATEMENT) != (scope.actor.role is Role.HR):
        raise Forbidden()
    letter = queries.letter_to_change(scope, letter_id)
    card_is_good = not card_problem(scope, letter.member_id, text) if shown is Evidence.CARD else None
    refuse(rules.may_confirm(letter.standing, clock.now(), card_is_good=card_is_good))
    letter.state, letter.confirmed_at, letter.confirmed_by = LetterState.CONFIRMED, clock.now(), shown
    letter.statement = text if shown is Evidence.HR_STATEMENT else None
    note(scope, letter)
    people.tell_patient(scope, letter, "guarantee_given")
    people.tell_hospital(scope, letter)
    return letter


def extend(scope: Scope, letter_id: UUID, days: int, told: Told) -> GuaranteeLetter:
    """The hospital needs more days or more money, and says why; somebody answers.

    Raises NotFound, RuleRefused ``guarantees.lapsed``, ``guarantees.wrong_state``, ``guarantees.ask_open``,
    ``guarantees.nothing_more``.
    """
    letter = queries.letter_to_change(scope, letter_id)
    refuse(rules.must_promise(letter.standing, clock.now()))
    refuse(may_extend(days, told.total))
    ask = asking.begin(scope, letter, AskKind.EXTENSION, told, days=days)
    if told.room is not None:
        letter.room = room_of(scope, letter, told)
    judgement, positions = stays.judged_promise(scope, letter, ask)
    whole = sum((part.amount for part in pricing.parts_of(judgement, positions)), start=Money.zero(letter.currency))
    asking.send_to_doctor(scope, letter, ask, Money.zero(letter.currency), whole)
    note(scope, letter, "ask")
    return letter


def void(scope: Scope, letter_id: UUID, reason: str) -> GuaranteeLetter:
    """Withdraw a letter; it is worth nothing from now on. Raises NotFound, RuleRefused ``guarantees.wrong_state``."""
    letter = queries.letter_to_change(scope, letter_id)
    refuse(rules.may_void(letter.standing))
    letter.void_reason = reason
    relied_on = letter.issued_at is not None
    end(scope, letter, LetterState.VOID)
    if relied_on:
        people.tell_hospital(scope, letter)
    return letter


def lapse_due(scope: Scope) -> int:
    """Note which letters ran out without a card or a statement (S1-56); returns how many."""
    late = queries.run_out(scope, clock.now(), _LAPSE_AT_ONCE)
    for letter in late:
        end(scope, letter, LetterState.LAPSED)
        people.tell_patient(scope, letter, "guarantee_lapsed")
        people.tell_hospital(scope, letter)
    return len(late)
