"""Shapes of cards."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.api import MoneySchema, Schema
from backend.members.schemas import CardPlanSchema


class CardClientSchema(Schema):
    """A client by slug and name."""

    slug = fields.String()
    name = fields.String()


class CardHotlineSchema(Schema):
    """The helpline's numbers, E.164."""

    voice = fields.String()
    whatsapp = fields.String()


class CardSchema(Schema):
    """The e-card; ``qr`` is the text of the QR while the card is active."""

    member_id = fields.UUID()
    member_number = fields.String()
    card_number = fields.String(allow_none=True)
    name = fields.String()
    relationship = fields.String()
    birth_date = fields.Date()
    plan = fields.Nested(CardPlanSchema, allow_none=True)
    client = fields.Nested(CardClientSchema)
    status = fields.String(validate=validate.OneOf(["active", "suspended", "lost", "ended", "none"]))
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
    qr = fields.String(allow_none=True)
    qr_expires_at = fields.AwareDateTime(allow_none=True)
    replacement_fee = fields.Nested(MoneySchema)
    hotline = fields.Nested(CardHotlineSchema)
    as_of = fields.AwareDateTime()


class ImageQuerySchema(Schema):
    """The language of the words on the card; without it the reader's."""

    language = fields.String(validate=validate.OneOf(["id", "en", "pt"]))


class LossSchema(Schema):
    """What happened to the card."""

    reason = fields.String(load_default="lost", validate=validate.OneOf(["lost", "stolen", "damaged"]))


class ReplacementSchema(Schema):
    """What follows a loss: HR requests the new card, which has a fee."""

    state = fields.String()
    through = fields.String()
    fee = fields.Nested(MoneySchema)


class LossReportSchema(Schema):
    """The card is refused from now on."""

    card_number = fields.String()
    status = fields.String()
    reason = fields.String()
    reported_at = fields.AwareDateTime()
    replacement = fields.Nested(ReplacementSchema)
    meanwhile = fields.List(fields.String())
    """What to do at a hospital or a clinic until there is a card again."""
    card_desk = fields.Dict()


class NewCardSchema(Schema):
    """A card that was issued."""

    id = fields.UUID()
    card_number = fields.String()
    status = fields.String()
    fee = fields.Nested(MoneySchema, allow_none=True)


class SuspensionSchema(Schema):
    """Stop the card, or let it work again."""

    suspended = fields.Boolean(required=True)


class LostCardsSchema(Schema):
    """Lost cards without a replacement, the oldest report first."""

    items = fields.List(fields.Dict())


class QrSchema(Schema):
    """The text of a card's QR."""

    qr = fields.String(required=True, validate=validate.Length(min=1, max=2000))


class VerdictSchema(Schema):
    """Whether a card is genuine and valid; staff of the client also learn whose it is and for what."""

    genuine = fields.Boolean(required=True)
    valid = fields.Boolean(required=True)
    reason = fields.String(allow_none=True)
    message = fields.String(required=True)
    as_of = fields.AwareDateTime(required=True)
    signed_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()
    client = fields.Nested(CardClientSchema)
    member = fields.Dict()
    card_number = fields.String()
    status = fields.String()
    covered = fields.Boolean()
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
    plan = fields.Nested(CardPlanSchema, allow_none=True)
    eligible_for = fields.List(fields.Dict())


class KeySetSchema(Schema):
    """A JSON Web Key Set to verify cards without a connection."""

    format = fields.String()
    keys = fields.List(fields.Dict())
