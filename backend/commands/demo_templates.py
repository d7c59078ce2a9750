"""The demo's approved WhatsApp texts: one for every event and language, as a vendor would have given them."""

from __future__ import annotations

import hashlib
from string import Formatter

from backend.access import working_for
from backend.clients.registry import ClientFacts
from backend.notifications import service
from backend.notifications.events import EVENTS
from backend.notifications.rules import Channel
from backend.notifications.wording import template


def approve_all(client: ClientFacts) -> None:
    """Keep a template for every event that may go out on WhatsApp, in every language of the client."""
    with working_for(client.id) as scope:
        for event in EVENTS.values():
            if Channel.WHATSAPP not in event.channels:
                continue
            for language in client.languages:
                said = template(event.name, Channel.WHATSAPP, language)
                variables = list(dict.fromkeys(name for _, name, _, _ in Formatter().parse(said) if name))
                service.keep_template(scope, event.name, language, _sid(client.slug, event.name, language), variables)


def _sid(*of: str) -> str:
    return "HX" + hashlib.sha256("/".join(of).encode()).hexdigest()[:32]
