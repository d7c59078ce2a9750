"""No limit and no fund is promised twice: what is held is what open letters promise, whoever asks at once."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from threading import Barrier
from time import perf_counter
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from backend.access import Actor, Role, working_for
from backend.benefits import queries as benefits
from backend.clients.registry import ClientFacts
from backend.errors import RuleRefused
from backend.funds import queries as fund_queries
from backend.guarantees import queries, service
from backend.guarantees.rules.letters import PROMISING
from backend.guarantees.told import Told
from backend.kit import clock
from backend.kit.money import Money
from backend.turnstile import Turnstile
from tests.factories.accounts import headers_for
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.funds import make_fund, rupiah
from tests.factories.members import make_dependant, make_member

PATH = "/api/v1/guarantee-letters"
AT_ONCE = 50
DOCTOR = Actor(Role.DOCTOR)


@dataclass(frozen=True)
class Family:
    """An employee with dependants who draw from one limit of the whole family."""

    client: ClientFacts
    members: tuple[UUID, ...]


def make_family(size: int, yearly: Money, *, deposit: Money | None = None) -> Family:
    client = make_client(terms={"guarantee_review_minor": 0})
    with working_for(client.id) as scope:
        inpatient = {
            "code": "IP",
            "benefit_group": "inpatient",
            "limits": [limit("year", yearly.amount_minor, shared_by="family")],
        }
        plan = make_plan(scope, inpatient)
        employee = make_member(scope, plan_id=plan.id, card=True)
        others = [
            make_dependant(scope, employee, "child", plan_id=plan.id, full_name=f"Anak {number}").id
            for number in range(size - 1)
        ]
        if deposit is not None:
            make_fund(scope, deposit=deposit)
        return Family(client, (employee.id, *others))


def request_letters(family: Family, estimate: Money) -> list[UUID]:
    with working_for(family.client.id) as scope:
        return [service.request(scope, each, "RS Bunda", told=Told(estimate=estimate)).id for each in family.members]


def held(family: Family) -> tuple[int, int]:
    """What is held and what is used of the family's limit."""
    with working_for(family.client.id) as scope:
        state = benefits.balances(scope, family.members[0], clock.today(family.client.timezone))[0].limits[0]
        return state.usage.held_minor, state.usage.used_minor


def promised(family: Family) -> int:
    with working_for(family.client.id) as scope:
        letters = queries.letters_of(scope, limit=200)
        return sum(letter.promised_minor for letter in letters if letter.state in PROMISING)


def fund_held(family: Family) -> int:
    with working_for(family.client.id) as scope:
        sums = fund_queries.balance(scope)
        return sums.held_minor if sums else 0


def together(verbs):
    """Run the verbs in threads that start at the same time; what each returned, and how long all of it took."""
    start = Barrier(len(verbs) + 1)

    def run(verb):
        start.wait()
        return verb()

    with ThreadPoolExecutor(len(verbs)) as pool:
        running = [pool.submit(run, verb) for verb in verbs]
        start.wait()
        began = perf_counter()
        answers = [each.result() for each in running]
    return answers, perf_counter() - began


@cache
def _door(app) -> Client:
    """The application behind the door it has in production, which lets eight requests work at once."""
    return Client(Turnstile(app.wsgi_app, 8))


def issue_over_http(app, family: Family, letters: list[UUID]):
    headers = headers_for(Role.AGENT, family.client)

    def one(letter):
        return lambda: _door(app).post(f"{PATH}/{letter}/issue", json={}, headers=headers)

    return together([one(letter) for letter in letters])


@pytest.mark.requirement("S2-35")
@pytest.mark.requirement("S0-20")
def test_fifty_hospitals_at_once_get_no_more_than_one_limit_promised(app):
    family = make_family(AT_ONCE, rupiah(100_000_000))
    letters = request_letters(family, rupiah(10_000_000))
    answers, seconds = issue_over_http(app, family, letters)
    given_out = [answer.json["promised"]["amount_minor"] for answer in answers if answer.status_code == 200]
    refused = {answer.json["reason"] for answer in answers if answer.status_code != 200}
    sys.stdout.write(f"{AT_ONCE} at once: {len(given_out)} issued, {len(refused)} reason, {seconds:.2f} s\n")
    assert given_out == [rupiah(10_000_000).amount_minor] * 10
    assert refused == {"guarantees.nothing_left"}
    assert held(family) == (rupiah(100_000_000).amount_minor, 0)
    assert held(family)[0] == promised(family)


def test_the_last_of_a_limit_is_promised_once_and_in_part(app):
    family = make_family(8, rupiah(25_000_000))
    answers, _ = issue_over_http(app, family, request_letters(family, rupiah(10_000_000)))
    given_out = sorted(answer.json["promised"]["amount_minor"] for answer in answers if answer.status_code == 200)
    assert given_out == [rupiah(5_000_000).amount_minor, *[rupiah(10_000_000).amount_minor] * 2]
    assert held(family)[0] == promised(family) == rupiah(25_000_000).amount_minor


def test_fifty_letters_at_once_promise_no_more_than_the_clients_fund(app):
    family = make_family(AT_ONCE, rupiah(10_000_000_000), deposit=rupiah(70_000_000))
    answers, _ = issue_over_http(app, family, request_letters(family, rupiah(10_000_000)))
    issued = [answer for answer in answers if answer.status_code == 200]
    refused = {answer.json["reason"] for answer in answers if answer.status_code != 200}
    assert len(issued) == 7
    assert refused == {"funds.insufficient"}
    assert held(family)[0] == promised(family) == fund_held(family) == rupiah(70_000_000).amount_minor


def test_fifty_extensions_at_once_stay_within_the_limit(app):
    family = make_family(AT_ONCE, rupiah(80_000_000))
    letters = request_letters(family, rupiah(1_000_000))
    issue_over_http(app, family, letters)
    with working_for(family.client.id) as scope:
        for letter in letters:
            service.extend(scope, letter, 1, Told(estimate=rupiah(2_000_000), reason="Needs observation"))
    headers = headers_for(Role.AGENT, family.client)

    def one(letter):
        return lambda: _door(app).post(f"{PATH}/{letter}/approval", headers=headers).status_code

    answers, _ = together([one(letter) for letter in letters])
    assert answers.count(200) == 15
    assert held(family)[0] == promised(family) == rupiah(80_000_000).amount_minor


def test_fifty_requests_for_one_patient_at_once_are_one_letter(app):
    family = make_family(1, rupiah(50_000_000))
    headers = headers_for(Role.AGENT, family.client)
    body = {"member_id": str(family.members[0]), "provider_name": "RS Bunda"}
    answers, _ = together([lambda: _door(app).post(PATH, json=body, headers=headers)] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1


def test_one_letter_issued_fifty_times_at_once_is_held_once(app):
    family = make_family(1, rupiah(50_000_000))
    [letter] = request_letters(family, rupiah(10_000_000))
    answers, _ = issue_over_http(app, family, [letter] * AT_ONCE)
    assert [answer.status_code for answer in answers].count(200) == 1
    assert held(family)[0] == rupiah(10_000_000).amount_minor


def _bill(amount: Money):
    position = {"item": "treatment", "amount": amount, "quantity": 1}
    return service.Discharge((position,), clock.now(), clock.now() - timedelta(days=1))


def _do(family: Family, verb: str, who: int, millions: int) -> None:
    """One thing that may happen to somebody's letter; what the rules refuse does not happen."""
    with working_for(family.client.id, DOCTOR) as scope:
        newest = queries.letters_of(scope, family.members[who], limit=1)
    letter = newest[0].id if newest else None
    amount = rupiah(millions * 1_000_000)
    verbs = {
        "request": lambda scope: service.request(scope, family.members[who], "RS Bunda", told=Told(estimate=amount)),
        "issue": lambda scope: service.issue(scope, letter),
        "confirm": lambda scope: _confirm(scope, letter),
        "extend": lambda scope: service.extend(scope, letter, 1, Told(estimate=amount, reason="Longer")),
        "approve": lambda scope: service.approve(scope, letter),
        "refuse": lambda scope: service.refuse_ask(scope, letter, "Not needed"),
        "void": lambda scope: service.void(scope, letter, "A mistake"),
        "discharge": lambda scope: service.finalise(scope, letter, _bill(amount)),
    }
    if letter is None and verb != "request":
        return
    try:
        with working_for(family.client.id, DOCTOR) as scope:
            verbs[verb](scope)
    except RuleRefused:
        pass


def _confirm(scope, letter):
    hr = scope.as_actor(Actor(Role.HR))
    return service.confirm(hr, letter, "hr_statement", "The card is being printed")


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["request", "issue", "confirm", "extend", "approve", "refuse", "void", "discharge"]),
        st.integers(0, 2),
        st.integers(1, 30),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_what_is_held_is_always_what_open_letters_promise(app, steps):
    family = make_family(3, rupiah(60_000_000), deposit=rupiah(50_000_000))
    for verb, who, millions in steps:
        _do(family, verb, who, millions)
        on_limits, used = held(family)
        assert on_limits == promised(family)
        with working_for(family.client.id) as scope:
            letters = queries.letters_of(scope, limit=200)
        paid = sum(letter.plan_minor or 0 for letter in letters)
        assert used == paid
        assert fund_held(family) == on_limits + paid
        assert on_limits + used <= rupiah(60_000_000).amount_minor


def test_letters_that_lapse_give_back_what_they_held(app):
    family = make_family(2, rupiah(50_000_000), deposit=rupiah(50_000_000))
    letters = request_letters(family, rupiah(10_000_000))
    with working_for(family.client.id, DOCTOR) as scope:
        for letter in letters:
            until = service.issue(scope, letter).valid_until
    assert (held(family)[0], fund_held(family)) == (rupiah(20_000_000).amount_minor,) * 2
    with clock.at(until), working_for(family.client.id) as scope:
        assert service.lapse_due(scope) == 2
    assert (held(family)[0], fund_held(family)) == (0, 0)


def test_a_bill_that_becomes_a_claim_is_not_counted_twice(app):
    family = make_family(1, rupiah(50_000_000))
    [letter] = request_letters(family, rupiah(10_000_000))
    for verb, amount in (("issue", 10), ("confirm", 10), ("discharge", 8)):
        _do(family, verb, 0, amount)
    assert held(family) == (0, rupiah(8_000_000).amount_minor)
    with working_for(family.client.id) as scope:
        used = service.hand_over(scope, queries.letter_to_change(scope, letter), "claim/1")
    assert held(family) == (0, 0)
    assert [(part.benefit, part.amount) for part in used] == [("IP", rupiah(8_000_000))]
