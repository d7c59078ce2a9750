"""Clinics, hospitals, pharmacies."""

from rasa_sdk import Action

from chatbot.actions.backend_api import AsksBackend


class NearestProvider(AsksBackend, Action):
    """Name the nearest of the network."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_nearest_provider"


class ChangeProvider(AsksBackend, Action):
    """Pass a change of the first clinic to a person."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_change_provider"
