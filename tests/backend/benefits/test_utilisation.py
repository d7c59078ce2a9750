"""Nothing is given twice: holds, use and their way back against the real database, also all at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import psycopg
import pytest

from backend.access import working_for
from backend.benefits import queries, service
from backend.benefits.service import Ask
from backend.errors import Conflict, RuleRefused
from backend.kit import clock, ids
from backend.kit.money import Money
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_dependant, make_member


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def today(client):
    return clock.today(client.timezone)


def family(client, *benefits):
    with working_for(client.id) as scope:
        plan = make_plan(scope, *benefits)
        employee = make_member(scope, plan_id=plan.id)
        spouse = make_dependant(scope, employee, plan_id=plan.id)
        return employee.id, spouse.id


def ask(member_id, today, amount=100, code="OP", **more) -> Ask:
    values = {"source_type": "claim", "source_id": ids.new_id(), "happened_on": today, **more}
    return Ask(member_id, code, Money(amount, "IDR"), **values)


def state(client, member_id, today, code="OP", place=0):
    with working_for(client.id) as scope:
        balance = next(one for one in queries.balances(scope, member_id, today) if one.benefit.code == code)
        usage = balance.limits[place].usage
        left = balance.limits[place].left
        return usage.used_minor, usage.held_minor, left.count if left.amount is None else left.amount.amount_minor


def test_a_hold_becomes_use_and_frees_the_rest(client, today):
    member, _ = family(client, {"code": "OP", "limits": [limit("year", 1000)]})
    wanted = ask(member, today, 600)
    with working_for(client.id) as scope:
        service.hold(scope, wanted, "h1")
    assert state(client, member, today) == (0, 600, 400)
    with working_for(client.id) as scope:
        service.consume(scope, ask(member, today, 450, source_id=wanted.source_id), "c1")
    assert state(client, member, today) == (450, 0, 550)


def test_use_that_is_reversed_is_there_again(client, today):
    member, _ = family(client, {"code": "OP", "limits": [limit("year", 1000)]})
    wanted = ask(member, today, 600)
    with working_for(client.id) as scope:
        service.consume(scope, wanted, "c1")
        service.reverse(scope, "claim", wanted.source_id, "r1")
        service.reverse(scope, "claim", wanted.source_id, "r1")
    assert state(client, member, today) == (0, 0, 1000)


def test_a_release_gives_every_benefit_of_the_source_back(client, today):
    member, _ = family(
        client, {"code": "OP", "limits": [limit("year", 1000)]}, {"code": "RX", "limits": [limit("year", 500)]}
    )
    source = ids.new_id()
    with working_for(client.id) as scope:
        service.hold(scope, ask(member, today, 300, source_id=source), "h1")
        service.hold(scope, ask(member, today, 200, "RX", source_id=source), "h2")
        service.release(scope, "claim", source, "free")
    assert state(client, member, today) == (0, 0, 1000)
    assert state(client, member, today, "RX") == (0, 0, 500)


def test_the_same_key_again_holds_once(client, today):
    member, _ = family(client, {"code": "OP", "limits": [limit("year", 1000)]})
    wanted = ask(member, today, 600)
    with working_for(client.id) as scope:
        first = service.hold(scope, wanted, "h1")
        assert service.hold(scope, wanted, "h1").id == first.id
    assert state(client, member, today) == (0, 600, 400)


def test_the_same_key_for_something_else_is_refused(client, today):
    member, _ = family(client, {"code": "OP", "limits": [limit("year", 1000)]})
    with working_for(client.id) as scope:
        service.hold(scope, ask(member, today, 600), "h1")
        with pytest.raises(Conflict) as refusal:
            service.hold(scope, ask(member, today, 601), "h1")
    assert refusal.value.reason == "benefits.key_reused"


def test_more_than_is_left_is_refused_with_the_figures(client, today):
    member, _ = family(client, {"code": "OP", "limits": [limit("year", 1000)]})
    with working_for(client.id) as scope:
        service.hold(scope, ask(member, today, 600), "h1")
        with pytest.raises(RuleRefused) as refusal:
            service.hold(scope, ask(member, today, 401), "h2")
    assert refusal.value.reason == "benefits.over_limit"
    assert refusal.value.figures["remaining"] == Money(400, "IDR")


def test_a_familys_pool_is_shared_across_benefits_and_people(client, today):
    shared = limit("year", 1000, shared_by="family", pool="annual")
    employee, spouse = family(client, {"code": "OP", "limits": [shared]}, {"code": "IP", "limits": [shared]})
    with working_for(client.id) as scope:
        service.consume(scope, ask(employee, today, 700), "c1")
        with pytest.raises(RuleRefused):
            service.hold(scope, ask(spouse, today, 301, "IP"), "h1")
        service.hold(scope, ask(spouse, today, 300, "IP"), "h2")
    assert state(client, employee, today) == (700, 300, 0)


def test_visits_are_counted(client, today):
    member, _ = family(client, {"code": "DENTAL", "limits": [limit("year", count=2)]})
    with working_for(client.id) as scope:
        for number in (1, 2):
            service.consume(scope, ask(member, today, 5, "DENTAL"), f"c{number}")
        with pytest.raises(RuleRefused) as refusal:
            service.consume(scope, ask(member, today, 5, "DENTAL"), "c3")
    assert refusal.value.reason == "benefits.over_count"


def test_without_cover_nothing_is_held(client, today):
    member, _ = family(client, {"code": "OP", "limits": [limit("year", 1000)]})
    with working_for(client.id) as scope, pytest.raises(RuleRefused) as refusal:
        service.hold(scope, ask(member, date(2001, 1, 1)), "h1")
    assert refusal.value.reason == "benefits.no_cover"


def test_a_benefit_that_the_plan_lacks_is_refused(client, today):
    member, _ = family(client)
    with working_for(client.id) as scope, pytest.raises(RuleRefused) as refusal:
        service.hold(scope, ask(member, today, code="SPA"), "h1")
    assert refusal.value.reason == "benefits.not_in_plan"


@pytest.mark.requirement("S2-35")
def test_twenty_requests_at_once_cannot_spend_the_same_limit(client, today):
    shared = limit("year", 1000, shared_by="family", pool="annual")
    employee, spouse = family(client, {"code": "OP", "limits": [shared]}, {"code": "IP", "limits": [shared]})
    ready = Barrier(20)

    def one(number: int) -> bool:
        member, code = (employee, "OP") if number % 2 else (spouse, "IP")
        ready.wait()
        try:
            with working_for(client.id) as scope:
                service.hold(scope, ask(member, today, 300, code), f"h{number}")
        except RuleRefused:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        granted = sum(pool.map(one, range(20)))
    assert granted == 3
    assert state(client, employee, today) == (0, 900, 100)


def test_twenty_retries_of_one_request_hold_once(client, today):
    member, _ = family(client, {"code": "OP", "limits": [limit("year", 1000)]})
    wanted, ready = ask(member, today, 300), Barrier(20)

    def one(_: int) -> str:
        ready.wait()
        with working_for(client.id) as scope:
            return str(service.hold(scope, wanted, "same").id)

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(one, range(20)))) == 1
    assert state(client, member, today) == (0, 300, 700)


def test_the_application_cannot_change_what_was_written(client, today, settings):
    member, _ = family(client, {"code": "OP", "limits": [limit("year", 1000)]})
    with working_for(client.id) as scope:
        service.consume(scope, ask(member, today), "c1")
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("SELECT set_config('app.client_id', %s, false)", [str(client.id)])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE utilisation_entry SET amount_minor = 0")
