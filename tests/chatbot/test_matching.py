"""What the backend recognises by itself, as tables of real sentences."""

import csv
from pathlib import Path

import pytest
import yaml

from backend.helpline.understanding import loading
from backend.helpline.understanding.emergency import is_emergency
from backend.helpline.understanding.keywords import guess_intent
from backend.helpline.understanding.languages import guess_language
from backend.helpline.understanding.matching import Match, Wish, is_question, match

LEXICONS = loading.lexicons()
ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).parent / "emergencies.tsv"


def _table(answer):
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines, delimiter="\t") if row["emergency"] == answer]


@pytest.mark.parametrize("text", _table("yes"))
def test_an_emergency_is_seen(text):
    assert match(text, LEXICONS) == Match(Wish.EMERGENCY)


@pytest.mark.parametrize("text", _table("no"))
def test_an_ordinary_sentence_is_no_emergency(text):
    assert not is_emergency(text, LEXICONS.values())


@pytest.mark.parametrize(
    "text",
    [
        "TOLOOONG PINGSAN",
        "Socorroooo!!!",
        "can’t breathe",
        "CAN'T BREATHE",
        "dor no peíto",
        "ga bisa nafas",
        "ambulan!",
    ],
)
def test_case_accents_repetition_and_typos_hide_no_emergency(text):
    assert is_emergency(text, LEXICONS.values())


@pytest.mark.parametrize("text", ["stop", "BERHENTI", "Parar", "unsubscribe", "jangan kirim pesan lagi"])
def test_opting_out_is_seen(text):
    assert match(text, LEXICONS) == Match(Wish.STOP)


@pytest.mark.parametrize(
    "text",
    [
        "mau bicara dengan petugas",
        "sambungin ke cs dong",
        "operator",
        "i want to talk to a real person",
        "agent",
        "quero falar com uma pessoa",
        "passe-me a um operador",
        "atendente",
    ],
)
def test_asking_for_a_person_is_seen(text):
    assert match(text, LEXICONS) == Match(Wish.PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "mau bicara dengan dokter",
        "apakah saya bicara dengan orang atau robot",
        "petugasnya kasar saya mau komplain",
        "i want to talk to a doctor",
        "am i talking to a human",
        "the agent was rude",
        "estou a falar com uma pessoa ou com uma máquina",
        "quero falar com um médico",
        "o funcionário foi mal educado",
    ],
)
def test_these_do_not_ask_for_a_person(text):
    assert match(text, LEXICONS) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("bahasa inggris", "en"),
        ("pakai bahasa indonesia saja", "id"),
        ("English please", "en"),
        ("speak portuguese", "pt"),
        ("português por favor", "pt"),
        ("em inglês", "en"),
        ("ganti ke portugis dong", "pt"),
    ],
)
def test_a_language_name_alone_chooses_it(text, language):
    assert match(text, LEXICONS) == Match(Wish.LANGUAGE, language)


@pytest.mark.parametrize(
    "text", ["dokter yang bisa bahasa inggris", "formulir ini dalam bahasa inggris hilang", "halo", ""]
)
def test_a_language_named_in_passing_chooses_nothing(text):
    assert match(text, LEXICONS) is None


def test_an_emergency_goes_before_everything_else():
    assert match("sambungkan ke petugas, bapak saya pingsan", LEXICONS) == Match(Wish.EMERGENCY)


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("id", "status klaim saya", "ask_claim_status"),
        ("id", "kartu saya hilang", "report_lost_card"),
        ("id", "sisa limit gigi", "ask_remaining_balance"),
        ("id", "minta surat jaminan", "request_guarantee_letter"),
        ("en", "why was it rejected", "ask_claim_decision"),
        ("en", "i have a complaint", "file_complaint"),
        ("en", "nearest pharmacy", "find_provider"),
        ("pt", "quero pedir reembolso", "submit_reimbursement"),
        ("pt", "perdi o meu cartão", "report_lost_card"),
        ("pt", "quanto resta do plafond", "ask_remaining_balance"),
    ],
)
def test_keywords_stand_in_when_the_bot_is_down(language, text, intent):
    assert guess_intent(text, LEXICONS[language]) == intent


def test_without_a_keyword_nothing_is_guessed():
    assert guess_intent("xyzzy", LEXICONS["id"]) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("klaim saya sudah sampai mana", "id"),
        ("gw mau cek limit dong", "id"),
        ("where is my reimbursement", "en"),
        ("how much is left", "en"),
        ("quero saber do meu reembolso", "pt"),
        ("não percebi", "pt"),
    ],
)
def test_the_language_of_a_text_is_guessed(text, language):
    assert guess_language(text, LEXICONS).language == language


@pytest.mark.parametrize("text", ["", "12345", "xyzzy"])
def test_a_text_that_speaks_for_no_language_gives_none(text):
    assert guess_language(text, LEXICONS) is None


def test_lexicons_hold_text_only():
    def strangers(node):
        if isinstance(node, dict):
            return [k for k in node if not isinstance(k, str)] + [x for v in node.values() for x in strangers(v)]
        if isinstance(node, list):
            return [x for v in node for x in strangers(v)]
        return [] if isinstance(node, str) else [node]

    files = (ROOT / "backend/helpline/lexicon").glob("*.yml")
    assert {f.stem: s for f in files if (s := strangers(yaml.safe_load(f.read_text(encoding="utf-8"))))} == {}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("nomor hotline berapa", True),
        ("Qual é o número da linha?", True),
        ("where is the nearest clinic", True),
        ("RS Harapan Kita", False),
        ("Clínica da Sommerschield", False),
        ("Apotek Mana Farma, Depok", False),
    ],
)
def test_a_name_is_told_from_a_question(text, asks):
    assert is_question(text, LEXICONS) is asks
