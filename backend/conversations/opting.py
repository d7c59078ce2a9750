"""Who wants no messages from us: questions are still answered, nothing is sent that nobody asked for."""

from __future__ import annotations

from collections.abc import Sequence

from backend.conversations.speech import say
from backend.conversations.talk import Talk
from backend.helpline import queries as cases
from backend.helpline import service as helpline
from backend.helpline.catalogue import Reply
from backend.members import queries as members
from backend.members.consent_wordings import wording
from backend.members.rules.consents import Purpose
from backend.notifications import queries as addresses
from backend.notifications import service as notifications
from backend.notifications.rules import Channel

_ASKED = "asked_to_stop"


_ASKED_ONCE = "opt_in_asked"
"""In a thread's state: whether we may write first was asked; it is asked once."""


def ask_once(talk: Talk, said: Sequence[Reply]) -> list[Reply]:
    """Where the client wants a yes before we write first: the question, to a proved member who has not answered it.

    An answer (``said``) that offers choices of its own is left alone: two lists of numbers would mean two things.
    """
    wanted = talk.channel == "whatsapp" and talk.brand.features.get("whatsapp_opt_in", False)
    if not wanted or talk.member_id is None or talk.state.get("form") or talk.state.get(_ASKED_ONCE):
        return []
    if any(say(talk.brand, reply, talk.language).buttons for reply in said):
        return []
    talk.remember(**{_ASKED_ONCE: True})
    if addresses.agreed_to_whatsapp(talk.scope, talk.member_id) is not None:
        return []
    return [Reply.of("whatsapp_opt_in", wording=wording(Purpose.WHATSAPP, talk.language, talk.brand))]


def out(talk: Talk, words: str) -> list[Reply]:
    """No more messages of our own to the numbers of this thread; whoever works on it learns of the wish."""
    for phone in _phones(talk):
        notifications.refuse_address(talk.scope, Channel.WHATSAPP, phone, _ASKED)
    taken = cases.taken_case_of(talk.scope, talk.thread.id)
    if taken is not None:
        helpline.join(talk.scope, taken.id, words)
    return [Reply.of("stop_done")]


def is_out(talk: Talk) -> bool:
    """Whether a stop stands for this thread's numbers."""
    refused = addresses.opted_out(talk.scope, _phones(talk)) if talk.channel == "whatsapp" else set()
    return any(channel == Channel.WHATSAPP for channel, _ in refused)


def back_in(talk: Talk) -> list[Reply]:
    """The stop no longer counts."""
    for phone in _phones(talk):
        notifications.accept_address(talk.scope, Channel.WHATSAPP, phone)
    return [Reply.of("start_done")]


def _phones(talk: Talk) -> list[str]:
    """The numbers that write here; behind a hidden one, the number of the member who proved to be writing."""
    shown = [identifier.value for identifier in talk.identifiers if identifier.kind == "phone"]
    if shown or talk.member_id is None:
        return shown
    phone = members.member(talk.scope, talk.member_id).phone
    return [phone] if phone else []
