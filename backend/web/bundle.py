"""Joins the modules of the pages into a few small files, once per process (decision 0043)."""

from __future__ import annotations

import json
import platform
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
START = "member/app.js"
"""What the shell loads; everything else is reached from here."""
INSIDE = "member/signed_in.js"
"""What somebody who has signed in sees first."""
PHOTO_WORKER = "member/photo_worker.js"
"""Looks at photos beside the page."""
_WORKERS = ("member/sw.js", PHOTO_WORKER)
"""Scripts that run beside the page, each whole in one file."""
JOINED = "joined/"
"""Where the parts lie that several pages share."""
_PHONES = "--target=es2020"
"""What browsers of old phones understand; staff have newer ones."""
_ALIKE = ("--bundle", "--minify", "--log-level=error", "--legal-comments=none", "--charset=utf8")
_PROCESSORS = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Bundle:
    """The app's own files by name, and which further files each entry needs before it runs."""

    files: dict[str, bytes]
    needs: dict[str, tuple[str, ...]]


def bundled(packages: Path) -> Bundle:
    """The app as it is sent to a phone, its workers among the files.

    ``packages`` is the folder with the installed packages. Raises RuntimeError with the compiler's own words when a
    module cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="careline-web-") as folder:
        out = Path(folder).resolve()
        about = out / "about.json"
        _esbuild(
            packages,
            START,
            "--splitting",
            "--format=esm",
            _PHONES,
            f"--outdir={out}",
            "--outbase=.",
            "--chunk-names=member/part-[hash]",
            f"--metafile={about}",
        )
        _esbuild(packages, *_WORKERS, "--format=iife", _PHONES, f"--outdir={out}", "--outbase=.")
        made = json.loads(about.read_text(encoding="utf-8"))["outputs"]
        files = {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.js"))}
    return Bundle(files, _needs(made, out))


def staff_bundled(packages: Path) -> dict[str, bytes]:
    """The pages that are no member's: each start as one file, beside the parts that several of them share."""
    starts = sorted(str(path.relative_to(_HERE)) for path in _HERE.glob("*/app.js"))
    with tempfile.TemporaryDirectory(prefix="careline-web-") as folder:
        out = Path(folder).resolve()
        _esbuild(
            packages,
            *(start for start in starts if start != START),
            "--splitting",
            "--format=esm",
            "--target=es2022",
            f"--outdir={out}",
            "--outbase=.",
            f"--chunk-names={JOINED}[hash]",
        )
        return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.js"))}


def small_css(text: str, packages: Path) -> str:
    """The style sheet without what only its writer needs."""
    return _esbuild(packages, "--loader=css", "--minify", "--log-level=error", given=text, alike=())


def _needs(outputs: dict[str, Any], out: Path) -> dict[str, tuple[str, ...]]:
    """By the name of the source: its own file, then all that it imports at once, the nearest first."""
    found = {}
    for name, facts in outputs.items():
        if "entryPoint" not in facts:
            continue
        needed = [name]
        for each in needed:
            imports = outputs[each]["imports"]
            needed += [
                other["path"]
                for other in imports
                if other["kind"] == "import-statement" and other["path"] not in needed
            ]
        found[facts["entryPoint"]] = tuple(str((_HERE / each).resolve().relative_to(out)) for each in needed)
    return found


def _esbuild(packages: Path, *arguments: str, given: str | None = None, alike: tuple[str, ...] = _ALIKE) -> str:
    processor = _PROCESSORS.get(platform.machine().lower(), platform.machine().lower())
    program = packages / "@esbuild" / f"{platform.system().lower()}-{processor}" / "bin" / "esbuild"
    done = subprocess.run(
        [program, *arguments, *alike],
        cwd=_HERE,
        env={"NODE_PATH": str(packages)},
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the pages cannot be joined: {done.stderr.strip()}")
    return done.stdout
