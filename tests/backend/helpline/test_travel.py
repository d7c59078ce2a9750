"""Care away from home: what somebody asks to have arranged, and how far each need is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.access import Role, working_for
from backend.helpline.rules import travel as rules
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.travel import travel_wanted
from backend.kit.refusal import Refusal
from tests.factories.accounts import headers_for, make_staff
from tests.factories.cases import make_case
from tests.factories.claims import make_household

LEXICONS = tuple(lexicons().values())
WISHES = [
    ("booking", "tolong atur perjalanan saya", "please book a trip for me", "podem marcar a viagem"),
    ("visa", "butuh bantuan visa", "I need help with a visa", "preciso de um visto"),
    ("tickets", "tolong pesankan tiket pesawat", "please get us tickets", "podem reservar os bilhetes"),
    ("lodging", "tolong carikan penginapan", "can you find us a hotel", "preciso de alojamento"),
    ("translator", "saya perlu penerjemah", "we need an interpreter", "precisamos de um intérprete"),
    ("transport", "minta jemputan dari rumah", "please pick my mother up", "preciso de transporte"),
    ("mobility", "butuh kursi roda di sana", "she needs a wheelchair there", "precisamos de cadeira de rodas"),
    ("meals", "tolong makanan untuk keluarga", "please arrange meals", "preciso de refeições"),
    ("money", "butuh uang muka", "I need an advance", "preciso de um adiantamento"),
]
SAID = [(need, text) for need, *texts in WISHES for text in texts]


@pytest.mark.requirement("S2-15", "S2-16", "S2-17", "S2-18", "S2-19", "S2-20", "S2-21", "S2-22", "S2-23", "S2-24")
@pytest.mark.parametrize(("need", "text"), SAID)
def test_each_need_is_understood_in_each_language(need, text):
    assert need in (travel_wanted(text, LEXICONS) or ())


@pytest.mark.requirement("S2-15")
@pytest.mark.parametrize(
    "text",
    [
        "tolong bantu berobat ke luar negeri",
        "please help with treatment abroad",
        "podem organizar tratamento no estrangeiro",
    ],
)
def test_the_journey_alone_is_understood(text):
    assert travel_wanted(text, LEXICONS) is not None


@pytest.mark.parametrize(
    "text",
    [
        "is the hotel covered",
        "how do I claim my flight ticket",
        "apakah transportasi ditanggung",
        "mau klaim tiket",
        "o hotel está coberto?",
        "reembolso do bilhete por favor",
        "please send my card",
        "klinik terdekat di mana",
        "preciso de uma consulta",
    ],
)
def test_a_question_about_cover_or_a_claim_arranges_nothing(text):
    assert travel_wanted(text, LEXICONS) is None


@pytest.mark.requirement("S2-15")
@given(st.lists(st.sampled_from(rules.NEEDS), max_size=6), st.sampled_from(rules.NEEDS))
def test_what_is_arranged_stays_arranged_whatever_is_asked_again(asked, need):
    travel = rules.begun(None, [need])
    travel = rules.arranged(travel, need, "arranged", "Booked")
    for more in asked:
        travel = rules.begun(travel, [more])
    assert travel["needs"][need] == {"state": "arranged", "detail": "Booked"}
    assert set(rules.open_needs(travel)) == set(asked) - {need}


@pytest.mark.parametrize(
    ("travel", "state", "detail", "reason"),
    [
        (None, "arranged", "x", rules.NOT_ASKED),
        ({"needs": {}}, "arranged", "  ", rules.NO_DETAIL),
        ({"needs": {}}, "declined", "", rules.NO_DETAIL),
    ],
)
def test_what_cannot_be_arranged_says_why(travel, state, detail, reason):
    refused = rules.arranged(travel, "hotel", state, detail)
    assert isinstance(refused, Refusal)
    assert refused.reason == reason


class TestAtTheDesk:
    """A person arranges need by need."""

    @pytest.fixture
    def home(self, app):
        return make_household()

    @pytest.fixture
    def case(self, home):
        return make_case(home, reason="travel", filled={"travel": rules.begun(None, ["lodging", "tickets"])})

    @pytest.fixture
    def sari(self, home):
        return headers_for(Role.AGENT, home.client, staff_id=make_staff(home.client, Role.AGENT, name="Sari"))

    @pytest.mark.requirement("S2-15", "S2-19")
    def test_a_need_is_arranged_with_how_and_stands_in_the_case(self, http, case, sari):
        body = {"need": "lodging", "state": "arranged", "how": "Guest house beside the hospital, 3 nights"}
        seen = http.put(f"/api/v1/cases/{case.id}/travel-needs", json=body, headers=sari).json
        assert seen["filled"]["travel"]["needs"]["lodging"] == {"state": "arranged", "detail": body["how"]}
        assert seen["filled"]["travel"]["needs"]["tickets"]["state"] == "asked"
        step = seen["events"][-1]
        assert (step["kind"], step["text"], step["facts"], step["by"]["name"]) == (
            "travel_need",
            body["how"],
            {"need": "lodging", "state": "arranged"},
            "Sari",
        )

    def test_without_how_nothing_is_arranged(self, http, case, sari):
        body = {"need": "lodging", "state": "arranged"}
        refused = http.put(f"/api/v1/cases/{case.id}/travel-needs", json=body, headers=sari)
        assert (refused.status_code, refused.json["reason"]) == (409, "helpline.travel_no_detail")

    def test_a_colleagues_journey_is_left_alone(self, http, home, case, sari):
        budi = headers_for(Role.AGENT, home.client)
        assert http.post(f"/api/v1/cases/{case.id}/take", headers=budi).status_code == 200
        body = {"need": "lodging", "state": "declined", "how": "x"}
        refused = http.put(f"/api/v1/cases/{case.id}/travel-needs", json=body, headers=sari)
        assert refused.json["reason"] == "helpline.taken_by_other"
        with working_for(home.client.id) as scope:
            assert scope.client_id == case.client_id
