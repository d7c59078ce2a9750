"""A code beside signing in: bound to its purpose and its subject."""

import pytest

from backend.access import working_for
from backend.accounts import codes, service
from backend.errors import TooManyRequests
from backend.kit import ids
from tests.factories.accounts import code_sent_to
from tests.factories.clients import make_client

PHONE = "+6281234500002"


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def asked(client):
    subject = ids.new_id()
    with working_for(client.id) as scope:
        service.request_code(scope, "helpline", subject, PHONE, "whatsapp")
    return subject, code_sent_to(client, f"helpline|{subject}")


def check(client, purpose, subject, code):
    with working_for(client.id) as scope:
        return service.check_code(scope, purpose, subject, code)


def test_the_right_code_is_right_once(client, asked):
    subject, code = asked
    assert check(client, "helpline", subject, code)
    assert not check(client, "helpline", subject, code)


def test_it_is_worth_nothing_for_another_purpose_or_subject(client, asked):
    subject, code = asked
    assert not check(client, "bank_account", subject, code)
    assert not check(client, "helpline", ids.new_id(), code)
    assert check(client, "helpline", subject, code)


def test_five_wrong_guesses_close_it(client, asked):
    subject, code = asked
    for _ in range(5):
        check(client, "helpline", subject, f"{(int(code) + 1) % 10**6:06}")
    assert not check(client, "helpline", subject, code)


def test_the_fourth_request_without_a_success_has_to_wait(client, asked):
    subject, _ = asked
    with working_for(client.id) as scope:
        for _ in range(2):
            service.request_code(scope, "helpline", subject, PHONE, "sms")
        with pytest.raises(TooManyRequests):
            service.request_code(scope, "helpline", subject, PHONE, "sms")


def test_an_envelope_is_opened_once(client, asked):
    subject, code = asked
    with working_for(client.id) as scope:
        (row,) = _codes(scope, subject)
        envelope = codes.take_envelope(scope, row.id)
        assert (envelope.phone, envelope.code, envelope.channel) == (PHONE, code, "whatsapp")
        assert codes.take_envelope(scope, row.id) is None


def _codes(scope, subject):
    return codes.queries.living_codes(scope, "helpline", codes.subject_of(scope, f"helpline|{subject}"))
