"""Tables of the accounts domain. Nothing here can be used to sign in: secrets are keyed digests or hashes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.kit import clock, ids

_STAFF_ROLES = "'hr', 'agent', 'doctor', 'claims', 'finance', 'provider', 'admin'"


class Identity(OfClient, Base):
    """A person's way in at one client: a telephone number that was proven once."""

    __tablename__ = "identity"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "phone"),
    )

    phone: Mapped[str]
    last_signed_in_at: Mapped[datetime | None]


class Device(OfClient, Base):
    """A phone or browser an identity has signed in from; ``key_digest`` recognises it next time."""

    __tablename__ = "device"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "identity_id"], ["identity.client_id", "identity.id"]),
        UniqueConstraint("client_id", "identity_id", "key_digest"),
    )

    identity_id: Mapped[UUID]
    key_digest: Mapped[bytes] = mapped_column(LargeBinary)
    network_digest: Mapped[bytes] = mapped_column(LargeBinary)
    label: Mapped[str]
    last_seen_at: Mapped[datetime]


class Staff(Base):
    """A person who works for us, a client or a provider. No row-level security: found before the client is known."""

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    password_temporary_until: Mapped[datetime | None]
    """Set while the password is one that an administrator handed out: until then it opens nothing but its change."""
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Sealed. Set but not confirmed while ``totp_confirmed_at`` is empty."""
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]
    """The 30-second step of the last accepted code: the same code is never accepted twice."""
    active: Mapped[bool] = mapped_column(default=True)


class StaffClient(Base):
    """At which client somebody works, and as what."""

    __tablename__ = "staff_client"
    __table_args__ = (CheckConstraint(f"role IN ({_STAFF_ROLES})", name="role"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), primary_key=True)
    role: Mapped[str]
    provider_id: Mapped[UUID | None]


class SignInSession(OfClient, Base):
    """From sign-in to sign-out. ``generation`` counts the refresh tokens given out; only the newest is good."""

    __tablename__ = "sign_in_session"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        ForeignKeyConstraint(["client_id", "identity_id"], ["identity.client_id", "identity.id"]),
        ForeignKeyConstraint(["client_id", "device_id"], ["device.client_id", "device.id"]),
        CheckConstraint("(identity_id IS NULL) <> (staff_id IS NULL)", name="one_person"),
        Index("ix_sign_in_session_client_id_identity_id", "client_id", "identity_id"),
        Index("ix_sign_in_session_client_id_device_id", "client_id", "device_id"),
    )

    identity_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), index=True)
    device_id: Mapped[UUID | None]
    method: Mapped[str]
    generation: Mapped[int] = mapped_column(default=1)
    renewal_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of the key the last refresh was asked with: the same question within a minute gets the same answer."""
    last_used_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]


class OneTimeCode(OfClient, Base):
    """A code that was sent. ``envelope`` holds phone and code, sealed, until it was handed to the sender."""

    __tablename__ = "one_time_code"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        Index("ix_one_time_code_client_id_purpose_subject_digest", "client_id", "purpose", "subject_digest"),
        Index("ix_one_time_code_client_id_expires_at", "client_id", "expires_at"),
    )

    purpose: Mapped[str]
    subject_digest: Mapped[bytes] = mapped_column(LargeBinary)
    network_digest: Mapped[bytes] = mapped_column(LargeBinary)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary)
    envelope: Mapped[bytes | None] = mapped_column(LargeBinary)
    channel: Mapped[str]
    guesses_near: Mapped[int] = mapped_column(default=0)
    """Wrong guesses from where the code was asked for."""
    guesses_far: Mapped[int] = mapped_column(default=0)
    """Wrong guesses from anywhere else; used up, it closes the code for elsewhere only."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInAttempt(Base):
    """What was tried, for the speed limits. Digests only, of all clients together; forgotten after two days."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_subject_digest_at", "subject_digest", "at"),
        Index("ix_sign_in_attempt_network_digest_at", "network_digest", "at"),
        Index("ix_sign_in_attempt_realm_at", "realm", "at"),
        Index("ix_sign_in_attempt_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    realm: Mapped[str]
    """The client's id, or ``staff``."""
    kind: Mapped[str]
    subject_digest: Mapped[bytes] = mapped_column(LargeBinary)
    network_digest: Mapped[bytes] = mapped_column(LargeBinary)
    familiar: Mapped[bool] = mapped_column(default=False)
