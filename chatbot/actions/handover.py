"""People."""

from rasa_sdk import Action

from chatbot.actions.backend_api import AsksBackend


class Handover(AsksBackend, Action):
    """Bring in a person."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_handover"


class Doctor(AsksBackend, Action):
    """Bring in a doctor."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_doctor"


class Emergency(AsksBackend, Action):
    """Instructions and the emergency number first."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_emergency"


class Contact(AsksBackend, Action):
    """Tell numbers and hours."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_contact"
