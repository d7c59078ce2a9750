"""What a judgement is made of: the bill, the cover on the day, what was used before, tariffs, the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from backend.adjudication.rules.coordination import OtherPayer
from backend.adjudication.rules.glasses import Glasses
from backend.adjudication.rules.medicines import Dispensing
from backend.adjudication.rules.rooms import Stay
from backend.benefits.rules import (
    BenefitGroup,
    ConditionWait,
    CoPayment,
    Entry,
    Exclusion,
    Limit,
    Period,
)
from backend.clients.rules import Terms
from backend.kit.money import Money


class Item(StrEnum):
    """What a line of a bill is for, as far as a rule asks."""

    ROOM = "room"
    INTENSIVE_CARE = "intensive_care"
    SURGERY = "surgery"
    DOCTOR = "doctor"
    TREATMENT = "treatment"
    TEST = "test"
    MEDICINE = "medicine"
    VITAMIN = "vitamin"
    LENSES = "lenses"
    FRAME = "frame"
    NON_MEDICAL = "non_medical"
    OTHER = "other"


ROOM_LINKED = frozenset({Item.SURGERY, Item.DOCTOR, Item.TREATMENT})
"""Dearer in a dearer room: what a plan with pro-rata cuts in the same proportion (domain.md 5.5)."""


class Placing(NamedTuple):
    """How the benefit of a line was found when nobody named it.

    ``by`` are its ``words``, the ``tier`` of the place, a ``referral``, the rest of the ``visit``, or the member's
    ``choice``; ``service`` is the kind of service that was read, ``edition`` the vocabulary it was read by.
    """

    by: str
    words: str = ""
    service: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One position of a bill.

    ``benefit`` is the code of the plan's benefit it falls under. ``count`` is its days or pieces where the plan
    counts those; None belongs to the visit, which counts once for each benefit. ``named`` are items an exclusion
    may name (``cosmetic``); ``diagnosis`` is only there when it differs from the bill's.
    """

    key: str
    benefit: str
    amount: Money
    item: Item = Item.OTHER
    quantity: int = 1
    count: int | None = None
    service: str | None = None
    diagnosis: str | None = None
    named: frozenset[str] = frozenset()
    licensed: bool = True
    accepted: Money | None = None
    """What a doctor of ours found adequate of it (S2-41..S2-43); None when nobody looked or all of it is."""
    finding: str = ""
    """Why not more: ``quantity``, ``diagnosis``, ``quality`` or ``anomaly``."""
    placing: Placing | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the member was treated. ``hospital`` is false for a nursing home, a spa or the like (S1-6)."""

    provider_id: UUID | None = None
    in_network: bool = True
    first_tier: bool = False
    abroad: bool = False
    hospital: bool = True
    country: str | None = None
    region: str | None = None
    """Regency or province, for what is usual there; None when nobody knows."""


@dataclass(frozen=True, slots=True)
class Accident:
    """Something sudden from outside (S1-11). Gas or poison counts when it hurts within thirty days."""

    happened_on: date
    hurt_on: date
    inhaled_or_swallowed: bool = False


@dataclass(frozen=True, slots=True)
class Bill:
    """What a provider or a member wants paid. ``hours`` is the length of a stay; ``referral`` says that one holds."""

    member_id: UUID
    source_type: str
    source_id: UUID
    visit_on: date
    currency: str
    lines: tuple[Line, ...]
    place: Place = Place()
    cashless: bool = False
    emergency: bool = False
    surgery: bool = False
    hours: int | None = None
    accident: Accident | None = None
    diagnosis: str | None = None
    referral: bool = False
    approved: bool = False
    room_class: str | None = None
    """The class the member lies in, where prices differ by class."""
    stay: Stay | None = None
    dispensing: Dispensing | None = None
    glasses: Glasses | None = None
    other: OtherPayer | None = None
    case_key: str | None = None
    instead_of: frozenset[UUID] = frozenset()
    """Letters whose holds this bill settles: what they keep back is kept back for it."""


@dataclass(frozen=True, slots=True)
class SharedLimit:
    """A limit of a benefit with the codes of all benefits that draw from it."""

    limit: Limit
    codes: frozenset[str]
    key: str


@dataclass(frozen=True, slots=True)
class Deductible:
    """What the member bears first, per ``visit``, ``case`` or policy ``year``."""

    amount: Money
    per: str


@dataclass(frozen=True, slots=True)
class BenefitTerms:
    """One benefit of the plan as the rules read it."""

    code: str
    group: BenefitGroup
    limits: tuple[SharedLimit, ...] = ()
    co_payment: CoPayment | None = None
    deductible: Deductible | None = None
    waiting_days: int = 0
    waits: tuple[ConditionWait, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    referral_required: bool = False
    network_only: bool = False
    reimbursable: bool = True
    approval_required: bool = False
    room_class: str | None = None
    room_rate: Money | None = None
    prorata: str = "none"
    services: frozenset[str] = frozenset()
    """The kinds of service it stands for, where its group has several benefits; the rules do not ask."""


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What a plan version says: its benefits by code and the network it names."""

    benefits: Mapping[str, BenefitTerms]
    network: str | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """What covers the member on the day of treatment; ``benefits`` is empty and ``since`` None when nothing does."""

    member_id: UUID
    since: date | None
    benefits: Mapping[str, BenefitTerms]
    terms: Terms = Terms()
    child: bool = False
    card_usable: bool = True
    network: str | None = None


@dataclass(frozen=True, slots=True)
class Accumulators:
    """What the family held and used, and what the member already bore of deductibles by benefit."""

    entries: Sequence[Entry] = ()
    deductible_borne: Mapping[str, Money] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price of one piece: agreed with this provider, or the standard of the market."""

    amount: Money
    agreed: bool
    version: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The policy year of the treatment, the only calendar that a sum depends on."""

    policy_year: Period


Tariffs = Mapping[str, Tariff]
