"""Judges the understanding of labelled utterances: `python -m backend.helpline.evaluation.nlu_eval FILE`.

FILE is tab-separated with the header `language intent style text`. The result is printed and written to
`.local/nlu-eval.json`.
"""

import csv
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from backend.helpline.evaluation import metrics
from backend.helpline.evaluation.bot_process import ROOT, some_bot
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.matching import INTENT_OF, match

RESULT = ROOT / ".local" / "nlu-eval.json"
COLUMNS = ("language", "intent", "style", "text")


def understand(text: str, ask_bot: Callable[[str], str]) -> str:
    """Return the intent as the helpline understands it: the backend's own matching, then the bot."""
    matched = match(text, lexicons())
    return INTENT_OF[matched.wish] if matched else ask_bot(text)


def read(file: Path) -> list[dict[str, str]]:
    """Read the labelled utterances. Raises ValueError when a column is missing."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or not set(COLUMNS) <= rows[0].keys():
        raise ValueError(f"{file} needs the columns {', '.join(COLUMNS)}")
    return [{column: (row[column] or "").strip() for column in COLUMNS} for row in rows]


def judge(rows: Sequence[dict[str, str]], ask_bot: Callable[[str], str]) -> list[metrics.Judged]:
    """Understand every utterance and set the guess beside the label."""
    return [metrics.Judged(**row, guess=understand(row["text"], ask_bot)) for row in rows]


def main(file: Path) -> None:
    """Judge one file, print the figures and keep them."""
    rows = read(file)
    with some_bot() as bot:
        result = metrics.report(judge(rows, bot.intent))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(metrics.as_text(result))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m backend.helpline.evaluation.nlu_eval FILE")
    main(Path(sys.argv[1]))
