"""What is told after somebody asked for a letter of guarantee: it stands on the case before anybody rings back."""

from __future__ import annotations

from backend.conversations.models import Message
from backend.conversations.talk import Talk
from backend.helpline import queries as cases
from backend.helpline import service as helpline
from backend.helpline.answers.admissions import DETAILS, details
from backend.helpline.catalogue import Reply
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.matching import is_question


def details_told(talk: Talk, message: Message) -> list[Reply] | None:
    """The first words after the question for hospital and patient; None when they are something else."""
    if talk.state.get("awaits") != DETAILS or not message.text.strip() or is_question(message.text, lexicons()):
        return None
    case = cases.open_case_of(talk.scope, talk.thread.id, "guarantee_letter")
    if case is None:
        return None
    talk.remember(awaits=None)
    helpline.join(talk.scope, case.id, message.text.strip())
    case.filled = {**case.filled, "admission": message.text.strip()}
    return [details(talk.scope, talk.asker(), case, message.text)]
