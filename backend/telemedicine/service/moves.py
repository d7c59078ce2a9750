"""Moves a consultation along its table: asks the rules, keeps the step, settles what it holds of the benefit."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.benefits.rules import BenefitGroup
from backend.benefits.service import utilisation as benefits
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.funds import service as funds
from backend.funds.rules.chart import Source
from backend.funds.rules.payments import Payee
from backend.funds.service import Converted, Owed
from backend.kit import clock
from backend.kit.deadlines import local_date
from backend.kit.money import Money
from backend.providers import queries as providers
from backend.providers.models import Provider
from backend.telemedicine import queries
from backend.telemedicine.models import Teleconsultation, TeleconsultationStep
from backend.telemedicine.refusals import refuse
from backend.telemedicine.rules import states
from backend.telemedicine.rules.states import Move, Mover, State

SOURCE = "teleconsultation"
"""What a hold of a benefit and of the fund names as its source."""
_CATEGORY = BenefitGroup.OUTPATIENT.value


def mover(scope: Scope) -> Mover:
    """The actor as the rules see them."""
    return Mover(scope.actor.role.value, scope.actor.id if scope.actor.role is Role.DOCTOR else None)


def begin_move(scope: Scope, consultation_id: UUID, move: Move) -> Teleconsultation | None:
    """The consultation, locked and allowed to move; None when this has happened already.

    Raises NotFound, RuleRefused.
    """
    row = queries.consultation(scope, consultation_id, lock=True)
    if states.is_said_again(row.standing, move, mover(scope)):
        return None
    refuse(states.may(move, row.standing, mover(scope), clock.now()))
    return row


def moved(scope: Scope, row: Teleconsultation, move: Move, why: str | None = None) -> None:
    """Put an allowed move into effect, with its step and its row in the record."""
    state = states.after(State(row.state), move)
    if state is None:
        raise ValueError(f"{row.state} knows no {move}")
    row.state = state
    if state not in states.OPEN:
        row.ended_at = clock.now()
    note_step(scope, row, move.value, why)


def note_step(scope: Scope, row: Teleconsultation, move: str, why: str | None = None) -> None:
    """Keep one step."""
    scope.session.add(
        TeleconsultationStep(
            client_id=scope.client_id,
            consultation_id=row.id,
            move=move,
            state=row.state,
            actor_role=scope.actor.role.value,
            actor_id=scope.actor.id,
            why=why,
        )
    )
    scope.session.flush()
    audit.record(scope, "update", SOURCE, row.id, member_id=row.member_id, fields=["state"])


def hold(scope: Scope, row: Teleconsultation) -> None:
    """Reserve the fee of the member's benefit and of the client's fund.

    Raises RuleRefused ``benefits.over_limit`` and the like, ``funds.insufficient``.
    """
    ask, key = _ask(scope, row), f"{SOURCE}/{row.id}/hold"
    benefits.hold(scope, ask, key)
    funds.hold(scope, ask.amount, SOURCE, row.id, key)


def consume(scope: Scope, row: Teleconsultation) -> None:
    """It took place: what was held is used, and owed to the provider of the doctors where the contract pays one."""
    if row.benefit_code is None:
        return
    ask = _ask(scope, row)
    benefits.consume(scope, ask, f"{SOURCE}/{row.id}/consume")
    payee = _paid_to(scope, ask.happened_on)
    if payee is None or not ask.amount:
        funds.release(scope, SOURCE, row.id, f"{SOURCE}/{row.id}/release")
        return
    source = Source(SOURCE, row.id)
    owed = Owed(source, Payee.PROVIDER, payee.id, ask.amount, row.number, _CATEGORY, member_id=row.member_id)
    funds.owe(scope, owed, converts=Converted(source))


def release(scope: Scope, row: Teleconsultation) -> None:
    """It did not take place: what was held is free again."""
    key = f"{SOURCE}/{row.id}/release"
    benefits.release(scope, SOURCE, row.id, key)
    funds.release(scope, SOURCE, row.id, key)


def settle_no_show(scope: Scope, row: Teleconsultation) -> None:
    """Who did not come pays with the benefit only where the contract says so."""
    today = clock.today(client_by_id(scope.client_id).timezone)
    if terms_on(scope, today).teleconsultation_no_show_counts:
        consume(scope, row)
    else:
        release(scope, row)


def _paid_to(scope: Scope, on: date) -> Provider | None:
    """The provider that the contract of the day pays for its doctors; a code that nobody has pays nobody."""
    code = terms_on(scope, on).teleconsultation_provider
    return providers.by_code(scope, client_by_id(scope.client_id).country, [code]).get(code) if code else None


def _ask(scope: Scope, row: Teleconsultation) -> benefits.Ask:
    """Always of the day it was asked for: what was held is what is used."""
    day = local_date(row.created_at, client_by_id(scope.client_id).timezone)
    fee = Money(row.fee_minor, row.currency)
    return benefits.Ask(row.member_id, row.benefit_code or "", fee, day, SOURCE, row.id)
