"""What the backend decides about a message before the bot sees it, in the order of what must not wait.

Emergency, a person who already answers, stop, a person, a language; then choices, proofs, places and photos;
what is left is for the bot.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from backend.conversations import (
    admissions,
    answering,
    changing,
    emergencies,
    journeys,
    opting,
    proofs,
    queries,
    rules,
    satisfaction,
)
from backend.conversations.models import Message
from backend.conversations.speech import say
from backend.conversations.talk import AFTER_PROOF, Talk, from_json
from backend.helpline import degraded
from backend.helpline import service as helpline
from backend.helpline.answers.details import CHANGE
from backend.helpline.answers.doctors import DANGER
from backend.helpline.asker import last_said_to
from backend.helpline.catalogue import Reply
from backend.helpline.understanding.corrections import corrected
from backend.helpline.understanding.keywords import guess_intent
from backend.helpline.understanding.languages import guess_language
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.matching import Match, Wish, gives_up, match, starts_again
from backend.kit import clock

_ACTION, _LANGUAGE = "action:", "language:"
_WORDS_OF_A_TOWN = 4
_WORDS_OF_AN_ANSWER = 4
_REIMBURSEMENT = "reimbursement_form"


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What to say at once, and the words for the bot when it is needed."""

    replies: tuple[Reply, ...]
    for_bot: str | None = None


def decide(talk: Talk, message: Message) -> FirstLook:
    """Answer the message or hand it to the bot."""
    answered = _danger(talk, message)
    if answered is not None:
        return answered
    found = match(message.text, lexicons()) if message.text else None
    if found is None or found.wish is not Wish.LANGUAGE:
        _hear_language(talk, message)
    urgent = _must_not_wait(talk, message, found)
    if urgent is not None:
        return FirstLook(tuple(urgent))
    if gives_up(message.text, lexicons()) and _something_is_going_on(talk):
        return _give_up(talk)
    chosen = _choice(talk, message)
    if chosen is not None:
        return _chosen(talk, chosen)
    return (
        _change(talk, message)
        or _proof(talk, message)
        or _score(talk, message)
        or _journey(talk, message)
        or _admission(talk, message)
        or _place_or_photos(talk, message)
        or _town(talk, message)
        or _told_without_bot(talk, message)
        or _after_an_emergency(talk)
        or _correction(talk, message)
        or FirstLook((), rules.harmless(message.text))
    )


def _must_not_wait(talk: Talk, message: Message, found: Match | None) -> list[Reply] | None:
    if found is not None and found.wish is Wish.EMERGENCY:
        return emergencies.alarm(talk)
    if found is not None and found.wish is Wish.STOP and _ends_messages(talk, message):
        return opting.out(talk, message.text)
    told = emergencies.place_told(talk, message)
    taken = talk.taken_case()
    if taken is not None:
        # A person has the thread: the message joins their case and the bot keeps still.
        if told is None:
            helpline.join(talk.scope, taken.id, message.text)
        return []
    if told is not None:
        return [*told, *_form_goes_on(talk)]
    if starts_again(message.text, lexicons()) and opting.is_out(talk):
        return opting.back_in(talk)
    if found is None:
        return emergencies.stays(talk, message)
    if found.wish is Wish.PERSON:
        proofs.give_up(talk)
        talk.remember(**{CHANGE: None})
        return list(answering.answer(talk, "action_handover", {}).replies)
    if found.wish is Wish.LANGUAGE:
        return _change_language(talk, found.language)
    return None


def _ends_messages(talk: Talk, message: Message) -> bool:
    """A bare "stop" within a form gives the form up; every other stop is about all our messages."""
    in_form = bool(talk.state.get("form")) and gives_up(message.text, lexicons())
    return talk.channel == "whatsapp" and not in_form


def _give_up(talk: Talk) -> FirstLook:
    """Cancelled: the question who it is, and the form behind it. The bot is told so in its own words."""
    proofs.give_up(talk)
    answering.what_was_wanted(talk)
    talk.remember(degraded=None, interrupted=None, **{CHANGE: None})
    if talk.state.get("form"):
        return FirstLook((), "/cancel_form")
    return FirstLook((Reply.of("form_cancelled"),))


def _change_language(talk: Talk, language: str) -> list[Reply]:
    """Go on in another language and say the last answer again in it."""
    talk.thread.language = language
    talk.thread.language_chosen = True
    # What was said in another call or on another channel is not what the person has just heard.
    here = talk.state.get("last_in") == talk.place
    return [Reply.of("language_changed"), *(from_json(last_said_to(talk.state, talk.member_id)) if here else [])]


def _hear_language(talk: Talk, message: Message) -> None:
    guess = guess_language(message.text, lexicons()) if message.text else None
    if guess is None or guess.language == talk.language:
        return
    heard = rules.Heard(guess.language, guess.confidence, words=len(message.text.split()))
    first = queries.is_first(talk.scope, talk.thread.id, message.id)
    talk.thread.language = rules.next_language(talk.language, talk.thread.language_chosen, heard, first)


def _choice(talk: Talk, message: Message) -> str | None:
    """What was chosen. On the telephone our own menu made the choice; elsewhere only what we offered counts."""
    if talk.channel == "voice" and message.payload:
        return message.payload
    return rules.chosen_payload(message.text, message.payload, _offered(talk))


def _offered(talk: Talk) -> list[dict[str, str]]:
    """The choices under what was said last."""
    said = [say(talk.brand, reply, talk.language) for reply in from_json(talk.state.get("last") or [])]
    return [{"label": button.label, "payload": button.payload} for each in said for button in each.buttons]


def _chosen(talk: Talk, payload: str) -> FirstLook:
    if payload.startswith(_LANGUAGE):
        return FirstLook(tuple(_change_language(talk, payload.removeprefix(_LANGUAGE))))
    if payload.startswith(_ACTION):
        name, _, query = payload.removeprefix(_ACTION).partition("?")
        return FirstLook(answering.answer(talk, name, dict(parse_qsl(query))).replies)
    return FirstLook((), payload)


def _proof(talk: Talk, message: Message) -> FirstLook | None:
    attempt = proofs.pending(talk) if talk.state.get(AFTER_PROOF) else None
    if attempt is None:
        return None
    if not proofs.looks_like_factor(attempt, message.text, talk):
        proofs.give_up(talk)
        answering.what_was_wanted(talk)
        return None
    outcome = proofs.offer(talk, attempt, message.text)
    changing.hide(message)
    if not outcome.proved:
        return FirstLook(tuple(outcome.replies))
    wanted = answering.what_was_wanted(talk)
    return FirstLook((*outcome.replies, *_now_wanted(talk, wanted)))


def _danger(talk: Talk, message: Message) -> FirstLook | None:
    """A short answer to the question of danger before a doctor, tapped or typed: it is an answer, whatever else its
    words could mean. Anything longer is heard as it is, danger first.
    """
    if talk.state.get("awaits") != DANGER or len(message.text.split()) > _WORDS_OF_AN_ANSWER:
        return None
    if talk.taken_case() is not None:
        return None
    chosen = _choice(talk, message)
    known = lexicons()
    intent = guess_intent(message.text, known[talk.language]) if talk.language in known else None
    if chosen is None and intent not in {"affirm", "deny"}:
        return None
    talk.remember(awaits=None)
    if chosen is not None:
        return _chosen(talk, chosen)
    if intent == "affirm":
        return FirstLook(tuple(emergencies.alarm(talk)))
    return FirstLook(answering.answer(talk, "action_teleconsultation", {}).replies)


def _score(talk: Talk, message: Message) -> FirstLook | None:
    replies = satisfaction.score_given(talk, message)
    return FirstLook(tuple(replies)) if replies else None


def _admission(talk: Talk, message: Message) -> FirstLook | None:
    replies = admissions.details_told(talk, message)
    return FirstLook(tuple(replies)) if replies else None


def _journey(talk: Talk, message: Message) -> FirstLook | None:
    replies = journeys.heard(talk, message)
    return FirstLook(tuple(replies)) if replies else None


def _change(talk: Talk, message: Message) -> FirstLook | None:
    said = changing.heard(talk, message)
    return FirstLook(tuple(said)) if said else None


def _now_wanted(talk: Talk, wanted: Any) -> list[Reply]:
    if wanted.get("action"):
        return list(answering.answer(talk, wanted["action"], wanted["slots"]).replies)
    return from_json(wanted.get("replies") or [])


def _place_or_photos(talk: Talk, message: Message) -> FirstLook | None:
    if message.location:
        place = {"latitude": message.location["latitude"], "longitude": message.location["longitude"]}
        talk.remember(location=place)
        action = talk.state.get("place_for") or "action_nearest_provider"
        kind = talk.state.get("provider_kind") if talk.state.get("awaits") == "town" else None
        talk.remember(awaits=None, place_for=None, provider_kind=None)
        found = answering.answer(talk, action, {"location": place, "provider_kind": kind}).replies
        return FirstLook((*found, *_form_question(talk)))
    photos = [item["document_id"] for item in message.media if "document_id" in item]
    refused = [Reply.of("photo_refused", why=item["refused"]) for item in message.media if "refused" in item]
    if photos:
        talk.remember(photos=[*(talk.state.get("photos") or []), *photos])
        words = "/send_photos" + json.dumps({"photo_count": str(len(photos))})
        return FirstLook((*refused, Reply.of("photos_received", count=len(photos))), words)
    return FirstLook(tuple(refused)) if refused else None


def _town(talk: Talk, message: Message) -> FirstLook | None:
    """After "where are you?" a few words are a place, when the network has something there."""
    awaited = talk.state.get("awaits") == "town"
    talk.remember(awaits=None)
    if not awaited or not 0 < len(message.text.split()) <= _WORDS_OF_A_TOWN:
        return None
    slots = {"town": message.text.strip(), "provider_kind": talk.state.get("provider_kind")}
    found = answering.answer(talk, talk.state.get("place_for") or "action_nearest_provider", slots).replies
    return FirstLook(found) if {reply.id for reply in found} & {"provider_list", "clinic_offer"} else None


def _something_is_going_on(talk: Talk) -> bool:
    return any([proofs.pending(talk), *map(talk.state.get, ("form", "degraded", CHANGE))])


def _told_without_bot(talk: Talk, message: Message) -> FirstLook | None:
    """A complaint that was asked for while the bot was away is taken, also when the bot is back by now."""
    if not talk.state.get("degraded") or not message.text:
        return None
    made = degraded.answer(talk.asker(), message.text)
    talk.remember(**made.state)
    more = answering.answer(talk, made.action, made.slots).replies if made.action else ()
    return FirstLook((*made.replies, *more))


def _after_an_emergency(talk: Talk) -> FirstLook | None:
    """The first words after an emergency answer no question of a form: the form asks again."""
    asked = _form_goes_on(talk)
    return FirstLook(tuple(asked)) if asked else None


def _form_goes_on(talk: Talk) -> list[Reply]:
    if not talk.state.get("interrupted"):
        return []
    talk.remember(interrupted=None)
    question = _form_question(talk)
    return [Reply.of("form_resumed"), *question] if question else []


def _correction(talk: Talk, message: Message) -> FirstLook | None:
    """ "Not the 20th, the 19th": an earlier answer of the reimbursement is changed, the form goes on."""
    if talk.state.get("form") != _REIMBURSEMENT:
        return None
    slots = corrected(message.text, lexicons(), clock.today(talk.client.timezone))
    return FirstLook((), "/correct_form" + json.dumps(slots)) if slots else None


def _form_question(talk: Talk) -> list[Reply]:
    """A form that was interrupted asks again."""
    asked = talk.state.get("asked")
    return [Reply.of(f"utter_ask_{asked}")] if talk.state.get("form") and asked else []
