"""Lines of imports are kept as long as the contract says; what became of a file stays."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from backend.access import working_for
from backend.kit import clock
from backend.providers import import_queries, import_work, tasks
from backend.providers.models import ImportKind, ProviderImportPart
from backend.providers.service import importing
from backend.providers.service.importing import Meaning
from tests.factories.clients import make_client

HEADER = "code,name,kind,country,address,city\n"


@pytest.fixture
def client(app):
    return make_client(terms={"network_import_days": 10})


def sent(client, text, *, checked=True, applied=False):
    """A file on its way; its import."""
    with working_for(client.id) as scope:
        row = importing.receive_import(scope, io.BytesIO(text.encode()), "f.csv", Meaning(ImportKind.FACILITIES))
    if checked:
        import_work.check(client.id, row.id)
    if applied:
        with working_for(client.id) as scope:
            importing.apply_import(scope, row.id)
        import_work.apply(client.id, row.id)
    return row.id


def purged_after(client, import_id, days):
    """The import as the nightly task leaves it, and how many lines and pieces of its file are left."""
    with clock.at(clock.now() + timedelta(days=days)):
        tasks.purge_imports(0)
    with working_for(client.id) as scope:
        row = import_queries.provider_import(scope, import_id)
        lines = import_queries.rows_of(scope, import_id, outcome=None, problems=False, after=0, limit=10)
        pieces = scope.session.query(ProviderImportPart).filter_by(import_id=import_id).count()
        return importing.shown_import(scope, row), len(lines), pieces


def facility(client):
    return f"{HEADER}K{client.slug[-6:]},Klinik,clinic,ID,Jl. Satu,Bogor\n"


def test_the_lines_of_a_finished_import_go_after_the_contracts_days_and_its_counts_stay(client):
    made = sent(client, facility(client), applied=True)
    shown, lines, _ = purged_after(client, made, 9)
    assert (shown["lines_purged_at"], lines) == (None, 1)
    shown, lines, _ = purged_after(client, made, 11)
    assert (shown["lines_purged_at"] is not None, lines) == (True, 0)
    assert (shown["state"], shown["counts"]["new"], shown["total_rows"]) == ("applied", 1, 1)
    again, _, _ = purged_after(client, made, 12)
    assert again["lines_purged_at"] == shown["lines_purged_at"]


def test_the_lines_of_a_refused_file_go_too(client):
    made = sent(client, HEADER)
    shown, lines, pieces = purged_after(client, made, 11)
    assert (shown["refusal"]["reason"], lines, pieces) == ("providers.import.empty", 0, 0)
    assert shown["lines_purged_at"] is not None


@pytest.mark.parametrize("checked", [True, False])
def test_a_file_that_nobody_used_is_refused_and_forgotten(client, checked):
    made = sent(client, facility(client), checked=checked)
    shown, lines, pieces = purged_after(client, made, 9)
    assert (shown["refusal"], lines, pieces) == (None, int(checked), 1)
    shown, lines, pieces = purged_after(client, made, 11)
    assert (shown["state"], shown["refusal"]["reason"]) == ("refused", "providers.import.left_alone")
    assert (lines, pieces) == (0, 0)


def test_a_file_that_is_being_written_keeps_its_lines(client):
    made = sent(client, facility(client))
    with working_for(client.id) as scope:
        importing.apply_import(scope, made)
    shown, lines, _ = purged_after(client, made, 11)
    assert (shown["state"], lines) == ("applying", 1)


def test_another_clients_days_are_its_own(client, app):
    patient = make_client(terms={"network_import_days": 100})
    made = sent(patient, facility(patient), applied=True)
    assert purged_after(patient, made, 11)[1] == 1
