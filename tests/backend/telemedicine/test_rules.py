from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend import languages
from backend.kit.refusal import Refusal
from backend.telemedicine import complaints_asked
from backend.telemedicine.rules import appointments, certificates, cover, states, triage
from backend.telemedicine.rules.appointments import Duty
from backend.telemedicine.rules.cover import Line
from backend.telemedicine.rules.states import Move, Mover, Standing, State
from backend.telemedicine.rules.triage import Judged, Patient, Question

ANNA, BIMA = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw pays for a loaded machine
@given(st.lists(st.sampled_from(Move), max_size=12), st.sampled_from([State.WAITING, State.SCHEDULED]))
def test_what_is_over_stays_over_whatever_is_said(moves, state):
    over = False
    for move in moves:
        following = states.after(state, move)
        if over:
            assert following is None
        state = following or state
        over = state not in states.OPEN


def test_every_state_can_be_reached_and_left_by_the_table_only():
    reached = {State.WAITING, State.SCHEDULED}
    while True:
        more = {to for (at, _), to in states.TRANSITIONS.items() if at in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(State)
    assert {at for at, _ in states.TRANSITIONS} == set(states.OPEN)


def of(state, doctor=None, **facts):
    return Standing(state, doctor, **facts)


@pytest.mark.parametrize(
    ("move", "standing", "who", "reason"),
    [
        (Move.TAKE, of(State.WAITING), Mover("doctor", ANNA), None),
        (Move.TAKE, of(State.CALLED, BIMA), Mover("doctor", ANNA), states.TAKEN_BY_OTHER),
        (Move.TAKE, of(State.IN_PROGRESS, BIMA), Mover("doctor", ANNA), states.TAKEN_BY_OTHER),
        (Move.TAKE, of(State.CANCELLED), Mover("doctor", ANNA), states.WRONG_STATE),
        (Move.TAKE, of(State.SCHEDULED, ANNA, starts_at=NOW + timedelta(minutes=5)), Mover("doctor", ANNA), None),
        (
            Move.TAKE,
            of(State.SCHEDULED, ANNA, starts_at=NOW + timedelta(minutes=11)),
            Mover("doctor", ANNA),
            states.TOO_EARLY,
        ),
        (
            Move.TAKE,
            of(State.SCHEDULED, BIMA, starts_at=NOW + timedelta(minutes=5)),
            Mover("doctor", ANNA),
            states.TAKEN_BY_OTHER,
        ),
        (Move.MISS, of(State.CALLED, ANNA, called_at=NOW), Mover("doctor", ANNA), states.STILL_TIME),
        (Move.MISS, of(State.CALLED, ANNA, called_at=NOW - states.COMES_WITHIN), Mover("doctor", ANNA), None),
        (Move.MISS, of(State.IN_PROGRESS, ANNA), Mover("doctor", ANNA), states.WRONG_STATE),
        (Move.END, of(State.IN_PROGRESS, ANNA), Mover("doctor", ANNA), states.NO_DIAGNOSIS),
        (Move.END, of(State.IN_PROGRESS, ANNA, has_diagnosis=True), Mover("doctor", ANNA), None),
        (Move.END, of(State.IN_PROGRESS, BIMA, has_diagnosis=True), Mover("doctor", ANNA), states.NOT_YOURS),
        (Move.PUT_BACK, of(State.IN_PROGRESS, BIMA), Mover("doctor", ANNA), states.NOT_YOURS),
        (Move.CANCEL, of(State.WAITING), Mover("member"), None),
        (Move.CANCEL, of(State.CALLED, ANNA), Mover("member"), None),
        (Move.CANCEL, of(State.IN_PROGRESS, ANNA), Mover("member"), states.WRONG_STATE),
        (Move.JOIN, of(State.WAITING), Mover("member"), states.WRONG_STATE),
        (Move.JOIN, of(State.CALLED, ANNA), Mover("member"), None),
        (Move.DIVERT, of(State.WAITING), Mover("doctor", ANNA), None),
        (Move.DIVERT, of(State.ENDED, ANNA), Mover("doctor", ANNA), states.WRONG_STATE),
    ],
)
def test_who_may_move_a_consultation(move, standing, who, reason):
    refusal = states.may(move, standing, who, NOW)
    assert (refusal and refusal.reason) == reason


def test_the_same_word_again_is_no_mistake_but_only_from_the_same_doctor():
    mine = of(State.CALLED, ANNA)
    assert states.is_said_again(mine, Move.TAKE, Mover("doctor", ANNA))
    assert not states.is_said_again(mine, Move.TAKE, Mover("doctor", BIMA))
    assert states.is_said_again(of(State.CANCELLED), Move.CANCEL, Mover("member"))


WOMAN, MAN, BABY = Patient("female", 30), Patient("male", 40), Patient("female", 0)
ASKED = (
    Question("breathing", "yes_no", danger=True),
    Question("days", "number", least=0, most=365),
    Question("pressure", "number", least=50, most=280, danger_from=180, soon_from=160, optional=True),
    Question("spreads", "choice", choices=("no", "fast"), danger_choices=("fast",)),
    Question("pregnant", "yes_no", soon=True, asked_of="female", from_years=12, until_years=55),
    Question("told", "text", optional=True),
)
FINE = {"breathing": False, "days": 2, "spreads": "no"}


@pytest.mark.requirement("S0-84")
@pytest.mark.parametrize(
    ("answers", "patient", "said"),
    [
        (FINE, MAN, Judged((), triage.USUAL)),
        (FINE | {"pregnant": True}, WOMAN, Judged((), triage.SOON)),
        (FINE | {"pregnant": True}, MAN, Judged((), triage.USUAL)),
        (FINE | {"pressure": 165}, MAN, Judged((), triage.SOON)),
        (FINE | {"pressure": 180}, MAN, Judged(("pressure",), triage.SOON)),
        (FINE | {"spreads": "fast"}, MAN, Judged(("spreads",), triage.SOON)),
        ({"breathing": True}, MAN, Judged(("breathing",), triage.SOON)),  # the rest need not be answered
        ({"breathing": False}, MAN, Refusal(triage.ANSWERS_MISSING, {"questions": ["days", "spreads"]})),
        (FINE, WOMAN, Refusal(triage.ANSWERS_MISSING, {"questions": ["pregnant"]})),
        (FINE | {"days": 400}, MAN, Refusal(triage.ANSWER_UNCLEAR, {"questions": ["days"]})),
        (FINE | {"breathing": "yes"}, MAN, Refusal(triage.ANSWER_UNCLEAR, {"questions": ["breathing"]})),
        (FINE | {"spreads": "perhaps"}, MAN, Refusal(triage.ANSWER_UNCLEAR, {"questions": ["spreads"]})),
    ],
)
def test_answers_are_judged_danger_first(answers, patient, said):
    assert triage.judge(ASKED, answers, patient) == said


_ANSWER = st.one_of(st.none(), st.booleans(), st.integers(-5, 500), st.text(max_size=5))


@given(st.dictionaries(st.sampled_from([one.code for one in ASKED]), _ANSWER), st.sampled_from([WOMAN, MAN, BABY]))
def test_a_yes_to_danger_is_never_put_into_a_queue(answers, patient):
    judged = triage.judge(ASKED, answers | {"breathing": True}, patient)
    assert isinstance(judged, Judged)
    assert "breathing" in judged.danger


@given(st.dictionaries(st.sampled_from([one.code for one in ASKED]), _ANSWER), st.sampled_from([WOMAN, MAN, BABY]))
def test_only_answers_that_can_be_read_are_kept(answers, patient):
    kept = triage.kept(ASKED, answers, patient)
    again = triage.judge(ASKED, FINE | {"pregnant": False} | kept, patient)
    assert isinstance(again, Judged)


def test_every_complaint_asks_about_danger_in_every_language():
    for code, complaint in complaints_asked.complaints().items():
        assert set(complaint.names) == set(languages.LANGUAGES)
        codes = [question.code for question in complaint.questions]
        assert len(set(codes)) == len(codes), code
        assert sum(question.danger for question in complaint.questions) >= 6


def test_a_question_has_one_wording_wherever_it_stands():
    paths = sorted(complaints_asked._FOLDER.glob("*.yml"))
    every = [question["code"] for path in paths for question in complaints_asked._read(path.stem)["questions"]]
    assert len(set(every)) == len(every)
    for code in every:
        raw = complaints_asked._raw()[code]
        assert set(raw["words"]) == set(languages.LANGUAGES)
        assert all(set(words) == set(languages.LANGUAGES) for words in raw.get("choice_words", {}).values())
        assert set(raw.get("choices", [])) == set(raw.get("choice_words", {}))


def test_a_man_is_not_offered_what_only_women_have():
    offered = {one["code"] for one in complaints_asked.offered(MAN, "en")}
    assert {one["code"] for one in complaints_asked.offered(WOMAN, "en")} - offered == {"women"}


TODAY = date(2026, 11, 28)
GP, SPECIALIST = Line("OP-GP", "outpatient", False), Line("OP-SP", "outpatient", True)
LATER = Line("OP-GP", "outpatient", False, pays_from=date(2026, 12, 1))


@pytest.mark.requirement("S0-84")
@pytest.mark.parametrize(
    ("lines", "wanted", "said"),
    [
        ([SPECIALIST, GP], "outpatient", GP),
        ([SPECIALIST, GP], "OP-SP", SPECIALIST),  # named by the contract
        ([SPECIALIST], "outpatient", Refusal(cover.NOT_IN_PLAN)),
        ([], "outpatient", Refusal(cover.NOT_IN_PLAN)),
        ([LATER], "outpatient", Refusal(cover.STILL_WAITING, {"from": date(2026, 12, 1)})),
        ([GP], "none", Refusal(cover.NOT_IN_PLAN)),
    ],
)
def test_the_contract_says_which_benefit_pays(lines, wanted, said):
    assert cover.benefit_for(lines, wanted, TODAY) == said


DAY = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
SHIFTS = [
    Duty(ANNA, DAY, DAY + timedelta(hours=1), ("id",)),
    Duty(BIMA, DAY + timedelta(minutes=20), DAY + timedelta(hours=1)),
]


def test_times_are_quarters_in_which_somebody_is_on_duty_to_the_end():
    free = appointments.slots(SHIFTS, set(), DAY, DAY + timedelta(hours=4))
    assert [(moment - DAY).seconds // 60 for moment in free] == [0, 15, 30, 45]
    assert free[DAY] == [ANNA]
    assert free[DAY + timedelta(minutes=30)] == [ANNA, BIMA]


def test_a_booked_time_is_offered_by_the_other_doctor_only():
    moment = DAY + timedelta(minutes=30)
    assert appointments.slots(SHIFTS, {(ANNA, moment)}, DAY, DAY + timedelta(hours=1))[moment] == [BIMA]


@pytest.mark.parametrize(
    ("language", "booked", "who"),
    [
        ("id", set(), ANNA),
        ("en", set(), BIMA),  # whose languages nobody limited
        ("id", {(ANNA, DAY + timedelta(minutes=30))}, BIMA),
    ],
)
def test_the_doctor_of_a_time_speaks_the_members_language_and_is_free(language, booked, who):
    moment = DAY + timedelta(minutes=30)
    assert appointments.doctor_for(SHIFTS, booked, moment, DAY - timedelta(hours=2), language) == who


@pytest.mark.parametrize("now", [DAY + timedelta(minutes=1), DAY - timedelta(days=15)])
def test_a_time_too_near_or_too_far_is_gone(now):
    moment = DAY + timedelta(minutes=30)
    assert appointments.doctor_for(SHIFTS, set(), moment, now, "id") == Refusal(appointments.SLOT_GONE)


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (TODAY, TODAY, None),
        (TODAY, date(2026, 11, 30), None),
        (date(2026, 11, 29), date(2026, 11, 30), None),
        (TODAY, date(2026, 12, 1), certificates.REST_TOO_LONG),
        (date(2026, 11, 27), TODAY, certificates.REST_TOO_EARLY),
        (date(2026, 11, 30), date(2026, 11, 30), certificates.REST_TOO_EARLY),
        (TODAY, date(2026, 11, 27), certificates.REST_BACKWARDS),
    ],
)
def test_rest_is_certified_from_today_for_as_long_as_the_contract_lets(first, last, reason):
    refusal = certificates.rest_problem(first, last, TODAY, 3)
    assert (refusal and refusal.reason) == reason


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2026, 11, 29), None),
        (TODAY, certificates.FOLLOW_UP_PAST),
        (date(2028, 1, 1), certificates.FOLLOW_UP_FAR),
    ],
)
def test_a_follow_up_lies_ahead_within_a_year(on, reason):
    refusal = certificates.follow_up_problem(on, TODAY)
    assert (refusal and refusal.reason) == reason
