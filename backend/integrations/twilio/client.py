"""The Twilio REST client with the time limits its SDK leaves open."""

from __future__ import annotations

from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from backend.settings import Settings

TIMEOUT_SECONDS = 8.0


def rest_client(settings: Settings, http_client: HttpClient | None = None) -> Client:
    """A client that signs in by API key when there is one, else by the account's token.

    ``http_client`` replaces the transport (tests); the SDK's own would wait for ever.
    """
    by_key = bool(settings.twilio_api_key_sid)
    return Client(
        username=settings.twilio_api_key_sid if by_key else settings.twilio_account_sid,
        password=settings.twilio_api_key_secret if by_key else settings.twilio_auth_token,
        account_sid=settings.twilio_account_sid,
        http_client=http_client or TwilioHttpClient(timeout=TIMEOUT_SECONDS),
    )
