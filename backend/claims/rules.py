"""What a claim's papers must be, until when they may come, and what makes a claim worth a second look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backend.benefits.rules import BenefitGroup
from backend.clients.rules import Terms
from backend.kit.deadlines import calendar_days_after
from backend.kit.money import Money
from backend.kit.refusal import Refusal

PAST_DEADLINE = "claims.past_deadline"
PAST_RESUBMISSION = "claims.past_resubmission"
NOT_COVERED = "claims.not_covered_on_date"
VISIT_IN_FUTURE = "claims.visit_in_future"
DISCHARGE_IN_FUTURE = "claims.discharge_in_future"
DISCHARGE_BEFORE_VISIT = "claims.discharge_before_visit"
INCOMPLETE_FACTS = "claims.facts_missing"
NO_DOCUMENTS = "claims.no_documents"
DOCUMENTS_MISSING = "claims.documents_missing"
NOT_REIMBURSED = "claims.benefit_not_reimbursed"
WRONG_STATUS = "claims.wrong_status"

SAME_FILE = "claims.same_file"
SAME_INVOICE = "claims.same_invoice"
TOTAL_DIFFERS = "claims.total_differs"
UNUSUAL_AMOUNT = "claims.unusual_amount"
PLACE_UNKNOWN = "claims.place_unknown"

STAYS = frozenset({BenefitGroup.INPATIENT, BenefitGroup.MATERNITY})
"""Benefits of a stay: their clock starts on leaving the hospital."""

_UNUSUAL_MINOR = {
    "IDR": 500_000_000_00,
    "MZN": 2_500_000_00,
    "AOA": 30_000_000_00,
    "USD": 35_000_00,
    "EUR": 35_000_00,
    "SGD": 45_000_00,
    "MYR": 150_000_00,
    "JPY": 5_000_000,
}
"""Where a slipped decimal point is likelier than a bill: about a year of hospital stays, per currency."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of a checklist; ``alternatives`` are other documents that stand for it (S1-32, S1-52)."""

    code: str
    source: str
    alternatives: tuple[str, ...] = ()
    when: str | None = None
    unless: str | None = None
    automatic: bool = False

    def applies(self, circumstances: Collection[str]) -> bool:
        """Whether the paper is asked of the member under these circumstances."""
        if self.automatic:
            return False
        wanted = self.when is None or self.when in circumstances
        return wanted and (self.unless is None or self.unless not in circumstances)

    def met_by(self, attached: Collection[str]) -> bool:
        """Whether one of the attached documents stands for it."""
        return self.code in attached or any(other in attached for other in self.alternatives)


def circumstances_of(told: Collection[str], relationship: str) -> frozenset[str]:
    """What the member told, and whether the patient is a child of the plan (S1-24, S1-25)."""
    return frozenset({*told, "child" if relationship == "child" else "adult"})


def missing_documents(
    checklist: Sequence[Requirement],
    circumstances: Collection[str],
    attached: Collection[str],
    requested: Sequence[str] = (),
    attached_since_return: Collection[str] = (),
) -> list[str]:
    """Codes that no document stands for, in the order of the checklist (S1-32..S1-54).

    What a person asked for when the claim was returned must have come after that, even when the same kind of
    paper was there before: it was returned for a reason (S1-40, S1-41).
    """
    open_lines = [line.code for line in checklist if line.applies(circumstances) and not line.met_by(attached)]
    by_code = {line.code: line for line in checklist}
    for code in requested:
        line = by_code.get(code) or Requirement(code, "S1-41")
        if not line.met_by(attached_since_return) and code not in open_lines:
            open_lines.append(code)
    return open_lines


@dataclass(frozen=True, slots=True)
class Treatment:
    """When and where somebody was treated; dates of the place, ``region`` a regency code or None."""

    benefit_group: str
    visit_on: date
    discharge_on: date | None = None
    region: str | None = None

    def anchor(self, terms: Terms) -> date:
        """The day zero of the submission clock: leaving the hospital for a stay, otherwise the visit."""
        if terms.submission_anchor == "discharge" and self.benefit_group in STAYS:
            return self.discharge_on or self.visit_on
        return self.visit_on


def submission_days(region: str | None, terms: Terms) -> int:
    """Calendar days to hand a claim in, by the place of treatment (S1-30, S1-31).

    A place nobody named gets the longer time: a member is not turned away for a fact we could have asked.
    """
    return terms.submission_days_inside if region in terms.submission_region else terms.submission_days_outside


def submit_by(treatment: Treatment, terms: Terms) -> date:
    """The last day on which the claim may be handed in (S1-30, S1-31); weekends and holidays count."""
    return calendar_days_after(treatment.anchor(terms), submission_days(treatment.region, terms))


def resubmit_by(returned_on: date, terms: Terms) -> date:
    """The last day on which a returned claim may come back complete (S1-40)."""
    return calendar_days_after(returned_on, terms.resubmission_days)


def check_dates(visit_on: date | None, discharge_on: date | None, latest_today: date) -> Refusal | None:
    """Refuses a treatment that has not begun, or that ended before it began.

    ``latest_today`` is the date where the day begins first: a member further east is not told that today is tomorrow.
    """
    if visit_on and visit_on > latest_today:
        return Refusal(VISIT_IN_FUTURE, {"visit_on": visit_on.isoformat()})
    if discharge_on and discharge_on > latest_today:
        return Refusal(DISCHARGE_IN_FUTURE, {"discharge_on": discharge_on.isoformat()})
    if visit_on and discharge_on and discharge_on < visit_on:
        return Refusal(
            DISCHARGE_BEFORE_VISIT, {"visit_on": visit_on.isoformat(), "discharge_on": discharge_on.isoformat()}
        )
    return None


def check_in_time(today: date, last_day: date, reason: str = PAST_DEADLINE) -> Refusal | None:
    """Refuses what comes after ``last_day``; the last day itself is in time (S1-30, S1-31, S1-40)."""
    if today <= last_day:
        return None
    return Refusal(reason, {"last_day": last_day.isoformat(), "days_late": (today - last_day).days})


def facts_missing(facts: Mapping[str, object], benefit_group: str) -> list[str]:
    """Names of the facts a claim cannot be decided without; the day of the visit cannot wait until then."""
    needed = ["visit_on", "provider_name", "claimed"]
    if benefit_group == BenefitGroup.INPATIENT:
        needed.append("discharge_on")
    return [name for name in needed if not facts.get(name)]


def discharge_matters(treatment: Treatment, today: date, terms: Terms) -> bool:
    """Whether a day of discharge that nobody named decides if a stay is in time: better asked than refused."""
    counts = terms.submission_anchor == "discharge" and treatment.benefit_group in STAYS
    return counts and treatment.discharge_on is None and today > submit_by(treatment, terms)


def place_matters(treatment: Treatment, today: date, terms: Terms) -> bool:
    """Whether an unknown place of treatment decides if the claim is in time: a person looks."""
    shorter = calendar_days_after(treatment.anchor(terms), terms.submission_days_inside)
    return treatment.region is None and bool(terms.submission_region) and today > shorter


def amount_flags(claimed: Money, lines: Sequence[Money]) -> list[Refusal]:
    """What a person should look at in the figures; nothing here refuses a claim."""
    flags = []
    if lines:
        total = sum(lines, Money.zero(claimed.currency))
        if total != claimed:
            flags.append(Refusal(TOTAL_DIFFERS, {"claimed": claimed.as_json(), "lines": total.as_json()}))
    if claimed.amount_minor > _UNUSUAL_MINOR[claimed.currency]:
        flags.append(Refusal(UNUSUAL_AMOUNT, {"claimed": claimed.as_json()}))
    return flags


def same_words(text: str | None) -> str:
    """A provider's name or an invoice number without case, spaces and punctuation, to compare by."""
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


OVER_STRAIGHT_LIMIT = "claims.review_amount"
FLAGGED = "claims.review_flags"
UNCODED = "claims.lines_uncoded"
WOULD_REFUSE = "claims.review_refusal"
SAME_PERSON = "claims.same_person"
APPEAL_TOO_LATE = "claims.appeal_too_late"
NOT_THE_SAME_AGAIN = "claims.appeal_by_another"
ANALYSTS_DECIDE = "claims.analysts_decide"
UNLIKELY_SEX = "claims.unlikely_sex"
UNLIKELY_AGE = "claims.unlikely_age"
UNLIKELY_QUANTITY = "claims.unlikely_quantity"
SAME_PAPER = "claims.same_paper"
SAME_RECEIPT = "claims.same_receipt"
ALTERED_PAPER = "claims.altered_paper"
EDITED_FILE = "claims.edited_file"
REVISED_FILE = "claims.revised_file"
WORDS_DIFFER = "claims.words_differ"
LINES_DIFFER = "claims.lines_differ"
UNCLEAR_TOTAL = "claims.unclear_total"
READ_OTHERWISE = "claims.read_otherwise"
ABOVE_AGREED = "claims.above_agreed"
ABOVE_MARKET = "claims.above_market"
SERVICE_SEX = "claims.service_against_sex"
SERVICE_DIAGNOSIS = "claims.service_against_diagnosis"
TOO_MANY = "claims.too_many"
LONG_SUPPLY = "claims.long_supply"
TOO_MANY_DAYS = "claims.more_days_than_stay"
REST_DATES = "claims.rest_dates"
FOR_STAFF = frozenset(
    {ALTERED_PAPER, EDITED_FILE, REVISED_FILE, WORDS_DIFFER, LINES_DIFFER, UNCLEAR_TOTAL, READ_OTHERWISE}
)
"""Suspicions about a paper that may be wrong: those who look at it see them, the member and the employer do not."""
PATTERN = "claims.pattern_"
"""How reasons about a provider's habits begin; they are about somebody else and stay with staff too."""
MOST_PIECES = 120
"""More of one position than this is looked at: a month of a medicine four times a day."""


def for_staff_only(reason: str) -> bool:
    """Whether only those who work on claims see a flag: it may be wrong, or it is about a provider."""
    return reason in FOR_STAFF or reason.startswith(PATTERN)


@dataclass(frozen=True, slots=True)
class Straightness:
    """What decides whether the rules alone may decide a claim."""

    claimed: Money
    flags: int
    uncoded: int
    refused: bool


def review_reasons(facts: Straightness, terms: Terms) -> list[str]:
    """Why a person looks at a claim first; empty for a clean, small one. No refusal is ever made by rules alone."""
    reasons = []
    if facts.claimed.amount_minor > terms.straight_through_limit_minor:
        reasons.append(OVER_STRAIGHT_LIMIT)
    if facts.flags:
        reasons.append(FLAGGED)
    if facts.uncoded:
        reasons.append(UNCODED)
    if facts.refused:
        reasons.append(WOULD_REFUSE)
    return reasons


def needs_second_person(paid: Money, terms: Terms) -> bool:
    """Whether a decision waits for a second pair of eyes, by what the plan would pay."""
    return paid.amount_minor >= terms.second_look_minor


def outcome(paid: Money, ours: Money) -> str:
    """``approved`` when the plan pays all that is ``ours`` to pay, ``rejected`` when nothing, else ``partly_approved``.

    What another payer pays and what nobody owes is not ours.
    """
    if paid == ours:
        return "approved"
    return "partly_approved" if paid else "rejected"


@dataclass(frozen=True, slots=True)
class SurelyRead:
    """What a machine read on one paper without doubt."""

    total: Money | None
    on: date | None


def papers_agree(claimed: Money | None, days: tuple[date | None, date | None], papers: Collection[SurelyRead]) -> bool:
    """Whether the papers say by themselves what is claimed: one has the total for sure and none another day."""
    if claimed is None or not any(paper.total == claimed for paper in papers):
        return False
    return all(paper.on is None or paper.on in days for paper in papers)


def check_appeal(decided_on: date, today: date, terms: Terms) -> Refusal | None:
    """An appeal comes within the contract's days of the decision; the last day is in time."""
    last_day = calendar_days_after(decided_on, terms.appeal_days)
    return None if today <= last_day else Refusal(APPEAL_TOO_LATE, {"last_day": last_day.isoformat()})
