"""The ZIP of a copy: a summary to read, and per person a folder with JSON for each topic and the papers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from backend.documents.vault import Vault
from backend.integrations.storage import ObjectMissing
from backend.privacy.summary import Occasion, summary

SUMMARY = "summary.html"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its name in the folder, its name in the object store."""

    name: str
    stored: str


@dataclass(frozen=True, slots=True)
class PersonCopy:
    """Everything of one person: topic → table → rows, and the papers."""

    folder: str
    topics: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
    papers: Sequence[Paper]


def pack(people: Sequence[PersonCopy], vault: Vault, made: Occasion) -> bytes:
    """The whole archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        told = [one.topics for one in people]
        archive.writestr(SUMMARY, summary(told, made))
        for one in people:
            _write_person(archive, one, vault)
    return out.getvalue()


def _write_person(archive: zipfile.ZipFile, one: PersonCopy, vault: Vault) -> None:
    for topic, tables in one.topics.items():
        archive.writestr(f"{one.folder}/{topic}.json", orjson.dumps(tables, default=str, option=orjson.OPT_INDENT_2))
    missing = []
    for paper in one.papers:
        try:
            data = vault.get(paper.stored)
        except ObjectMissing:
            missing.append(paper.name)
            continue
        # Photos and PDFs are compressed already.
        archive.writestr(f"{one.folder}/documents/{paper.name}", data, zipfile.ZIP_STORED)
    if missing:
        archive.writestr(f"{one.folder}/documents/missing.json", orjson.dumps(missing))
