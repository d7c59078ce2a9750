"""Names that must not show through a client's brand: the makers of what lies behind it, and every other client."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from backend.kit.refusal import Refusal

LEAK = "branding.leak"

VENDORS = ("careline", "twilio", "rasa", "firebase", "granian", "minio", "typst", "swagger", "preact", "postgresql")
"""Whose names a member never reads; ours is among them."""


def leaks(artefacts: Mapping[str, str], foreign: Collection[str], own: Collection[str] = ()) -> Iterator[Refusal]:
    """Every forbidden name in every artefact, as whole words; one finding for each name and artefact.

    ``artefacts`` are texts by what they are (``mail claim_paid (id)``), ``foreign`` the names, numbers and addresses of
    other clients, ``own`` the client's own names: what stands inside one of them belongs to it. A foreign name of one
    word counts only as it is written: it may be a common word of some language.
    """
    ours = _either(sorted(own, key=len, reverse=True))
    bare = {what: ours.sub(" ", text) for what, text in artefacts.items()} if ours else dict(artefacts)
    for name in (*VENDORS, *sorted(foreign)):
        exact = name not in VENDORS and " " not in name
        pattern = re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])", 0 if exact else re.IGNORECASE)
        for artefact, text in bare.items():
            found = pattern.search(text)
            if found:
                yield Refusal(LEAK, {"artefact": artefact, "name": name, "beside": _around(text, found)})


def _either(names: Collection[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(re.escape, names)), re.IGNORECASE) if names else None


def _around(text: str, found: re.Match[str]) -> str:
    return " ".join(text[max(0, found.start() - 20) : found.end() + 20].split())
