"""The intent model itself: sparse features and one linear classifier, without anything of Rasa's."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

from chatbot.components import text
from chatbot.components.vocabulary import Vocabulary

_STEM = 5


def _written(vocabulary: Vocabulary, sentence: str) -> str:
    return " ".join(text.words(sentence, vocabulary.spelling))


def _meanings(vocabulary: Vocabulary, sentence: str) -> list[str]:
    """List the meanings and every pair of them, so that word order does not matter."""
    found = text.concepts(text.words(sentence, vocabulary.spelling), vocabulary.concepts)
    unique = sorted(set(found))
    pairs = [f"{a}+{b}" for i, a in enumerate(unique) for b in unique[i + 1 :]]
    return unique + pairs


class MarginClassifier(LinearSVC):
    """A linear support vector machine that also says how sure it is."""

    _SHARPNESS = 4.0

    def predict_proba(self, features: csr_matrix) -> np.ndarray:
        """Turn the distances from the borders into shares that sum to one (a softmax)."""
        scores = self._SHARPNESS * self.decision_function(features)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return shares / shares.sum(axis=1, keepdims=True)


def _without_values(vocabulary: Vocabulary, sentences: Sequence[str]) -> list[str]:
    """Empty the sentences that are nothing but a date or an amount."""
    return [
        "" if vocabulary.values.issuperset(text.words(sentence, vocabulary.spelling)) else sentence
        for sentence in sentences
    ]


def _stems(vocabulary: Vocabulary, sentence: str) -> list[str]:
    """List the beginnings of the words and of neighbours: endings are grammar in all our languages."""
    stems = [word[:_STEM] for word in _written(vocabulary, sentence).split()]
    return stems + [f"{a}_{b}" for a, b in zip(stems, stems[1:], strict=False)]


def _edges(vocabulary: Vocabulary, sentence: str) -> list[str]:
    """Say how a sentence begins and ends, and how long it is: questions and one-word answers show it."""
    found = _written(vocabulary, sentence).split()
    if not found:
        return []
    return [f"^{found[0]}", f"^{' '.join(found[:2])}", f"{found[-1]}$", f"#{min(len(found), 6)}"]


def build(vocabulary: Vocabulary, strength: float = 0.8) -> Pipeline:
    """Return an untrained model: `fit(sentences, intents)`, then `predict_proba(sentences)`.

    `strength` is the inverse of the regularisation; see docs/decisions/0004-bot-pipeline.md.
    """
    written = partial(_written, vocabulary)
    weighted = {
        "words": (0.7, {"preprocessor": written, "tokenizer": str.split, "token_pattern": None, "ngram_range": (1, 2)}),
        "letters": (1.4, {"preprocessor": written, "analyzer": "char_wb", "ngram_range": (2, 5)}),
        "meanings": (0.8, {"analyzer": partial(_meanings, vocabulary)}),
        "stems": (0.7, {"analyzer": partial(_stems, vocabulary)}),
        "edges": (0.4, {"analyzer": partial(_edges, vocabulary)}),
    }
    features = FeatureUnion(
        [(name, TfidfVectorizer(sublinear_tf=True, **how)) for name, (_, how) in weighted.items()],
        transformer_weights={name: weight for name, (weight, _) in weighted.items()},
    )
    known = FunctionTransformer(partial(_without_values, vocabulary))
    return Pipeline(
        [("known", known), ("features", features), ("classifier", MarginClassifier(C=strength, random_state=1))]
    )


def probabilities(model: Pipeline, sentence: str) -> dict[str, float]:
    """Rank the intents for one sentence, best first.

    A sentence without one known feature, or only a date or an amount, is all zeros: no intent.
    """
    features = model[:-1].transform([sentence])
    intents = model.named_steps["classifier"].classes_
    if features.nnz == 0:
        return dict.fromkeys(intents, 0.0)
    scores = model.named_steps["classifier"].predict_proba(features)[0]
    return {str(intents[i]): float(scores[i]) for i in np.argsort(-scores)}
