"""What happens in a window, kept as an animated picture that any browser shows; nothing but Chromium is needed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import BrowserContext

_APART_MS = 300
_LAST_MS = 2000
_FRAME = re.compile(r"/page@.*-(\d+)\.jpeg$")


@contextmanager
def recorded(context: BrowserContext, target: Path) -> Iterator[None]:
    """Keeps what the windows of ``context`` show meanwhile in ``target`` (WebP), at the pace at which it happened."""
    context.tracing.start(screenshots=True)
    yield
    with TemporaryDirectory() as folder:
        trace = Path(folder) / "trace.zip"
        context.tracing.stop(path=trace)
        with zipfile.ZipFile(trace) as kept:
            named = [(int(found.group(1)), name) for name in kept.namelist() if (found := _FRAME.search(name))]
            frames = [(moment, kept.read(name)) for moment, name in _apart(sorted(named))]
    _write(frames, target)


def _apart(named: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Fewer frames than were drawn, none of them long after it was."""
    chosen: list[tuple[int, str]] = []
    for moment, name in named:
        if not chosen or moment - chosen[-1][0] >= _APART_MS:
            chosen.append((moment, name))
    return chosen


def _write(frames: list[tuple[int, bytes]], target: Path) -> None:
    ends = [moment for moment, _ in frames[1:]] + [frames[-1][0] + _LAST_MS]
    lasting = [end - moment for (moment, _), end in zip(frames, ends, strict=True)]
    first, *others = [Image.open(io.BytesIO(content)).convert("RGB") for _, content in frames]
    target.parent.mkdir(parents=True, exist_ok=True)
    first.save(target, save_all=True, append_images=others, duration=lasting, loop=0, quality=50, method=0)
