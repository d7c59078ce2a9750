"""A step of a call as TwiML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from backend.conversations.ivr.voices import voices

_KEY_TIMEOUT_SECONDS = 6
_WAIT_ROUND_SECONDS = 20
_RING_SECONDS = 25
_EVERY_KEY = "1234567890*#"


@dataclass(frozen=True, slots=True)
class Line:
    """Words in a language."""

    text: str
    language: str


def listening(lines: Sequence[Line], language: str, action: str, *, speech: bool, keys: int | None) -> str:
    """Say the lines while listening; silence comes back to ``action`` too."""
    gather = _gather(language, action, speech=speech, keys=keys, timeout=_KEY_TIMEOUT_SECONDS, empty=True)
    _say(gather, lines)
    response = VoiceResponse()
    response.append(gather)
    return str(response)


def queued(lines: Sequence[Line], queue: str, left: str, wait: str) -> str:
    """Say the lines and put the call into ``queue``, whose documents come from ``wait``; the end goes to ``left``."""
    response = VoiceResponse()
    _say(response, lines)
    response.enqueue(queue, action=left, method="POST", wait_url=wait, wait_url_method="POST")
    return str(response)


def waiting(lines: Sequence[Line], language: str, action: str) -> str:
    """One round in the queue: say where the caller stands, listen; Twilio asks for the next round by itself."""
    gather = _gather(language, action, speech=True, keys=1, timeout=_WAIT_ROUND_SECONDS, empty=False)
    _say(gather, lines)
    response = VoiceResponse()
    response.append(gather)
    return str(response)


def on_hold(lines: Sequence[Line], wait: str) -> str:
    """Say the lines and go on waiting."""
    response = VoiceResponse()
    _say(response, lines)
    response.redirect(wait, method="POST")
    return str(response)


def leaving() -> str:
    """Out of the queue; Twilio asks the queue's action what follows."""
    response = VoiceResponse()
    response.leave()
    return str(response)


def silent(seconds: int) -> str:
    """Nothing for a while: the call is about to be joined."""
    response = VoiceResponse()
    response.pause(length=seconds)
    return str(response)


def recorded(lines: Sequence[Line], action: str, stored: str, *, seconds: int) -> str:
    """Say the lines and take a message of at most ``seconds``; any key ends it, silence comes to ``action`` too."""
    response = VoiceResponse()
    _say(response, lines)
    response.record(
        action=action,
        method="POST",
        max_length=seconds,
        timeout=6,
        play_beep=True,
        finish_on_key=_EVERY_KEY,
        trim="trim-silence",
        recording_status_callback=stored,
        recording_status_callback_method="POST",
        recording_status_callback_event="completed",
    )
    response.redirect(action, method="POST")
    return str(response)


def rung(lines: Sequence[Line], number: str, action: str, caller_id: str) -> str:
    """Say the lines and ring ``number`` in the name of ``caller_id``; its end goes to ``action``, '' is nowhere."""
    response = VoiceResponse()
    _say(response, lines)
    onward = {"action": action, "method": "POST"} if action else {}
    dial = Dial(timeout=_RING_SECONDS, caller_id=caller_id, **onward)
    dial.number(number)
    response.append(dial)
    return str(response)


def joined(lines: Sequence[Line], queue: str, action: str, stored: str | None) -> str:
    """On the agent's side: take the caller out of ``queue``. ``stored`` is told of the recording, None makes none."""
    response = VoiceResponse()
    _say(response, lines)
    recording = {
        "record": "record-from-answer-dual",
        "recording_status_callback": stored,
        "recording_status_callback_method": "POST",
        "recording_status_callback_event": "completed",
    }
    dial = Dial(action=action, method="POST", **(recording if stored else {}))
    dial.queue(queue)
    response.append(dial)
    return str(response)


def ended(lines: Sequence[Line]) -> str:
    """Say the lines and hang up."""
    response = VoiceResponse()
    _say(response, lines)
    response.hangup()
    return str(response)


def again(action: str) -> str:
    """A moment's pause, then the same question to us: the answer is still being made."""
    return later((), action, seconds=1)


def later(lines: Sequence[Line], action: str, *, seconds: int) -> str:
    """Say the lines, pause, then go to ``action``."""
    response = VoiceResponse()
    _say(response, lines)
    response.pause(length=seconds)
    response.redirect(action, method="POST")
    return str(response)


def _gather(language: str, action: str, *, speech: bool, keys: int | None, timeout: int, empty: bool) -> Gather:
    voice = voices()[language]
    return Gather(
        input="dtmf speech" if speech else "dtmf",
        action=action,
        method="POST",
        action_on_empty_result=empty,
        timeout=timeout,
        language=voice.listen_language,
        barge_in=True,
        **({"speech_model": voice.listen_model, "speech_timeout": voice.speech_timeout} if speech else {}),
        **({"num_digits": keys} if keys else {"finish_on_key": "#"}),
    )


def _say(parent: VoiceResponse | Gather, lines: Sequence[Line]) -> None:
    for line in lines:
        voice = voices()[line.language]
        parent.say(line.text, voice=voice.say_voice, language=voice.say_language)
