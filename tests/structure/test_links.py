"""Messages lead into the app: each to a page that is there."""

from __future__ import annotations

import re

import pytest

from backend.notifications.events import EVENTS, TO_STAFF
from tests.structure.source import ROOT

_ROUTES = (ROOT / "backend" / "web" / "member" / "routes.js").read_text(encoding="utf-8")
PATTERNS = [found.replace("\\/", "/") for found in re.findall(r"pattern: /(.+?)/, page", _ROUTES)]


@pytest.mark.parametrize("event", sorted(name for name, one in EVENTS.items() if one.topic != TO_STAFF))
def test_every_message_leads_to_a_page_that_exists(event):
    assert any(re.match(pattern, EVENTS[event].link) for pattern in PATTERNS), EVENTS[event].link
