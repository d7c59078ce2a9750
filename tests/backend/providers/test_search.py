"""Who is near and who is meant, in the network of one's own plan."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from backend.access import Role, working_for
from backend.commands import seed_demo
from backend.providers import queries, rules, search_queries, service
from backend.providers.search_queries import Search
from tests.factories.accounts import headers_for
from tests.factories.benefits import make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.providers import make_provider

DEMO = Path(seed_demo.__file__).parent / "demo" / "providers.csv"


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def headers(client):
    with working_for(client.id) as scope:
        member = make_member(scope, plan_id=make_plan(scope, network="main").id)
    return headers_for(Role.MEMBER, client, (member.id,))


def names(http, headers, query):
    return [item["name"] for item in http.get(f"/api/v1/providers?{query}", headers=headers).json["items"]]


def test_the_nearest_comes_first_with_its_distance(http, client, headers):
    with working_for(client.id) as scope:
        make_provider(scope, name="Far", network="main", latitude=-6.30)
        make_provider(scope, name="Near", network="main", latitude=-6.20)
    items = http.get("/api/v1/providers?near=-6.19,106.82", headers=headers).json["items"]
    assert [item["name"] for item in items] == ["Near", "Far"]
    assert items[0]["distance_km"] == pytest.approx(rules.distance_km(-6.19, 106.82, -6.20, 106.82), abs=0.001)


def test_only_the_plans_own_network_is_shown(http, client, headers):
    with working_for(client.id) as scope:
        make_provider(scope, name="Ours", network="main")
        make_provider(scope, name="Another network", network="other")
    other = make_client()
    with working_for(other.id) as scope:
        make_provider(scope, name="Another client", network="main")
    assert names(http, headers, "near=-6.19,106.82") == ["Ours"]


def test_everybody_is_shown_when_asked_for_with_who_is_in_the_network(http, client, headers):
    with working_for(client.id) as scope:
        outside = make_provider(scope, name="Zahrana Luar Jaringan")
    items = http.get("/api/v1/providers?q=zahrana luar&network=all", headers=headers).json["items"]
    assert (str(outside.id), False) in [(item["id"], item["in_network"]) for item in items]


def test_a_plan_without_a_network_begins_at_home(http):
    client = make_client(country="MZ", currency="MZN", timezone="Africa/Maputo", languages=("pt", "en"))
    with working_for(client.id) as scope:
        member = make_member(scope, plan_id=make_plan(scope, network=None, currency="MZN").id)
        make_provider(scope, name="Aaa Maputo", country="MZ")
        make_provider(scope, name="Wirotama Sentosa", country="ID")
    headers = headers_for(Role.MEMBER, client, (member.id,))
    found = http.get("/api/v1/providers?limit=100", headers=headers).json["items"]
    assert {item["country"] for item in found} == {"MZ"}
    assert names(http, headers, "q=wirotama sentosa") == ["Wirotama Sentosa"], "who is named is found anywhere"


@pytest.mark.parametrize("typed", ["samudera kasi", "SAMUDRA", "rs samudra kash"])
def test_a_typo_finds_the_hospital(http, client, headers, typed):
    with working_for(client.id) as scope:
        make_provider(scope, name="RS Samudra Kasih", kind="hospital", network="main")
        make_provider(scope, name="Apotek Daun Sirih", kind="pharmacy", network="main")
    assert names(http, headers, f"q={typed}") == ["RS Samudra Kasih"]


def test_accents_do_not_matter(http):
    client = make_client(country="MZ", currency="MZN", timezone="Africa/Maputo", languages=("pt", "en"))
    with working_for(client.id) as scope:
        member = make_member(scope, plan_id=make_plan(scope, network="main", currency="MZN").id)
        make_provider(scope, name="Clínica Acácia", country="MZ", network="main")
    assert names(http, headers_for(Role.MEMBER, client, (member.id,)), "q=clinica acacia") == ["Clínica Acácia"]


@pytest.mark.parametrize("order", ["near=-6.19,106.82", "q=klinik", "kind=clinic"])
def test_pages_show_everybody_once(http, client, headers, order):
    with working_for(client.id) as scope:
        made = {make_provider(scope, network="main", latitude=-6.19 - step % 3 / 100).name for step in range(7)}
    seen, cursor = [], ""
    while cursor is not None:
        answer = http.get(f"/api/v1/providers?{order}&limit=3{cursor}", headers=headers).json
        seen += [item["name"] for item in answer["items"]]
        cursor = answer["next_cursor"] and f"&cursor={answer['next_cursor']}"
    assert sorted(seen) == sorted(made)


def test_a_closed_provider_is_not_offered_but_can_be_read(http, client, headers):
    with working_for(client.id) as scope:
        closed = make_provider(scope, network="main", active=False)
    assert names(http, headers, "kind=clinic") == []
    answer = http.get(f"/api/v1/providers/{closed.id}", headers=headers).json
    assert (answer["active"], answer["in_network"], answer["region_code"]) == (False, False, "3171")


@pytest.mark.parametrize(
    ("query", "status"), [("near=here", 422), ("near=91,0", 422), ("kind=spa", 422), ("cursor=x", 400)]
)
def test_what_cannot_be_meant_is_refused(http, headers, query, status):
    assert http.get(f"/api/v1/providers?{query}", headers=headers).status_code == status


def test_the_name_index_serves_the_typo_search(client):
    with working_for(client.id) as scope:
        connection = scope.unit.raw()
        connection.execute("SET LOCAL enable_seqscan = off")
        plan = connection.execute("EXPLAIN SELECT id FROM provider WHERE 'samudra' <% search_name").fetchall()
    assert "ix_provider_search_name" in str(plan)


def read_in(client, path):
    with path.open(encoding="utf-8", newline="") as file, working_for(client.id) as scope:
        return service.import_registry(scope, csv.DictReader(file), network="main", since=date(2020, 1, 1))


def test_a_file_with_one_bad_line_stores_nothing_and_says_where(client, tmp_path):
    file = tmp_path / "providers.csv"
    file.write_text(
        "code,name,kind,country,address,city,latitude,longitude,opening\n"
        "X-1,Good,clinic,ID,Here,There,-6.1,106.8,24/7\n"
        "X-2,,spa,ID,Here,There,north,106.8,always\n"
    )
    defects = [(defect.line, defect.column) for defect in read_in(client, file).defects]
    assert defects == [(3, "name"), (3, "kind"), (3, "latitude"), (3, "opening")]
    with working_for(client.id) as scope:
        assert queries.by_code(scope, "ID", ["X-1"]) == {}


def test_a_file_imported_twice_stores_everybody_once(client):
    for _ in range(2):
        assert read_in(client, DEMO).defects == []
    with working_for(client.id) as scope:
        found = [one.provider.code for one in search_queries.search(scope, Search(network="main", limit=1000))]
    with DEMO.open(encoding="utf-8", newline="") as file:
        assert sorted(found) == sorted(row["code"] for row in csv.DictReader(file))
