"""What a member agrees to in the thread; time, language and words are kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.helpline.asker import Answer, Asker
from backend.members.consent_wordings import wording
from backend.members.rules.consents import Purpose
from backend.members.service.consents import give_consent


def whatsapp(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """We may write first on WhatsApp, in the words that were shown."""
    acting = asker.acting(scope)
    give_consent(acting, asker.proved(), Purpose.WHATSAPP, wording(Purpose.WHATSAPP, asker.language, asker.brand))
    return Answer.of("whatsapp_opted_in")
