"""What is told after somebody asked for a letter of guarantee: it stands on the case before anybody rings back."""

from __future__ import annotations

from backend.conversations.models import Message
from backend.conversations.talk import Talk
from backend.helpline import queries as cases
from backend.helpline import service as helpline
from backend.helpline.answers.admissions import DETAILS, details
from backend.helpline.catalogue import Reply
from backend.helpline.understanding.keywords import guess_intent
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.matching import is_question

_OF_AN_ADMISSION = frozenset([None, "find_provider", "request_guarantee_letter"])


def details_told(talk: Talk, message: Message) -> list[Reply] | None:
    """The first words after the question for hospital and patient; None when they are something else."""
    if talk.state.get("awaits") != DETAILS or not _may_be_details(message.text, talk.language):
        return None
    case = cases.open_case_of(talk.scope, talk.thread.id, "guarantee_letter")
    if case is None:
        return None
    talk.remember(awaits=None)
    helpline.join(talk.scope, case.id, message.text.strip())
    case.filled = {**case.filled, "admission": message.text.strip()}
    return [details(talk.scope, talk.asker(), case, message.text)]


def _may_be_details(text: str, language: str) -> bool:
    """A hospital's name sounds like a wish to find one; what sounds like any other wish is no answer."""
    known = lexicons()
    if not text.strip() or is_question(text, known):
        return False
    return (guess_intent(text, known[language]) if language in known else None) in _OF_AN_ADMISSION
