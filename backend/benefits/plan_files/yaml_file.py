"""Plans as YAML: read with care (no aliases, so no bombs), written in the order people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from backend.benefits.plan_files.shape import PREFIX, Defect


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a few lines of them unfold to gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=mark)
        return super().compose_node(parent, index)


def load(data: bytes) -> tuple[Any, list[Defect]]:
    """What the file says, or the line where it stops being YAML."""
    try:
        return yaml.load(data, Loader=_PlainLoader), []  # noqa: S506 - a SafeLoader that refuses more
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        return None, [Defect((), f"{PREFIX}not_yaml", {"line": line})]


def place_of(path: tuple[str | int, ...]) -> str:
    """``benefits[3].limits[0].amount``."""
    words = ""
    for part in path:
        words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else str(part)
    return words or "plan"


def dump(plan: Mapping[str, Any]) -> str:
    """A plan as YAML that ``load`` reads back to the same plan."""
    return yaml.safe_dump(dict(plan), allow_unicode=True, sort_keys=False, width=110)
