"""Files of facilities and of prices: every line is judged, a price list comes whole or not at all, once."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from backend.access import Role, working_for
from backend.kit.money import Money
from backend.providers import import_work, queries
from backend.providers.models import ImportKind, ProviderImport
from backend.providers.service import importing
from backend.providers.service.importing import Meaning
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.providers import make_contract, make_provider, make_tariff

START = date(2026, 1, 1)
URL = "/api/v1/provider-imports"
FACILITIES = (
    "kode,nama,jenis,negara,alamat,kota,lat,lon,jam buka,poli,nomor kontrak,kontrak mulai,edc\n"
    "{0}-1,RS Uji Kasih,hospital,ID,Jl. Satu,Bogor,-6.6,106.8,24/7,INT ANA,PKS-{0}-1,2026-01-01,ya\n"
    "{0}-2,Klinik Uji,clinic,ID,Jl. Dua,Bogor,-6.6,106.8,mon-fri 08:00-16:00,,PKS-{0}-2,2026-01-01,tidak\n"
)


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def admin(client):
    return headers_for(Role.ADMIN, client)


def send(http, headers, text, **fields):
    content = text if isinstance(text, bytes) else text.encode()
    form = {"kind": "facilities", "valid_from": "2026-01-01", **fields, "file": (io.BytesIO(content), "file.csv")}
    return http.post(URL, data=form, headers=headers)


def through(http, headers, run_jobs, text, **fields):
    """The whole way of a file; the import as it is in the end."""
    sent = send(http, headers, text, **fields)
    assert sent.status_code == 201, sent.json
    at = f"{URL}/{sent.json['id']}"
    run_jobs()
    if http.get(at, headers=headers).json["state"] == "checked":
        assert http.post(f"{at}/application", headers=headers).status_code == 202
        run_jobs()
    return http.get(at, headers=headers).json


def problems(http, headers, made):
    rows = http.get(f"{URL}/{made['id']}/rows?problems=true", headers=headers).json["items"]
    return [(row["line"], row["outcome"], [one["reason"].split(".")[-1] for one in row["problems"]]) for row in rows]


@pytest.mark.requirement("S2-39")
def test_facilities_come_with_their_contracts_and_join_the_network(http, client, admin, run_jobs):
    code = f"F{client.slug[-6:]}"
    made = through(http, admin, run_jobs, FACILITIES.format(code), network="main")
    assert (made["state"], made["counts"]) == (
        "applied",
        {"new": 2, "changed": 0, "unchanged": 0, "refused": 0, "held": 0},
    )
    with working_for(client.id) as scope:
        rows = queries.by_code(scope, "ID", [f"{code}-1", f"{code}-2"])
        first, second = (
            queries.network_standing(scope, rows[f"{code}-{number}"].id, "main", START) for number in (1, 2)
        )
        assert rows[f"{code}-1"].specialties == ["INT", "ANA"]
        assert rows[f"{code}-1"].services[0] == "emergency"
    assert (first.contract.number, first.cashless, first.edc_available) == (f"PKS-{code}-1", True, True)
    assert (second.cashless, second.edc_available) == (True, False)


def test_the_same_file_again_changes_nothing_and_a_changed_line_only_itself(http, client, admin, run_jobs):
    text = FACILITIES.format(f"G{client.slug[-6:]}")
    through(http, admin, run_jobs, text, network="main")
    again = through(http, admin, run_jobs, text, network="main")
    assert (again["counts"]["unchanged"], again["counts"]["changed"]) == (2, 0)
    changed = through(http, admin, run_jobs, text.replace("Jl. Dua", "Jl. Tiga"), network="main")
    assert (changed["counts"]["unchanged"], changed["counts"]["changed"]) == (1, 1)


def test_every_wrong_line_says_what_is_wrong_and_the_others_are_taken(http, client, admin, run_jobs):
    code = f"H{client.slug[-6:]}"
    text = FACILITIES.format(code) + (
        f"{code}-3,,spa,ID,Jl. Tiga,Bogor,north,106.8,always,XXX,,,\n"
        f"{code}-1,RS Lagi,hospital,ID,Jl. Satu,Bogor,,,,,,,\n"
        f"{code}-4,Klinik Setengah,clinic,ID,Jl. Empat,Bogor,-6.6,,,,,,\n"
    )
    made = through(http, admin, run_jobs, text)
    assert made["counts"]["new"] == 2
    assert problems(http, admin, made) == [
        (4, "refused", ["unreadable"] * 5),
        (5, "refused", ["repeated_line"]),
        (6, "refused", ["unreadable"]),
    ]


def test_a_second_contract_in_the_same_time_is_refused(http, client, admin, run_jobs):
    code = f"I{client.slug[-6:]}"
    through(http, admin, run_jobs, FACILITIES.format(code))
    made = through(http, admin, run_jobs, FACILITIES.format(code).replace(f"PKS-{code}-2", "PKS-NEW"))
    assert problems(http, admin, made) == [(3, "refused", ["contract_overlaps"])]


PRICES = "provider code;service code;name;amount;room class;contents\n"


def stored(client, codes, **contract):
    with working_for(client.id) as scope:
        for code in codes:
            make_contract(scope, make_provider(scope, code=code), common=True, **contract)


@pytest.mark.requirement("S2-40")
def test_prices_and_packages_become_a_dated_version(http, client, admin, run_jobs):
    code = f"P{client.slug[-6:]}"
    stored(client, [code])
    text = PRICES + (
        f"{code};GP;Konsultasi dokter umum;150.000;;\n"
        f"{code};ROOM;Kamar;800.000;1;\n"
        f"{code};ROOM;Kamar;1.500.000;VIP;\n"
        f"{code};MCU;Paket pemeriksaan;500000;;GP:1 LAB:2\n"
    )
    made = through(http, admin, run_jobs, text, kind="tariffs")
    assert made["counts"]["new"] == 4
    with working_for(client.id) as scope:
        row = queries.by_code(scope, "ID", [code])[code]
        assert queries.tariff_for(scope, row.id, "GP", START).amount == Money(150_000_00, "IDR")
        assert queries.tariff_for(scope, row.id, "ROOM", START, "vip").amount == Money(1_500_000_00, "IDR")
        package = queries.tariff_for(scope, row.id, "MCU", START)
        assert (package.contents, package.version) == ({"GP": 1, "LAB": 2}, 1)
        assert queries.tariff_for(scope, row.id, "GP", date(2025, 12, 31)) is None


@pytest.mark.requirement("S2-40")
def test_a_new_version_never_rewrites_the_old_one(http, client, admin, run_jobs):
    code = f"Q{client.slug[-6:]}"
    stored(client, [code])
    for day, amount in (("2026-01-01", "100000"), ("2026-07-01", "120000")):
        text = PRICES + f"{code};GP;Konsultasi;{amount};;\n"
        assert through(http, admin, run_jobs, text, kind="tariffs", valid_from=day)["counts"]["new"] == 1
    made = through(
        http, admin, run_jobs, PRICES + f"{code};GP;Konsultasi;1;;\n", kind="tariffs", valid_from="2026-07-01"
    )
    assert problems(http, admin, made) == [(2, "refused", ["tariff_version_exists"])]
    with working_for(client.id) as scope:
        row = queries.by_code(scope, "ID", [code])[code]
        prices = [queries.tariff_for(scope, row.id, "GP", date(2026, month, 30)).amount for month in (6, 7)]
    assert prices == [Money(100_000_00, "IDR"), Money(120_000_00, "IDR")]


@pytest.mark.requirement("S2-40")
def test_a_price_list_with_one_bad_line_waits_and_the_others_are_taken(http, client, admin, run_jobs):
    good, bad, unknown, bare = (f"{letter}{client.slug[-6:]}" for letter in "RSTU")
    stored(client, [good, bad])
    with working_for(client.id) as scope:
        make_provider(scope, code=bare)
    text = PRICES + (
        f"{good};GP;Konsultasi;100000;;\n{bad};GP;Konsultasi;100000;;\n{bad};ECG;Rekam jantung;seratus;;\n"
        f"{unknown};GP;Konsultasi;100000;;\n{bare};GP;Konsultasi;100000;;\n{good};MCU;Paket;1;;MCU:1\n"
    )
    made = through(http, admin, run_jobs, text.replace(f"{good};MCU;Paket;1;;MCU:1\n", ""), kind="tariffs")
    assert made["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "refused": 3, "held": 1}
    assert problems(http, admin, made) == [
        (3, "held", ["list_incomplete"]),
        (4, "refused", ["unreadable"]),
        (5, "refused", ["unknown_provider"]),
        (6, "refused", ["no_contract"]),
    ]
    with working_for(client.id) as scope:
        rows = queries.by_code(scope, "ID", [good, bad])
        assert queries.tariff_for(scope, rows[good].id, "GP", START) is not None
        assert queries.tariff_for(scope, rows[bad].id, "GP", START) is None


def test_a_package_that_contains_itself_is_refused(http, client, admin, run_jobs):
    code = f"V{client.slug[-6:]}"
    stored(client, [code])
    made = through(http, admin, run_jobs, PRICES + f"{code};MCU;Paket;100000;;MCU:1\n", kind="tariffs")
    assert problems(http, admin, made) == [(2, "refused", ["contains_itself"])]


@pytest.mark.requirement("S2-39")
def test_own_prices_are_the_clients_alone(http, client, admin, run_jobs):
    code = f"W{client.slug[-6:]}"
    with working_for(client.id) as scope:
        provider = make_provider(scope, code=code)
        make_contract(scope, provider)
        make_tariff(scope, make_contract(scope, provider, common=True), {"GP": 100_000_00})
    through(http, admin, run_jobs, PRICES + f"{code};GP;Konsultasi;90000;;\n", kind="tariffs", common="false")
    with working_for(client.id) as scope:
        assert queries.tariff_for(scope, provider.id, "GP", START).amount == Money(90_000_00, "IDR")
    with working_for(make_client().id) as scope:
        assert queries.tariff_for(scope, provider.id, "GP", START).amount == Money(100_000_00, "IDR")


def test_a_workbook_is_read_like_a_text_file(http, client, admin, run_jobs):
    code = f"X{client.slug[-6:]}"
    stored(client, [code])
    book = openpyxl.Workbook()
    book.active.append(["Tarif 2026"])
    book.active.append(["Kode Faskes", "Kode Layanan", "Nama", "Tarif"])
    book.active.append([code, "GP", "Konsultasi", 150000])
    packed = io.BytesIO()
    book.save(packed)
    made = through(http, admin, run_jobs, packed.getvalue(), kind="tariffs")
    assert (made["state"], made["counts"]["new"]) == ("applied", 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"code,name\nX,Y\n", "providers.import.missing_columns"),
        (b"code,name,kind,country,address,city\n", "providers.import.empty"),
        (b"PK\x03\x04 no workbook", "providers.import.format"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(http, admin, run_jobs, content, reason):
    made = through(http, admin, run_jobs, content)
    assert (made["state"], made["refusal"]["reason"]) == ("refused", reason)
    assert http.post(f"{URL}/{made['id']}/application", headers=admin).json["reason"] == "providers.import.not_checked"


def test_what_is_no_file_is_not_taken(http, admin):
    assert send(http, admin, b"\xd0\xcf\x11\xe0 old workbook").json["reason"] == "providers.import.format"
    assert http.post(URL, data={"kind": "facilities"}, headers=admin).status_code == 422
    assert send(http, admin, b"code\n", kind="people").status_code == 422


def test_only_an_administrator_imports(http, client):
    for role in (Role.HR, Role.AGENT, Role.CLAIMS, Role.PROVIDER):
        assert send(http, headers_for(role, client), b"code\n").status_code == 403


def test_the_same_file_that_waits_is_taken_once(http, client, admin):
    first, second = (send(http, admin, FACILITIES.format(client.slug)).json["id"] for _ in range(2))
    assert first == second


def test_a_worker_that_dies_while_it_writes_leaves_nothing(client, monkeypatch):
    code = f"Y{client.slug[-6:]}"
    with working_for(client.id) as scope:
        meaning = Meaning(ImportKind.FACILITIES, valid_from=START)
        made = importing.receive_import(scope, io.BytesIO(FACILITIES.format(code).encode()), "f.csv", meaning)
    import_work.check(client.id, made.id)
    with working_for(client.id) as scope:
        importing.apply_import(scope, made.id)
    with monkeypatch.context() as dying:
        dying.setattr(import_work.import_file, "forget", lambda *_: (_ for _ in ()).throw(RuntimeError("died")))
        with pytest.raises(RuntimeError, match="died"):
            import_work.apply(client.id, made.id)
    with working_for(client.id) as scope:
        assert queries.by_code(scope, "ID", [f"{code}-1"]) == {}
    import_work.apply(client.id, made.id)
    import_work.apply(client.id, made.id)
    with working_for(client.id) as scope:
        assert len(queries.by_code(scope, "ID", [f"{code}-1", f"{code}-2"])) == 2
        assert scope.session.get(ProviderImport, (client.id, made.id)).state == "applied"


def test_progress_can_be_seen_while_the_file_is_read(client, monkeypatch):
    code, seen = f"Z{client.slug[-6:]}", []
    monkeypatch.setattr(import_work, "BATCH", 1)
    progress = import_work.import_queries.progress
    monkeypatch.setattr(
        import_work.import_queries, "progress", lambda scope, row, done: (seen.append(done), progress(scope, row, done))
    )
    with working_for(client.id) as scope:
        content = io.BytesIO(FACILITIES.format(code).encode())
        made = importing.receive_import(scope, content, "f.csv", Meaning(ImportKind.FACILITIES))
    import_work.check(client.id, made.id)
    assert seen == [1, 2, 2]
