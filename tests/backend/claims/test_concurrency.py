"""Two hands on one claim at the same moment: a phone that retries while the first answer is still under way."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from backend.access import working_for
from backend.claims import queries, service
from backend.errors import Conflict
from tests.factories.claims import Household, make_claim, make_household, make_paper


@pytest.fixture
def home(app) -> Household:
    return make_household(sign_in=False)


def _together(*verbs):
    """Run the verbs in threads that start at the same time; gives back what each returned or raised."""
    start = Barrier(len(verbs))

    def run(verb):
        start.wait()
        try:
            return verb()
        except Conflict as refusal:
            return refusal.reason

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def _history(home, claim):
    with working_for(home.client.id) as scope:
        return [event.status for event in queries.history_of(scope, claim.id)]


def test_two_submissions_at_once_hand_in_once(home):
    claim = make_claim(home)

    def submit():
        with working_for(home.client.id, home.actor) as scope:
            return service.submit_claim(scope, claim.id).status

    assert _together(submit, submit) == ["submitted", "submitted"]
    assert _history(home, claim) == ["draft", "submitted"]


def test_the_same_photo_attached_twice_at_once_is_attached_once(home):
    claim = make_claim(home, papers=())
    with working_for(home.client.id) as scope:
        paper = make_paper(scope, home.employee_id)

    def attach():
        with working_for(home.client.id, home.actor) as scope:
            return service.add_document(scope, claim.id, paper, "original_receipt").status

    assert _together(attach, attach) == ["draft", "draft"]
    with working_for(home.client.id) as scope:
        assert len(queries.attached_to(scope, claim.id)) == 1


def test_withdrawing_while_submitting_ends_withdrawn_whoever_was_first(home):
    claim = make_claim(home)

    def submit():
        with working_for(home.client.id, home.actor) as scope:
            return service.submit_claim(scope, claim.id).status

    def withdraw():
        with working_for(home.client.id, home.actor) as scope:
            return service.withdraw_claim(scope, claim.id).status

    answers = _together(submit, withdraw)
    assert answers in (["submitted", "withdrawn"], ["claims.wrong_status", "withdrawn"])
    assert _history(home, claim)[-1] == "withdrawn"
