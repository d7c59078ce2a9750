"""Every setting of the backend, read once from the environment. Production is the default and refuses gaps."""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.kit.sealing import KeyRing, key_ring

_STAFF_ROLES = ("hr", "agent", "doctor", "claims", "finance", "provider", "admin")
_REPOSITORY = Path(__file__).resolve().parent.parent
_BRAND_CACHE = f"{tempfile.gettempdir()}/careline-brands-{os.getuid()}"


class SettingsError(SystemExit):
    """A setting is missing or cannot be meant; the process must not start."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the process was told; see ``.env.example`` for the meaning and unit of each variable."""

    mode: str
    database_url: str = field(repr=False)
    owner_database_url: str = field(repr=False)
    public_url: str
    token_key: str = field(repr=False)
    master_key: bytes = field(repr=False)
    old_master_keys: tuple[bytes, ...] = field(repr=False)
    card_key: bytes = field(repr=False)
    old_card_keys: tuple[bytes, ...] = field(repr=False)
    object_store_url: str
    brands_dir: Path
    brand_cache_dir: Path
    bot_url: str
    bot_secret: str = field(repr=False)
    actions_url: str
    actions_secret: str = field(repr=False)
    messaging: str
    push: str
    mail: str
    twilio_account_sid: str
    twilio_auth_token: str = field(repr=False)
    twilio_api_key_sid: str
    twilio_api_key_secret: str = field(repr=False)
    firebase_credentials_dir: str
    smtp_url: str = field(repr=False)
    mail_sender: str
    access_token_seconds: int
    refresh_token_days: int
    log_level: str
    trusted_proxies: int
    app_package: str
    app_fingerprints: tuple[str, ...]
    app_apple_id: str
    totp_roles: frozenset[str]

    @property
    def demo(self) -> bool:
        """The demo keeps outgoing messages instead of sending them and shows the simulator."""
        return self.mode == "demo"

    @property
    def rehearsal(self) -> bool:
        """Demo or tests: nothing leaves the machine."""
        return self.mode in {"demo", "test"}

    @property
    def keys(self) -> KeyRing:
        """Seals under the master key, opens under the old ones too, fingerprints under the oldest."""
        return key_ring(self.master_key, *self.old_master_keys)

    @property
    def card_keys(self) -> tuple[bytes, ...]:
        """Every seed whose signatures prove genuine; the first one signs."""
        return (self.card_key, *self.old_card_keys)

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read and check the environment; raises SettingsError naming every gap at once."""
        reader = _Reader(os.environ if env is None else env)
        settings = reader.read()
        if reader.gaps:
            raise SettingsError("careline cannot start:\n  " + "\n  ".join(reader.gaps))
        return settings


class _Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.gaps: list[str] = []
        self.mode = env.get("CARELINE_MODE", "production")
        if self.mode not in {"production", "demo", "test"}:
            self.gaps.append("CARELINE_MODE is production, demo or test")

    def text(self, name: str, *, rehearsal: str | None = None, default: str | None = None) -> str:
        value = self.env.get(name, "")
        if value:
            return value
        if self.mode in {"demo", "test"} and rehearsal is not None:
            return rehearsal
        if default is None:
            self.gaps.append(f"{name} is not set")
            return ""
        return default

    def number(self, name: str, default: int) -> int:
        value = self.env.get(name, str(default))
        if not value.isdigit():
            self.gaps.append(f"{name} is not a whole number")
            return default
        return int(value)

    def key(self, name: str) -> bytes:
        """32 bytes in base64."""
        value = self.text(name)
        return self.decoded(name, value) if value else b""

    def keys(self, name: str) -> tuple[bytes, ...]:
        """Such keys separated by commas; none is fine."""
        return tuple(
            self.decoded(name, part.strip()) for part in self.text(name, default="").split(",") if part.strip()
        )

    def decoded(self, name: str, value: str) -> bytes:
        """What ``value`` says in base64; a gap unless it is 32 bytes."""
        try:
            raw = base64.b64decode(value, validate=True)
        except binascii.Error:
            raw = b""
        if len(raw) != 32:
            self.gaps.append(f"{name} is not 32 bytes in base64")
        return raw

    def listed(self, name: str) -> tuple[str, ...]:
        """Parts separated by commas; none is fine."""
        return tuple(part.strip() for part in self.text(name, default="").split(",") if part.strip())

    def roles(self, name: str) -> frozenset[str]:
        """Roles separated by spaces; ``none`` for no role."""
        words = frozenset(self.text(name, rehearsal="none", default=" ".join(_STAFF_ROLES)).split())
        if words == {"none"}:
            return frozenset()
        if not words <= set(_STAFF_ROLES):
            self.gaps.append(f"{name} names roles out of {', '.join(_STAFF_ROLES)}, or none")
        return words

    def vendor(self, name: str, real: str) -> str:
        value = self.text(name, rehearsal="recorder", default=real)
        if value not in {real, "recorder"}:
            self.gaps.append(f"{name} is {real} or recorder")
        if value == "recorder" and self.mode == "production":
            self.gaps.append(f"{name}=recorder would swallow messages in production")
        return value

    def read(self) -> Settings:
        if self.mode == "production" and self.env.get("FIREBASE_AUTH_EMULATOR_HOST"):
            self.gaps.append("FIREBASE_AUTH_EMULATOR_HOST makes Firebase accept unsigned tokens; unset it")
        messaging = self.vendor("CARELINE_MESSAGING", "twilio")
        needs_twilio = None if messaging == "twilio" else ""
        push = self.vendor("CARELINE_PUSH", "firebase")
        mail = self.vendor("CARELINE_MAIL", "smtp")
        token_key = self.text("CARELINE_TOKEN_KEY")
        if token_key and len(token_key) < 32:
            self.gaps.append("CARELINE_TOKEN_KEY has fewer than 32 characters")
        public_url = self.text("CARELINE_PUBLIC_URL").rstrip("/")
        if self.mode == "production" and public_url and not public_url.startswith("https://"):
            self.gaps.append("CARELINE_PUBLIC_URL must be https in production")
        return Settings(
            mode=self.mode,
            database_url=self.text("DATABASE_URL"),
            owner_database_url=self.text("OWNER_DATABASE_URL", default=""),
            public_url=public_url,
            token_key=token_key,
            master_key=self.key("CARELINE_MASTER_KEY"),
            old_master_keys=self.keys("CARELINE_OLD_MASTER_KEYS"),
            card_key=self.key("CARELINE_CARD_KEY"),
            old_card_keys=self.keys("CARELINE_OLD_CARD_KEYS"),
            object_store_url=self.text("CARELINE_OBJECT_STORE"),
            brands_dir=Path(self.text("CARELINE_BRANDS_DIR", default=str(_REPOSITORY / "whitelabel_configs"))),
            brand_cache_dir=Path(self.text("CARELINE_BRAND_CACHE", default=_BRAND_CACHE)),
            bot_url=self.text("CARELINE_BOT_URL", rehearsal=""),
            bot_secret=self.text("CARELINE_BOT_SECRET", rehearsal=""),
            actions_url=self.text("CARELINE_ACTIONS_URL", rehearsal=""),
            actions_secret=self.text("CARELINE_ACTIONS_SECRET", rehearsal="rehearsal-actions-secret"),
            messaging=messaging,
            push=push,
            mail=mail,
            twilio_account_sid=self.text("TWILIO_ACCOUNT_SID", default=needs_twilio),
            twilio_auth_token=self.text("TWILIO_AUTH_TOKEN", default=needs_twilio),
            twilio_api_key_sid=self.text("TWILIO_API_KEY_SID", default=""),
            twilio_api_key_secret=self.text("TWILIO_API_KEY_SECRET", default=""),
            firebase_credentials_dir=self.text(
                "CARELINE_FIREBASE_CREDENTIALS", default="" if push == "recorder" else None
            ),
            smtp_url=self.text("CARELINE_SMTP_URL", default="" if mail == "recorder" else None),
            mail_sender=self.text("CARELINE_MAIL_SENDER", rehearsal="care@careline.example"),
            access_token_seconds=self.number("CARELINE_ACCESS_TOKEN_SECONDS", 600),
            refresh_token_days=self.number("CARELINE_REFRESH_TOKEN_DAYS", 60),
            log_level=self.text("CARELINE_LOG_LEVEL", default="INFO"),
            trusted_proxies=self.number("CARELINE_TRUSTED_PROXIES", 0),
            app_package=self.text("CARELINE_APP_PACKAGE", default=""),
            app_fingerprints=self.listed("CARELINE_APP_FINGERPRINTS"),
            app_apple_id=self.text("CARELINE_APP_APPLE_ID", default=""),
            totp_roles=self.roles("CARELINE_TOTP_ROLES"),
        )
