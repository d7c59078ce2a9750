"""Search at the desk: numbers, names, words of the thread; from an index, within one client."""

import psycopg
import pytest
from psycopg import sql

from backend.access import Role, working_for
from backend.helpline.models import HelplineCase
from backend.members.models import Member
from tests.factories.accounts import headers_for
from tests.factories.cases import make_case, make_message
from tests.factories.claims import make_household
from tests.factories.members import make_card

CASES = "/api/v1/cases"
_MANY_MESSAGES = """
INSERT INTO message (client_id, id, created_at, conversation_id, direction, author, channel, language, text, args,
                     buttons, media)
SELECT %s, gen_random_uuid(), now(), %s, 'in', 'member', 'app', 'pt', md5(n::text), '{}', '[]', '[]'
  FROM generate_series(1, 20000) n
"""
_MANY_MEMBERS = """
INSERT INTO member (client_id, id, created_at, number, relationship, full_name, birth_date, sex, language)
SELECT %s, gen_random_uuid(), now(), 'X' || n, 'employee', md5(n::text), '1990-01-01', 'male', 'pt'
  FROM generate_series(1, 5000) n
"""


@pytest.fixture(scope="module")
def home(app):
    household = make_household()
    with working_for(household.client.id) as scope:
        scope.session.get_one(Member, (household.client.id, household.employee_id)).full_name = "João Conceição Tembe"
        make_card(scope, household.employee_id, number="907000004321")
    return household


@pytest.fixture(scope="module")
def case(home):
    made = make_case(home, words="A cirurgia do meu filho foi adiada")
    with working_for(home.client.id) as scope:
        make_message(scope, made.conversation_id, "o hospital pede 100% adiantado")
    make_case(make_household(), words="cirurgia de outra pessoa")
    return made


@pytest.fixture
def found(http, home, case):
    headers = headers_for(Role.AGENT, home.client)

    def search(words: str, more: str = "") -> list[str]:
        answer = http.get(f"{CASES}{more}", query_string={"q": words}, headers=headers)
        return [item["number"] for item in answer.json["items"]]

    return search


@pytest.mark.parametrize(
    "words",
    [
        "cirurgia",
        "CIRURGIÁ",  # accents and capitals do not matter
        "cirurgia hospital",  # two words of two messages
        "adiant",  # a part of a word
        "100%",  # not a wildcard
        "joao",
        "conceicao joão",
        "9070 0000 4321",
    ],
)
def test_a_case_is_found(found, case, words):
    assert found(words) == [case.number]


def test_a_case_is_found_by_its_number_or_the_end_of_it(found, case):
    digits = case.number.replace("-", "")
    assert {tuple(found(words)) for words in (case.number, digits, digits[-4:], digits[-6:])} == {(case.number,)}


def test_a_case_is_found_by_the_member_number(found, case, home):
    with working_for(home.client.id) as scope:
        number = scope.session.get_one(Member, (home.client.id, home.employee_id)).number
    assert found(number.lower()) == [case.number]


@pytest.mark.parametrize("words", ["baggage", "cirurgia bagagem", "%%%", "cirur_ia", "xy", "0000"])
def test_what_is_not_there_is_not_found(found, words):
    assert found(words) == []


def test_a_closed_case_is_found_too(found, home):
    closed = make_case(home, words="palavra encerrada")
    with working_for(home.client.id) as scope:
        scope.session.get_one(HelplineCase, (home.client.id, closed.id)).state = "closed"
    assert found("encerrada") == [closed.number]


def test_the_real_search_reads_the_indexes_of_words(case, home, database_urls):
    """Among 20,000 messages and 5,000 members the planner chooses them by itself."""
    with psycopg.connect(database_urls[1]) as owner:
        owner.execute("SELECT app_begin(%s, NULL)", [home.client.id])
        owner.execute(_MANY_MESSAGES, [home.client.id, case.conversation_id])
        owner.execute(_MANY_MEMBERS, [home.client.id])
        owner.execute("ANALYZE message, member")
        (body,) = owner.execute("SELECT prosrc FROM pg_proc WHERE proname = 'search_cases'").fetchone()
        query = body.replace("p_words", "ARRAY['cirurgia', 'hospital']").replace("p_limit", "500")
        plan = "\n".join(line for (line,) in owner.execute("EXPLAIN " + query).fetchall())
        owner.rollback()
    assert "Index Scan on ix_message_words" in plan
    assert "Index Scan on ix_member_words" in plan


def test_the_application_itself_reads_messages_of_its_client_only(case, home, settings):
    """The owner's way into the words of all clients is open to the one function, not to the application."""
    with psycopg.connect(settings.database_url) as application:
        application.execute("SELECT app_begin(%s, NULL)", [home.client.id])
        for table in ("message", "member"):
            clients = sql.SQL("SELECT DISTINCT client_id FROM {}").format(sql.Identifier(table))
            assert application.execute(clients).fetchall() == [(home.client.id,)]
