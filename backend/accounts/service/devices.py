"""The phones and browsers a member has signed in from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts import queries, sessions
from backend.accounts.models import Device


def list_devices(scope: Scope) -> list[dict[str, Any]]:
    """The actor's devices, the latest used first."""
    current = queries.session(scope, scope.actor.session_id) if scope.actor.session_id else None
    return [
        {
            "id": device.id,
            "label": device.label,
            "last_seen_at": device.last_seen_at,
            "signed_in": living > 0,
            "current": current is not None and current.device_id == device.id,
        }
        for device, living in queries.devices(scope, _identity(scope))
    ]


def sign_out_device(scope: Scope, device_id: UUID) -> None:
    """End every session on one of the actor's devices and forget the device; raises NotFound."""
    device = queries.device(scope, _identity(scope), device_id)
    sessions.end_sessions(scope, "device_signed_out", device_id=device.id)
    _make_stranger(device)
    scope.session.flush()


def sign_out_everywhere(scope: Scope) -> None:
    """End every session of the actor, this one too, and treat every device as a stranger from now on."""
    sessions.end_sessions(scope, "signed_out_everywhere", identity_id=_identity(scope))
    for device, _ in queries.devices(scope, _identity(scope)):
        _make_stranger(device)
    scope.session.flush()


def _make_stranger(device: Device) -> None:
    # The key is forgotten, so the device is a stranger from now on; the row stays for its sessions' history.
    device.key_digest = device.id.bytes
    device.network_digest = device.id.bytes


def _identity(scope: Scope) -> UUID:
    assert scope.actor.id is not None  # a member's token always names the identity
    return scope.actor.id
