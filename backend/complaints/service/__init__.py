"""What can be done with a complaint, by whom it is done."""

from backend.complaints.service.assignment import assign, correct_subject, name_respondents, set_priority
from backend.complaints.service.escalation import escalate, refer
from backend.complaints.service.handle import acknowledge, add_note, close, convert, extend, resolve
from backend.complaints.service.information import request_information, supply_information, take_more_time
from backend.complaints.service.lodge import lodge, reopen
from backend.complaints.service.read import complaint_answer, list_complaints, list_open, lodged_answer
from backend.complaints.service.reporting import record_sent, regulator_file, regulator_report, remind_of_report
from backend.complaints.service.watch import check_deadlines

__all__ = [
    "acknowledge",
    "add_note",
    "assign",
    "check_deadlines",
    "close",
    "complaint_answer",
    "convert",
    "correct_subject",
    "escalate",
    "extend",
    "list_complaints",
    "list_open",
    "lodge",
    "lodged_answer",
    "name_respondents",
    "record_sent",
    "refer",
    "regulator_file",
    "regulator_report",
    "remind_of_report",
    "reopen",
    "request_information",
    "resolve",
    "set_priority",
    "supply_information",
    "take_more_time",
]
