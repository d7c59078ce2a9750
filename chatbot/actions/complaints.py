"""Complaints and their form."""

from rasa_sdk import Action

from chatbot.actions.backend_api import AsksBackend, ChecksForm


class ComplaintStatus(AsksBackend, Action):
    """Tell how far the latest complaint is."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_complaint_status"


class SubmitComplaint(AsksBackend, Action):
    """Register the complaint of the form."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_submit_complaint"


class CheckComplaint(ChecksForm, Action):
    """Check the slots of the complaint form."""

    def name(self) -> str:
        """Return the action's name."""
        return "validate_complaint_form"
