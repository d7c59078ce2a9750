"""Judges the intent model on sentences it has not learnt; run by the bot's own interpreter.

    python -m chatbot.cross_validate

Prints one JSON list of `{language, intent, text, guess, confidence}`. The folds are stratified by
language and intent, and sentences that are nearly the same stay in one fold.
"""

import json
import sys

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from chatbot import examples
from chatbot.components import intent_model, vocabulary

FOLDS = 5
SEED = 7


def guesses() -> list[dict[str, object]]:
    """Guess every example by the model that was trained without its fold."""
    data = examples.load()
    sentences = np.array([e.sentence for e in data], dtype=object)
    intents = np.array([e.intent for e in data])
    strata = [f"{e.language}/{e.intent}" for e in data]
    words = vocabulary.load()
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    found: list[dict[str, object]] = []
    for learn, judge in folds.split(sentences, strata, examples.groups(data)):
        model = intent_model.build(words).fit(sentences[learn], intents[learn])
        scores = model.predict_proba(sentences[judge])
        for row, score in zip(judge, scores, strict=True):
            best = int(score.argmax())
            found.append(
                {
                    "language": data[row].language,
                    "intent": data[row].intent,
                    "text": data[row].sentence,
                    "guess": str(model.classes_[best]),
                    "confidence": round(float(score[best]), 4),
                }
            )
    return found


if __name__ == "__main__":
    json.dump(guesses(), sys.stdout, ensure_ascii=False)
