"""``ObjectStore`` over obstore: ``file:///folder``, ``s3://bucket/prefix`` (any S3-compatible) or ``memory:///``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, from_url

from backend.errors import VendorUnavailable
from backend.integrations.storage import ObjectMissing, ObjectStore
from backend.observability import log

AnyStore = obstore.store.ObjectStore
_TIMEOUT = "20s"
_CONNECT_TIMEOUT = "5s"
_MOST_RETRIES = 3
_RETRY_TIMEOUT = timedelta(seconds=30)


def open_store(url: str) -> ObjectStore:
    """The store behind a URL; credentials of a remote store come from its own variables (``AWS_*``).

    Raises ValueError for a scheme that is not known.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderObjects(Path(unquote(parts.path)))
    if parts.scheme == "memory":
        return Objects(MemoryStore())
    if parts.scheme in {"s3", "gs", "az"}:
        return Objects(
            from_url(
                url,
                client_options={
                    "timeout": _TIMEOUT,
                    "connect_timeout": _CONNECT_TIMEOUT,
                    # Options given here replace all that obstore reads from the environment itself.
                    "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
                },
                retry_config={"max_retries": _MOST_RETRIES, "retry_timeout": _RETRY_TIMEOUT},
            )
        )
    raise ValueError(f"no object store for {parts.scheme}://")


class Objects:
    """Any store of obstore; what it has answered for is durable."""

    def __init__(self, store: AnyStore) -> None:
        self._store = store

    def put(self, key: str, data: bytes) -> None:
        """See ObjectStore."""
        try:
            with _answering():
                obstore.put(self._store, key, data, use_multipart=False)
        except FileNotFoundError as error:  # the bucket: a fault of the deployment, not of who asks
            raise VendorUnavailable() from error

    def get(self, key: str) -> bytes:
        """See ObjectStore."""
        try:
            with _answering():
                return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError as error:
            raise ObjectMissing(key) from error

    def has(self, key: str) -> bool:
        """See ObjectStore."""
        try:
            with _answering():
                obstore.head(self._store, key)
        except FileNotFoundError:
            return False
        return True

    def delete(self, key: str) -> None:
        """See ObjectStore."""
        with suppress(FileNotFoundError), _answering():
            obstore.delete(self._store, key)


@contextmanager
def _answering() -> Iterator[None]:
    """What the store cannot do now is VendorUnavailable; what it says it does not have stays FileNotFoundError."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        log.warning("object_store_failed", error=type(error).__name__)
        raise VendorUnavailable() from error


class FolderObjects(Objects):
    """A local folder. obstore reads and deletes; it does not fsync, so what must be durable is written here."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._root = root
        super().__init__(LocalStore(root))

    def put(self, key: str, data: bytes) -> None:
        """See ObjectStore; returns when the file and its name are on the disk, never leaves half a file."""
        path = f"{self._root}/{key}"  # text, not Path: a third of the cost, on the way of every photo
        folder = os.path.dirname(path)
        try:
            draft = _write_draft(path, data)
        except FileNotFoundError:
            _make_folders(Path(folder), self._root)
            draft = _write_draft(path, data)
        os.replace(draft, path)
        _sync(folder)

    def has(self, key: str) -> bool:
        """See ObjectStore."""
        return os.path.exists(f"{self._root}/{key}")


def _write_draft(path: str, data: bytes) -> str:
    draft = f"{path}.{os.urandom(8).hex()}.draft"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return draft


def _make_folders(folder: Path, root: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    while folder != root:
        folder = folder.parent
        _sync(folder)


def _sync(folder: str | Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
