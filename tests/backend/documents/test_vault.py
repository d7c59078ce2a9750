"""Bytes at rest: sealed, addressed by content, durable, forgotten in time."""

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from backend.access import Role, working_for
from backend.documents import queries, tasks
from backend.documents.envelope import key_id, open_file, reseal, seal_file
from backend.documents.service import purge_documents
from backend.documents.vault import Vault, original_name
from backend.integrations.object_storage import open_store
from backend.integrations.storage import ObjectMissing
from backend.kit import clock, ids
from backend.kit.sealing import KeyRing, SealBroken
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.documents import photo, upload

OLD, NEW = bytes(range(32)), bytes(range(1, 33))


def test_a_sealed_file_opens_again_and_shows_nothing():
    keys = KeyRing([OLD])
    sealed = seal_file(keys, "a/b", b"diagnosis" * 100)
    assert b"diagnosis" not in sealed
    assert open_file(keys, "a/b", sealed) == b"diagnosis" * 100


def test_a_sealed_file_does_not_open_under_another_name():
    keys = KeyRing([OLD])
    with pytest.raises(SealBroken):
        open_file(keys, "client-2/x", seal_file(keys, "client-1/x", b"data"))


@pytest.mark.parametrize("at", [0, 2, 10, 40, 70, 90, -1])
def test_one_changed_byte_breaks_the_seal(at):
    keys = KeyRing([OLD])
    sealed = bytearray(seal_file(keys, "n", bytes(50)))
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        open_file(keys, "n", bytes(sealed))


def test_a_truncated_file_breaks_the_seal():
    keys = KeyRing([OLD])
    with pytest.raises(SealBroken):
        open_file(keys, "n", seal_file(keys, "n", bytes(50))[:70])


def test_after_a_rotation_old_files_open_and_can_be_resealed():
    sealed = seal_file(KeyRing([OLD]), "n", b"data")
    both, only_new = KeyRing([NEW, OLD]), KeyRing([NEW])
    assert open_file(both, "n", sealed) == b"data"
    again = reseal(both, "n", sealed)
    assert key_id(again) != key_id(sealed)
    assert open_file(only_new, "n", again) == b"data"


def test_equal_files_of_two_clients_cannot_be_recognised():
    vault = Vault(open_store("memory:///"), KeyRing([OLD]))
    one, other = ids.new_id(), ids.new_id()
    assert vault.fingerprint(one, b"receipt") == vault.fingerprint(one, b"receipt")
    assert vault.fingerprint(one, b"receipt") != vault.fingerprint(other, b"receipt")


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_a_store_keeps_replaces_and_forgets(kind, tmp_path):
    store = open_store(f"file://{tmp_path}/objects" if kind == "file" else "memory:///")
    store.put("a/b/c", b"first")
    store.put("a/b/c", b"second")
    assert store.get("a/b/c") == b"second"
    store.delete("a/b/c")
    store.delete("a/b/c")
    with pytest.raises(ObjectMissing):
        store.get("a/b/c")


def test_a_folder_holds_only_whole_files_that_others_cannot_read(tmp_path):
    store = open_store(f"file://{tmp_path}/objects")
    store.put("a/b", b"x")
    files = [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["b"]
    assert files[0].stat().st_mode & 0o077 == 0


def test_an_unknown_store_refuses_to_start():
    with pytest.raises(ValueError, match="no object store for ftp"):
        open_store("ftp://somewhere")


@pytest.fixture(scope="module")
def client(app):
    return make_client()


@pytest.fixture
def folder(settings):
    return Path(urlsplit(settings.object_store_url).path)


def _sent(http, client, seed):
    member = headers_for(Role.MEMBER, client, (ids.new_id(),))
    document = upload(http, member, photo(seed)[0]).json["id"]
    with working_for(client.id) as scope:
        return document, queries.document(scope, document).fingerprint


def test_nothing_personal_lies_in_the_store(http, client, folder):
    _, fingerprint = _sent(http, client, 21)
    stored = (folder / original_name(client.id, fingerprint)).read_bytes()
    assert b"JFIF" not in stored
    assert b"Exif" not in stored


def test_the_same_content_is_stored_once(http, client, folder):
    _, first = _sent(http, client, 22)
    _, second = _sent(http, client, 22)
    assert first == second
    assert len(list(folder.rglob(f"{first}*"))) == 1


def test_what_is_over_is_forgotten_with_its_bytes(http, client, folder, run_jobs, monkeypatch):
    monkeypatch.setattr(tasks, "read_pages", lambda copies, **_: None)
    document, fingerprint = _sent(http, client, 23)
    run_jobs()
    assert len(list(folder.rglob(f"{fingerprint}*"))) == 2
    with clock.at(clock.now() + timedelta(days=3700)):
        tasks.purge_expired(0)
        run_jobs()
    with working_for(client.id) as scope:
        assert queries.document(scope, document) is None
    assert list(folder.rglob(f"{fingerprint}*")) == []


def test_bytes_that_another_document_still_holds_are_kept(http, client, folder):
    old, fingerprint = _sent(http, client, 24)
    _sent(http, client, 24)
    with working_for(client.id) as scope:
        queries.document(scope, old).keep_until = date(2000, 1, 1)
    with working_for(client.id) as scope:
        assert fingerprint in purge_documents.forget_expired(scope)
    vault = Vault(open_store(f"file://{folder}"), KeyRing([OLD]))
    with working_for(client.id) as scope:
        assert purge_documents.forget_content(scope, vault, fingerprint, 1) is False
    assert len(list(folder.rglob(f"{fingerprint}*"))) == 1
