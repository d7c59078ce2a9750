"""Cover, balances and rooms."""

from rasa_sdk import Action

from chatbot.actions.backend_api import AsksBackend


class Coverage(AsksBackend, Action):
    """Tell what is covered."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_coverage"


class Balance(AsksBackend, Action):
    """Tell what is left."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_balance"


class RoomEntitlement(AsksBackend, Action):
    """Tell the room class."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_room_entitlement"


class Excess(AsksBackend, Action):
    """Explain an excess."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_excess"


class CoordinationOfBenefits(AsksBackend, Action):
    """Explain using public insurance together with the plan."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_cob"
