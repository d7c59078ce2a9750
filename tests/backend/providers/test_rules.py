import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.providers import rules

places = st.tuples(st.floats(-60, 60), st.floats(-179, 179))


def test_jakarta_to_surabaya_is_a_good_six_hundred_kilometres():
    assert rules.distance_km(-6.1754, 106.8272, -7.2575, 112.7521) == pytest.approx(664, abs=3)


@given(places, places)
def test_the_way_back_is_as_long(one, other):
    assert rules.distance_km(*one, *other) == pytest.approx(rules.distance_km(*other, *one), abs=1e-6)


@given(places, places, st.floats(1, 500))
def test_nothing_within_the_radius_lies_outside_the_box(centre, place, km):
    box = rules.box_around(*centre, km)
    if rules.distance_km(*centre, *place) <= km and abs(centre[1] - place[1]) < 180:
        assert box.south <= place[0] <= box.north
        assert box.west <= place[1] <= box.east


def test_a_name_is_compared_without_accents_and_capitals():
    assert rules.search_name("  Clínica  Índia São JOÃO ") == "clinica india sao joao"


def test_opening_hours_are_read_by_day():
    assert rules.opening_hours("mon-tue 08:00-12:00; tue 13:00-17:00") == {
        "mon": ["08:00-12:00"],
        "tue": ["08:00-12:00", "13:00-17:00"],
    }
    assert rules.opening_hours("24/7")["sun"] == ["00:00-24:00"]
    assert rules.opening_hours("") == {}


@pytest.mark.parametrize("text", ["daily", "mon 8-17", "mon-xyz 08:00-17:00"])
def test_hours_that_cannot_be_read_are_named(text):
    with pytest.raises(ValueError, match=text):
        rules.opening_hours(text)
