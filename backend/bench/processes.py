"""What a tree of processes has cost so far: processor time and memory, one part of it counted apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psutil

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds, user and system, of a tree; ``apart`` are those of the processes named apart."""

    own: float
    apart: float

    def since(self, before: Spent) -> Spent:
        """What was spent between two readings."""
        return Spent(self.own - before.own, self.apart - before.apart)


def tree(pid: int) -> Iterator[psutil.Process]:
    """A process and everything below it that still lives."""
    try:
        top = psutil.Process(pid)
        yield top
        yield from top.children(recursive=True)
    except psutil.NoSuchProcess:
        return


def spent(pid: int, *, apart: str = "\0") -> Spent:
    """Seconds of the tree under ``pid``; processes whose command line has ``apart`` in it are kept apart."""
    own = other = 0.0
    for process in tree(pid):
        try:
            times = process.cpu_times()
            if apart in " ".join(process.cmdline()):
                other += times.user + times.system
            else:
                own += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return Spent(own, other)


def memory(pid: int) -> tuple[float, float, int]:
    """Megabytes of the tree: proportional (pages shared by n processes count a n-th each), resident; processes."""
    proportional = resident = count = 0
    for process in tree(pid):
        try:
            full = process.memory_full_info()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        proportional, resident, count = proportional + full.pss, resident + full.rss, count + 1
    return proportional / MEGABYTE, resident / MEGABYTE, count
