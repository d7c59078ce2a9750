"""Cross-validated figures over the training data: `python -m backend.helpline.evaluation.nlu_report`.

The bot's interpreter guesses every example by a model that has not learnt it (`chatbot.cross_validate`);
the backend's own matching goes before it, as in a conversation. Ends with 1 below the targets.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from backend.helpline.evaluation import metrics
from backend.helpline.evaluation.bot_process import run_in_bot
from backend.helpline.evaluation.nlu_eval import understand

MIN_MICRO_F1 = 0.90
MIN_EMERGENCY_RECALL = 0.99


def judged() -> list[metrics.Judged]:
    """Cross-validate in the bot's interpreter, then put the backend's matching before each guess."""
    rows = json.loads(run_in_bot("chatbot.cross_validate").splitlines()[-1])
    return [
        metrics.Judged(
            language=row["language"],
            intent=row["intent"],
            style="training",
            text=row["text"],
            guess=understand(row["text"], _answer(row["guess"])),
        )
        for row in rows
    ]


def _answer(guess: str) -> Callable[[str], str]:
    return lambda _text: guess


def shortfalls(result: dict[str, Any]) -> list[str]:
    """Name every figure below its target."""
    found = [
        f"{code}: micro-F1 {part['micro_f1']} < {MIN_MICRO_F1}"
        for code, part in result["languages"].items()
        if part["micro_f1"] < MIN_MICRO_F1
    ]
    recall = result["emergency"]["recall"]
    if recall is None or recall < MIN_EMERGENCY_RECALL:
        found.append(f"emergency recall {recall} < {MIN_EMERGENCY_RECALL}")
    return found


def main() -> int:
    """Print the report; 0 when every target is met."""
    result = metrics.report(judged())
    missed = shortfalls(result)
    sys.stdout.write(metrics.as_text(result) + "\n".join(missed) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
