"""What can be done with a change of a plan, one file per use case."""

from backend.plan_changes.service.introduce import introduce, sent_shown
from backend.plan_changes.service.propose import propose, withdraw
from backend.plan_changes.service.put_in_force import put_in_force
from backend.plan_changes.service.read import affected, list_changes, shown, shown_after_a_look
from backend.plan_changes.service.start_preview import start_preview

__all__ = [
    "affected",
    "introduce",
    "list_changes",
    "propose",
    "put_in_force",
    "sent_shown",
    "shown",
    "shown_after_a_look",
    "start_preview",
    "withdraw",
]
