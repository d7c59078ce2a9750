import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.branding.rules.colours import APART, EYES, STATUS, colour_defects, contrast, distance
from backend.branding.rules.leaks import leaks
from backend.branding.rules.merging import merge
from backend.branding.rules.palette import derive
from tests.backend.branding.palettes import DEFAULTS, STATUS_COLOURS

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
    found = list(colour_defects("light", {**DEFAULTS["light"], "muted": "#999999", "surface": "#ffffff"}))
    pairs = {(one.figures["text"], one.figures["ground"]) for one in found if one.reason == "branding.contrast_text"}
    assert pairs == {("muted", "page"), ("muted", "surface")}
    assert {one.figures["ratio"] for one in found} >= {2.84}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_default_palette_has_no_defect(scheme: str):
    assert list(colour_defects(scheme, DEFAULTS[scheme])) == []


def test_a_button_that_melts_into_the_page_is_named():
    found = list(colour_defects("light", {**DEFAULTS["light"], "brand": "#d8e4e1", "on_brand": "#000000"}))
    assert ("branding.contrast_control", "brand", "page") in {
        (one.reason, one.figures["text"], one.figures["ground"]) for one in found
    }


def test_red_and_green_of_the_same_lightness_are_named_with_the_eye_that_cannot_tell_them():
    found = list(colour_defects("light", {**DEFAULTS["light"], "good": "#4f6f1e", "bad": "#9a3d1c"}))
    alike = [one.figures for one in found if one.reason == "branding.status_alike"]
    assert [
        (one["one"], one["other"], one["eye"]) for one in alike if one["other"] == "bad" and one["one"] == "good"
    ] == [("good", "bad", "deutan")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_every_eye_tells_the_default_status_colours_apart(scheme: str, eye: str):
    colours = [DEFAULTS[scheme][name] for name in STATUS]
    apart = [distance(one, other, eye) for at, one in enumerate(colours) for other in colours[at + 1 :]]
    assert min(apart) >= APART


@pytest.mark.requirement("S0-87")
@settings(max_examples=60, deadline=None)
@given(hexes, st.none() | hexes)
@example("#ffffff", None)
@example("#000000", None)
@example("#ffff00", "#ffff00")
def test_any_colour_a_company_brings_gives_two_readable_palettes(brand: str, accent: str | None):
    for scheme, palette in derive(brand, accent, status=STATUS_COLOURS).items():
        assert list(colour_defects(scheme, palette)) == []
        assert set(palette) == set(DEFAULTS[scheme])


def test_a_colour_that_reads_well_is_left_as_it_is():
    assert derive("#0b5d3b", status=STATUS_COLOURS)["light"]["brand"] == "#0b5d3b"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Powered by Twilio", ["twilio"]),
        ("careline.example.org", ["careline"]),
        ("Selamat datang di INDICO Saúde", ["Indico Saúde"]),
        ("a rasa of spices, rasanya enak", ["rasa"]),
        ("kesehatan terasa mudah", []),
        ("Indicoes", []),
    ],
)
def test_a_foreign_name_is_found_as_a_whole_word_in_any_case(text: str, found: list[str]):
    assert [one.figures["name"] for one in leaks({"mail": text}, ["Indico Saúde"])] == found


def test_a_leak_says_where_and_beside_what():
    (leak,) = leaks({"mail claim_paid (id)": "Dikirim lewat Twilio, terima kasih"}, [])
    assert leak.figures == {
        "artefact": "mail claim_paid (id)",
        "name": "twilio",
        "beside": "Dikirim lewat Twilio, terima kasih",
    }
