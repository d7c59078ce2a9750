"""Shapes of the inbox, of preferences and of devices."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.notifications.events import TOPICS
from backend.notifications.rules import Channel


class PageQuery(Schema):
    """Which page of the inbox."""

    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, 100))


class InboxItem(Schema):
    """One message, in the reader's language."""

    id = ma.fields.UUID(required=True)
    event = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    text = ma.fields.String(required=True)
    link = ma.fields.String(required=True)
    created_at = ma.fields.AwareDateTime(required=True)
    read_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class MessagePlace(Schema):
    """Whose message it is, and where in the app it leads."""

    id = ma.fields.UUID(required=True)
    member_id = ma.fields.UUID(required=True)
    link = ma.fields.String(required=True)


class Inbox(Schema):
    """A page of messages, the newest first; ``unread_by_member`` names everybody the reader acts for who has some."""

    items = ma.fields.List(ma.fields.Nested(InboxItem), required=True)
    unread = ma.fields.Integer(required=True)
    unread_by_member = ma.fields.Dict(keys=ma.fields.UUID(), values=ma.fields.Integer(), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


_CHANNEL = ma.validate.OneOf([channel.value for channel in Channel])


class Preference(Schema):
    """Channels in the order they are tried, muted topics, and quiet hours on the member's own clock.

    ``unwanted`` names by topic the channels that stay silent for it; security takes every channel there is.
    """

    channels = ma.fields.List(
        ma.fields.String(validate=_CHANNEL),
        required=True,
        validate=ma.validate.Length(max=4),
    )
    muted = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf(TOPICS)), load_default=list, validate=ma.validate.Length(max=10)
    )
    unwanted = ma.fields.Dict(
        keys=ma.fields.String(validate=ma.validate.OneOf(TOPICS)),
        values=ma.fields.List(ma.fields.String(validate=_CHANNEL), validate=ma.validate.Length(max=4)),
        load_default=dict,
    )
    quiet_from = ma.fields.Time(load_default=None, allow_none=True, format="%H:%M")
    quiet_until = ma.fields.Time(load_default=None, allow_none=True, format="%H:%M")

    @ma.validates_schema
    def both_ends(self, data: dict[str, object], **_: object) -> None:
        """Quiet hours have a beginning and an end, or neither."""
        if (data.get("quiet_from") is None) != (data.get("quiet_until") is None):
            raise ma.ValidationError("quiet hours need both ends", "quiet_until")


class DeviceIn(Schema):
    """A device as Firebase names it: ``fid`` (installation id) or the older ``token``."""

    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(["fid", "token"]))
    value = ma.fields.String(required=True, validate=ma.validate.Length(min=8, max=4096))
    platform = ma.fields.String(required=True, validate=ma.validate.OneOf(["android", "ios", "web"]))


class BrowserIn(Schema):
    """What a browser's push service gave it, as the Push API shows it."""

    endpoint = ma.fields.Url(required=True, schemes={"https"}, validate=ma.validate.Length(max=2000))
    p256dh = ma.fields.String(required=True, validate=ma.validate.Length(80, 100))
    auth = ma.fields.String(required=True, validate=ma.validate.Length(20, 40))


class WebPushKey(Schema):
    """The key to subscribe with; null where there is no push in browsers."""

    public_key = ma.fields.String(required=True, allow_none=True)


class DeviceOut(Schema):
    """A registered device."""

    id = ma.fields.UUID(required=True)
    platform = ma.fields.String(required=True)
    seen_at = ma.fields.AwareDateTime(required=True)
