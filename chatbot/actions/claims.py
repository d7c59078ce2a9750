"""Reimbursement: papers, status, decision, payment, and the form."""

from rasa_sdk import Action

from chatbot.actions.backend_api import AsksBackend, ChecksForm


class ClaimDocuments(AsksBackend, Action):
    """Tell which papers a claim needs."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_claim_documents"


class ClaimStatus(AsksBackend, Action):
    """Tell how far the latest claim is."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_claim_status"


class ClaimDecision(AsksBackend, Action):
    """Tell what was decided and why."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_claim_decision"


class PaymentDate(AsksBackend, Action):
    """Tell when money is paid."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_payment_date"


class SubmitReimbursement(AsksBackend, Action):
    """Hand the claim of the form in."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_submit_reimbursement"


class CheckReimbursement(ChecksForm, Action):
    """Check the slots of the reimbursement form."""

    def name(self) -> str:
        """Return the action's name."""
        return "validate_reimbursement_form"
