"""The conversation itself: not understood, said again, stopped, another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.helpline.asker import Answer, Asker, last_said_to
from backend.helpline.catalogue import Reply


def fallback(_scope: Scope, _asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """Not understood: other words, or a choice."""
    return Answer.of("fallback")


def cancelled(_scope: Scope, _asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """A form was given up."""
    return Answer((Reply.of("form_cancelled"),), state={"claim_id": None, "photos": None})


def repeat(_scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """The last answer once more; the thread keeps it under ``last``."""
    last = last_said_to(asker.state, asker.member_id)
    return Answer(tuple(Reply(item["reply"], item["args"]) for item in last) or (Reply.of("repeat_nothing"),))


def choose_language(_scope: Scope, _asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Another language; which one, when it was not named."""
    wanted = slots.get("language_name")
    if wanted in {"id", "en", "pt"}:
        return Answer((Reply.of("language_changed"),), slots={"language": wanted}, state={"new_language": wanted})
    return Answer.of("language_ask")


def nothing(_scope: Scope, _asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """A choice that means: leave it."""
    return Answer.of("nothing")
