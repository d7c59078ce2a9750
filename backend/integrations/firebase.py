"""Push through Firebase Cloud Messaging, one named app (and Firebase project) per client."""

from __future__ import annotations

import threading
from pathlib import Path

import firebase_admin
from firebase_admin import credentials, exceptions, messaging

from backend.integrations.connections import never_left
from backend.integrations.messaging import SendResult, SendUncertain, VendorError
from backend.integrations.push import DeviceGone, PushMessage

TIMEOUT_SECONDS = 10
_GONE = (messaging.UnregisteredError, messaging.SenderIdMismatchError)
_TRY_LATER = (messaging.QuotaExceededError, exceptions.UnavailableError, exceptions.InternalError)


class FirebasePush:
    """A PushSender. A registration is only valid in the project of its own client."""

    def __init__(self, credentials_dir: Path) -> None:
        self._credentials_dir = credentials_dir
        self._apps: dict[str, firebase_admin.App] = {}
        self._lock = threading.Lock()

    def push(self, message: PushMessage) -> SendResult:
        """Send to one device; raises DeviceGone when it must be forgotten, VendorError, SendUncertain."""
        try:
            name = messaging.send(self._shape(message), app=self._app(message.client))
        except _GONE as error:
            raise DeviceGone(error.code) from error
        except exceptions.InvalidArgumentError as error:
            # FCM answers a malformed registration like this; nothing else of ours varies by device.
            raise DeviceGone(error.code) from error
        except exceptions.DeadlineExceededError as error:
            raise SendUncertain() from error
        except _TRY_LATER as error:
            if error.http_response is None and not never_left(error.cause):
                raise SendUncertain() from error
            raise VendorError("vendor_trouble", permanent=False, code=error.code) from error
        except exceptions.FirebaseError as error:
            raise VendorError("refused", permanent=True, code=error.code) from error
        return SendResult(name)

    def _shape(self, message: PushMessage) -> messaging.Message:
        shaped = messaging.Message(
            notification=messaging.Notification(title=message.title, body=message.text),
            data={**message.data, "link": message.link, "reference": message.reference},
            android=messaging.AndroidConfig(priority="high" if message.urgent else "normal"),
            webpush=messaging.WebpushConfig(
                headers={"Urgency": "high" if message.urgent else "normal"}, fcm_options=self._opens(message)
            ),
        )
        # Older apps registered tokens; both names stay valid, the library only discourages the older one.
        setattr(shaped, "token" if message.kind == "token" else "fid", message.device)
        return shaped

    @staticmethod
    def _opens(message: PushMessage) -> messaging.WebpushFCMOptions | None:
        """The page that a tap opens in a browser; FCM takes https only."""
        address = message.data.get("url", "")
        return messaging.WebpushFCMOptions(link=address) if address.startswith("https://") else None

    def _app(self, client: str) -> firebase_admin.App:
        with self._lock:
            if client not in self._apps:
                self._apps[client] = self._open(client)
            return self._apps[client]

    def _open(self, client: str) -> firebase_admin.App:
        path = self._credentials_dir / f"{client}.json"
        if not path.is_file():
            raise VendorError("not_configured", permanent=True)
        certificate = credentials.Certificate(str(path))
        return firebase_admin.initialize_app(certificate, {"httpTimeout": TIMEOUT_SECONDS}, name=f"push-{client}")
