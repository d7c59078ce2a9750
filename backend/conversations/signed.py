"""The guard of every ``/twilio`` route: what was not signed with our token is refused before it is read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, g, request

from backend.errors import NotFound
from backend.integrations.twilio.signature import genuine, webhook_url
from backend.observability import WEBHOOKS
from backend.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])
_REFUSED = "signature required"


def from_twilio(view: View) -> View:
    """Only with a signature over our configured address and the form; 403 with a constant body without.

    Without a token in the settings the route does not exist.
    """

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        settings: Settings = g.settings
        if not settings.twilio_auth_token:
            raise NotFound()
        url = webhook_url(settings.public_url, request.path, request.query_string.decode("latin-1"))
        if not genuine(settings.twilio_auth_token, url, request.form, request.headers.get("X-Twilio-Signature", "")):
            WEBHOOKS.labels(request.path.removeprefix("/twilio/"), "refused").inc()
            return Response(_REFUSED, status=403, mimetype="text/plain")
        return view(*args, **kwargs)

    guarded.verifies_signature = True  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
