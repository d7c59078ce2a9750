"""The intent model itself: sparse features and one linear classifier, without anything of Rasa's."""

from functools import partial

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from chatbot.components import text
from chatbot.components.vocabulary import Vocabulary


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


def build(vocabulary: Vocabulary, strength: float = 0.8) -> Pipeline:
    """Return an untrained model: `fit(sentences, intents)`, then `predict_proba(sentences)`.

    `strength` is the inverse of the regularisation; see docs/decisions/0004-bot-pipeline.md.
    """
    written = partial(_written, vocabulary)
    features = FeatureUnion(
        [
            (
                "words",
                TfidfVectorizer(
                    preprocessor=written, tokenizer=str.split, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
                ),
            ),
            (
                "letters",
                TfidfVectorizer(preprocessor=written, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
            ),
            ("meanings", TfidfVectorizer(analyzer=partial(_meanings, vocabulary), sublinear_tf=True)),
        ],
        transformer_weights={"words": 1.0, "letters": 1.0, "meanings": 0.7},
    )
    classifier = MarginClassifier(C=strength, random_state=1)
    return Pipeline([("features", features), ("classifier", classifier)])


def probabilities(model: Pipeline, sentence: str) -> dict[str, float]:
    """Rank the intents for one sentence, best first; a sentence without one known feature is all zeros."""
    features = model.named_steps["features"].transform([sentence])
    intents = model.named_steps["classifier"].classes_
    if features.nnz == 0:
        return dict.fromkeys(intents, 0.0)
    scores = model.named_steps["classifier"].predict_proba(features)[0]
    return {str(intents[i]): float(scores[i]) for i in np.argsort(-scores)}
