"""Where a person of the helpline takes calls: the number they give, remembered for the next time."""

from __future__ import annotations

from backend.access import Scope
from backend.clients.registry import client_by_id
from backend.conversations.telephone import queries, rules
from backend.conversations.telephone.models import StaffPhone
from backend.errors import InvalidShape, RuleRefused
from backend.kit import phone

_SHORTEST = len("+62811222")


def phone_for(scope: Scope, given: str | None) -> str:
    """The actor's telephone: ``given``, which is kept, or the one on file. Raises RuleRefused, InvalidShape."""
    if scope.actor.id is None:
        raise RuleRefused(rules.NO_TELEPHONE)
    known = queries.staff_phone(scope, scope.actor.id)
    if not given:
        if known is None:
            raise RuleRefused(rules.NO_TELEPHONE)
        return known.phone
    number = _number(given, client_by_id(scope.client_id).country)
    if known is None:
        known = StaffPhone(client_id=scope.client_id, staff_id=scope.actor.id, phone=number)
        scope.session.add(known)
    known.phone = number
    return number


def _number(given: str, country: str) -> str:
    """A number of a subscriber: short codes and service numbers cost money or ring somewhere else."""
    try:
        number = phone.normalise(given, country)
    except phone.InvalidPhone:
        number = ""
    if len(number) < _SHORTEST:
        raise InvalidShape("calls.invalid_phone")
    return number
