"""Names that must not show through a client's brand: the makers of what lies behind it, and every other client."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from backend.kit.refusal import Refusal

LEAK = "branding.leak"

VENDORS = ("careline", "twilio", "rasa", "firebase", "granian", "minio", "typst", "swagger", "preact", "postgresql")
"""Whose names a member never reads; ours is among them."""


def leaks(artefacts: Mapping[str, str], foreign: Collection[str]) -> Iterator[Refusal]:
    """Every forbidden name in every artefact, as whole words in any case; one finding for each name and artefact.

    ``artefacts`` are texts by what they are (``mail claim_paid (id)``), ``foreign`` the names of other clients.
    """
    for name in (*VENDORS, *sorted(foreign)):
        pattern = re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])", re.IGNORECASE)
        for artefact, text in artefacts.items():
            found = pattern.search(text)
            if found:
                yield Refusal(LEAK, {"artefact": artefact, "name": name, "beside": _around(text, found)})


def _around(text: str, found: re.Match[str]) -> str:
    return " ".join(text[max(0, found.start() - 20) : found.end() + 20].split())
