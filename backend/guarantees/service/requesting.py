"""A letter is asked for: by the helpline, the member or the hospital, with or without the card."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import Conflict, Forbidden, RuleRefused
from backend.guarantees import asking, pricing, queries, rules, stays
from backend.guarantees.ending import end
from backend.guarantees.models import GuaranteeAsk, GuaranteeLetter
from backend.guarantees.rules import Evidence, LetterKind, LetterState
from backend.guarantees.rules.asks import AskKind
from backend.guarantees.standing import refusal_of, refuse_and_note
from backend.guarantees.told import Told
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.kit.reference_numbers import Kind, new_number
from backend.members import queries as members
from backend.members.models import CardStatus
from backend.providers import queries as providers
from backend.providers.rules.rooms import of_code

_TRIES = 20


def request(
    scope: Scope,
    member_id: UUID,
    provider_name: str | None = None,
    *,
    provider_id: UUID | None = None,
    admission_on: date | None = None,
    case_id: UUID | None = None,
    told: Told | None = None,
) -> GuaranteeLetter:
    """Ask for the initial letter of an inpatient (S1-21, S1-55); a letter that is open already comes back.

    ``provider_id`` names a hospital of the network and settles its name; a front desk asks for its own. With the card
    the letter will hold for the whole stay at once. Raises NotFound, RuleRefused ``guarantees.not_covered``,
    ``guarantees.no_inpatient_benefit``, ``guarantees.outpatient_pays``, ``guarantees.short_stay``,
    ``guarantees.abroad`` and the reasons why a hospital is not in the network; each leaves its audit row.
    """
    said = told or Told()
    hospital_id = _hospital_of(scope, provider_id)
    person = members.member(scope, member_id)
    queries.lock_patient(scope, person.id)
    known = _known(scope, person.id, hospital_id)
    if known is not None:
        return known
    today = clock.today(client_by_id(scope.client_id).timezone)
    admitted = admission_on or today
    refuse_and_note(scope, refusal_of(scope, person.id, said.admission, admitted, hospital_id), person.id)
    name = queries.hospital_name(scope, hospital_id) if hospital_id else provider_name
    letter = GuaranteeLetter(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=_free_number(scope, today.year),
        member_id=person.id,
        kind=LetterKind.INITIAL,
        state=LetterState.REQUESTED,
        care=said.care,
        provider_id=hospital_id,
        provider_name=name or "",
        admission_on=admitted,
        days=said.days,
        sent_by_doctor=said.sent_by_doctor,
        expected_hours=said.expected_hours,
        emergency=said.emergency,
        case_id=case_id,
        requested_at=clock.now(),
        currency=client_by_id(scope.client_id).currency,
        promised_minor=0,
        collected_minor=0,
    )
    _with_card(scope, letter, said.card_number)
    letter.room = room_of(scope, letter, said)
    scope.session.add(letter)
    scope.session.flush()
    audit.record(scope, "create", "guarantee_letter", letter.id, member_id=person.id)
    _begin(scope, letter, said)
    return letter


def room_of(scope: Scope, letter: GuaranteeLetter, told: Told) -> dict[str, object] | None:
    """The room's situation as it is kept: the class and its rate by the hospital's list, or as the desk named them."""
    if told.room is None:
        return letter.room
    given = told.room
    rate: Money | None = given.get("rate")
    if rate is None and letter.provider_id is not None:
        listed = of_code(
            providers.room_classes(scope, letter.provider_id, letter.admission_on), given.get("room_class")
        )
        rate = listed.rate if listed else None
    return {
        "room_class": given.get("room_class"),
        "rate_minor": rate.amount_minor if rate else None,
        "entitled_free": given.get("entitled_free", True),
        "own_request": given.get("own_request", False),
    }


def card_problem(scope: Scope, member_id: UUID, card_number: str) -> bool:
    """Whether this is not the patient's own card, or not one in use."""
    card = members.card_by_number(scope, card_number)
    return card is None or card.member_id != member_id or card.status != CardStatus.ACTIVE


def _hospital_of(scope: Scope, provider_id: UUID | None) -> UUID | None:
    if scope.actor.role is not Role.PROVIDER:
        return provider_id
    if scope.actor.provider_id is None or provider_id not in {None, scope.actor.provider_id}:
        raise Forbidden()
    return scope.actor.provider_id


def _known(scope: Scope, member_id: UUID, hospital_id: UUID | None) -> GuaranteeLetter | None:
    """The open letter; to a hospital only one that is made out to it, or to nobody of the network yet."""
    known = queries.open_letter_of(scope, member_id)
    if known is None:
        return None
    if known.standing.at(clock.now()) is LetterState.LAPSED:
        end(scope, known, LetterState.LAPSED)
        return None
    if scope.actor.role is Role.PROVIDER and known.provider_id is None:
        known.provider_id, known.provider_name = hospital_id, queries.hospital_name(scope, hospital_id)  # type: ignore[arg-type]
        audit.record(scope, "update", "guarantee_letter", known.id, member_id=known.member_id, fields=["provider_id"])
    if scope.actor.role is Role.PROVIDER and known.provider_id != hospital_id:
        raise RuleRefused("guarantees.open_elsewhere")
    return known


def _with_card(scope: Scope, letter: GuaranteeLetter, card_number: str | None) -> None:
    if card_number is None:
        return
    if card_problem(scope, letter.member_id, card_number):
        raise RuleRefused(rules.CARD_NOT_VALID)
    letter.confirmed_by = Evidence.CARD


def _begin(scope: Scope, letter: GuaranteeLetter, told: Told) -> GuaranteeAsk:
    ask = asking.begin(scope, letter, AskKind.ADMISSION, told)
    judgement, positions = stays.judged_promise(scope, letter, ask)
    letter.room = stays.decided_room(letter.room, judgement)
    plan = sum((part.amount for part in pricing.parts_of(judgement, positions)), start=Money.zero(letter.currency))
    asking.send_to_doctor(scope, letter, ask, Money.zero(letter.currency), plan)
    return ask


def _free_number(scope: Scope, year: int) -> str:
    for _ in range(_TRIES):
        number = new_number(Kind.GUARANTEE_LETTER, year)
        if not queries.number_is_taken(scope, number):
            return number
    raise Conflict()
