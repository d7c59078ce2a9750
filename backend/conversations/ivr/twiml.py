"""A step of a call as TwiML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twilio.twiml.voice_response import Gather, VoiceResponse

from backend.conversations.ivr.voices import VOICES

_KEY_TIMEOUT_SECONDS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """Words in a language."""

    text: str
    language: str


def listening(lines: Sequence[Line], language: str, action: str, *, speech: bool, keys: int | None) -> str:
    """Say the lines while listening; silence comes back to ``action`` too."""
    voice = VOICES[language]
    gather = Gather(
        input="dtmf speech" if speech else "dtmf",
        action=action,
        method="POST",
        action_on_empty_result=True,
        timeout=_KEY_TIMEOUT_SECONDS,
        language=voice.listen_language,
        barge_in=True,
        **({"speech_model": voice.listen_model, "speech_timeout": voice.speech_timeout} if speech else {}),
        **({"num_digits": keys} if keys else {"finish_on_key": "#"}),
    )
    _say(gather, lines)
    response = VoiceResponse()
    response.append(gather)
    return str(response)


def queued(lines: Sequence[Line], queue: str, action: str) -> str:
    """Say the lines and wait for a person in ``queue``; whoever leaves it comes back to ``action``."""
    response = VoiceResponse()
    _say(response, lines)
    response.enqueue(queue, action=action, method="POST")
    return str(response)


def ended(lines: Sequence[Line]) -> str:
    """Say the lines and hang up."""
    response = VoiceResponse()
    _say(response, lines)
    response.hangup()
    return str(response)


def again(action: str) -> str:
    """A moment's pause, then the same question to us: the answer is still being made."""
    response = VoiceResponse()
    response.pause(length=1)
    response.redirect(action, method="POST")
    return str(response)


def _say(parent: VoiceResponse | Gather, lines: Sequence[Line]) -> None:
    for line in lines:
        voice = VOICES[line.language]
        parent.say(line.text, voice=voice.say_voice, language=voice.say_language)
