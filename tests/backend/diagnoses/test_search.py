import pytest

from backend import diagnoses, languages
from backend.diagnoses.book import codes

COMMON = """
    J00 J02.9 J06.9 J11.1 J20.9 J45.9 I10 I11.9 I25.1 E11.9 E78.5 A01.0 A09.9 K02.1 K04.0 K04.1 K05.1 K08.1 K29.7 K30
    M54.5 M79.1 R50.9 R51 G44.2 L20.9 H10.9 H52.1 H66.9 N18.9 N39.0 D64.9 B34.9 O80.9 Z00.0 Z34.9 Z76.0
    A90 A91 A97.0 A97.9
"""


@pytest.mark.requirement("S0-26")
@pytest.mark.parametrize(
    ("said", "language", "code"),
    [
        ("mencret", "id", "A09.9"),
        ("demam berdarah", "id", "A91"),
        ("DBD", "id", "A91"),
        ("dengue", "en", "A97.9"),
        ("darah tinggi", "id", "I10"),
        ("tensão alta", "pt", "I10"),
        ("high blood pressure", "en", "I10"),
        ("kencing manis", "id", "E11.9"),
        ("sakit kepala", "id", "R51"),
        ("dor de cabeça", "pt", "R51"),
        ("headache", "en", "R51"),
        ("paludismo", "pt", "B54"),
        ("maag", "id", "K29.7"),
        ("fracture of femur", "en", "S72"),
        ("resep ulang", "id", "Z76.0"),
    ],
)
def test_what_people_say_comes_first_in_each_language(said, language, code):
    assert diagnoses.search(said, language)[0].code == code


@pytest.mark.parametrize(
    ("mistyped", "language", "code"),
    [
        ("demm berdara", "id", "A91"),
        ("hipertensao", "pt", "I10"),
        ("gastrits", "en", "K29.7"),
        ("diabtes melitus", "id", "E11.9"),
        ("malarya", "pt", "B54"),
        ("tonsilitis aktu", "id", "J03.9"),
    ],
)
def test_typing_mistakes_are_forgiven(mistyped, language, code):
    assert code in [one.code for one in diagnoses.search(mistyped, language)[:3]]


def test_words_of_another_language_are_found_too_and_shown_in_the_readers():
    found = diagnoses.search("mencret", "en")
    assert (found[0].code, found[0].title("en")) == ("A09.9", "acute gastroenteritis")


def test_the_beginning_of_a_code_lists_what_is_below():
    assert [one.code for one in diagnoses.search("j45", "en")] == ["J45", "J45.0", "J45.1", "J45.8", "J45.9"]


def test_words_that_mean_nothing_find_nothing():
    assert diagnoses.search("xyzzyq", "en") == []
    assert diagnoses.search("??", "en") == []


@pytest.mark.parametrize("code", COMMON.split())
def test_codes_of_either_edition_that_claims_use_are_known_in_three_languages(code):
    found = diagnoses.known(code)
    assert set(found.terms) == {"id", "en", "pt"}


@pytest.mark.parametrize("code", ["A98.99", "ZZZ", "I84.X", "X99.99", "", "I"])
def test_what_no_edition_has_is_not_known(code):
    assert diagnoses.known(code) is None


def test_a_code_of_an_older_edition_says_where_the_present_one_has_it():
    assert diagnoses.known("A91").now == "A97.2"
    assert all(one.now in codes() for one in codes().values() if one.now)


def test_every_term_stands_at_a_code_of_the_book_in_every_language():
    named = [one for one in codes().values() if one.terms]
    assert len(named) > 350
    assert all(set(one.terms) == set(languages.LANGUAGES) and all(one.terms.values()) for one in named)


@pytest.mark.parametrize("language", ["id", "en", "pt"])
def test_every_term_of_a_language_finds_its_code(language):
    lost = [
        (one.code, term)
        for one in codes().values()
        for term in one.terms.get(language, ())
        if one.code not in [found.code for found in diagnoses.search(term, language, 20)]
    ]
    assert lost == []
