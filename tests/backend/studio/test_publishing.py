"""What is published is in force at once, everywhere; and only what passes the gate is published."""

from __future__ import annotations

import io
import threading
import time
import zipfile

import psycopg
import pytest
import yaml
from flask.testing import FlaskClient
from sqlalchemy import text

from backend.access import Role, working_for
from backend.branding import assets, in_force, loader, queries
from backend.branding.loader import read_brands
from backend.clients import registry
from backend.commands import show_branding
from tests.factories.accounts import headers_for
from tests.factories.brands import make_draft, make_published, numbers, settings_of
from tests.factories.clients import make_client

STUDIO = "/api/v1/studio"


@pytest.fixture
def client(app):
    return make_client(contract=False)


@pytest.fixture
def admin(client):
    return headers_for(Role.ADMIN, client)


@pytest.fixture
def ready(http, admin, client):
    """A draft that may be published."""
    make_draft(client, name="Melati Raya")
    return http.get(f"{STUDIO}/brand", headers=admin).json["draft"]


def publish(http: FlaskClient, headers, revision: int, **more: str):
    return http.post(f"{STUDIO}/draft/publish", json={"revision": revision, **more}, headers=headers)


def revision(http: FlaskClient, headers) -> int:
    return int(http.get(f"{STUDIO}/brand", headers=headers).json["draft"]["revision"])


@pytest.mark.requirement("S0-87")
def test_the_gate_finds_nothing_in_one_logo_one_colour_and_a_few_words(http, admin, ready):
    assert http.post(f"{STUDIO}/draft/check", headers=admin).json == {"publishable": True, "defects": []}


@pytest.mark.requirement("S0-87")
def test_what_is_published_is_in_force_with_the_answer(http, admin, client, ready):
    version = publish(http, admin, ready["revision"], note="first").json
    assert (version["number"], version["state"], version["note"]) == (1, "published", "first")
    shown = http.get(f"/api/v1/clients/{client.slug}/branding").json
    assert shown["name"] == "Melati Raya"
    assert http.get(f"/c/{client.slug}/logo-mark.svg").data.startswith(b"<svg")
    assert http.get(f"/c/{client.slug}/icon-192.png").mimetype == "image/png"


def test_the_registration_is_called_as_the_brand(http, admin, client, ready):
    publish(http, admin, ready["revision"])
    assert registry.client_by_slug(client.slug).name == "Melati Raya"


@pytest.mark.requirement("S0-59")
def test_a_number_of_the_hotline_leads_to_the_client_once_it_is_published(http, admin, client, ready):
    number = ready["settings"]["hotline"]["voice"]
    assert loader.slug_of_number("voice", number) is None
    publish(http, admin, ready["revision"])
    assert loader.slug_of_number("voice", number) == client.slug


def test_the_service_worker_changes_with_a_word_that_the_app_keeps(http, client):
    make_published(client, name="Melati Raya")
    before = http.get(f"/c/{client.slug}/sw.js").text
    make_published(client, name="Melati Raya", hotline=numbers() | {"hours": "08:00-17:00"})
    assert http.get(f"/c/{client.slug}/sw.js").text != before


def test_the_service_worker_and_the_tags_change_with_a_publication(http, admin, client):
    make_published(client)
    before = http.get(f"/c/{client.slug}/sw.js").text, http.get(f"/c/{client.slug}/theme.css").headers["ETag"]
    http.post(f"{STUDIO}/draft/colours", json={"brand": "#1f3c88"}, headers=admin)
    answer = publish(http, admin, revision(http, admin))
    assert answer.status_code == 200, answer.json["errors"]["defects"][0]
    after = http.get(f"/c/{client.slug}/sw.js").text, http.get(f"/c/{client.slug}/theme.css").headers["ETag"]
    assert before[0] != after[0]
    assert before[1] != after[1]


@pytest.mark.requirement("S0-87")
def test_an_unfinished_brand_is_refused_with_what_is_missing_and_where(http, admin):
    answer = publish(http, admin, revision(http, admin))
    assert (answer.status_code, answer.json["reason"]) == (422, "studio.not_publishable")
    assert {"hotline.voice", "logo.light"} <= {one["place"] for one in answer.json["errors"]["defects"]}


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"colours": {"light": {"muted": "#b5bdb8"}}}, ("branding.contrast_text", "colours.light.muted")),
        ({"texts": {"en": {"tagline": "Good health, powered by Twilio"}}}, ("branding.leak", "")),
        ({"replies": {"id": {"farewell": "Dadah"}}}, ("branding.unknown_reply", "replies.id.farewell")),
    ],
)
def test_what_the_gate_finds_keeps_a_draft_from_being_published(http, admin, client, changes, expected):
    make_draft(client)
    draft = http.get(f"{STUDIO}/brand", headers=admin).json["draft"]
    settings = draft["settings"] | {"colours": {}} | changes
    body = {"revision": draft["revision"], "settings": settings}
    http.put(f"{STUDIO}/draft", json=body, headers=admin)
    answer = publish(http, admin, draft["revision"] + 1)
    assert answer.status_code == 422
    assert expected in {(one["reason"], one["place"]) for one in answer.json["errors"]["defects"]}
    assert client.slug not in loader.brands()


@pytest.mark.requirement("S0-59")
@pytest.mark.parametrize("kind", ["voice", "whatsapp"])
def test_another_clients_number_is_refused_without_naming_it(http, admin, client, kind):
    other = make_client(contract=False)
    make_published(other, name="Anggrek Bulan")
    taken = getattr(loader.brand_of(other.slug).hotline, kind)
    make_draft(client, hotline={**settings_of()["hotline"], kind: taken})
    answer = publish(http, admin, revision(http, admin))
    (defect,) = answer.json["errors"]["defects"]
    assert (defect["reason"], defect["place"]) == ("studio.number_taken", f"hotline.{kind}")
    assert "Anggrek" not in answer.text


@pytest.mark.parametrize("host", ["care.anggrek.example", "CARE.Anggrek.Example", "careline.test"])
def test_a_host_name_of_somebody_else_or_of_ours_is_refused(http, admin, client, host):
    if "anggrek" in host.lower() and not loader.slug_of_host("care.anggrek.example"):
        make_published(make_client(contract=False), name="Anggrek Bulan", hosts=["care.anggrek.example"])
    make_draft(client, hosts=[host])
    answer = publish(http, admin, revision(http, admin))
    assert "studio.host_taken" in {one["reason"] for one in answer.json["errors"]["defects"]}


def test_two_clients_that_publish_the_same_number_at_once_do_not_both_get_it(app, client):
    other = make_client(contract=False)
    same = settings_of()["hotline"]
    for each, name in ((client, "Melati Raya"), (other, "Anggrek Putih")):
        make_draft(each, name=name, hotline=same)
    answers: list[int] = []

    def go(each) -> None:
        http, headers = app.test_client(), headers_for(Role.ADMIN, each)
        answers.append(publish(http, headers, revision(http, headers)).status_code)

    both = [threading.Thread(target=go, args=(each,)) for each in (client, other)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(answers) == [200, 422]


def test_an_older_revision_is_not_published(http, admin, ready):
    assert publish(http, admin, ready["revision"] - 1).json["reason"] == "studio.draft_changed"


def test_a_version_before_is_in_force_again_as_a_new_one(http, admin, client):
    first = make_published(client, name="Melati Raya")
    make_published(client, name="Melati Baru")
    restored = http.post(f"{STUDIO}/versions/{first}/restore", headers=admin).json
    assert (restored["number"], restored["state"]) == (3, "published")
    assert loader.brand_of(client.slug).name == "Melati Raya"
    states = [(one["number"], one["state"]) for one in http.get(f"{STUDIO}/versions", headers=admin).json["items"]]
    assert states == [(3, "published"), (2, "archived"), (1, "archived")]


@pytest.mark.requirement("S0-87")
def test_going_back_brings_the_legal_texts_with_the_numbers_they_had(http, admin, client):
    first = make_published(client, name="Melati Raya")
    renewed = {"texts": {"en": {"terms": "Other terms."}}, "legal_versions": {"privacy": 1, "terms": 2}}
    make_published(client, name="Melati Raya", **renewed)
    assert http.post(f"{STUDIO}/versions/{first}/restore", headers=admin).json["state"] == "published"
    assert loader.brand_of(client.slug).legal_versions["terms"] == 1


def test_a_legal_text_that_changed_under_its_number_is_not_published(http, admin, client):
    make_published(client, name="Melati Raya")
    make_draft(client, texts={"en": {"terms": "Other terms."}})
    answer = publish(http, admin, revision(http, admin))
    assert [(one["reason"], one["place"]) for one in answer.json["errors"]["defects"]] == [
        ("branding.legal_not_renewed", "legal_versions.terms")
    ]


def test_going_back_passes_the_gate_too(http, admin, client):
    first = make_published(client, name="Melati Raya")
    number = loader.brand_of(client.slug).hotline.voice
    make_published(client, name="Melati Raya")
    make_published(make_client(contract=False), name="Anggrek", hotline={**settings_of()["hotline"], "voice": number})
    answer = http.post(f"{STUDIO}/versions/{first}/restore", headers=admin)
    assert (answer.status_code, answer.json["reason"]) == (422, "studio.not_publishable")


def test_versions_come_in_pages(http, admin, client):
    for name in ("Melati Satu", "Melati Dua", "Melati Tiga"):
        make_published(client, name=name)
    page = http.get(f"{STUDIO}/versions?limit=2", headers=admin).json
    rest = http.get(f"{STUDIO}/versions?limit=2&cursor={page['next_cursor']}", headers=admin).json
    assert [one["number"] for one in page["items"] + rest["items"]] == [3, 2, 1]
    assert rest["next_cursor"] is None


def test_an_exported_version_is_a_folder_of_brands(http, admin, client, tmp_path):
    version = make_published(client, name="Melati Raya")
    zipped = http.get(f"{STUDIO}/versions/{version}/export", headers=admin)
    with zipfile.ZipFile(io.BytesIO(zipped.data)) as archive:
        archive.extractall(tmp_path)
    for name in ("_defaults.yml", "_schema.json"):
        (tmp_path / name).write_bytes((loader.directory() / name).read_bytes())
    (brand,) = read_brands(tmp_path).values()
    assert (brand.slug, brand.name, brand.country) == (client.slug, "Melati Raya", "ID")
    assert brand.colours == loader.brand_of(client.slug).colours


def test_an_export_taken_in_gives_the_same_brand(http, admin, client):
    version = make_published(client, name="Melati Raya")
    exported = http.get(f"{STUDIO}/versions/{version}/export", headers=admin).data
    other = make_client(contract=False)
    headers = headers_for(Role.HR, other)
    form = {"file": (io.BytesIO(exported), "brand.zip")}
    draft = http.post(f"{STUDIO}/import", data=form, headers=headers).json
    before = http.get(f"{STUDIO}/brand", headers=admin).json["draft"]
    assert draft["settings"] == before["settings"]
    assert [(one["name"], one["size"]) for one in draft["assets"]] == [
        (one["name"], one["size"]) for one in before["assets"]
    ]


def _zip(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no zip", "studio.archive_unreadable"),
        (_zip(readme_dot_txt="hello"), "studio.archive_unreadable"),
        (_zip(a_dot_yml="[1, 2]"), "studio.archive_unreadable"),
        (_zip(a_dot_yml="name: ["), "studio.archive_unreadable"),
        (_zip(a_dot_yml="name: &a [x]\nhosts: *a"), "studio.archive_unreadable"),
        (_zip(a_dot_yml=yaml.safe_dump({"coulours": {}})), "studio.settings_refused"),
        (
            _zip(a_dot_yml=yaml.safe_dump({"logo": {"light": "l.svg"}}), assets__a__l_dot_svg="<html/>"),
            "studio.archive_drawing",
        ),
    ],
)
def test_a_file_that_is_no_brand_is_refused_with_words(http, admin, content, reason):
    answer = http.post(f"{STUDIO}/import", data={"file": (io.BytesIO(content), "brand.zip")}, headers=admin)
    assert (answer.status_code, answer.json["reason"]) == (422, reason)


def test_another_process_sees_a_publication_within_two_seconds(settings, client):
    """Its thread, not our own look: a second follower stands for the other process."""
    seen: list[dict[str, str]] = []
    other = in_force.Follower(
        settings.database_url, tell=lambda brands: seen.append({s: b.name for s, b in brands.items()})
    )
    other.follow()
    try:
        make_published(client, name="Melati Raya")
        end = time.monotonic() + 2
        while not any(one.get(client.slug) == "Melati Raya" for one in seen) and time.monotonic() < end:
            time.sleep(0.02)
        assert seen[-1][client.slug] == "Melati Raya"
    finally:
        other.stop()


def test_while_the_database_is_away_the_last_known_brands_stay(settings, client, monkeypatch, caplog):
    make_published(client, name="Melati Raya")
    known: list[dict[str, object]] = []
    follower = in_force.Follower(settings.database_url, tell=lambda brands: known.append(dict(brands)))
    follower.look()
    assert follower._connection is not None
    follower._connection.close()
    monkeypatch.setattr(psycopg, "connect", _refused)
    follower.look()
    follower.look()
    assert len(known) == 1
    monkeypatch.undo()
    follower.look()
    follower.stop()
    assert len(known) == 1


def _refused(*_: object, **__: object):
    raise psycopg.OperationalError("away")


def test_a_look_that_finds_nothing_new_is_one_statement(settings, client):
    make_published(client)
    follower = in_force.Follower(settings.database_url, tell=lambda _: None)
    follower.look()
    assert follower._connection is not None
    asked: list[str] = []
    execute = follower._connection.execute
    follower._connection.execute = lambda sql, *a, **k: (asked.append(sql), execute(sql, *a, **k))[1]  # type: ignore[method-assign]
    follower.look()
    follower.stop()
    assert len(asked) == 1


def test_a_command_shows_the_brand_that_is_in_force(settings, client, monkeypatch, capsys):
    make_published(client, name="Melati Raya")
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    assert show_branding.main([client.slug]) == 0
    assert "name: Melati Raya" in capsys.readouterr().out


def test_a_version_that_this_program_cannot_read_does_no_harm(client):
    version = make_published(client, name="Melati Raya")
    with working_for(client.id) as scope:
        row = queries.version(scope, version)
        make_broken = {**row.settings, "languages": "id"}
        row.settings = {name: value for name, value in make_broken.items() if name != "name"}
    with working_for(client.id) as scope:  # as if it were published by a newer program
        scope.session.execute(text("UPDATE client SET brand_version_id = NULL WHERE id = :id"), {"id": client.id})
    in_force.look()
    with working_for(client.id) as scope:
        scope.session.execute(
            text("UPDATE client SET brand_version_id = :version WHERE id = :id"), {"id": client.id, "version": version}
        )
    in_force.look()
    assert client.slug not in loader.brands()


def test_files_of_the_same_content_lie_in_the_same_folder(app):
    one = assets.laid_out({"logo.svg": b"<svg/>", "mark.svg": b"<svg/>"})
    assert assets.laid_out({"mark.svg": b"<svg/>", "logo.svg": b"<svg/>"}) == one
    assert assets.laid_out({"logo.svg": b"<svg />", "mark.svg": b"<svg/>"}) != one
    assert sorted(path.name for path in one.iterdir()) == ["logo.svg", "mark.svg"]


def test_a_folder_of_somebody_else_is_not_trusted(app, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 4711)
    with pytest.raises(PermissionError):
        assets.laid_out({"logo.svg": b"<svg>other</svg>"})
