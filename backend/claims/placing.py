"""Which benefit of the plan a bill's line falls under when nobody named it: by words, place, visit, or a choice.

What stays open waits for a person; a choice of the member never outweighs words that say something else. Pure: the
facts come from ``bill``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.adjudication.rules import Placing
from backend.benefits.service_kinds import ServiceKind
from backend.claims.service_words import Reading

GENERAL = frozenset({ServiceKind.GENERAL_PRACTITIONER.value, ServiceKind.SPECIALIST.value})
"""What a doctor's fee says while nobody says which doctor."""
SPECTACLES = frozenset({ServiceKind.LENSES.value, ServiceKind.FRAME.value})
_NEXT_TO: Mapping[str, frozenset[str]] = {
    "outpatient": frozenset({"pharmacy"}),
    "pharmacy": frozenset({"outpatient"}),
}
"""Groups whose benefits share one bill: a clinic hands out the medicine of its own prescription."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A benefit of the plan, as far as a line asks."""

    code: str
    group: str
    services: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known besides the words: the form's group, the plan, the place, the referral, the member's choice."""

    group: str
    offers: tuple[Offer, ...]
    first_tier: bool = False
    referred: bool = False
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line belongs; ``benefit`` is empty while somebody has to say, ``between`` are the codes to choose."""

    benefit: str = ""
    how: Placing | None = None
    between: tuple[str, ...] = ()


def place(readings: Sequence[Reading | None], visit: Visit) -> list[Place]:
    """The place of each line of one bill, in its order.

    A fee that several benefits cover (registration, a procedure) goes with the one that the rest of the visit has.
    """
    first = [_place(reading, visit) for reading in readings]
    found = {one.benefit for one in first if one.benefit}
    return [
        _with_the_visit(one, reading, found) if reading and len(one.between) > 1 and reading.services - GENERAL else one
        for one, reading in zip(first, readings, strict=True)
    ]


def _place(reading: Reading | None, visit: Visit) -> Place:
    own = [offer for offer in visit.offers if offer.group == visit.group]
    if reading is not None and reading.groups is not None and visit.group not in reading.groups:
        beside = _NEXT_TO.get(visit.group, frozenset()) & reading.groups
        return _among(_meant(reading, visit, beside), reading, visit) if beside else Place()
    if len(own) == 1 and not (own[0].services and reading and not reading.services & own[0].services):
        return Place(own[0].code)
    if reading is None:
        return Place()
    here = _meant(reading, visit, frozenset({visit.group}))
    return _among(here or _meant(reading, visit, _NEXT_TO.get(visit.group, frozenset())), reading, visit)


def place_whole(reading: Reading | None, visit: Visit) -> Place:
    """The place of a bill without lines: the group's only benefit, what the provider's name says, or the choice."""
    own = tuple(offer.code for offer in visit.offers if offer.group == visit.group)
    said = _place(reading, visit)
    if said.benefit or (reading is not None and not said.between):
        return said
    between = said.between or own
    if visit.chosen in between:
        return Place(visit.chosen, Placing("choice"))
    return Place(between=between if len(between) > 1 else ())


def _meant(reading: Reading, visit: Visit, groups: frozenset[str]) -> list[Offer]:
    """The benefits of these groups that stand for what the words may mean, narrowed by place and referral."""
    meant = _narrowed(reading.services, visit)
    return [offer for offer in visit.offers if offer.group in groups and offer.services & meant]


def _narrowed(services: frozenset[str], visit: Visit) -> frozenset[str]:
    """First-level facilities have general practitioners (domain.md 2.4); a referral leads to a specialist (S0-21)."""
    if not services >= GENERAL:
        return services
    if visit.first_tier:
        return services - {ServiceKind.SPECIALIST}
    return services - {ServiceKind.GENERAL_PRACTITIONER} if visit.referred else services


def _among(meant: Sequence[Offer], reading: Reading, visit: Visit) -> Place:
    codes = tuple(offer.code for offer in meant)
    if len(codes) == 1 and reading.sure:
        narrowed = _narrowed(reading.services, visit)
        by = "words" if narrowed == reading.services else "tier" if visit.first_tier else "referral"
        return Place(codes[0], _placing(by, reading, narrowed))
    if visit.chosen in codes and _chosen_alone(reading):
        return Place(visit.chosen, _placing("choice", reading, reading.services))
    return Place(between=codes)


def _chosen_alone(reading: Reading) -> bool:
    """Whether the words are about the visit itself: what a member chose says nothing about a fee beside it."""
    return bool(reading.services & GENERAL) or reading.services <= SPECTACLES


def _with_the_visit(one: Place, reading: Reading, found: set[str]) -> Place:
    beside = found & set(one.between)
    if len(beside) != 1 or not reading.sure:
        return one
    return Place(next(iter(beside)), _placing("visit", reading, reading.services))


def _placing(by: str, reading: Reading, services: frozenset[str]) -> Placing:
    return Placing(by, reading.words, _kind(services), reading.edition)


def _kind(services: frozenset[str]) -> str:
    """What several kinds are called together."""
    if len(services) == 1:
        return next(iter(services))
    return "doctor" if services <= GENERAL else "spectacles" if services <= SPECTACLES else "care"


def questions(places: Sequence[Place]) -> tuple[str, ...]:
    """The benefits between which the member has to choose once for the whole bill, in the plan's order."""
    asked = [one.between for one in places if not one.benefit and len(one.between) > 1]
    return tuple(dict.fromkeys(code for codes in asked for code in codes))
