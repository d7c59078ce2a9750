"""Which implementation stands behind each Protocol, chosen by settings; unknown names refuse to start."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from backend.integrations.bot import DialogueEngine, NoBot
from backend.integrations.firebase_web import FirebaseWebPush
from backend.integrations.identity import IdentityProvider, NoIdentityProvider
from backend.integrations.mail import MailSender
from backend.integrations.messaging import MessageSender
from backend.integrations.object_storage import open_store
from backend.integrations.push import NoWebPush, PushSender, WebPush
from backend.integrations.rasa import RasaEngine
from backend.integrations.recorder import Recorder
from backend.integrations.smtp import SmtpMail
from backend.integrations.storage import ObjectStore
from backend.integrations.telephony import Telephony
from backend.integrations.twilio.client import rest_client
from backend.integrations.twilio.media import MediaSource, TwilioMedia
from backend.integrations.twilio.messages import TwilioMessages
from backend.integrations.twilio.voice import TwilioVoice
from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class Integrations:
    """The outside systems of one process."""

    settings: Settings
    messaging: MessageSender
    push: PushSender
    web_push: WebPush
    mail: MailSender
    objects: ObjectStore
    identity: IdentityProvider
    bot: DialogueEngine
    media: MediaSource
    telephony: Telephony

    @classmethod
    def of(cls, settings: Settings) -> Integrations:
        """What the settings ask for; the settings have already refused unknown names."""
        recorder = Recorder()
        return cls(
            settings=settings,
            messaging=TwilioMessages(rest_client(settings), settings.public_url)
            if settings.messaging == "twilio"
            else recorder,
            push=_firebase(settings) if settings.push == "firebase" else recorder,
            web_push=_firebase_web(settings) if settings.push == "firebase" else NoWebPush(),
            mail=SmtpMail(settings.smtp_url, settings.mail_sender) if settings.mail == "smtp" else recorder,
            objects=open_store(settings.object_store_url),
            identity=_firebase_identity(settings) if settings.firebase_credentials_dir else NoIdentityProvider(),
            bot=RasaEngine(settings.bot_url, settings.bot_secret) if settings.bot_url else NoBot(),
            media=TwilioMedia(settings),
            telephony=TwilioVoice(rest_client(settings)) if settings.messaging == "twilio" else recorder,
        )


def _firebase(settings: Settings) -> PushSender:
    # Loaded only where push goes out for real: the library costs a process a second and 25 MB.
    made: PushSender = import_module("backend.integrations.firebase").FirebasePush(
        Path(settings.firebase_credentials_dir)
    )
    return made


def _firebase_web(settings: Settings) -> WebPush:
    return FirebaseWebPush(Path(settings.firebase_credentials_dir))


def _firebase_identity(settings: Settings) -> IdentityProvider:
    made: IdentityProvider = import_module("backend.integrations.firebase_identity").FirebaseIdentity(
        Path(settings.firebase_credentials_dir)
    )
    return made


_current: Integrations | None = None


def current() -> Integrations:
    """The integrations of this process; made from the environment at first use."""
    global _current  # noqa: PLW0603 - one process, one set
    if _current is None:
        _current = Integrations.of(Settings.from_env())
    return _current


def use(integrations: Integrations) -> None:
    """Replace the integrations of this process (create_app, worker, tests)."""
    global _current  # noqa: PLW0603
    _current = integrations
