"""Runs one answer for a thread: asks for proof first where the topic is personal, remembers what it says to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.conversations import proofs
from backend.conversations.talk import AFTER_PROOF, Talk
from backend.helpline.answers import ANSWERS, PERSONAL, PROVED_LATER
from backend.helpline.asker import Answer
from backend.helpline.catalogue import Reply

_NEW_LANGUAGE = "new_language"


def answer(talk: Talk, action: str, slots: Mapping[str, Any]) -> Answer:
    """The answer of ``action``; an unknown name is not understood. Personal ones wait for a proof."""
    answer_to = ANSWERS.get(action)
    if answer_to is None:
        return Answer.of("fallback")
    if action in PERSONAL and talk.member_id is None:
        return Answer(tuple(ask_for_proof(talk, {"action": action, "slots": _plain(slots)})))
    made = answer_to(talk.scope, talk.asker(), slots)
    talk.remember(**made.state)
    if action in PROVED_LATER and talk.member_id is None:
        made = replace(made, replies=(*made.replies, *ask_for_proof(talk, {"action": action, "slots": {}})))
    chosen = talk.state.get(_NEW_LANGUAGE)
    if chosen:
        talk.remember(**{_NEW_LANGUAGE: None})
        talk.thread.language, talk.thread.language_chosen = chosen, True
    return made


def ask_for_proof(talk: Talk, afterwards: Mapping[str, Any]) -> list[Reply]:
    """Ask who it is and keep what to do when that is known: ``action`` with ``slots``, or ``replies``."""
    outcome = proofs.begin(talk)
    talk.remember(**{AFTER_PROOF: None if outcome.over else dict(afterwards)})
    return outcome.replies


def what_was_wanted(talk: Talk) -> Mapping[str, Any]:
    """What ``ask_for_proof`` kept; it is forgotten by being read."""
    kept: Mapping[str, Any] = talk.state.get(AFTER_PROOF) or {}
    talk.remember(**{AFTER_PROOF: None})
    return kept


def _plain(slots: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in slots.items() if isinstance(value, str | int | bool)}
