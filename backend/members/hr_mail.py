"""Mail to the employer's personnel department; it names a card by its last digits, never a person's data."""

from __future__ import annotations

from uuid import UUID

from backend import languages
from backend.access import Scope
from backend.branding import loader as branding
from backend.branding.vocabulary import own_words
from backend.clients import queries as clients
from backend.clients.registry import client_by_id
from backend.integrations import registry
from backend.integrations.mail import MailMessage
from backend.kit import clock
from backend.kit.money import Money
from backend.members.models import Card


def tell_of_lost_card(scope: Scope, card_id: UUID) -> int:
    """Ask every HR contact to request the replacement (S1-59, S1-60); returns how many were written to."""
    card = scope.session.get_one(Card, (scope.client_id, card_id))
    client = client_by_id(scope.client_id)
    fee = clients.terms_on(scope, clock.today(client.timezone)).card_replacement_fee_minor
    figures = {"ending": card.number[-4:], "fee": Money(fee, client.currency), "client": client.name}
    contacts = clients.hr_contacts(scope)
    brand = branding.brand_for(client)
    reword, spoken = own_words(brand.glossary), client.default_language
    for contact in contacts:
        registry.current().mail.mail(
            MailMessage(
                client=client.slug,
                sender_name=brand.name,
                to=contact.email,
                subject=languages.message("cards.mail_lost_subject", spoken, figures, reword=reword),
                text=languages.message("cards.mail_lost_text", spoken, figures, reword=reword),
                reference=f"card:{card.id}:{contact.id}",
                sender=brand.mail_sender,
                reply_to=brand.support.get("mail", ""),
            )
        )
    return len(contacts)
