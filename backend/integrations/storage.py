"""Where files are kept: one Protocol for a folder, an S3-compatible store, or memory."""

from __future__ import annotations

from typing import Protocol


class ObjectMissing(LookupError):
    """Nothing is stored under that key."""


class ObjectStore(Protocol):
    """Bytes under keys. Keys are relative paths of letters, digits, ``-``, ``.`` and ``/``.

    Every method raises VendorUnavailable when the store refuses or does not answer in time.
    """

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``, durably, replacing what was there."""

    def get(self, key: str) -> bytes:
        """The bytes under ``key``. Raises ObjectMissing."""

    def has(self, key: str) -> bool:
        """Whether something is stored under ``key``."""

    def delete(self, key: str) -> None:
        """Forget ``key``; not an error when it is not there."""
