"""Documents over HTTP: sent, prepared, read, shown, and only to those who may see them."""

import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.documents import tasks
from backend.kit import ids
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.documents import photo, upload

pytestmark = pytest.mark.usefixtures("unhurried_darkroom")


@pytest.fixture
def prepare(run_jobs, monkeypatch):
    """Run the jobs without recognising print, which takes seconds a page."""

    def prepared():
        with monkeypatch.context() as patch:
            patch.setattr(tasks, "read_pages", lambda copies, **_: None)
            run_jobs()

    return prepared


def _page(http, headers, document_id, number=1):
    return http.get(f"/api/v1/documents/{document_id}/pages/{number}.jpg", headers=headers)


@pytest.mark.parametrize("file_format", ["jpeg", "png", "heic", "webp", "pdf"])
def test_every_accepted_format_is_received_and_judged_at_once(http, member, file_format):
    answer = upload(http, member, photo(file_format=file_format)[0])
    assert answer.status_code == 201, answer.json
    assert answer.json["kind"] == file_format
    assert answer.json["pages"] == 1
    assert answer.json["quality"]["problems"] == []
    assert answer.json["state"] == "received"


def test_nothing_is_shown_before_it_was_reencoded(http, member, prepare):
    document = upload(http, member, photo(seed=2)[0]).json["id"]
    early = _page(http, member, document)
    assert (early.status_code, early.json["reason"]) == (409, "documents.not_ready")
    prepare()
    assert _page(http, member, document).status_code == 200


def test_the_shown_copy_is_upright_and_says_nothing_about_place_or_phone(http, member, prepare):
    sent, _ = photo(seed=3)
    assert Image.open(io.BytesIO(sent)).getexif()
    document = upload(http, member, sent).json["id"]
    prepare()
    shown = _page(http, member, document)
    picture = Image.open(io.BytesIO(shown.data))
    assert picture.size == (600, 800)
    assert not picture.getexif()
    assert b"Exif" not in shown.data
    assert shown.headers["Cache-Control"] == "private, no-store"


def test_what_was_read_is_proposed(http, member, prepare, run_jobs):
    prepare()
    sent, truth = photo(seed=4, size=(1200, 1600))
    document = upload(http, member, sent).json["id"]
    run_jobs()
    found = http.get(f"/api/v1/documents/{document}", headers=member).json
    assert found["read"]
    assert found["extracted"]["total"]["value"] == {"amount_minor": truth.total_minor, "currency": "IDR"}
    assert found["extracted"]["date"]["value"] == truth.issued_on.isoformat()


def test_a_retry_after_a_cut_returns_the_first_document(http, member, prepare):
    first = upload(http, member, photo()[0], key="upload-1")
    prepare()
    again = upload(http, member, photo()[0], key="upload-1")
    assert again.status_code == 201
    assert again.json == first.json


def test_a_key_used_for_another_file_is_refused(http, member):
    upload(http, member, photo(seed=1)[0], key="upload-2")
    other = upload(http, member, photo(seed=2)[0], key="upload-2")
    assert (other.status_code, other.json["reason"]) == (409, "request.idempotency_mismatch")


def test_two_people_may_use_the_same_key(http, client, member):
    somebody_else = headers_for(Role.MEMBER, client, (ids.new_id(),))
    first = upload(http, member, photo()[0], key="upload-3")
    second = upload(http, somebody_else, photo()[0], key="upload-3")
    assert first.json["id"] != second.json["id"]


def test_a_body_that_breaks_off_is_refused_and_may_be_sent_again(http, member):
    whole = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + photo()[0]
    broken = http.post(
        "/api/v1/documents", headers=member, data=whole[:5000], content_type="multipart/form-data; boundary=cut"
    )
    assert (broken.status_code, broken.json["reason"]) == (422, "documents.broken_upload")


def test_a_form_without_the_file_is_refused(http, member):
    answer = upload(http, member, photo()[0], field="picture")
    assert (answer.status_code, answer.json["reason"]) == (422, "documents.no_file")


def test_too_large_a_body_is_refused_in_the_readers_language(http, member):
    answer = upload(http, {**member, "Accept-Language": "pt"}, b"\xff\xd8\xff" + bytes(10_100_000))
    assert (answer.status_code, answer.json["reason"]) == (413, "documents.too_large")
    assert answer.json["message"].startswith("O ficheiro tem mais de 10 MB")


def test_a_refused_file_leaves_no_bytes(http, member, settings):
    folder = Path(urlsplit(settings.object_store_url).path)
    stored = set(folder.rglob("*"))
    answer = upload(http, member, b"GIF89a" + bytes(100))
    assert (answer.status_code, answer.json["reason"]) == (409, "documents.unknown_type")
    assert set(folder.rglob("*")) == stored


def test_another_member_does_not_see_it(http, client, member):
    document = upload(http, member, photo()[0]).json["id"]
    stranger = headers_for(Role.MEMBER, client, (ids.new_id(),))
    assert http.get(f"/api/v1/documents/{document}", headers=stranger).status_code == 404


def test_the_employer_does_not_see_it(http, client, member):
    document = upload(http, member, photo()[0]).json["id"]
    assert http.get(f"/api/v1/documents/{document}", headers=headers_for(Role.HR, client)).status_code == 403


def test_another_client_does_not_see_it(http, member):
    document = upload(http, member, photo()[0]).json["id"]
    outsider = headers_for(Role.CLAIMS, make_client(name="Bahari Textiles"))
    assert http.get(f"/api/v1/documents/{document}", headers=outsider).status_code == 404


def test_a_look_by_somebody_else_is_recorded_for_the_member(http, client, prepare):
    owner = ids.new_id()
    document = upload(http, headers_for(Role.MEMBER, client, (owner,)), photo()[0]).json["id"]
    prepare()
    assert _page(http, headers_for(Role.CLAIMS, client), document).status_code == 200
    with working_for(client.id) as scope:
        looks = scope.session.scalars(select(AuditRecord).where(AuditRecord.member_id == owner)).all()
    assert [(look.actor_role, look.action, str(look.object_id)) for look in looks] == [("claims", "read", document)]


def test_a_page_that_does_not_exist_is_not_found(http, member, prepare):
    document = upload(http, member, photo()[0]).json["id"]
    prepare()
    assert _page(http, member, document, 2).status_code == 404
