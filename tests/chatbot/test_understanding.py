"""The whole path of understanding on sentences that nobody learnt."""

from pathlib import Path

import pytest

from backend.helpline.evaluation import metrics, nlu_eval, nlu_report

HELD_OUT = [Path(__file__).parent / name for name in ("heldout.tsv", "heldout_second.tsv")]
"""The second was written a day later, without a look at the training data; nothing was tuned to it."""


def test_the_figures_are_what_they_say():
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("report_emergency", "report_emergency"), ("b", "report_emergency")]
    result = metrics.report([metrics.Judged("id", meant, "clean", "x", guess) for meant, guess in pairs])
    assert result["micro_f1"] == 0.6
    assert result["intents"]["a"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "support": 2}
    assert result["emergency"] == {"recall": 1.0, "false_alarms": 1}
    assert {"language": "id", "intent": "a", "guess": "b", "count": 1} in result["confusions"]


def test_the_backend_is_asked_before_the_bot():
    assert nlu_eval.understand("istri saya pingsan", lambda _: "greet") == "report_emergency"
    assert nlu_eval.understand("status klaim", lambda _: "ask_claim_status") == "ask_claim_status"


def test_a_file_without_labels_is_refused(tmp_path):
    file = tmp_path / "x.tsv"
    file.write_text("text\nhalo\n")
    with pytest.raises(ValueError, match="language"):
        nlu_eval.read(file)


def test_a_figure_below_its_target_is_named():
    judged = [metrics.Judged("id", "a", "clean", "x", "b")]
    assert nlu_report.shortfalls(metrics.report(judged)) == [
        "id: micro-F1 0.0 < 0.9",
        "emergency recall None < 0.99",
    ]


@pytest.mark.bot
@pytest.mark.parametrize("file", HELD_OUT, ids=lambda file: file.stem)
def test_held_out_sentences_are_understood(bot, file):
    result = metrics.report(nlu_eval.judge(nlu_eval.read(file), bot.intent))
    assert {code: part["micro_f1"] for code, part in result["languages"].items() if part["micro_f1"] < 0.95} == {}
    assert result["emergency"] == {"recall": 1.0, "false_alarms": 0}


@pytest.mark.bot
def test_cross_validation_meets_the_targets():
    assert nlu_report.shortfalls(metrics.report(nlu_report.judged())) == []
