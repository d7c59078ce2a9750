"""The labelled sentences that the bot learns from."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from chatbot import examples
from chatbot.components import text, vocabulary

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("id", "en", "pt")
LEAST = 45
# fmt: off
INTENTS = frozenset(
    {
        "greet", "goodbye", "thank", "affirm", "deny", "repeat", "choose_language", "bot_challenge",
        "ask_human_agent", "ask_doctor", "report_emergency", "ask_ecard", "report_lost_card",
        "ask_benefit_coverage", "ask_remaining_balance", "ask_room_entitlement", "find_provider",
        "change_primary_provider", "request_referral", "ask_referral_status", "request_back_referral",
        "request_guarantee_letter", "submit_reimbursement", "ask_claim_documents", "ask_claim_status",
        "ask_claim_decision", "ask_payment_schedule", "ask_excess", "ask_cob_bpjs", "update_member_data",
        "file_complaint", "ask_complaint_status", "ask_contact", "out_of_scope",
    }
)
# fmt: on


@pytest.fixture(scope="module")
def learnt():
    return examples.load()


def _key(sentence):
    return " ".join(text.words(sentence, {}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_enough_examples_in_every_language(learnt, language):
    count = Counter(e.intent for e in learnt if e.language == language)
    assert count.keys() == INTENTS
    assert {intent: n for intent, n in count.items() if n < LEAST} == {}


def test_no_sentence_means_two_things(learnt):
    meanings = defaultdict(set)
    for example in learnt:
        meanings[_key(example.sentence)].add(example.intent)
    assert {sentence: found for sentence, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("file", ["heldout.tsv", "heldout_second.tsv"])
def test_the_held_out_sentences_were_not_learnt(learnt, file):
    rows = (ROOT / "tests/chatbot" / file).read_text(encoding="utf-8").splitlines()[1:]
    held_out = {_key(row.split("\t")[3]) for row in rows}
    # One or two words ("halo min") meet by chance in any two lists.
    shared = {s for e in learnt if (s := _key(e.sentence)) in held_out and len(s.split()) > 2}
    assert shared == set()


def test_no_example_holds_a_phone_number_or_an_identity_number(learnt):
    assert [e.sentence for e in learnt if re.search(r"\d{7,}", e.sentence)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_vocabulary_holds_text_only(language):
    content = yaml.safe_load((vocabulary.FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    strangers = [x for phrases in content["concepts"].values() for x in phrases if not isinstance(x, str)]
    strangers += [x for pair in content["spelling"].items() for x in pair if not isinstance(x, str)]
    assert strangers == []


def test_every_language_gives_words_to_every_meaning():
    meanings = {
        path.stem: set(yaml.safe_load(path.read_text(encoding="utf-8"))["concepts"])
        for path in vocabulary.FOLDER.glob("*.yml")
    }
    assert meanings["id"] == meanings["en"] == meanings["pt"]


def test_nearly_equal_sentences_stay_in_one_group():
    alike = [examples.Example("id", "x", s) for s in ("cek klaim saya dong", "dong cek klaim saya", "apotek")]
    numbers = examples.groups(alike)
    assert numbers[0] == numbers[1] != numbers[2]
