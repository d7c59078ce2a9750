"""The card and a member's data."""

from rasa_sdk import Action

from chatbot.actions.backend_api import AsksBackend


class ShowCard(AsksBackend, Action):
    """Show the card, as an image where there are images."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_show_card"


class LostCard(AsksBackend, Action):
    """Ask whether to block the card."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_lost_card"


class UpdateData(AsksBackend, Action):
    """Pass a change of personal data to a person."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_update_data"
