"""The TwiML of last resort, made once at import: every language, then a person."""

from __future__ import annotations

from backend.conversations.ivr import twiml
from backend.conversations.ivr.twiml import Line
from backend.conversations.ivr.voices import VOICES
from backend.helpline import catalogue
from backend.helpline.catalogue import Reply

_QUEUE = "careline-fallback"
TWIML = twiml.queued(
    [Line(catalogue.say(Reply.of("voice_to_person"), language, voice=True).text, language) for language in VOICES],
    _QUEUE,
    "",
)
