"""An excess from the letter to the card that works again."""

from datetime import timedelta

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select

from backend.access import Role, working_for
from backend.errors import Conflict, RuleRefused
from backend.funds import queries, service
from backend.funds.invariants import findings
from backend.funds.models import Payee
from backend.funds.rules.excess import Part
from backend.kit import clock, ids
from backend.members import queries as members
from backend.members.service.cards import suspend_card
from backend.notifications.models import Notification
from tests.factories.accounts import make_staff
from tests.factories.claims import make_household
from tests.factories.funds import make_excess, make_fund, make_payable, rupiah
from tests.factories.members import make_card
from tests.factories.providers import make_provider

NUMBER = "1264-0815-3297"
ITEMS = (
    service.ExcessLine("Popok dewasa", "excess", rupiah(150_000)),
    service.ExcessLine("Telepon kamar", "excess", rupiah(100_000)),
)


@pytest.fixture
def household(app):
    made = make_household()
    make_staff(made.client, Role.HR)
    with working_for(made.client.id) as scope:
        make_fund(scope, deposit=rupiah(10_000_000))
        make_card(scope, made.employee_id)
    return made


def _asked(household, amount: int = 250_000, **facts):
    with working_for(household.client.id) as scope:
        return make_excess(scope, household.employee_id, rupiah(amount), **({"reference": NUMBER} | facts))


def _watch(household, days: int):
    with clock.at(clock.now() + timedelta(days=days)), working_for(household.client.id) as scope:
        return service.watch_excess(scope)


def _card(household):
    with working_for(household.client.id) as scope:
        return members.card_of(scope, household.employee_id).status


def _told(household):
    with working_for(household.client.id) as scope:
        return list(scope.session.scalars(select(Notification.event).order_by(Notification.created_at)))


def _pay(household, amount: int, text: str = NUMBER):
    table = f"date,amount,description,reference\n2026-11-28,{amount},{text},{ids.new_id().hex}\n"
    with working_for(household.client.id) as scope:
        service.take_in_statement(scope, table.encode)


@pytest.mark.requirement("S1-18", "S1-76", "S1-77")
def test_the_letter_goes_through_hr_and_is_due_in_fourteen_days(household):
    row = _asked(household)
    assert (row.due_on - row.letter_on).days == 14
    assert sorted(_told(household)) == ["excess_asked", "excess_letter_to_hr"]


@pytest.mark.requirement("S1-78", "S1-81")
def test_the_card_is_stopped_after_notice_and_works_again_by_itself_when_paid(household):
    _asked(household)
    assert _watch(household, 10) == {}
    assert _watch(household, 12) == {"reminded": 1, "cards_stopped": 0}
    assert _watch(household, 14) == {}
    assert _card(household) == "active"
    assert _watch(household, 15) == {"reminded": 0, "cards_stopped": 1}
    assert (_card(household), _watch(household, 16)) == ("suspended", {})
    with clock.at(clock.now() + timedelta(days=20)):
        _pay(household, 100_000)
        assert _card(household) == "suspended"
        _pay(household, 150_000)
    assert _card(household) == "active"
    assert {"excess_reminder", "card_suspended", "card_active_again"} <= set(_told(household))
    with working_for(household.client.id) as scope:
        assert findings(scope) == []


def test_two_overdue_excesses_stop_the_card_until_both_are_paid(household):
    _asked(household)
    _asked(household, 90_000, reference="1264-9999-1180")
    for days in (12, 15):
        _watch(household, days)
    with clock.at(clock.now() + timedelta(days=16)):
        _pay(household, 250_000)
        assert _card(household) == "suspended"
        _pay(household, 90_000, "1264-9999-1180")
    assert _card(household) == "active"


def test_a_card_that_somebody_stopped_for_another_reason_stays_stopped(household):
    _asked(household)
    with working_for(household.client.id) as scope:
        suspend_card(scope, household.employee_id, suspended=True)
    for days in (12, 15):
        _watch(household, days)
    _pay(household, 250_000)
    assert _card(household) == "suspended"


def test_a_dispute_stops_the_clock_and_what_was_left_goes_on(household):
    row = _asked(household)
    with clock.at(clock.now() + timedelta(days=4)), working_for(household.client.id) as scope:
        assert service.dispute(scope, row.id, "The room was full").days_left == 10
    assert _watch(household, 30) == {}
    with clock.at(clock.now() + timedelta(days=30)), working_for(household.client.id) as scope:
        answered = service.answer_dispute(scope, row.id, upheld=False, words="The room was free that day")
        assert (answered.due_on - answered.letter_on).days == 40
        with pytest.raises(Conflict, match=r"funds\.wrong_excess_state"):
            service.answer_dispute(scope, row.id, upheld=True, words="twice")


def test_an_upheld_dispute_is_borne_by_the_plan_and_frees_the_card(household):
    row = _asked(household)
    for days in (12, 15):
        _watch(household, days)
    with working_for(household.client.id) as scope:
        service.dispute(scope, row.id, "It was an emergency")
    assert _card(household) == "active"
    with working_for(household.client.id) as scope:
        assert service.answer_dispute(scope, row.id, upheld=True, words="It was").state == "waived"
        sums = queries.balance(scope)
        assert (sums.receivable_excess_minor, sums.deposit_minor) == (0, -9_750_000_00)
        assert findings(scope) == []


def test_instalments_have_days_of_their_own_and_free_the_card_while_they_are_kept(household):
    row = _asked(household)
    for days in (12, 15):
        _watch(household, days)
    now = clock.now() + timedelta(days=16)
    today = now.date()
    with clock.at(now):
        _pay(household, 50_000)
        with working_for(household.client.id) as scope:
            parts = [Part(today + timedelta(days=30 * each), rupiah(100_000)) for each in (1, 2)]
            with pytest.raises(RuleRefused, match=r"funds\.instalments_differ"):
                service.agree_instalments(scope, row.id, parts[:1])
            service.agree_instalments(scope, row.id, parts)
    assert _card(household) == "active"
    assert _watch(household, 16 + 20) == {}
    assert _watch(household, 16 + 29) == {"reminded": 1, "cards_stopped": 0}
    assert _watch(household, 16 + 31)["cards_stopped"] == 1


def test_a_decision_that_is_taken_back_takes_its_excess_along(household):
    row = _asked(household)
    with working_for(household.client.id) as scope:
        service.take_back(scope, row.payable_id, "wrong_tariff")
        assert queries.excess(scope, row.id).state == "waived"
        assert findings(scope) == []


def test_a_paid_excess_keeps_its_decision(household):
    row = _asked(household)
    _pay(household, 1_000)
    with working_for(household.client.id) as scope, pytest.raises(Conflict, match=r"funds\.already_paid"):
        service.take_back(scope, row.payable_id, "wrong_tariff")


def _text(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))


@pytest.mark.requirement("S1-75", "S1-79")
def test_the_member_reads_every_position_and_hr_only_the_kind_of_care(household, http):
    row = _asked(household, excess_items=ITEMS)
    address = f"/api/v1/excess/{row.id}"
    own = http.get(address, headers=household.headers).json
    assert [item["description"] for item in own["items"]] == ["Popok dewasa", "Telepon kamar"]
    assert http.get(address, headers=household.staff(Role.HR)).json["items"] == []
    letter, handed = (
        _text(http.get(f"{address}/letter.pdf", headers=one).data)
        for one in (household.headers, household.staff(Role.HR))
    )
    assert "Popok dewasa" in letter
    assert NUMBER in letter
    assert "Popok dewasa" not in handed
    assert NUMBER in handed


def test_the_positions_add_up_to_the_excess(household):
    with pytest.raises(ValueError, match="add up"):
        _asked(household, 1, excess_items=ITEMS)


def test_a_member_objects_and_another_member_finds_nothing(household, http):
    row = _asked(household)
    address = f"/api/v1/excess/{row.id}/dispute"
    other = make_household(terms={})
    assert http.post(address, json={"words": "no"}, headers=other.headers).status_code == 404
    answered = http.post(address, json={"words": "The room was full"}, headers=household.headers).json
    assert (answered["state"], answered["dispute"]) == ("disputed", "The room was full")
    assert len(http.get("/api/v1/excess", headers=household.headers).json["items"]) == 1


def test_an_excess_is_advanced_to_the_provider_and_owed_by_the_member(household):
    with working_for(household.client.id) as scope:
        clinic = make_provider(scope)
        make_payable(
            scope,
            clinic.id,
            rupiah(900_000),
            payee=Payee.PROVIDER,
            excess=rupiah(100_000),
            member_id=household.employee_id,
        )
        sums = queries.balance(scope)
        assert (sums.payable_provider_minor, sums.receivable_excess_minor) == (-1_000_000_00, 100_000_00)
        assert sums.available_minor == 9_000_000_00
