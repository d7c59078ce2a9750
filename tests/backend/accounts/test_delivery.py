"""The worker's half: a code reaches a member's phone, in the member's language, and nobody else's."""

import psycopg
import pytest

from backend.access import working_for
from tests.backend.accounts.test_sign_in import NOBODY, PHONE, ask, enter
from tests.factories.accounts import code_sent_to
from tests.factories.clients import make_client
from tests.factories.members import make_member


@pytest.fixture
def client(app):
    made = make_client()
    with working_for(made.id) as scope:
        make_member(scope, phone=PHONE, language="id")
    return made


def outbox(settings, client, phone):
    with psycopg.connect(settings.database_url) as connection:
        return connection.execute(
            "SELECT channel, text FROM rehearsal_message WHERE client = %s AND address LIKE %s",
            [client.slug, f"%{phone}"],
        ).fetchall()


def test_a_member_gets_the_code_and_signs_in_with_it(http, client, run_jobs, settings):
    ask(http, client)
    code = code_sent_to(client, PHONE)
    run_jobs()
    ((by, text),) = outbox(settings, client, PHONE)
    assert by == "sms"
    assert code in text
    assert enter(http, client, code).status_code == 201


def test_it_is_written_in_the_members_language(http, client, run_jobs, settings):
    ask(http, client)
    run_jobs()
    ((_, text),) = outbox(settings, client, PHONE)
    assert "kode" in text.lower()


def test_a_number_that_belongs_to_nobody_gets_nothing(http, client, run_jobs, settings):
    ask(http, client, phone=NOBODY)
    run_jobs()
    assert outbox(settings, client, NOBODY) == []
    assert code_sent_to(client, NOBODY) is None


def test_nothing_of_it_is_logged(http, client, run_jobs, capfd):
    ask(http, client)
    code = code_sent_to(client, PHONE)
    run_jobs()
    enter(http, client, code)
    logged = "".join(capfd.readouterr())
    assert code not in logged
    assert PHONE not in logged
    assert PHONE.lstrip("+62") not in logged
