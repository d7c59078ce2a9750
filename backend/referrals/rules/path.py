"""The chain as a path: where the patient is, where to go next and until when, where one may come back (S0-24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from backend.providers.rules import Tier
from backend.referrals.rules.chain import Kind, Link, State


class Move(StrEnum):
    """What somebody may do next.

    ``use`` a code for the first time, ``again`` where it was accepted, ``return`` to an earlier facility with a
    continuation to be asked for.
    """

    USE = "use"
    AGAIN = "again"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on; without ``facility`` any of that tier and specialty."""

    move: Move
    code: str
    kind: Kind
    tier: Tier
    specialty: str
    until: date
    facility: UUID | None
    visits_left: int | None = None


def where_now(links: Sequence[Link]) -> Link | None:
    """The referral of the latest visit: there the patient is treated; None while still at the first tier."""
    visited = [one for one in links if one.last_visit_on is not None and one.state is not State.CANCELLED]
    return max(visited, key=lambda one: one.last_visit_on or date.min, default=None)


def options(links: Sequence[Link], today: date) -> list[Option]:
    """What a patient may do next, the soonest to end first; each facility and specialty to come back to once."""
    found = [option for link in links if (option := _with_code(link, today)) is not None]
    going = {(one.facility, one.specialty) for one in found}
    back: dict[tuple[UUID | None, str], Option] = {}
    for link in links:
        option = _coming_back(link, today)
        place = (link.facility, link.specialty)
        if option is not None and place not in going and (place not in back or back[place].until < option.until):
            back[place] = option
    return sorted([*found, *back.values()], key=lambda one: (one.until, one.code))


def _with_code(link: Link, today: date) -> Option | None:
    state = link.at(today)
    if state is State.ISSUED:
        return _option(Move.USE, link, link.valid_until, link.named, link.visits_left)
    if state is State.ACCEPTED and link.visits_left > 0:
        return _option(Move.AGAIN, link, link.valid_until, link.facility, link.visits_left)
    return None


def _coming_back(link: Link, today: date) -> Option | None:
    over = link.state is State.CANCELLED or link.kind is Kind.BACK
    if over or link.return_until is None or link.last_visit_on is None or today > link.return_until:
        return None
    return _option(Move.RETURN, link, link.return_until, link.facility, None)


def _option(move: Move, link: Link, until: date, facility: UUID | None, visits_left: int | None) -> Option:
    return Option(move, link.code, link.kind, link.to_tier, link.specialty, until, facility, visits_left)
