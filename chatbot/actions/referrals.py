"""Referrals and letters of guarantee."""

from rasa_sdk import Action

from chatbot.actions.backend_api import AsksBackend


class ReferralRequest(AsksBackend, Action):
    """Ask for a referral."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_referral_request"


class ReferralStatus(AsksBackend, Action):
    """Tell how far a referral is."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_referral_status"


class BackReferral(AsksBackend, Action):
    """Go on at the first clinic."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_back_referral"


class GuaranteeLetter(AsksBackend, Action):
    """Ask for a letter of guarantee."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_guarantee_letter"
