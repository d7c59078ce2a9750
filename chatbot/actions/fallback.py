"""Not understood, or given up."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from chatbot.actions import slots
from chatbot.actions.backend_api import AsksBackend


class Fallback(AsksBackend, Action):
    """Offer what can be done."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_fallback"


class CancelForm(AsksBackend, Action):
    """Give a form up: its slots are emptied here, what hangs on it in the backend."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_cancel_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: "dict[str, Any]"
    ) -> "list[EventType]":
        """Say that it is cancelled and forget what the form held."""
        said = await super().run(dispatcher, tracker, domain)
        return [*said, *(SlotSet(name, None) for name in (*slots.REIMBURSEMENT_SLOTS, *slots.COMPLAINT_SLOTS))]


class AskAgain(Action):
    """Between a message that a form could not use and the form: see data/rules/interruptions_claims.yml."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: "dict[str, Any]"
    ) -> "list[EventType]":
        """Say nothing; the form's question follows."""
        return []
