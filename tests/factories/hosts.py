"""A host name of a client's own, for as long as a test lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from backend.branding import loader
from backend.branding.loader import Brand


def give_host(monkeypatch: pytest.MonkeyPatch, slug: str, *hosts: str, **fields: Any) -> Brand:
    """The client's brand with these host names and fields; every other brand as it is."""
    changed = replace(loader.brand_of(slug), hosts=hosts, **fields)
    known: Mapping[str, Brand] = {**loader.brands(), slug: changed}
    monkeypatch.setattr(loader, "brands", lambda: known)
    return changed
