"""The ZIP: the paper, the entries with their chain, the originals, and a signed manifest of all of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.complaints.dossier import signing
from backend.complaints.dossier.chain import Link, canonical, head, sha256

FORMAT = "careline-dossier/1"
PAPER = "dossier.pdf"
ENTRIES = "entries.jsonl"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.jws"
READ_ME = "READ-ME.txt"
OUTSIDE_THE_MANIFEST = frozenset({MANIFEST, SIGNATURE})


@dataclass(frozen=True, slots=True)
class Cover:
    """What the manifest says about the dossier itself; `issuer` is our public address."""

    issuer: str
    dossier_id: str
    complaint_number: str
    reader: str
    language: str
    made_at: datetime


def entries_file(links: Sequence[Link]) -> bytes:
    """The entries, one to a line."""
    return b"".join(link.line() + b"\n" for link in links)


def manifest(cover: Cover, links: Sequence[Link], files: Mapping[str, bytes]) -> dict[str, Any]:
    """What is signed: the head of the chain, each entry's own digest in order, each file's digest."""
    return {
        "format": FORMAT,
        "issuer": cover.issuer,
        "keys": cover.issuer + signing.KEYS_PATH,
        "dossier": cover.dossier_id,
        "complaint": cover.complaint_number,
        "reader": cover.reader,
        "language": cover.language,
        "made_at": cover.made_at.isoformat(timespec="seconds"),
        "head": head(links),
        "entries": [{"id": link.entry["id"], "sha256": sha256(canonical(link.entry))} for link in links],
        "files": [{"name": name, "bytes": len(data), "sha256": sha256(data)} for name, data in sorted(files.items())],
    }


def pack(cover: Cover, links: Sequence[Link], files: Mapping[str, bytes], card_key: bytes) -> bytes:
    """The whole archive; `files` are the paper, the read-me and the originals by their names in it."""
    everything = {**files, ENTRIES: entries_file(links)}
    listed = manifest(cover, links, everything)
    everything |= {MANIFEST: canonical(listed), SIGNATURE: signing.sign(card_key, listed).encode()}
    made = cover.made_at.timetuple()[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(everything):
            # Photos and PDFs are compressed already; the rest is text.
            packing = zipfile.ZIP_DEFLATED if name.endswith((".json", ".jsonl", ".jws", ".txt")) else zipfile.ZIP_STORED
            info = zipfile.ZipInfo(name, made)
            info.external_attr = 0o644 << 16
            archive.writestr(info, everything[name], packing)
    return out.getvalue()


def stored_name(client_id: UUID, dossier_id: UUID, form: str) -> str:
    """Where a file of a dossier (``pdf`` or ``zip``) lies in the object store."""
    return f"{client_id}/dossiers/{dossier_id}.{form}"
