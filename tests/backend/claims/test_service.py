"""What handing in decides: deadlines, cover, duplicates; and who may take a refused claim up again."""

from datetime import datetime, timedelta

import pytest

from backend.access import SYSTEM, Actor, Role, working_for
from backend.claims import queries, service
from backend.claims.models import ClaimStatus
from backend.errors import Conflict, RuleRefused
from backend.kit import clock, ids
from backend.members.models import Enrolment, Member
from backend.notifications.models import Notification
from tests.factories.claims import Household, make_claim, make_household
from tests.factories.members import enrol

DESK = Actor(Role.CLAIMS, id=ids.new_id())


@pytest.fixture
def home(app) -> Household:
    return make_household(sign_in=False)


def _as_member(home):
    return working_for(home.client.id, home.actor, channel="app")


def _submit(home, claim) -> str:
    """Hand in as the edge does: what a refusal keeps is committed. Returns the reason, or the new status."""
    with _as_member(home) as scope:
        try:
            return service.submit_claim(scope, claim.id).status
        except RuleRefused as refusal:
            if not refusal.keeps_changes:
                scope.unit.rollback()
            return refusal.reason


def _stored(home, claim):
    with working_for(home.client.id) as scope:
        return queries.claim(scope, claim.id), queries.history_of(scope, claim.id)


class TestDeadline:
    @pytest.mark.requirement("S1-30")
    def test_a_claim_from_the_capital_expires_after_thirty_days(self, home):
        assert _submit(home, make_claim(home, days_ago=30)) == "submitted"
        assert _submit(home, make_claim(home, days_ago=31)) == "claims.past_deadline"

    @pytest.mark.requirement("S1-31")
    def test_a_claim_from_elsewhere_expires_after_sixty_days(self, home):
        assert _submit(home, make_claim(home, days_ago=60, place_region="3578")) == "submitted"
        assert _submit(home, make_claim(home, days_ago=61, place_region="3578")) == "claims.past_deadline"

    def test_a_late_claim_is_kept_with_its_reason(self, home):
        claim = make_claim(home, days_ago=40)
        _submit(home, claim)
        stored, history = _stored(home, claim)
        assert (stored.status, stored.refusal) == ("refused", "claims.past_deadline")
        assert history[-1].reason == "claims.past_deadline"

    def test_a_late_claim_tried_again_gets_the_same_answer_and_no_second_step(self, home):
        claim = make_claim(home, days_ago=40)
        assert _submit(home, claim) == _submit(home, claim)
        assert [event.status for event in _stored(home, claim)[1]] == ["draft", "refused"]

    def test_a_person_may_take_a_late_claim_up_again(self, home):
        claim = make_claim(home, days_ago=40)
        _submit(home, claim)
        with working_for(home.client.id, DESK) as scope:
            service.reinstate_claim(scope, claim.id, "The member was in hospital.")
        stored, history = _stored(home, claim)
        assert (stored.status, history[-1].note) == ("submitted", "The member was in hospital.")

    def test_a_corrected_date_is_judged_anew(self, home):
        claim = make_claim(home, days_ago=40)
        _submit(home, claim)
        with _as_member(home) as scope:
            service.change_claim(scope, claim.id, {"visit_on": home.today() - timedelta(days=4)})
        assert _submit(home, claim) == "submitted"

    def test_the_day_ends_at_midnight_in_the_clients_zone(self, home):
        claim = make_claim(home)
        last = datetime.fromisoformat(f"{claim.submit_by}T23:59:00+07:00")
        with clock.at(last + timedelta(minutes=2)):
            assert _submit(home, claim) == "claims.past_deadline"
        other = make_claim(home)
        with clock.at(last):
            assert _submit(home, other) == "submitted"

    def test_an_unknown_place_has_the_longer_time_and_a_flag(self, home):
        claim = make_claim(home, days_ago=45, place_region=None)
        assert _submit(home, claim) == "submitted"
        assert [flag["reason"] for flag in _stored(home, claim)[0].flags] == ["claims.place_unknown"]

    def test_the_contract_may_give_another_time(self):
        home = make_household(sign_in=False, terms={"submission_days_inside": 10})
        assert _submit(home, make_claim(home, days_ago=11)) == "claims.past_deadline"

    def test_a_stay_counts_from_leaving_the_hospital(self, home):
        stay = {"benefit": "inpatient", "papers": ("hospital_receipt",), "days_ago": 40}
        left = home.today() - timedelta(days=30)
        assert _submit(home, make_claim(home, **stay, discharge_on=left)) == "submitted"

    def test_a_stay_that_may_be_late_asks_for_the_discharge_before_it_refuses(self, home):
        claim = make_claim(home, benefit="inpatient", papers=("hospital_receipt",), days_ago=40)
        assert _submit(home, claim) == "claims.facts_missing"
        with _as_member(home) as scope:
            service.change_claim(scope, claim.id, {"discharge_on": home.today() - timedelta(days=20)})
        assert _submit(home, claim) == "submitted"


class TestCover:
    def test_a_day_without_cover_is_refused_and_kept(self, home):
        claim = make_claim(home, days_ago=400, place_region="3578")
        with clock.at(clock.now() - timedelta(days=395)):
            assert _submit(home, claim) == "claims.not_covered_on_date"
        assert _stored(home, claim)[0].status == "refused"

    def test_cover_that_is_entered_later_saves_the_claim_from_being_late(self, home):
        with working_for(home.client.id) as scope:
            scope.session.query(Enrolment).filter_by(client_id=home.client.id, member_id=home.employee_id).delete()
        claim = make_claim(home, days_ago=20)
        assert _submit(home, claim) == "claims.not_covered_on_date"
        with working_for(home.client.id) as scope:
            enrol(scope, home.employee_id, home.plan_id)
        with clock.at(clock.now() + timedelta(days=30)):
            assert _submit(home, claim) == "submitted"

    def test_somebody_who_left_the_company_is_covered_until_the_last_day(self, home):
        last_day = home.today() - timedelta(days=10)
        with working_for(home.client.id) as scope:
            scope.session.get_one(Member, (home.client.id, home.employee_id)).left_on = last_day
        assert _submit(home, make_claim(home, days_ago=10)) == "submitted"
        assert _submit(home, make_claim(home, days_ago=9)) == "claims.not_covered_on_date"

    def test_a_reinstated_claim_is_not_refused_again_after_a_return(self, home):
        with working_for(home.client.id) as scope:
            scope.session.get_one(Member, (home.client.id, home.employee_id)).left_on = home.today() - timedelta(20)
        claim = make_claim(home)
        _submit(home, claim)
        with working_for(home.client.id, DESK) as scope:
            service.reinstate_claim(scope, claim.id, "Cover runs to the end of the month.")
            service.return_claim(scope, claim.id, ["other_evidence"], "Please add the letter of your employer.")
        with _as_member(home) as scope:
            paper = queries.attached_to(scope, claim.id)[0].document_id
            service.add_document(scope, claim.id, paper, "other_evidence")
        assert _submit(home, claim) == "submitted"
        assert "claims.not_covered_on_date" in {flag["reason"] for flag in _stored(home, claim)[0].flags}


class TestReturn:
    def _returned(self, home):
        claim = make_claim(home, submitted=True)
        with working_for(home.client.id, DESK) as scope:
            service.return_claim(scope, claim.id, ["original_receipt"], "It cannot be read.")
        with _as_member(home) as scope:
            paper = queries.attached_to(scope, claim.id)[0].document_id
            service.remove_document(scope, claim.id, paper)
            service.add_document(scope, claim.id, paper, "receipt_with_diagnosis")
        return claim

    @pytest.mark.requirement("S1-40")
    def test_thirty_days_after_its_return_a_claim_may_come_back(self, home):
        claim = self._returned(home)
        with clock.at(clock.now() + timedelta(days=30)):
            assert _submit(home, claim) == "submitted"

    @pytest.mark.requirement("S1-40")
    def test_thirty_one_days_after_its_return_it_is_too_late(self, home):
        claim = self._returned(home)
        with clock.at(clock.now() + timedelta(days=31)):
            assert _submit(home, claim) == "claims.past_resubmission"

    def test_the_first_deadline_does_not_count_any_more(self, home):
        claim = self._returned(home)
        with clock.at(clock.now() + timedelta(days=29)):
            assert _stored(home, claim)[0].submit_by < home.today()
            assert _submit(home, claim) == "submitted"

    @pytest.mark.parametrize(("days_before", "told"), [(7, 1), (1, 1), (6, 0), (0, 0)])
    def test_the_member_is_reminded_a_week_and_a_day_before(self, home, days_before, told):
        claim = self._returned(home)
        with clock.at(clock.now() + timedelta(days=30 - days_before)):
            for _ in range(2):
                with working_for(home.client.id) as scope:
                    service.remind_returned(scope)
        with working_for(home.client.id) as scope:
            words = scope.session.query(Notification).filter_by(client_id=home.client.id, event="claim_returned")
            assert words.count() == 1 + told
        assert _stored(home, claim)[0].status == "returned"


class TestDuplicates:
    def test_the_same_file_in_another_claim_is_flagged_not_refused(self, home):
        first = make_claim(home, papers=("original_receipt",), content="the-same-photo", submitted=True)
        second = make_claim(home, papers=("original_receipt",), content="the-same-photo")
        assert _submit(home, second) == "submitted"
        (flag,) = _stored(home, second)[0].flags
        assert (flag["reason"], flag["number"]) == ("claims.same_file", first.number)

    def test_the_same_invoice_in_another_spelling_is_flagged(self, home):
        make_claim(home, invoice_number="INV/77-B", provider_name="RS. Cempaka", submitted=True)
        again = make_claim(home, invoice_number="inv 77b", provider_name="rs cempaka")
        _submit(home, again)
        assert [flag["reason"] for flag in _stored(home, again)[0].flags] == ["claims.same_invoice"]

    def test_another_invoice_of_the_same_day_and_amount_is_not_a_duplicate(self, home):
        make_claim(home, invoice_number="1", submitted=True)
        other = make_claim(home, invoice_number="2")
        _submit(home, other)
        assert _stored(home, other)[0].flags == []

    def test_a_withdrawn_claim_is_nobodys_original(self, home):
        first = make_claim(home, content="withdrawn-photo", submitted=True)
        with _as_member(home) as scope:
            service.withdraw_claim(scope, first.id)
        again = make_claim(home, content="withdrawn-photo")
        _submit(home, again)
        assert _stored(home, again)[0].flags == []

    def test_a_member_does_not_learn_the_number_of_another_persons_claim(self, home):
        make_claim(home, member_id=home.child_id, content="family-photo", submitted=True)
        mine = make_claim(home, content="family-photo")
        _submit(home, mine)
        with _as_member(home) as scope:
            flags = service.claim_answer(scope, mine.id)["flags"]
        assert flags == [{"reason": "claims.same_file"}] * len(flags)
        with working_for(home.client.id, DESK) as scope:
            assert "number" in service.claim_answer(scope, mine.id)["flags"][0]


class TestSteps:
    def test_the_settlement_counts_from_the_last_paper_not_from_the_persons_click(self, home):
        claim = make_claim(home, submitted=True)
        with clock.at(clock.now() + timedelta(days=8)), working_for(home.client.id, DESK) as scope:
            done = service.complete_claim(scope, claim.id)
        assert done.complete_at < clock.now()

    def test_a_complete_claim_cannot_be_changed_or_withdrawn(self, home):
        claim = make_claim(home, submitted=True)
        with working_for(home.client.id, DESK) as scope:
            service.complete_claim(scope, claim.id)
        for verb in (
            lambda scope: service.change_claim(scope, claim.id, {"invoice_number": "9"}),
            lambda scope: service.withdraw_claim(scope, claim.id),
        ):
            with _as_member(home) as scope, pytest.raises(Conflict) as refusal:
                verb(scope)
            assert refusal.value.reason == "claims.wrong_status"

    @pytest.mark.requirement("S1-41")
    def test_a_complete_claim_may_still_be_returned_for_other_evidence(self, home):
        claim = make_claim(home, submitted=True)
        with working_for(home.client.id, DESK) as scope:
            service.complete_claim(scope, claim.id)
            back = service.return_claim(scope, claim.id, ["other_evidence"], "Please send the police report.")
        assert (back.status, back.settle_by) == (ClaimStatus.RETURNED, None)

    def test_the_member_is_told_of_every_turn(self, home):
        claim = make_claim(home, submitted=True)
        with working_for(home.client.id, DESK) as scope:
            service.complete_claim(scope, claim.id)
        with working_for(home.client.id, SYSTEM) as scope:
            told = scope.session.query(Notification).filter_by(client_id=home.client.id).order_by("created_at").all()
        assert [one.event for one in told] == ["claim_submitted", "claim_complete"]

    def test_the_newest_claim_is_never_a_draft(self, home):
        sent = make_claim(home, submitted=True)
        make_claim(home)
        with _as_member(home) as scope:
            assert queries.latest(scope, home.employee_id).id == sent.id
