"""The check of a dossier's ZIP: is it as it was signed, and if not, which entry or file is not."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import orjson

from backend.complaints.dossier import signing
from backend.complaints.dossier.archive import ENTRIES, FORMAT, MANIFEST, OUTSIDE_THE_MANIFEST, SIGNATURE
from backend.complaints.dossier.chain import BEGINNING, canonical, digest_after, sha256

_MOST_BYTES = 1_000_000_000
"""More than a dossier unpacks to: a ZIP that claims more is not one of ours."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was signed. ``kind`` is changed, removed, added, reordered, chain, unsigned or
    unreadable."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


class Unreadable(ValueError):
    """This is no dossier, or too little of it is left to say more."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was signed, and everything that is otherwise; without findings the dossier is as it was signed."""

    manifest: Mapping[str, Any]
    findings: tuple[Finding, ...]


def claimed_manifest(data: bytes) -> Mapping[str, Any]:
    """What the dossier says of itself, unchecked: where its keys are published. Raises Unreadable."""
    return _manifest(signing.unproven(_signature(_files(data)[0])))


def check(data: bytes, keys: Mapping[str, Any]) -> Verdict:
    """Compare a ZIP with what was signed in it; `keys` is the published key set. Raises Unreadable."""
    files, twice = _files(data)
    findings = [Finding("added", f"file {name} (stands in the ZIP more than once)") for name in twice]
    signature = _signature(files)
    try:
        signed = signing.read(signature, keys)
    except signing.SignatureBroken as broken:
        findings.append(Finding("unsigned", str(broken)))
        signed = _claimed(signature)
    manifest = _manifest(signed)
    if files.get(MANIFEST) != signed:
        findings.append(Finding("changed" if MANIFEST in files else "removed", f"file {MANIFEST}"))
    findings += _file_findings(files, manifest)
    findings += _entry_findings(files.get(ENTRIES, b""), manifest)
    return Verdict(manifest, tuple(findings))


def _files(data: bytes) -> tuple[dict[str, bytes], list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = Counter(archive.namelist())
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise Unreadable("the ZIP is too large to be a dossier")
            return {name: _content(archive, name) for name in names}, [name for name, n in names.items() if n > 1]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Unreadable("the file is no readable ZIP") from error


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error):
        return b""  # its bytes do not fit its own check sum: a changed file, and named as one


def _signature(files: Mapping[str, bytes]) -> str:
    try:
        return files[SIGNATURE].decode("ascii")
    except (KeyError, UnicodeDecodeError) as error:
        raise Unreadable(f"there is no {SIGNATURE}: nothing says what was signed") from error


def _claimed(signature: str) -> bytes:
    try:
        return signing.unproven(signature)
    except signing.SignatureBroken as error:
        raise Unreadable(str(error)) from error


def _manifest(signed: bytes) -> Mapping[str, Any]:
    try:
        manifest = orjson.loads(signed)
        if manifest["format"] != FORMAT:
            raise Unreadable(f"the format {manifest['format']} is not known here")
        [entry["id"] + entry["sha256"] for entry in manifest["entries"]]
        [one["name"] + one["sha256"] for one in manifest["files"]]
        manifest["head"] + manifest["issuer"] + manifest["keys"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise Unreadable("the manifest cannot be read") from error
    return manifest  # type: ignore[no-any-return]


def _file_findings(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    signed = {one["name"]: one["sha256"] for one in manifest["files"]}
    for name, digest in signed.items():
        if name not in files:
            yield Finding("removed", f"file {name}")
        elif sha256(files[name]) != digest:
            yield Finding("changed", f"file {name}")
    for name in files.keys() - signed.keys() - OUTSIDE_THE_MANIFEST:
        yield Finding("added", f"file {name}")


def _entry_findings(content: bytes, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    links, broken = _links(content)
    yield from broken
    signed = [(entry["id"], entry["sha256"]) for entry in manifest["entries"]]
    yield from _compared(signed, [(_id(link), sha256(canonical(link.get("entry")))) for link in links])
    yield from _breaks(links, manifest["head"])


def _links(content: bytes) -> tuple[list[dict[str, Any]], list[Finding]]:
    links, broken = [], []
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            link = orjson.loads(line)
            if not isinstance(link, dict):
                raise TypeError
            links.append(link)
        except (orjson.JSONDecodeError, TypeError):
            broken.append(Finding("changed", f"line {number} of {ENTRIES} cannot be read"))
    return links, broken


def _id(link: Mapping[str, Any]) -> str:
    entry = link.get("entry")
    return str(entry.get("id")) if isinstance(entry, dict) else "without an id"


def _compared(signed: Sequence[tuple[str, str]], found: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    place = {name: number for number, (name, _) in enumerate(signed, start=1)}
    digests, seen = dict(signed), set()
    for number, (name, digest) in enumerate(found, start=1):
        if name not in digests or name in seen:
            yield Finding("added", f"entry {number} ({name})")
        elif digest != digests[name]:
            yield Finding("changed", f"entry {place[name]} ({name})")
        seen.add(name)
    for name, number in place.items():
        if name not in seen:
            yield Finding("removed", f"entry {number} ({name})")
    yield from _moved([name for name, _ in signed if name in seen], [name for name, _ in found if name in digests])


def _moved(signed: Sequence[str], found: Sequence[str]) -> Iterator[Finding]:
    first = list(dict.fromkeys(found))
    if first == list(signed):
        return
    stayed = {
        name
        for block in SequenceMatcher(None, signed, first, autojunk=False).get_matching_blocks()
        for name in signed[block.a : block.a + block.size]
    }
    for number, name in enumerate(signed, start=1):
        if name not in stayed:
            yield Finding("reordered", f"entry ({name}) was signed as number {number} of those that are left")


def _breaks(links: Sequence[Mapping[str, Any]], head: str) -> Iterator[Finding]:
    """Where the chain itself does not hold: the digests beside the entries, and the last one against the signed one."""
    previous = BEGINNING
    for number, link in enumerate(links, start=1):
        digest = digest_after(previous, link.get("entry"))
        if (link.get("number"), link.get("previous"), link.get("digest")) != (number, previous, digest):
            yield Finding("chain", f"broken at entry {number} ({_id(link)})")
            return
        previous = digest
    if previous != head:
        yield Finding("chain", "its head is not the signed one")
