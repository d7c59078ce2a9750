"""The one statement that takes a document in: what it leaves behind, and what it leaves nothing of."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from backend.access import Role, working_for
from backend.accounts.models import SignInSession
from backend.documents import queries, tasks
from backend.documents.vault import Vault, original_name
from backend.errors import Unauthorized
from backend.jobs import enqueue
from backend.kit import clock, ids
from tests.factories.accounts import headers_for
from tests.factories.documents import photo, upload

pytestmark = pytest.mark.usefixtures("unhurried_darkroom")

_JOB = text(
    "SELECT queue_name, task_name, priority, lock, queueing_lock, args ->> 'client_id' AS client, scheduled_at, status "
    "FROM procrastinate_jobs WHERE args ->> 'document_id' = :document"
)


@pytest.fixture
def originals(settings, client):
    folder = Path(urlsplit(settings.object_store_url).path) / str(client.id)
    return lambda: set(folder.rglob("*.original"))


def _job(client, document):
    with working_for(client.id) as scope:
        return scope.session.execute(_JOB, {"document": str(document)}).mappings().one()


def test_the_job_is_the_one_the_queue_itself_would_have_left(http, client, member):
    left = _job(client, upload(http, member, photo(31)[0]).json["id"])
    other = ids.new_id()
    with working_for(client.id) as scope:
        enqueue(scope, tasks.develop_document, client_id=str(client.id), document_id=str(other))
    assert left == _job(client, other)


def test_a_repeated_upload_leaves_no_second_job(http, client, member):
    document = upload(http, member, photo(32)[0], key="once").json["id"]
    upload(http, member, photo(32)[0], key="once")
    assert _job(client, document)["status"] == "todo"


def test_a_file_refused_for_its_key_leaves_no_bytes(http, member, originals, run_jobs, monkeypatch):
    monkeypatch.setattr(tasks, "read_pages", lambda copies, **_: None)
    upload(http, member, photo(34)[0], key="other")
    before = originals()
    assert upload(http, member, photo(35)[0], key="other").status_code == 409
    run_jobs()
    assert originals() == before


def test_an_ended_sign_in_sends_nothing_and_leaves_no_bytes(http, client, originals, run_jobs, monkeypatch):
    monkeypatch.setattr(tasks, "read_pages", lambda copies, **_: None)
    member = headers_for(Role.MEMBER, client, (ids.new_id(),))
    with working_for(client.id) as scope:
        scope.session.query(SignInSession).update({"ended_at": clock.now()})
    before = originals()
    answer = upload(http, member, photo(36)[0])
    assert (answer.status_code, answer.json["reason"]) == (Unauthorized.code, "access.session_ended")
    run_jobs()
    assert originals() == before


def test_bytes_that_a_purge_takes_between_file_and_row_are_put_back(http, client, member, originals, monkeypatch):
    store = Vault.store

    def stored_then_purged(self, sealed):
        store(self, sealed)
        self.objects.delete(sealed.name)

    monkeypatch.setattr(Vault, "store", stored_then_purged)
    document = upload(http, member, photo(37)[0]).json["id"]
    with working_for(client.id) as scope:
        name = original_name(client.id, queries.document(scope, document).fingerprint)
    assert any(str(path).endswith(name) for path in originals())
