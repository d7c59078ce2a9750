"""The verbs of the helpline, one file per use case; other domains use these names."""

from backend.helpline.service.assignment import assign_waiting
from backend.helpline.service.calling import answered_by_phone, caller_was_gone
from backend.helpline.service.handling import close, close_as_over, release, take, transfer
from backend.helpline.service.looking import colleagues, look, page, read_thread, seen, watch
from backend.helpline.service.medical import (
    disclosed_notes,
    medical_notes,
    medical_outcome,
    reseal_medical_notes,
    write_medical_note,
)
from backend.helpline.service.member_panel import member_panel, reveal
from backend.helpline.service.opening import ASSIGN, Caller, join, move_cases, open_case, recognise
from backend.helpline.service.place import emergency_of, tell_place, transport_of
from backend.helpline.service.replying import RELAY, canned_replies, note, reply
from backend.helpline.service.satisfaction import ASK, keep_score, question_for
from backend.helpline.service.travel import TRAVEL, arrange, tell_journey, travel_of, want

__all__ = [
    "ASK",
    "ASSIGN",
    "RELAY",
    "TRAVEL",
    "Caller",
    "answered_by_phone",
    "arrange",
    "assign_waiting",
    "caller_was_gone",
    "canned_replies",
    "close",
    "close_as_over",
    "colleagues",
    "emergency_of",
    "disclosed_notes",
    "join",
    "keep_score",
    "look",
    "medical_notes",
    "medical_outcome",
    "member_panel",
    "move_cases",
    "note",
    "open_case",
    "page",
    "question_for",
    "read_thread",
    "recognise",
    "release",
    "reply",
    "reseal_medical_notes",
    "reveal",
    "seen",
    "take",
    "tell_journey",
    "tell_place",
    "transfer",
    "transport_of",
    "travel_of",
    "want",
    "watch",
    "write_medical_note",
]
