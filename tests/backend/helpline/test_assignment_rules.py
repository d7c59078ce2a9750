"""Who is offered a waiting case: a table, and what holds whoever is there."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.helpline.rules.assignment import Person, Waiting, choose, needs_anybody


def _person(number: int, languages="id en", *, doctor=False, capacity=3, has=0) -> Person:
    return Person(UUID(int=number), languages.split(), doctor, capacity, has)


CASE = Waiting("helpline", "id", "normal")
TABLE = [
    pytest.param(CASE, [], None, id="nobody on duty: it stays in the queue"),
    pytest.param(CASE, [_person(1, has=2), _person(2, has=1)], 2, id="the fewest cases"),
    pytest.param(CASE, [_person(1, has=1), _person(2, has=1, capacity=5)], 2, id="then the most room"),
    pytest.param(CASE, [_person(1, has=3), _person(2, has=2)], 2, id="nobody over capacity"),
    pytest.param(CASE, [_person(1, has=3)], None, id="everybody full: it stays"),
    pytest.param(replace(CASE, priority="urgent"), [_person(1, has=4), _person(2, has=3)], 2, id="but no emergency"),
    pytest.param(CASE, [_person(1, "en"), _person(2, "id", has=2)], 2, id="the language before the load"),
    pytest.param(CASE, [_person(1, "en"), _person(2, "id", has=3)], None, id="a full speaker is waited for"),
    pytest.param(CASE, [_person(1, "en"), _person(2, "pt", has=1)], 1, id="no speaker on duty: anybody"),
    pytest.param(CASE, [_person(1, doctor=True)], None, id="a doctor is no agent"),
    pytest.param(replace(CASE, desk="doctor"), [_person(1), _person(2, doctor=True, has=2)], 2, id="nor the reverse"),
    pytest.param(replace(CASE, passed=[UUID(int=1)]), [_person(1), _person(2, has=2)], 2, id="who let it pass is last"),
    pytest.param(replace(CASE, passed=[UUID(int=1)]), [_person(1)], 1, id="but still there"),
]


@pytest.mark.requirement("S0-95")
@pytest.mark.parametrize(("case", "people", "chosen"), TABLE)
def test_a_case_finds_its_person(case, people, chosen):
    assert choose(case, people) == (UUID(int=chosen) if chosen else None)


PEOPLE = st.lists(
    st.builds(
        Person,
        st.uuids(),
        st.lists(st.sampled_from(["id", "en", "pt"]), max_size=3),
        st.booleans(),
        st.integers(0, 4),
        st.integers(0, 5),
    ),
    max_size=6,
)
CASES = st.builds(
    Waiting,
    st.sampled_from(["helpline", "doctor"]),
    st.sampled_from(["id", "en", "pt"]),
    st.sampled_from(["urgent", "high", "normal"]),
)


@given(CASES, PEOPLE)
def test_whoever_is_chosen_is_able_and_nobody_better_was_passed_over(case, people):
    chosen = next((person for person in people if person.staff_id == choose(case, people)), None)
    able = [person for person in people if person.doctor == (case.desk == "doctor")]
    if chosen is None:
        assert not any(person.is_free and case.language in person.languages for person in able)
        assert case.priority != "urgent" or not able
        return
    assert chosen in able
    assert chosen.is_free or case.priority == "urgent"
    speakers = [person for person in able if case.language in person.languages]
    assert not speakers or chosen in speakers
    rivals = [person for person in (speakers or able) if person.is_free]
    assert all(chosen.open_cases <= rival.open_cases for rival in rivals)


@given(CASES, PEOPLE)
def test_the_order_of_the_list_decides_nothing(case, people):
    assert choose(case, people) == choose(case, people[::-1])


@pytest.mark.requirement("S0-92")
@pytest.mark.parametrize(
    ("desk", "priority", "doctors", "anybody"),
    [
        ("doctor", "urgent", 0, True),
        ("doctor", "urgent", 1, False),
        ("doctor", "high", 0, False),
        ("helpline", "urgent", 0, False),
    ],
)
def test_an_emergency_does_not_wait_for_a_doctor_who_is_not_there(desk, priority, doctors, anybody):
    assert needs_anybody(Waiting(desk, "id", priority), doctors) is anybody
