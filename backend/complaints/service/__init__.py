"""What can be done with a complaint, by whom it is done."""

from backend.complaints.service.handle import (
    acknowledge,
    add_note,
    close,
    extend,
    mark_overdue,
    request_information,
    resolve,
)
from backend.complaints.service.lodge import lodge, reopen, supply_information
from backend.complaints.service.read import complaint_answer, list_complaints, list_open

__all__ = [
    "acknowledge",
    "add_note",
    "close",
    "complaint_answer",
    "extend",
    "list_complaints",
    "list_open",
    "lodge",
    "mark_overdue",
    "reopen",
    "request_information",
    "resolve",
    "supply_information",
]
