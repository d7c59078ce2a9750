"""How a step of the journey is shown: what it is, how long it took, what came back."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from typing import TypeVar

Answer = TypeVar("Answer")

_LINES, _LETTERS = 8, 160
_done = count()


def step(title: str, work: Callable[[], Answer], shown: Callable[[Answer], str] = str) -> Answer:
    """Do one step and print what came back and how long it took."""
    started = time.perf_counter()
    answer = work()
    next(_done)
    print(f"✔ {title} ({time.perf_counter() - started:.1f} s)", flush=True)
    for line in shown(answer).splitlines()[:_LINES]:
        print(f"    {line[:_LETTERS]}")
    return answer


def steps_done() -> int:
    """How many steps came back right; asked once, at the end."""
    return next(_done)
