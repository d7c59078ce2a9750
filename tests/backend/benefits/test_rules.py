from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.benefits import rules
from backend.benefits.rules import (
    Basis,
    ConditionWait,
    CoPayment,
    Entry,
    EntryKind,
    Exclusion,
    Limit,
    Period,
    SharedBy,
    Usage,
    Use,
)
from backend.kit import ids
from backend.kit.money import Money

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SOURCE = ids.new_id()
MEMBER, SPOUSE = ids.new_id(), ids.new_id()


def rupiah(amount: int) -> Money:
    return Money.of_major(amount, "IDR")


def entry(
    kind=EntryKind.CONSUME, amount=100, count=1, *, on=date(2026, 3, 1), member=MEMBER, code="OP", **more
) -> Entry:
    values = {"source_type": "claim", "source_id": SOURCE, **more}
    return Entry(member, code, kind, rupiah(amount).amount_minor, count, on, **values)


def yearly(amount=1000, **more) -> Limit:
    return Limit(Basis.YEAR, more.pop("shared_by", SharedBy.PERSON), rupiah(amount), more.pop("count", None), **more)


amounts = st.integers(0, 10**9)
entries = st.lists(
    st.builds(
        entry,
        st.sampled_from(EntryKind),
        st.integers(0, 10**6),
        st.integers(0, 5),
    )
)


class TestRemaining:
    @given(amounts, amounts, amounts)
    @pytest.mark.requirement("S2-35")
    def test_used_and_held_and_remaining_make_the_limit(self, limit_amount, used, held):
        limit = yearly(limit_amount)
        left = rules.remaining(limit, Usage(used * 100, held * 100)).amount
        if used + held <= limit_amount:
            assert rupiah(used) + rupiah(held) + left == rupiah(limit_amount)
        else:
            assert left == rupiah(0)

    @given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
    def test_a_count_is_never_negative(self, allowed, used, held):
        left = rules.remaining(yearly(count=allowed), Usage(used_count=used, held_count=held)).count
        assert left == max(allowed - used - held, 0)

    @given(entries, amounts, st.integers(0, 5))
    def test_a_hold_and_its_release_leave_everything_as_it_was(self, before, amount, count):
        start = rules.usage_of(before, yearly(), {"OP"}, MEMBER, policy_year=YEAR)
        both = [*before, entry(EntryKind.HOLD, amount, count), entry(EntryKind.RELEASE, amount, count)]
        assert rules.usage_of(both, yearly(), {"OP"}, MEMBER, policy_year=YEAR) == start

    @given(entries)
    def test_the_order_of_entries_does_not_matter(self, several):
        def count(ordered):
            return rules.usage_of(ordered, yearly(), {"OP"}, MEMBER, policy_year=YEAR)

        assert count(several) == count(several[::-1])


class TestWhatCounts:
    def used(self, several, limit, codes=frozenset({"OP"}), **more):
        return rules.usage_of(several, limit, codes, MEMBER, policy_year=YEAR, **more).used_minor // 100

    def test_a_persons_limit_ignores_the_family(self):
        both = [entry(amount=30), entry(amount=500, member=SPOUSE)]
        assert self.used(both, yearly()) == 30
        assert self.used(both, yearly(shared_by=SharedBy.FAMILY)) == 530

    def test_a_pool_counts_every_benefit_that_draws_from_it(self):
        both = [entry(amount=30), entry(amount=500, code="IP"), entry(amount=7, code="DENTAL")]
        assert self.used(both, yearly(pool="annual"), {"OP", "IP"}) == 530

    def test_a_yearly_limit_looks_at_its_policy_year(self):
        both = [entry(amount=30), entry(amount=500, on=date(2025, 12, 31))]
        assert self.used(both, yearly()) == 30

    def test_glasses_every_two_years_look_one_year_back(self):
        several = [entry(amount=30), entry(amount=500, on=date(2025, 1, 1)), entry(amount=9, on=date(2024, 12, 31))]
        assert self.used(several, yearly(years=2)) == 530

    def test_a_lifetime_limit_forgets_nothing(self):
        both = [entry(amount=30), entry(amount=500, on=date(1999, 1, 1))]
        assert self.used(both, Limit(Basis.LIFETIME, SharedBy.PERSON, rupiah(1000), None)) == 530

    def test_a_limit_per_visit_looks_at_the_visit_alone(self):
        both = [entry(amount=30), entry(amount=500, source_id=ids.new_id())]
        limit = Limit(Basis.VISIT, SharedBy.PERSON, rupiah(1000), None)
        assert self.used(both, limit, use=Use(date(2026, 3, 1), "claim", SOURCE)) == 30
        assert self.used(both, limit) == 0

    def test_a_limit_per_case_joins_the_visits_of_one_disability(self):
        both = [entry(amount=30, case_key="knee"), entry(amount=500, source_id=ids.new_id(), case_key="knee")]
        limit = Limit(Basis.CASE, SharedBy.PERSON, rupiah(1000), None)
        assert self.used(both, limit, use=Use(date(2026, 9, 1), "claim", ids.new_id(), "knee")) == 530


class TestCheck:
    def test_what_fits_exactly_is_allowed(self):
        assert rules.check(yearly(1000), Usage(used_minor=60000), rupiah(400), 1) is None

    def test_one_minor_unit_more_is_refused_with_what_is_left(self):
        refusal = rules.check(yearly(1000), Usage(used_minor=60000), Money(40001, "IDR"), 1)
        assert refusal.reason == rules.OVER_LIMIT
        assert refusal.figures["remaining"] == rupiah(400)

    def test_a_count_is_refused_when_it_is_used_up(self):
        refusal = rules.check(yearly(count=2), Usage(used_count=1, held_count=1), rupiah(1), 1)
        assert refusal.reason == rules.OVER_COUNT

    def test_a_daily_amount_is_multiplied_by_the_days(self):
        daily = Limit(Basis.DAY, SharedBy.PERSON, rupiah(500), None)
        assert rules.check(daily, Usage(), rupiah(1500), 3) is None
        assert rules.check(daily, Usage(), rupiah(1501), 3).reason == rules.OVER_LIMIT


class TestCoPayment:
    @given(amounts, st.integers(0, 100), st.none() | amounts)
    def test_the_member_never_pays_more_than_the_bill_or_the_cap(self, amount, percent, cap):
        terms = CoPayment(Decimal(percent), None if cap is None else rupiah(cap))
        part = rules.co_pay(rupiah(amount), terms)
        assert rupiah(0) <= part <= rupiah(amount)
        assert cap is None or part <= rupiah(cap)

    def test_ten_percent_stops_at_the_cap(self):
        terms = CoPayment(Decimal(10), rupiah(300))
        assert rules.co_pay(rupiah(2000), terms) == rupiah(200)
        assert rules.co_pay(rupiah(9000), terms) == rupiah(300)

    @given(amounts, amounts, amounts)
    def test_a_deductible_is_borne_once(self, amount, deductible, already):
        part = rules.deductible_part(rupiah(amount), rupiah(deductible), rupiah(already))
        assert rupiah(0) <= part <= rupiah(amount)
        assert rupiah(already) + part <= rupiah(max(deductible, already))


class TestProRata:
    def test_a_room_at_twice_the_rate_halves_what_is_covered(self):
        assert rules.pro_rata(rupiah(8000), rupiah(500), rupiah(1000)) == rupiah(4000)

    def test_a_cheaper_room_changes_nothing(self):
        assert rules.pro_rata(rupiah(8000), rupiah(500), rupiah(400)) == rupiah(8000)


class TestWaiting:
    since = date(2026, 1, 1)

    def test_without_a_wait_the_benefit_pays_from_the_start(self):
        assert rules.waiting_until(self.since, 0) is None

    def test_thirty_days_end_on_the_thirty_first_day(self):
        assert rules.waiting_until(self.since, 30) == date(2026, 1, 31)

    def test_a_condition_may_wait_longer(self):
        waits = [ConditionWait(365, ("K40", "N20"))]
        assert rules.waiting_until(self.since, 30, waits, "K40.9") == date(2027, 1, 1)
        assert rules.waiting_until(self.since, 30, waits, "J06.9") == date(2026, 1, 31)


class TestExclusions:
    listed = (Exclusion("cosmetic", ("Z41",)), Exclusion("vitamins"))

    @pytest.mark.requirement("S2-34")
    def test_a_diagnosis_under_an_excluded_code_is_excluded(self):
        assert rules.is_excluded(self.listed, "Z41.1") == "cosmetic"

    def test_an_item_is_excluded_by_its_name(self):
        assert rules.is_excluded(self.listed, "J06.9", ["vitamins"]) == "vitamins"

    def test_everything_else_is_covered(self):
        assert rules.is_excluded(self.listed, "J06.9", ["consultation"]) is None


def test_a_leap_day_has_a_day_before_it_in_every_year():
    assert rules.years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
