"""The only way from the bot to the backend: an action's name, the thread and slots out; reply ids and slots back."""

import asyncio
import os
from typing import Any

import aiohttp
from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from chatbot.actions import slots

URL_VARIABLE = "CARELINE_BACKEND_URL"
SECRET_VARIABLE = "CARELINE_ACTIONS_SECRET"  # noqa: S105 - the name of a variable
SECRET_HEADER = "X-Careline-Actions-Secret"  # noqa: S105 - the name of a header
TIMEOUT = aiohttp.ClientTimeout(total=1.2, connect=0.3)
ANSWER_TO = {
    "ask_benefit_coverage": "action_coverage",
    "ask_contact": "action_contact",
    "ask_doctor": "action_doctor",
    "find_provider": "action_nearest_provider",
}
"""Questions that sound like the name of a clinic: a form hears them as its answer and has it refused first."""

UNREACHABLE = {"replies": [{"reply": "try_again", "args": {}}], "slots": {}}

_sessions: "dict[asyncio.AbstractEventLoop, aiohttp.ClientSession]" = {}


def _session() -> aiohttp.ClientSession:
    """Return the kept-alive session of this event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _sessions or _sessions[loop].closed:
        _sessions[loop] = aiohttp.ClientSession(timeout=TIMEOUT, trust_env=False)
    return _sessions[loop]


async def ask(name: str, conversation: str, facts: "dict[str, Any]") -> "dict[str, Any]":
    """Ask the backend for the answer of an action; a backend that does not answer becomes a sentence."""
    address = f"{os.environ[URL_VARIABLE].rstrip('/')}/internal/helpline/actions/{name}"
    headers = {SECRET_HEADER: os.environ.get(SECRET_VARIABLE, "")}
    body = {"conversation": conversation, "slots": facts}
    try:
        async with _session().post(address, json=body, headers=headers) as answer:
            answer.raise_for_status()
            return await answer.json()
    except (asyncio.TimeoutError, aiohttp.ClientError):  # noqa: UP041 - two classes on the bot's Python 3.10
        return UNREACHABLE


def known_facts(tracker: Tracker) -> "dict[str, Any]":
    """Collect what the sentence named and what the forms hold; never what was said."""
    named = {entity["entity"]: entity["value"] for entity in tracker.latest_message.get("entities", [])}
    held = {name: tracker.get_slot(name) for name in (*slots.REIMBURSEMENT_SLOTS, *slots.COMPLAINT_SLOTS)}
    return {name: value for name, value in {**named, **held}.items() if value is not None}


class AsksBackend:
    """An action whose whole work is the backend's answer; mixed into a rasa-sdk Action that has the name."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        raise NotImplementedError

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: "dict[str, Any]"
    ) -> "list[EventType]":
        """Say what the backend answers and set the slots that it changes."""
        answer = await ask(self.name(), tracker.get_slot(slots.CONVERSATION) or "", known_facts(tracker))
        for reply in answer["replies"]:
            dispatcher.utter_message(json_message={"reply": reply["reply"], "args": reply["args"]})
        return [SlotSet(name, value) for name, value in answer["slots"].items()]


class ChecksForm(AsksBackend):
    """The validation of a form: Rasa takes a new slot only from the events that come back."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: "dict[str, Any]"
    ) -> "list[EventType]":
        """Ask about the new slots only; one that the backend does not change stays as it was said."""
        candidates = tracker.slots_to_validate()
        thread = tracker.get_slot(slots.CONVERSATION) or ""
        answer = await ask(self.name(), thread, dict(candidates))
        meant = ANSWER_TO.get(tracker.get_intent_of_latest_message() or "")
        if meant and slots.CLAIM_PROVIDER in candidates and answer["slots"].get(slots.CLAIM_PROVIDER, "") is None:
            answer["replies"] = (await ask(meant, thread, known_facts(tracker)))["replies"]
        for reply in answer["replies"]:
            dispatcher.utter_message(json_message={"reply": reply["reply"], "args": reply["args"]})
        if answer is UNREACHABLE:
            # What nobody checked is not kept: the form asks again.
            return [SlotSet(name, None) for name in candidates]
        # A slot that nobody filled must not come back: Rasa would take the turn for an answer to the form.
        return [SlotSet(name, answer["slots"].get(name, value)) for name, value in candidates.items()]
