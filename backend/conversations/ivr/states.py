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
    MENU = "menu"
    BIRTH_DATE = "birth_date"
    MEMBER_NUMBER = "member_number"
    CONFIRM_NUMBER = "confirm_number"
    CODE = "code"
    ENDED = "ended"


class Heard(StrEnum):
    """What came in."""

    BEGIN = "begin"
    DIGITS = "digits"
    SPEECH = "speech"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Input:
    """One event of a call. ``confidence`` of speech is 0..1, or None when the vendor does not say."""

    kind: Heard
    value: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to say: a reply of the catalogue, in its own ``language`` when it is not the call's."""

    reply: str
    args: Mapping[str, Any] = field(default_factory=dict)
    language: str | None = None


@dataclass(frozen=True, slots=True)
class CallState:
    """Everything the next step needs; ``last`` is what "repeat" says again."""

    name: Name
    language: str
    languages: tuple[str, ...]
    failures: int = 0
    digits: str = ""
    last: tuple[Prompt, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The form that is kept in the call's row."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> CallState:
        """Back from ``as_json``."""
        last = tuple(Prompt(**prompt) for prompt in kept["last"])
        return cls(
            Name(kept["name"]), kept["language"], tuple(kept["languages"]), kept["failures"], kept["digits"], last
        )


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
    """Put the call through; ``urgent`` goes before everybody, ``case`` opens one when there is none yet."""

    urgent: bool = False
    doctor: bool = False
    case: bool = True


@dataclass(frozen=True, slots=True)
class HangUp:
    """Say goodbye and end."""


Action = Listen | Think | ToPerson | HangUp


@dataclass(frozen=True, slots=True)
class Step:
    """What follows: the new state, what is said, what is done then."""

    state: CallState
    prompts: tuple[Prompt, ...]
    action: Action
