"""The darkroom's no."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - an answer to the sender, not a fault of ours
    """A decoder found what the headers hid; `reason` is one of the constants in `rules.py`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
