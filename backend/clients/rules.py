"""Pure rules of contracts: which one is in force, which plan year a day belongs to, what the terms say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, Protocol, TypeVar, get_args, get_type_hints
from uuid import UUID

from backend.kit.deadlines import WorkCalendar
from backend.kit.refusal import Refusal

NO_CONTRACT = "clients.no_contract"
NO_PLAN_YEAR = "clients.no_plan_year"
CONTRACT_OVERLAPS = "clients.contract_overlaps"
PLAN_YEAR_OVERLAPS = "clients.plan_year_overlaps"
PLAN_YEAR_OUTSIDE = "clients.plan_year_outside_contract"
PERIOD_BACKWARDS = "clients.period_backwards"
CONTRACT_ENDS = "clients.contract_ends"
UNKNOWN_TERM = "clients.unknown_term"

JABODETABEK = (
    *("3101", "3171", "3172", "3173", "3174", "3175"),  # the capital
    *("3201", "3271", "3276", "3216", "3275"),  # Bogor, Depok, Bekasi
    *("3603", "3671", "3674"),  # Tangerang
)
"""Regency codes of greater Jakarta, where documents travel faster (S1-30)."""


class InvalidTerms(ValueError):
    """The terms name a switch that does not exist or a value it cannot take."""


@dataclass(frozen=True, slots=True)
class EscalationLevel:
    """Who has a complaint from ``days`` working days after its deadline on (before it when negative).

    ``to`` is ``supervisor``, a role of staff, or the e-mail address of one person.
    """

    to: str
    days: int

    @classmethod
    def of(cls, written: str) -> EscalationLevel:
        """Reads ``supervisor:1``; raises InvalidTerms for anything else."""
        to, _, days = written.rpartition(":")
        if not to.strip() or not days.lstrip("-").isdecimal():
            raise InvalidTerms("complaint_levels")
        return cls(to.strip().lower(), int(days))


@dataclass(frozen=True, slots=True)
class Terms:
    """The policy switches of a contract; a contract stores only what differs from these defaults.

    Amounts are minor units of the client's currency (the defaults are rupiah: a contract in another
    currency sets its own). Days are calendar days where the name does not say working days. Where the
    source documents allow two readings, both are values of the switch and the default is our decision
    (docs/requirements.md, "Where the sources are unclear").
    """

    card_replacement_fee_minor: int = 25_000_00
    """What a replaced card costs; asked for through HR (S1-60)."""
    submission_days_inside: int = 30
    """A claim expires this long after treatment within ``submission_region`` (S1-30)."""
    submission_days_outside: int = 60
    """The same for treatment anywhere else (S1-31)."""
    submission_region: tuple[str, ...] = JABODETABEK
    submission_anchor: Literal["visit", "discharge"] = "discharge"
    """``discharge``: an inpatient's clock starts on leaving; ``visit``: always on the first day."""
    resubmission_days: int = 30
    """Time to send returned documents again (S1-40)."""
    settlement_working_days: int = 10
    """From complete documents to the settled claim (S1-29)."""
    reimbursement_to: Literal["company", "member"] = "company"
    """Whose bank account a reimbursement goes to (S1-20: the company's, unless agreed otherwise)."""
    papers_through_hr: bool = True
    """Originals go in and come back through the company's HR (S1-19, S1-39)."""
    payment_days: tuple[int, ...] = (1, 16)
    """Days of the month on which reimbursements are paid (S0-67: twice a month)."""
    joint_leave_counts: bool = False
    """Whether joint-leave days (cuti bersama) count as working days."""
    complaint_rule_set: str = "pojk-22-2023"
    """The dated rule set of complaint deadlines."""
    complaint_warning_days: tuple[int, ...] = (2, 1, 0)
    """Working days before the last day on which handler and supervisor are warned."""
    complaint_levels: tuple[str, ...] = ("supervisor:1", "claims:3")
    """Who has a complaint after its handler (level 1), and how many working days after the deadline."""
    complaint_large_amount_minor: int = 10_000_000_00
    """From this amount on a complaint has a high priority; 0: amounts do not count."""
    own_access_age: int = 17
    """From this birthday on an employee no longer acts for a dependant without consent; years."""
    former_member_access_days: int = 365
    """How long somebody who left can still sign in to read what concerns them and finish open claims."""
    emergency_bypasses_referral: bool = True
    """An emergency needs no referral and may skip a tier (S0-35)."""
    emergency_bypasses_network: bool = True
    """The nearest hospital may lie outside the network, and may be paid first where only cashless care is covered."""
    emergency_bypasses_approval: bool = True
    """What is to be approved before (S2-36) need not be where treatment cannot wait (S1-10)."""
    referral_valid_days: int = 90
    """How long a referral may be used, the day it was issued not counted."""
    referral_visits: int = 6
    """Visits that one code opens where it was accepted, control visits included."""
    referral_return_days: int = 90
    """How long after the last visit one may come back without a new first-level visit (S0-24)."""
    referral_reminder_days: tuple[int, ...] = (14, 3)
    """Days before a referral ends on which its member is reminded."""
    chronic_supply_days: int = 30
    """The most days of medicine a stable chronic patient gets at a time."""
    chronic_review_months: int = 3
    """When the specialist sees a patient again who was handed back to the first tier."""
    chronic_review_window_days: int = 14
    """So long before and after that day the specialist may be seen without a new first-level visit."""
    excess_payment_days: int = 14
    """Time to pay an excess claim (S1-18, S1-77)."""
    initial_guarantee_hours: int = 48
    """How long an initial guarantee holds until the card is shown (S1-56)."""
    initial_guarantee_minor: int = 10_000_000_00
    """What an initial guarantee promises while the hospital has not said what it expects."""
    guarantee_review_minor: int = 25_000_000_00
    """From this promise on a doctor decides (S2-36); 0: no amount does."""
    guarantee_answer_hours: int = 4
    """From what a hospital asks to our answer, in hours of the desk that gives it."""
    guarantee_warning_minutes: int = 60
    """So long before that whoever can answer is warned."""
    discharge_reminder_days: int = 1
    """So long after the last day that a letter is for the hospital is asked for the discharge that has not come."""
    discharge_raised_days: int = 7
    """So long after that day the letter becomes claims' work: what it holds is held for nobody any more."""
    room_upgrade_hours: int = 48
    """How long a patient may stay one class higher when the entitled room is full (S1-63)."""
    room_tolerance_percent: int = 20
    """Of the entitled room rate; the lower of this and ``room_tolerance_minor`` (S1-67)."""
    room_tolerance_minor: int = 50_000_00
    room_difference_borne_by: Literal["member", "plan"] = "member"
    """S1-68 as written: the participant; ``plan`` is what the word tolerance suggests."""
    room_full_too_high: Literal["one_level", "entitled"] = "one_level"
    """S1-63 names one level higher while full: a dearer room counts as that one, or as the entitled one."""
    straight_through: bool = False
    """Whether a clean, small claim is decided by the rules alone; everything else waits for an analyst."""
    straight_through_limit_minor: int = 1_000_000_00
    """The most that is claimed by a claim without a person."""
    second_look_minor: int = 10_000_000_00
    """From this much paid by the plan on, a second person confirms an analyst's decision; 0: always."""
    appeal_days: int = 30
    """How long after a decision a member may appeal; calendar days."""
    appeal_working_days: int = 10
    """How soon an appeal is answered, by somebody who did not decide before."""
    disability_rejoin_days: int = 90
    """The same illness within so many days of its last treatment is the same case (limits per disability)."""
    minimum_stay_hours: int = 8
    """A shorter stay is no inpatient care, unless there was surgery (S1-61)."""
    own_request_cashless: bool = False
    """S1-70 as written: a stay at own demand is paid first and claimed later; true: guaranteed up to what is due."""
    own_request_maximum_minor: int = 0
    """The most that is reimbursed of a stay at own demand or abroad (S1-71); 0: the plan's own limits."""
    above_market_borne_by: Literal["member", "plan"] = "member"
    """Who bears what a provider without an agreed tariff asks above the market's standard (S2-44)."""
    not_adequate_borne_by: Literal["provider", "member"] = "provider"
    """Who bears what our doctors find not adequate of a cashless bill (S2-41): who asked it, or S1-14's participant."""
    co_payment_order: Literal["before_limits", "after_limits"] = "before_limits"
    """Deductible and co-payment of what is covered before or after limits cut it; the first pays members more."""
    co_payment_waived_in_emergency: bool = False
    accident_waives_waiting: bool = True
    """Waiting periods are for illnesses that come slowly; an accident is covered from the first day."""
    repeat_prescriptions: int = 2
    repeat_prescription_days: int = 14
    """S1-73: at most so many repeats, so long after the first dispensing."""
    repeat_prescription_counts: Literal["repeats", "dispensings"] = "repeats"
    """S1-73, "maximum of two times": repeats besides the first dispensing (as *iter* is used), or two in all."""
    prescription_valid_days: int = 30
    """How long after it was written a prescription may be dispensed for the first time."""
    teleconsultation_benefit: str = "outpatient"
    """What a teleconsultation counts against: the code of a benefit, or a group whose first line needs no referral."""
    teleconsultation_fee_minor: int = 50_000_00
    """What one costs the plan (S0-84: cashless)."""
    teleconsultation_provider: str = ""
    """Whom the fee is paid to: the registry's code of a provider; empty: the doctors are the administrator's own."""
    teleconsultation_no_show_counts: bool = False
    """Whether it is paid for when the member does not come to a doctor who is ready."""
    rest_certificate_days: int = 3
    """The longest rest a doctor certifies from a distance."""
    primary_provider_panel: Literal["network", "any"] = "network"
    """S0-22 says closed and free at once: a free choice within the network's panel; ``any``: any first-tier clinic."""
    primary_provider_counts_from: Literal["next_month", "at_once"] = "next_month"
    """A change of the first-tier clinic counts from the first of the next month, as clinics are paid by the month."""
    network_import_days: int = 90
    """How long the lines of a file of facilities or prices stay to be looked at, and how long a file waits for use."""
    primary_provider_months: int = 0
    """So long one stays with a first-tier clinic before changing again; 0 is S0-22 as written: freely."""
    employer_profit_share_percent: int = 70
    """S0-50 does not say who gets 70."""
    deposit_basis: Literal["claims", "budget"] = "claims"
    """S0-44: three twelfths of the latest claims or of the yearly health budget."""
    top_up_basis: Literal["funded", "initial"] = "funded"
    """S0-49: half of what is funded now, or of the first deposit, has been used."""
    top_up_percent: int = 50
    fund_shortfall: Literal["refuse", "allow"] = "refuse"
    """``refuse``: nothing is promised or approved beyond what the fund holds; ``allow``: it is, and shows as such."""
    late_joiner_months: int = 6
    late_joiner_fee: Literal["pro_rata_after", "pro_rata_before"] = "pro_rata_after"
    """S0-65: joiners after (or, the other reading, within) so many months pay pro rata."""
    remaining_at_desk: Literal["hidden", "yes_no", "amount"] = "yes_no"
    """What a front desk sees of what is left of a benefit: nothing, whether there is something, how much."""
    fee_tier_marginal: bool = False
    """A fee tier is found by the whole head count; true: each member by the tier they fall in."""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Terms:
        """The terms with what a contract stored laid over the defaults; raises InvalidTerms naming the switch."""
        hints = _kinds_of_terms()
        unknown = sorted(set(stored) - {field.name for field in fields(cls)})
        if unknown:
            raise InvalidTerms(unknown[0])
        terms = cls(**{name: _checked(name, value, hints[name]) for name, value in stored.items()})
        if "complaint_levels" in stored:
            terms.escalation()
        return terms

    def escalation(self) -> tuple[EscalationLevel, ...]:
        """The levels above a complaint's handler, the second one first; raises InvalidTerms."""
        return tuple(EscalationLevel.of(written) for written in self.complaint_levels)


@cache
def _kinds_of_terms() -> Mapping[str, Any]:
    """What each switch may be: the written types are read once, for every judgement asks for the terms."""
    return get_type_hints(Terms)


def _checked(name: str, value: Any, hint: Any) -> Any:
    choices = get_args(hint)
    if hint is bool or hint is str:
        fits = isinstance(value, hint)
    elif hint is int:
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    elif choices and choices[-1] is Ellipsis:
        fits = isinstance(value, list | tuple) and all(isinstance(item, choices[0]) for item in value)
        value = tuple(value) if fits else value
    else:
        fits = value in choices
    if not fits:
        raise InvalidTerms(name)
    return value


@dataclass(frozen=True, slots=True)
class CalendarChanges:
    """A client's own days beside the public ones: free though others work, worked though others are free."""

    free: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def calendar(self, country: str, *, joint_leave_free: bool) -> WorkCalendar:
        """The country's working days with the client's own on top: the one calendar of every deadline and desk."""
        return WorkCalendar(
            country, joint_leave_free=joint_leave_free, extra_free=self.free, extra_working=self.working
        )


class _Period(Protocol):
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract as rules and other domains see it."""

    id: UUID
    number: str
    product: str
    starts_on: date
    ends_on: date
    terms: Terms


@dataclass(frozen=True, slots=True)
class PlanYearFacts:
    """The year that yearly limits count in; both days belong to it."""

    id: UUID
    contract_id: UUID
    starts_on: date
    ends_on: date


P = TypeVar("P", bound=_Period)


def _covering(periods: Sequence[P], on: date) -> P | None:
    return next((period for period in periods if period.starts_on <= on <= period.ends_on), None)


def contract_in_force(contracts: Sequence[ContractFacts], on: date) -> ContractFacts | None:
    """The contract that covers ``on``, its first and last day included (S0-9)."""
    return _covering(contracts, on)


def plan_year_for(years: Sequence[PlanYearFacts], on: date) -> PlanYearFacts | None:
    """The plan year that ``on`` counts in (S0-9)."""
    return _covering(years, on)


def governing_contract(contracts: Sequence[ContractFacts], on: date) -> ContractFacts | None:
    """The contract whose terms settle what happens on ``on``.

    The one in force; after the last one ended its terms go on for what is still open (late claims,
    complaints, reading one's own history), and before the first one its own terms apply.
    """
    in_force = contract_in_force(contracts, on)
    if in_force is not None or not contracts:
        return in_force
    begun = [contract for contract in contracts if contract.starts_on <= on]
    return max(begun, key=lambda one: one.starts_on) if begun else min(contracts, key=lambda one: one.starts_on)


def period_problem(starts_on: date, ends_on: date, taken: Sequence[_Period], overlaps: str) -> str | None:
    """The reason why a new period cannot stand beside those ``taken``, or None."""
    if ends_on < starts_on:
        return PERIOD_BACKWARDS
    if any(starts_on <= period.ends_on and period.starts_on <= ends_on for period in taken):
        return overlaps
    return None


def next_year(agreed: ContractFacts, years: Sequence[PlanYearFacts], today: date) -> tuple[date, date] | Refusal:
    """First and last day of the plan year after the latest of the contract that has begun; else of its first (S2-5).

    Twelve months; a contract that ends earlier cuts them. Refused after the contract's last year.
    """
    begun = [year.ends_on for year in years if year.contract_id == agreed.id and year.starts_on <= today]
    first = max(begun) + timedelta(days=1) if begun else agreed.starts_on
    if first > agreed.ends_on:
        return Refusal(CONTRACT_ENDS, {"ends_on": agreed.ends_on})
    return first, min(_a_year_later(first) - timedelta(days=1), agreed.ends_on)


def _a_year_later(day: date) -> date:
    """The same date next year; 1 March for a 29 February."""
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if leap_day else day.replace(year=day.year + 1)


CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for another or for a digit."""
CODE_LENGTH = 8
_TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


def code_as_kept(written: str) -> str | None:
    """A client's code as it is kept, from how people write it: small letters, O for 0, a dash; None when it is none."""
    code = written.upper().translate(_TAKEN_FOR)
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None


def code_as_shown(code: str) -> str:
    """Two groups of four, to be read out and typed."""
    return f"{code[:4]}-{code[4:]}"
