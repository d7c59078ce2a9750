"""Messages lead into the app: each to a page that is there."""

from __future__ import annotations

import re

import pytest

from backend.notifications.events import EVENTS, TO_STAFF
from tests.structure.source import ROOT, python_files

_ROUTES = (ROOT / "backend" / "web" / "member" / "routes.js").read_text(encoding="utf-8")
PATTERNS = [found.replace("\\/", "/") for found in re.findall(r"pattern: /(.+?)/, page", _ROUTES)]


@pytest.mark.parametrize("event", sorted(name for name, one in EVENTS.items() if one.topic != TO_STAFF))
def test_every_message_leads_to_a_page_that_exists(event):
    assert any(re.match(pattern, EVENTS[event].link) for pattern in PATTERNS), EVENTS[event].link


def test_addresses_into_the_app_are_made_in_one_place():
    """Else one of them forgets the client's own host name."""
    address = re.compile(r"(?:url|origin\(\w+\))\}/(?:c/|#)")
    product = [path for path in python_files("backend") if "devstack" not in path.parts]
    making = {str(path.relative_to(ROOT)) for path in product if address.search(path.read_text(encoding="utf-8"))}
    assert making == {"backend/branding/links.py"}
