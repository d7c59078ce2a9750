import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.branding.rules import TEXT_ON_GROUND, contrast, merge, unreadable

hexes = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
trees = st.recursive(
    st.integers(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=8
)
files = st.dictionaries(st.sampled_from("abc"), trees, max_size=3)


def test_a_clients_value_wins_and_its_neighbours_stay():
    merged = merge({"colours": {"brand": "x", "text": "y"}, "name": "d"}, {"colours": {"brand": "z"}})
    assert merged == {"colours": {"brand": "z", "text": "y"}, "name": "d"}


def test_a_list_is_replaced_not_joined():
    assert merge({"languages": ["id", "en"]}, {"languages": ["pt"]}) == {"languages": ["pt"]}


@given(files)
def test_an_empty_file_changes_nothing(defaults: dict):
    assert merge(defaults, {}) == defaults


@given(files, files)
def test_a_file_laid_over_twice_is_laid_over_once(defaults: dict, own: dict):
    once = merge(defaults, own)
    assert merge(once, own) == once


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)]
)
def test_contrast_is_that_of_the_accessibility_guidelines(one: str, other: str, ratio: float):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(hexes, hexes)
def test_contrast_does_not_depend_on_which_colour_is_the_text(one: str, other: str):
    assert contrast(one, other) == contrast(other, one)


def test_grey_on_grey_is_named_with_its_ratio():
    palette = {name: "#ffffff" for pair in TEXT_ON_GROUND for name in pair} | {
        name: "#000000" for name, _ in TEXT_ON_GROUND
    }
    palette |= {"brand": "#000000", "on_brand": "#ffffff", "muted": "#999999"}
    found = unreadable("dark", palette)
    assert {(pair.text, pair.ground) for pair in found} == {("muted", "page"), ("muted", "surface")}
    assert found[0].ratio == pytest.approx(2.85, abs=0.01)
