"""HTTP of the private calendar: made and ended by the member, read by calendar apps that know its address."""

from __future__ import annotations

import hashlib

from flask import Response, request
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer, open_scope
from backend.calendars import schemas, service, tokens
from backend.errors import NotFound, TooManyRequests
from backend.kit import clock
from backend.kit.rate import RateLimit
from backend.settings import Settings

blp = Blueprint("calendars", __name__, description="Deadlines in the member's own calendar")

_BY_ADDRESS = RateLimit(60, seconds=3600)
"""Reads of one feed: several devices of a family that look every five minutes."""
_STRANGERS = RateLimit(30, seconds=60)
"""Reads of feeds that are not there, by network: so that nobody tries addresses."""


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp]


@blp.route("/api/v1/me/calendar")
class OwnCalendar(MethodView):
    """The member's feed."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.CalendarStateSchema)
    def get(self, scope: Scope) -> Response:
        """Whether one has a private calendar"""
        return answer(service.feed_state(scope))

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.NewCalendarSchema)
    def post(self, scope: Scope) -> Response:
        """A new secret address; the one before stops working, so a retry needs no key"""
        response = answer(service.make_feed(scope))
        response.headers["Cache-Control"] = "no-store"
        return response

    @blp.access(Role.MEMBER)
    @blp.response(204)
    def delete(self, scope: Scope) -> None:
        """Make the address stop working"""
        service.end_feed(scope)


@blp.route("/calendar/<token>.ics")
class Feed(MethodView):
    """What calendar apps read."""

    @blp.public("calendar apps cannot sign in; the address itself is the secret, and its holder can end it")
    @blp.response(200, {"type": "string"}, content_type="text/calendar")
    def get(self, token: str) -> Response:
        """The deadlines of the member whose address this is"""
        response = Response(_read(token), mimetype="text/calendar")
        response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
        response.headers |= {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
        response.make_conditional(request)
        return response


def _read(token: str) -> bytes:
    client_id = tokens.client_of(token)
    digest = tokens.digest(token) if client_id else b""
    _wait(_BY_ADDRESS.wait(digest.hex(), clock.now()) if digest else 0)
    try:
        if client_id is None:
            raise NotFound()
        return service.read_feed(open_scope(client_id), digest)
    except NotFound:
        _wait(_STRANGERS.wait(request.remote_addr or "", clock.now()))
        raise


def _wait(seconds: int) -> None:
    if seconds:
        raise TooManyRequests(retry_after_seconds=seconds)
