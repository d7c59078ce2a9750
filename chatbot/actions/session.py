"""The conversation itself."""

from rasa_sdk import Action

from chatbot.actions.backend_api import AsksBackend


class Repeat(AsksBackend, Action):
    """Say the last answer again."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_repeat"


class ChooseLanguage(AsksBackend, Action):
    """Go on in another language."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_choose_language"
