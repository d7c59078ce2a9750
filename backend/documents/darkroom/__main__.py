"""The child: answers "look" (one quick look at the first page) and "develop" (clean copies of all pages)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from backend.documents import rules
from backend.documents.darkroom import papers, pictures, quality
from backend.documents.darkroom.likeness import likeness
from backend.documents.darkroom.refused import Refused
from backend.documents.intake import examine
from backend.documents.rules import Limits
from backend.documents.sandbox import Answer, serve
from backend.kit.refusal import Refusal

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 60
IDLE_SECONDS = 300.0


def handle(header: dict[str, Any], data: bytes) -> Answer:
    """One question; a file that cannot be handled is an answer too, not an end of the process."""
    limits = Limits(**header["limits"])
    facts = examine(data, limits, thorough=True)
    if isinstance(facts, Refusal):
        return {"refused": facts.reason}, []
    try:
        source = papers.Paper(data, limits) if facts.kind == "pdf" else pictures.Picture(data, facts.kind, limits)
        return look(source) if header["task"] == "look" else develop(source)
    except Refused as refused:
        return {"refused": refused.reason}, []
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        return {"refused": rules.DAMAGED}, []


def look(source: pictures.Picture | papers.Paper) -> Answer:
    """Measures of the first page, decoded no finer than needed."""
    return {"pages": source.pages, "measures": [asdict(quality.measure(*source.glance()))]}, []


def develop(source: pictures.Picture | papers.Paper) -> Answer:
    """A clean JPEG, the measures and the likeness of every page, and the marks of the file."""
    copies, measures, likenesses = [], [], []
    for page in source.each_page():
        measures.append(asdict(quality.measure(page, min(page.size))))
        likenesses.append(likeness(page))
        copies.append(pictures.clean_jpeg(page))
    answer = {"pages": len(copies), "measures": measures, "likenesses": likenesses, "marks": source.marks()}
    return answer, copies


if __name__ == "__main__":
    serve(handle, memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, idle_seconds=IDLE_SECONDS)
