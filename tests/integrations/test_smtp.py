"""Mail at its SMTP edge."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

import pytest

from backend.integrations import smtp
from backend.integrations.mail import MailMessage
from backend.integrations.messaging import SendUncertain, VendorError
from backend.integrations.smtp import SmtpMail
from tests.integrations.loopback import smtp_server

MESSAGE = MailMessage(
    "acme", "Kirana Sehat", "budi@mail.example", "Klaim lengkap", "Halo Budi,\n\nSélamat.", "attempt:7"
)


def test_a_mail_is_written_in_the_clients_name():
    with smtp_server() as (url, mails):
        sent = SmtpMail(url, "care@careline.example").mail(MESSAGE)
    mail = email.message_from_bytes(mails[0], policy=email.policy.default)
    assert mail["From"] == "Kirana Sehat <care@careline.example>"
    assert (mail["To"], mail["Subject"]) == ("budi@mail.example", "Klaim lengkap")
    assert mail["Message-ID"] == sent.vendor_id
    assert "Sélamat." in mail.get_content()


def test_a_mail_comes_from_the_clients_own_address_and_answers_go_where_it_wants_them():
    mine = replace(MESSAGE, sender="halo@kirana.example", reply_to="bantuan@kirana.example")
    with smtp_server() as (url, mails):
        sent = SmtpMail(url, "care@careline.example").mail(mine)
    mail = email.message_from_bytes(mails[0], policy=email.policy.default)
    assert mail["From"] == "Kirana Sehat <halo@kirana.example>"
    assert mail["Reply-To"] == "bantuan@kirana.example"
    assert sent.vendor_id.endswith("@kirana.example>")


def test_an_unknown_mailbox_is_a_permanent_refusal():
    with smtp_server(refuse_recipient=True) as (url, _), pytest.raises(VendorError) as refusal:
        SmtpMail(url, "care@careline.example").mail(MESSAGE)
    assert (refusal.value.cause, refusal.value.permanent) == ("invalid_address", True)


def test_a_server_that_cannot_be_reached_may_be_tried_again():
    with smtp_server() as (url, _):
        pass
    with pytest.raises(VendorError) as refusal:
        SmtpMail(url, "care@careline.example").mail(MESSAGE)
    assert (refusal.value.cause, refusal.value.permanent) == ("no_connection", False)


def test_a_mail_that_left_without_an_answer_is_uncertain(monkeypatch):
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.3)
    with smtp_server(hang_after_data=True) as (url, _), pytest.raises(SendUncertain):
        SmtpMail(url, "care@careline.example").mail(MESSAGE)
