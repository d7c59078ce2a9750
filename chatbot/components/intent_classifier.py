"""The intent model as a component of Rasa's pipeline."""

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.pipeline import Pipeline

from chatbot.components import intent_model, vocabulary

_FILE = "intent_model.joblib"
_RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HelplineIntentClassifier(IntentClassifier, GraphComponent):
    """Learns the intents from the sentences alone; the vocabulary travels inside the model."""

    def __init__(
        self, strength: float, storage: ModelStorage, resource: Resource, model: Pipeline | None = None
    ) -> None:
        """Keep where to store the model, and the model when it was trained before."""
        self._strength = strength
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that config.yml may change."""
        return {"strength": 0.8}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "HelplineIntentClassifier":
        """Make an untrained component."""
        return cls(config["strength"], model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "HelplineIntentClassifier":
        """Make a component with the model from the packed bot."""
        with model_storage.read_from(resource) as folder:
            return cls(config["strength"], model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has a text and an intent, and store the model."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        self._model = intent_model.build(vocabulary.load(), self._strength)
        self._model.fit([m.get(TEXT) for m in examples], [m.get(INTENT) for m in examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the intent of every message and the runners-up."""
        for message in messages:
            scores = intent_model.probabilities(self._model, message.get(TEXT) or "")
            ranking = [{"name": name, "confidence": score} for name, score in scores.items()]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[:_RANKING_LENGTH], add_to_output=True)
        return messages
