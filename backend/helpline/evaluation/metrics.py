"""Precision, recall and F1 of guesses, per language and intent: pure arithmetic."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

EMERGENCY = "report_emergency"


@dataclass(frozen=True)
class Judged:
    """A labelled utterance and what was understood."""

    language: str
    intent: str
    style: str
    text: str
    guess: str


def micro_f1(judged: Sequence[Judged]) -> float:
    """Return the share that was understood; with one guess for every utterance that is the micro-F1."""
    return round(sum(j.guess == j.intent for j in judged) / len(judged), 4) if judged else 0.0


def scores(judged: Iterable[Judged]) -> dict[str, dict[str, float]]:
    """Return precision, recall, F1 and support of every intent that was meant or guessed."""
    meant, guessed, right = Counter[str](), Counter[str](), Counter[str]()
    for each in judged:
        meant[each.intent] += 1
        guessed[each.guess] += 1
        right[each.intent] += each.guess == each.intent
    table = {}
    for intent in sorted(meant | guessed):
        precision = right[intent] / guessed[intent] if guessed[intent] else 0.0
        recall = right[intent] / meant[intent] if meant[intent] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        table[intent] = {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "support": meant[intent],
        }
    return table


def report(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return everything that `.local/nlu-eval.json` promises."""
    languages = sorted({j.language for j in judged})
    emergencies = [j for j in judged if j.intent == EMERGENCY]
    found = sum(j.guess == EMERGENCY for j in emergencies)
    confusions = Counter((j.language, j.intent, j.guess) for j in judged if j.intent != j.guess)
    return {
        "micro_f1": micro_f1(judged),
        "languages": {
            code: {
                "micro_f1": micro_f1([j for j in judged if j.language == code]),
                "utterances": sum(j.language == code for j in judged),
                "intents": scores(j for j in judged if j.language == code),
            }
            for code in languages
        },
        "intents": scores(judged),
        "emergency": {
            "recall": round(found / len(emergencies), 4) if emergencies else None,
            "false_alarms": sum(j.guess == EMERGENCY and j.intent != EMERGENCY for j in judged),
        },
        "confusions": [
            {"language": language, "intent": intent, "guess": guess, "count": count}
            for (language, intent, guess), count in confusions.most_common()
        ],
    }


def as_text(result: dict[str, Any], most_confusions: int = 25) -> str:
    """Lay the report out for a person at a terminal."""
    lines = [f"micro-F1 {result['micro_f1']:.3f}"]
    for code, part in result["languages"].items():
        lines += ["", f"{code}: micro-F1 {part['micro_f1']:.3f} over {part['utterances']} utterances"]
        lines.append(f"  {'intent':26}{'precision':>10}{'recall':>8}{'F1':>7}{'n':>6}")
        lines += [
            f"  {intent:26}{s['precision']:10.3f}{s['recall']:8.3f}{s['f1']:7.3f}{s['support']:6}"
            for intent, s in part["intents"].items()
        ]
    lines += ["", "confusions (meant -> understood)"]
    lines += [
        f"  {c['count']:4}  {c['language']}  {c['intent']} -> {c['guess']}"
        for c in result["confusions"][:most_confusions]
    ]
    emergency = result["emergency"]
    lines += ["", f"emergencies: recall {emergency['recall']}, false alarms {emergency['false_alarms']}", ""]
    return "\n".join(lines)
