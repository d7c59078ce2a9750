"""The member card: shown, read out, blocked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.clients import queries as clients
from backend.helpline.asker import Answer, Asker, case_for
from backend.kit import clock
from backend.kit.money import Money
from backend.members import queries as members
from backend.members import service


def show(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """The card as an image where there are images, its number where there are none."""
    acting, member_id = asker.acting(scope), asker.proved()
    member, card = members.member(acting, member_id), members.card_of(acting, member_id)
    if card is None:
        case_for(scope, asker, "card_missing", summary="No card was issued.")
        return Answer.of("card_none")
    return Answer.of(
        "card_shown",
        name=member.full_name,
        member_number=member.number,
        card_number={"digits": card.number},
        status={"word": f"card_{card.status}"},
        card_member_id=str(member_id),
    )


def lost(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """Ask before blocking: it costs the fee of the contract and the card stops at once."""
    acting = asker.acting(scope)
    card = members.card_of(acting, asker.proved())
    if card is None:
        case_for(scope, asker, "card_missing", summary="No card was issued.")
        return Answer.of("card_none")
    terms = clients.terms_on(acting, clock.today(asker.client.timezone))
    fee = Money(terms.card_replacement_fee_minor, asker.client.currency)
    return Answer.of("card_lost_confirm", card_number={"digits": card.number}, fee={"money": fee.as_json()})


def block(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """The card is blocked and a new one ordered."""
    acting, member_id = asker.acting(scope), asker.proved()
    card = members.card_of(acting, member_id)
    if card is None:
        return Answer.of("card_none")
    terms = clients.terms_on(acting, clock.today(asker.client.timezone))
    service.report_card_loss(acting, member_id, "lost")
    fee = Money(terms.card_replacement_fee_minor, asker.client.currency)
    return Answer.of("card_lost_done", card_number={"digits": card.number}, fee={"money": fee.as_json()})
