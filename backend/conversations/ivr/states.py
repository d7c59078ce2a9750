"""What a call can be in, what can come in, what can go out. Plain data: no telephone, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Name(StrEnum):
    """Where a call stands."""

    LANGUAGE = "language"
    ASK = "ask"
    CONFIRM_HEARD = "confirm_heard"
    MENU = "menu"
    BIRTH_DATE = "birth_date"
    MEMBER_NUMBER = "member_number"
    CONFIRM_NUMBER = "confirm_number"
    CODE = "code"
    CONSENT = "consent"
    WAITING = "waiting"
    CLOSED = "closed"
    RINGING = "ringing"
    VOICEMAIL_CONSENT = "voicemail_consent"
    VOICEMAIL = "voicemail"
    ENDED = "ended"


class Heard(StrEnum):
    """What came in. ``RECORDED`` is a voicemail that was spoken; its value is the key that ended it."""

    BEGIN = "begin"
    DIGITS = "digits"
    SPEECH = "speech"
    SILENCE = "silence"
    RECORDED = "recorded"


class Meaning(StrEnum):
    """What spoken words mean wherever they are spoken, found before the bot is asked."""

    EMERGENCY = "emergency"
    PERSON = "person"
    DOCTOR = "doctor"
    REPEAT = "repeat"
    CALL_BACK = "call_back"
    VOICEMAIL = "voicemail"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Input:
    """One event of a call. ``confidence`` of speech is 0..1, or None when the vendor does not say."""

    kind: Heard
    value: str = ""
    confidence: float | None = None
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to say: a reply of the catalogue, in its own ``language`` when it is not the call's."""

    reply: str
    args: Mapping[str, Any] = field(default_factory=dict)
    language: str | None = None


@dataclass(frozen=True, slots=True)
class CallState:
    """Everything the next step needs; ``last`` is what "repeat" says again.

    ``may_record`` is the client's feature, ``can_call_back`` whether we know a number to call. ``desk`` is whose
    queue the caller asked for ('' before), ``urgent`` an emergency, ``queued`` whether the call is in a queue now.
    ``unsure`` is speech that waits for a yes; the two ``ok_to_`` are None until the caller was asked.
    """

    name: Name
    language: str
    languages: tuple[str, ...]
    failures: int = 0
    digits: str = ""
    last: tuple[Prompt, ...] = ()
    may_record: bool = False
    can_call_back: bool = False
    desk: str = ""
    urgent: bool = False
    queued: bool = False
    unsure: str = ""
    ok_to_record: bool | None = None
    ok_to_voicemail: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """The form that is kept in the call's row."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> CallState:
        """Back from ``as_json``; what an older release did not keep has its first value."""
        fields = dict(kept)
        fields["name"] = Name(fields["name"])
        fields["languages"] = tuple(fields["languages"])
        fields["last"] = tuple(Prompt(**prompt) for prompt in fields["last"])
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for keys, for speech, or for both; ``keys`` is how many, None until the hash key."""

    speech: bool = True
    keys: int | None = 1


@dataclass(frozen=True, slots=True)
class Think:
    """Take a turn with what was said (``text``) or chosen (``payload``); its answer comes back to ``told``."""

    text: str = ""
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Put the call through: ``put_through`` decides how. ``case`` opens one when there is none yet."""

    urgent: bool = False
    doctor: bool = False
    case: bool = True


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Into the queue of the state's desk."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring the client's number for the hours when nobody is at the desk; the end comes back to ``rang``."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Stay in the queue; position and offers are said there."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Out of the queue; ``after_queue`` goes on."""


@dataclass(frozen=True, slots=True)
class PromiseCallBack:
    """Write down that we call back, and end the call."""


@dataclass(frozen=True, slots=True)
class Record:
    """Take a message."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """Say goodbye and end."""


Action = Listen | Think | ToPerson | Enqueue | Ring | Wait | Leave | PromiseCallBack | Record | HangUp


@dataclass(frozen=True, slots=True)
class Capacity:
    """Who could answer: whether anybody is at the desk, and whether there is a number to ring when nobody is."""

    people: bool
    number: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What follows: the new state, what is said, what is done then."""

    state: CallState
    prompts: tuple[Prompt, ...]
    action: Action
