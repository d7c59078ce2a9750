"""Inbox, preferences and devices of a member; in a rehearsal also what would have been sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend import api
from backend.access import Role, Scope
from backend.api import Blueprint
from backend.notifications import inbox, outbox, service
from backend.notifications.schemas import (
    BrowserIn,
    DeviceIn,
    DeviceOut,
    Inbox,
    MessagePlace,
    PageQuery,
    Preference,
    WebPushKey,
)
from backend.settings import Settings

blp = Blueprint("notifications", __name__, url_prefix="/api/v1", description="Messages to a member.")


@blp.route("/members/<uuid:member_id>/notifications")
class InboxView(MethodView):
    """The member's messages."""

    @blp.access(Role.MEMBER)
    @blp.arguments(PageQuery, location="query")
    @blp.response(200, Inbox)
    def get(self, scope: Scope, query: dict[str, Any], member_id: UUID) -> Response:
        """The inbox, the newest message first."""
        return api.answer(inbox.page(scope, member_id, query.get("cursor"), query["limit"]))


@blp.route("/me/notifications/<uuid:notification_id>")
class OwnNotificationView(MethodView):
    """What a push was about."""

    @blp.access(Role.MEMBER)
    @blp.response(200, MessagePlace)
    def get(self, scope: Scope, notification_id: UUID) -> Response:
        """Where a message leads that is for me or somebody I act for; anybody else's is not found."""
        return api.answer(inbox.one(scope, notification_id))


@blp.route("/members/<uuid:member_id>/notifications/read")
class InboxReadView(MethodView):
    """The whole inbox at once."""

    @blp.access(Role.MEMBER)
    @blp.response(204)
    def post(self, scope: Scope, member_id: UUID) -> None:
        """Mark every message as read."""
        service.mark_all_read(scope, member_id)


@blp.route("/members/<uuid:member_id>/notifications/<uuid:notification_id>/read")
class NotificationReadView(MethodView):
    """One message."""

    @blp.access(Role.MEMBER)
    @blp.response(204)
    def post(self, scope: Scope, member_id: UUID, notification_id: UUID) -> None:
        """Mark a message as read."""
        service.mark_read(scope, member_id, notification_id)


@blp.route("/members/<uuid:member_id>/notification-preferences")
class PreferenceView(MethodView):
    """How a member wants to be reached."""

    @blp.access(Role.MEMBER)
    @blp.response(200, Preference)
    def get(self, scope: Scope, member_id: UUID) -> dict[str, Any]:
        """Channels, muted topics and quiet hours."""
        return inbox.preference(scope, member_id)

    @blp.access(Role.MEMBER)
    @blp.arguments(Preference)
    @blp.response(200, Preference)
    def put(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> dict[str, Any]:
        """Replace channels, muted topics and quiet hours."""
        return inbox.shown_preference(service.keep_preference(scope, member_id, **data))


@blp.route("/members/<uuid:member_id>/devices")
class DevicesView(MethodView):
    """Devices that take push."""

    @blp.access(Role.MEMBER)
    @blp.idempotent
    @blp.arguments(DeviceIn)
    @blp.response(201, DeviceOut)
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> dict[str, Any]:
        """Register this device for push."""
        return inbox.device(service.register_device(scope, member_id, **data))


@blp.route("/me/push")
class WebPushView(MethodView):
    """Push in browsers."""

    @blp.access(Role.MEMBER)
    @blp.response(200, WebPushKey)
    def get(self, scope: Scope) -> dict[str, Any]:
        """The key that a browser subscribes with; null where browsers get no push."""
        return {"public_key": service.web_push_key(scope)}


@blp.route("/members/<uuid:member_id>/devices/web")
class BrowsersView(MethodView):
    """Browsers that take push."""

    @blp.access(Role.MEMBER)
    @blp.idempotent
    @blp.arguments(BrowserIn)
    @blp.response(201, DeviceOut)
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> dict[str, Any]:
        """Register this browser for push while it is signed in."""
        return inbox.device(service.register_browser(scope, member_id, **data))


@blp.route("/members/<uuid:member_id>/devices/<uuid:device_id>")
class DeviceView(MethodView):
    """One device."""

    @blp.access(Role.MEMBER)
    @blp.response(204)
    def delete(self, scope: Scope, member_id: UUID, device_id: UUID) -> None:
        """Stop push to this device."""
        service.forget_device(scope, member_id, device_id)


def blueprints(settings: Settings) -> list[Blueprint]:
    """The API; the outbox of the rehearsal only where nothing is really sent."""
    return [blp, outbox.blp] if settings.rehearsal else [blp]
