"""Sealed files under names that say nothing: `<client>/<2 digits>/<fingerprint>.original` and `….page-<n>`."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from uuid import UUID

from backend.documents.envelope import key_id, open_file, reseal, seal_file
from backend.integrations.registry import Integrations
from backend.integrations.storage import ObjectStore
from backend.kit.sealing import KeyRing


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file ready to be stored: its place, its bytes, the master key that sealed it."""

    name: str
    data: bytes
    key_id: str


@dataclass(frozen=True, slots=True)
class Vault:
    """Where the domain keeps bytes. Everything goes in sealed and comes out opened."""

    objects: ObjectStore
    keys: KeyRing

    def fingerprint(self, client_id: UUID, data: bytes) -> str:
        """The content's address: the same within one client, without meaning outside it."""
        return self.keys.fingerprint(hashlib.sha256(data).digest(), f"document:{client_id}").hex()

    def seal(self, name: str, data: bytes) -> Sealed:
        """Sealed for `name`, not stored yet."""
        sealed = seal_file(self.keys, name, data)
        return Sealed(name, sealed, key_id(sealed))

    def store(self, sealed: Sealed) -> None:
        """Keep it, durably."""
        self.objects.put(sealed.name, sealed.data)

    def restore(self, sealed: Sealed) -> None:
        """Keep it again if it is gone."""
        if not self.objects.has(sealed.name):
            self.objects.put(sealed.name, sealed.data)

    def key_of(self, name: str) -> str:
        """Which master key seals a stored file. Raises ObjectMissing."""
        return key_id(self.objects.get(name))

    def get(self, name: str) -> bytes:
        """Raises ObjectMissing, SealBroken."""
        return open_file(self.keys, name, self.objects.get(name))

    def reseal(self, name: str) -> bool:
        """Put the file's own key under the newest master key; whether it was under an older one.

        A name without a file is no error. Raises SealBroken when its master key is missing.
        """
        if not self.objects.has(name):
            return False
        sealed = self.objects.get(name)
        if self.keys.is_current(sealed):
            return False
        self.objects.put(name, reseal(self.keys, name, sealed))
        return True

    def forget(self, client_id: UUID, fingerprint: str, pages: int) -> None:
        """Delete the original and all its copies."""
        self.objects.delete(original_name(client_id, fingerprint))
        for page in range(1, pages + 1):
            self.objects.delete(page_name(client_id, fingerprint, page))


def vault_of(integrations: Integrations) -> Vault:
    """The vault of this process."""
    return Vault(integrations.objects, integrations.settings.keys)


def original_name(client_id: UUID, fingerprint: str) -> str:
    """What was sent, byte for byte; shown to nobody, it leaves only with the dossier of a complaint."""
    return f"{client_id}/{fingerprint[:2]}/{fingerprint}.original"


def page_name(client_id: UUID, fingerprint: str, page: int) -> str:
    """The clean copy of page 1, 2, …"""
    return f"{client_id}/{fingerprint[:2]}/{fingerprint}.page-{page}"


def content_lock(fingerprint: str) -> int:
    """The number of the advisory lock that guards one content's place in the store."""
    return (0xD0C << 32) | zlib.crc32(fingerprint.encode())
