"""Random histories against the real database: whatever people try, a chain stays a chain."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import select

from backend.access import working_for
from backend.errors import CareError
from backend.kit import clock
from backend.referrals import service
from backend.referrals.models import Referral, ReferralVisit
from backend.referrals.rules import TRANSITIONS, Certificate, Kind, State
from backend.referrals.service import NewReferral
from tests.factories.referrals import make_region

_STEPS = {"ppk1": 1, "ppk2": 2, "ppk3": 3}
_PLACES = st.sampled_from(["clinic", "specialist", "other_specialist", "top"])
_ANYWHERE = st.sampled_from([None, "clinic", "specialist", "other_specialist", "top"])
_SPECIALTIES = st.sampled_from(["JAN", "SAR"])


def _reachable() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for start in State:
        seen, border = {start}, [start]
        while border:
            here = border.pop()
            border += [to for (come, _), to in TRANSITIONS.items() if come is here and to not in seen]
            seen |= set(border)
        found[start.value] = {state.value for state in seen}
    return found


REACHABLE = _reachable()


class Histories(RuleBasedStateMachine):
    """Doctors write, desks accept, time passes; refused tries change nothing."""

    codes = Bundle("codes")
    met: ClassVar[set[tuple[str, str]]] = set()
    """Kinds and states that some history came to: a property that meets nothing proves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.region = make_region(terms={"referral_visits": 2})
        self.moment = clock.now()
        self.states: dict[str, str] = {}

    def _write(self, **facts):
        if facts.get("to_provider_id"):
            facts["to_provider_id"] = getattr(self.region, facts["to_provider_id"])
        with suppress(CareError), clock.at(self.moment), working_for(self.region.client.id) as scope:
            return service.issue(scope, NewReferral(self.region.member_id, **facts)).code
        return multiple()

    @rule(target=codes, specialty=_SPECIALTIES, to=_ANYWHERE, emergency=st.booleans())
    def refer(self, specialty, to, emergency):
        return self._write(specialty=specialty, to_provider_id=to, emergency=emergency)

    @rule(target=codes, code=codes, specialty=_SPECIALTIES, to=_ANYWHERE)
    def step_up(self, code, specialty, to):
        return self._write(earlier_code=code, kind=Kind.TIERED, specialty=specialty, to_provider_id=to)

    @rule(target=codes, code=codes, specialty=_SPECIALTIES, to=_ANYWHERE)
    def refer_on(self, code, specialty, to):
        return self._write(earlier_code=code, kind=Kind.ONWARD, specialty=specialty, to_provider_id=to)

    @rule(target=codes, code=codes, finished=st.booleans())
    def come_back(self, code, finished):
        if finished:
            self.end(code, "complete")
        return self._write(earlier_code=code, kind=Kind.CONTINUATION)

    @rule(target=codes, code=codes, stable=st.booleans())
    def send_home(self, code, stable):
        word = Certificate(stable, "dr. Sari", self.moment.date())
        return self._write(earlier_code=code, kind=Kind.BACK, condition="04", certificate=word)

    @rule(code=codes, place=_PLACES)
    def show_anywhere(self, code, place):
        self.show(code, place)

    def show(self, code, place):
        where = getattr(self.region, place)
        with (
            suppress(CareError),
            clock.at(self.moment),
            working_for(self.region.client.id, self.region.at(where)) as scope,
        ):
            service.accept(scope, code)

    @rule(target=codes, specialty=_SPECIALTIES, place=st.sampled_from(["specialist", "other_specialist"]))
    def treat(self, specialty, place):
        """Written and used in one breath: most histories are made of this."""
        code = self._write(specialty=specialty, to_provider_id=place)
        if isinstance(code, str):
            self.show(code, place)
        return code

    @rule(code=codes, verb=st.sampled_from(["complete", "cancel"]))
    def end_somehow(self, code, verb):
        self.end(code, verb)

    def end(self, code, verb):
        words = ("changed our mind",) if verb == "cancel" else ()
        with suppress(CareError), clock.at(self.moment), working_for(self.region.client.id) as scope:
            getattr(service, verb)(scope, code, *words)

    @rule(days=st.sampled_from([1, 20, 91]))
    def wait(self, days):
        self.moment += timedelta(days=days)
        with clock.at(self.moment), working_for(self.region.client.id) as scope:
            service.expire_due(scope)

    @invariant()
    def a_chain_stays_a_chain(self):
        with working_for(self.region.client.id) as scope:
            wanted = select(Referral).where(Referral.client_id == scope.client_id)
            rows = {row.id: row for row in scope.session.scalars(wanted)}
            visits = Counter(
                scope.session.scalars(
                    select(ReferralVisit.referral_id).where(ReferralVisit.client_id == scope.client_id)
                )
            )
        for row in rows.values():
            self._is_no_circle(rows, row)
            self._skips_no_tier(rows, row)
            assert row.visits_used == visits[row.id] <= row.visits_allowed
            assert row.state in REACHABLE[self.states.get(row.code, "issued")]
            self.states[row.code] = row.state
            self.met.add((row.kind, row.state))

    @staticmethod
    def _is_no_circle(rows, row):
        seen, been = set(), Counter()
        here = row
        while here is not None:
            assert here.id not in seen
            assert here.chain_id == row.chain_id
            assert here.member_id == row.member_id
            seen.add(here.id)
            if here.kind in {Kind.TIERED, Kind.ONWARD} and here.accepted_by:
                been[here.accepted_by, here.specialty] += 1
            here = rows.get(here.earlier_id)
        assert all(times == 1 for times in been.values())

    @staticmethod
    def _skips_no_tier(rows, row):
        earlier = rows.get(row.earlier_id)
        step = _STEPS[row.to_tier] - _STEPS[row.from_tier]
        if row.kind in {Kind.TIERED, Kind.ONWARD}:
            assert step == 1 or (row.kind == Kind.ONWARD and step == 0) or row.emergency
        if row.kind == Kind.BACK:
            assert (row.to_tier, earlier.last_visit_on is not None) == ("ppk1", True)
        if row.kind == Kind.CONTINUATION:
            assert row.to_provider_id == earlier.accepted_by
            assert row.valid_until <= earlier.return_until
        if earlier is not None:
            assert row.from_tier == earlier.to_tier
            assert earlier.last_visit_on is not None


@pytest.mark.requirement("S0-21")
@pytest.mark.requirement("S0-28")
def test_whatever_people_try_a_chain_stays_a_chain(app):
    tries = settings(
        max_examples=40,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Histories, settings=tries)
    assert {state for _, state in Histories.met} == {state.value for state in State}
    assert {kind for kind, _ in Histories.met} == {kind.value for kind in Kind}
