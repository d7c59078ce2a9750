"""``python -m backend.commands.verify_dossier FILE.zip [--keys URL-or-file]``: is this dossier as it was signed?

Needs neither a database nor settings, only the file and the published keys. Without ``--keys`` they are fetched from
the address that the dossier names: make sure that it is the administrator's. Answers 0 when everything is as it was
signed, 1 when something is not (each finding names the entry or file), 2 when the file or the keys cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import requests

from backend.complaints.dossier.checking import Unreadable, check, claimed_manifest
from backend.complaints.dossier.signing import SignatureBroken

_TIMEOUT_SECONDS = 10
_GOOD, _DIFFERENT, _UNREADABLE = 0, 1, 2


def run(file: Path, keys: str | None) -> int:
    """Check a file, say what was found; returns the exit status."""
    try:
        data = file.read_bytes()
        source = keys or str(claimed_manifest(data)["keys"])
        verdict = check(data, _key_set(source))
    except (Unreadable, SignatureBroken, OSError, ValueError) as error:
        print(f"cannot be checked: {error}")
        return _UNREADABLE
    said = verdict.manifest
    print(f"dossier {said['dossier']} of complaint {said['complaint']}, for {said['reader']}, made {said['made_at']}")
    print(f"issued by {said['issuer']}, keys from {source}")
    for finding in verdict.findings:
        print(finding)
    if verdict.findings:
        print(f"NOT as signed: {len(verdict.findings)} finding(s)")
        return _DIFFERENT
    print(f"as signed: {len(said['entries'])} entries, {len(said['files'])} files, head {said['head']}")
    return _GOOD


def _key_set(source: str) -> Mapping[str, Any]:
    if source.startswith(("https://", "http://")):
        answer = requests.get(source, timeout=_TIMEOUT_SECONDS)
        answer.raise_for_status()
        content = answer.content
    else:
        content = Path(source).read_bytes()
    keys = orjson.loads(content)
    if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
        raise ValueError(f"{source} holds no key set")
    return keys


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="the dossier's ZIP")
    parser.add_argument("--keys", help="address or file of the published keys")
    chosen = parser.parse_args(arguments)
    return run(chosen.file, chosen.keys)


if __name__ == "__main__":
    sys.exit(main())
