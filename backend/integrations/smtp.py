"""Mail over SMTP, encrypted whenever the server can."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from urllib.parse import unquote, urlsplit

from backend.integrations.mail import MailMessage
from backend.integrations.messaging import SendResult, SendUncertain, VendorError

TIMEOUT_SECONDS = 15


class SmtpMail:
    """A MailSender for ``smtp://user:password@host:port`` or ``smtps://…``."""

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    def mail(self, message: MailMessage) -> SendResult:
        """Deliver to the mail server; raises VendorError, or SendUncertain when the text had already left."""
        shaped = self._shape(message)
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise VendorError("no_connection", permanent=False) from error
        with server:
            try:
                server.send_message(shaped)
            except smtplib.SMTPRecipientsRefused as error:
                raise VendorError("invalid_address", permanent=True) from error
            except smtplib.SMTPResponseException as error:
                code = str(error.smtp_code)
                raise VendorError("refused", permanent=error.smtp_code >= 500, code=code) from error
            except (OSError, smtplib.SMTPException) as error:
                raise SendUncertain() from error
        return SendResult(str(shaped["Message-ID"]), "sent")

    def _shape(self, message: MailMessage) -> EmailMessage:
        shaped = EmailMessage()
        sender = message.sender or self._sender
        shaped["From"] = formataddr((message.sender_name, sender))
        if message.reply_to:
            shaped["Reply-To"] = message.reply_to
        shaped["To"] = message.to
        shaped["Subject"] = message.subject
        shaped["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
        shaped["Auto-Submitted"] = "auto-generated"
        shaped.set_content(message.text)
        return shaped

    def _connect(self) -> smtplib.SMTP:
        host, context = self._url.hostname or "localhost", ssl.create_default_context()
        server: smtplib.SMTP
        if self._url.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, self._url.port or 465, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, self._url.port or 587, timeout=TIMEOUT_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server
