"""Shapes of signing in; no rule and no database here."""

from __future__ import annotations

import marshmallow as ma

from backend.accounts.passwords import MIN_LENGTH
from backend.api import Schema

_STAFF_ROLES = ("hr", "agent", "doctor", "claims", "finance", "provider", "admin")
_code = ma.validate.Regexp(r"^\d{6}$")
_short = ma.validate.Length(1, 200)
_device_key = ma.validate.Length(16, 128)


class CodeRequestSchema(Schema):
    """Where to send a code."""

    client = ma.fields.String(required=True, validate=_short)
    phone = ma.fields.String(required=True, validate=ma.validate.Length(5, 32))
    channel = ma.fields.String(load_default="sms", validate=ma.validate.OneOf(["sms", "whatsapp"]))
    device_key = ma.fields.String(load_default=None, validate=_device_key)


class SignInSchema(Schema):
    """A number with its code, or a Firebase ID token."""

    client = ma.fields.String(required=True, validate=_short)
    phone = ma.fields.String(validate=ma.validate.Length(5, 32))
    code = ma.fields.String(validate=_code)
    firebase_id_token = ma.fields.String(validate=ma.validate.Length(20, 8000))
    device_key = ma.fields.String(
        load_default=None,
        validate=_device_key,
        metadata={
            "description": "What an earlier sign-in on this device answered; a known device is never slowed down."
        },
    )

    @ma.validates_schema
    def _one_way(self, data: dict[str, object], **_: object) -> None:
        by_code = "phone" in data and "code" in data
        by_firebase = "firebase_id_token" in data
        if by_code == by_firebase or ("phone" in data) != ("code" in data):
            raise ma.ValidationError("phone and code, or firebase_id_token")


class TokensSchema(Schema):
    """What a sign-in gives."""

    access_token = ma.fields.String(required=True)
    refresh_token = ma.fields.String(required=True)
    expires_in = ma.fields.Integer(required=True, metadata={"description": "Seconds the access token is good for."})
    token_type = ma.fields.String(required=True)
    device_key = ma.fields.String(metadata={"description": "Keep it and send it at the next sign-in."})


class RefreshSchema(Schema):
    """The newest refresh token of a session."""

    refresh_token = ma.fields.String(required=True, validate=ma.validate.Length(20, 400))


class StaffProofSchema(Schema):
    """A member of staff with their password."""

    email = ma.fields.Email(required=True)
    password = ma.fields.String(required=True, validate=ma.validate.Length(1, 400))


class StaffSignInSchema(StaffProofSchema):
    """Staff sign in at one client; who works at several names it."""

    one_time_code = ma.fields.String(load_default=None, validate=_code)
    client = ma.fields.String(load_default=None, validate=_short)
    new_password = ma.fields.String(
        load_default=None,
        validate=ma.validate.Length(MIN_LENGTH, 400),
        metadata={"description": "One's own, in exchange for the password that an administrator handed out."},
    )


class ClientChoiceSchema(Schema):
    """Another client that one works for."""

    client = ma.fields.String(required=True, validate=_short)


class TemporaryPasswordSchema(Schema):
    """A password for one sign-in, which replaces it. It is shown here and never again."""

    password = ma.fields.String(required=True)
    expires_at = ma.fields.AwareDateTime(required=True)


class TotpConfirmationSchema(StaffProofSchema):
    """The first code of an authenticator."""

    one_time_code = ma.fields.String(required=True, validate=_code)


class TotpSecretSchema(Schema):
    """What an authenticator app needs."""

    secret = ma.fields.String(required=True)
    uri = ma.fields.String(required=True)


class PasswordChangeSchema(Schema):
    """The password known so far and the one from now on."""

    old_password = ma.fields.String(required=True, validate=ma.validate.Length(1, 400))
    new_password = ma.fields.String(required=True, validate=ma.validate.Length(MIN_LENGTH, 400))


class NewStaffSchema(Schema):
    """Somebody who starts to work at the client."""

    email = ma.fields.Email(required=True)
    name = ma.fields.String(required=True, validate=_short)
    role = ma.fields.String(required=True, validate=ma.validate.OneOf(_STAFF_ROLES))
    password = ma.fields.String(required=True, validate=ma.validate.Length(MIN_LENGTH, 400))
    provider_id = ma.fields.UUID(load_default=None)


class StaffSchema(Schema):
    """Somebody who works at the client."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    email = ma.fields.String(required=True)
    role = ma.fields.String(required=True)
    provider_id = ma.fields.UUID(allow_none=True)
    totp_enrolled = ma.fields.Boolean(required=True)


class StaffListSchema(Schema):
    """Everybody who works at the client."""

    items = ma.fields.List(ma.fields.Nested(StaffSchema), required=True)


class ClientNameSchema(Schema):
    """A client by its short and its long name; for staff with their role there."""

    slug = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    role = ma.fields.String()


class OwnMemberSchema(Schema):
    """A member one may act for."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    relationship = ma.fields.String(required=True)
    member_number = ma.fields.String(required=True)
    status = ma.fields.String(required=True, validate=ma.validate.OneOf(["active", "left"]))


class MeSchema(Schema):
    """Who is signed in; members have ``members``, staff have ``clients``."""

    role = ma.fields.String(required=True)
    client = ma.fields.Nested(ClientNameSchema, required=True)
    member_id = ma.fields.UUID()
    members = ma.fields.List(ma.fields.Nested(OwnMemberSchema))
    language = ma.fields.String()
    id = ma.fields.UUID(metadata={"description": "Staff: by what cases name me."})
    name = ma.fields.String()
    clients = ma.fields.List(ma.fields.Nested(ClientNameSchema))
    totp_enrolled = ma.fields.Boolean()


class DeviceSchema(Schema):
    """A phone or browser somebody has signed in from."""

    id = ma.fields.UUID(required=True)
    label = ma.fields.String(required=True)
    last_seen_at = ma.fields.AwareDateTime(required=True)
    signed_in = ma.fields.Boolean(required=True)
    current = ma.fields.Boolean(required=True)


class DeviceListSchema(Schema):
    """The devices of whoever asks."""

    items = ma.fields.List(ma.fields.Nested(DeviceSchema), required=True)
