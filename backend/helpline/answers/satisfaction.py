"""The answer to the question after a closed case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.helpline import service
from backend.helpline.asker import Answer, Asker
from backend.helpline.catalogue import Reply

RATING = "rating"
"""In a thread's state while a question waits for its answer: ``case`` and ``until``."""


def rated(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Keep the score and say thanks, or that somebody will ask what went wrong; without a question it is nothing."""
    asked = asker.state.get(RATING)
    score = str(slots.get("score", ""))
    if not asked or score not in {"1", "2", "3", "4", "5"}:
        return Answer.of("nothing")
    heard = service.keep_score(scope, UUID(asked["case"]), int(score))
    if heard is not None and heard.number:
        said = Reply.of("satisfaction_sorry", case=heard.number)
    else:
        said = Reply.of("satisfaction_thanks")
    return Answer((said,), state={RATING: None})
