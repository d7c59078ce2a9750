"""No webhook about a caller stays without TwiML: whatever fails behind it, the caller hears what to do now."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, request

from backend.branding import loader as branding
from backend.conversations.ivr import fallback
from backend.errors import CareError
from backend.observability import WEBHOOKS, log

View = TypeVar("View", bound=Callable[..., Any])


def as_twiml(body: str) -> Response:
    """TwiML as Twilio wants it."""
    return Response(body, mimetype="text/xml")


def last_resort() -> Response:
    """The static TwiML of whoever was called: from memory, without database, bot or job."""
    slug = branding.slug_of_number("voice", request.form.get("To", "").removeprefix("whatsapp:"))
    tries = request.args.get("again", "0")
    return as_twiml(fallback.twiml_for(slug, int(tries) if tries.isdigit() else 0))


def answers_always(view: View) -> View:
    """The last resort instead of an error: an error would end the call with a machine's apology."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except CareError:
            WEBHOOKS.labels(request.path.removeprefix("/twilio/"), "unknown").inc()
        except Exception as error:
            WEBHOOKS.labels(request.path.removeprefix("/twilio/"), "failed").inc()
            log.error("call_without_answer", path=request.path, kind=type(error).__name__, exc_info=error)
        return last_resort()

    return guarded  # type: ignore[return-value]
