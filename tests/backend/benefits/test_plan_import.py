"""A plan comes in whole or not at all, and says in the reader's words what is wrong where."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

import orjson
import pytest
import yaml
from openpyxl import Workbook

from backend import languages
from backend.access import Role, working_for
from backend.benefits import catalogue, queries, service
from backend.benefits.plan_files import shape
from backend.benefits.rules import BenefitGroup
from backend.benefits.service import ImportOutcome
from backend.commands import import_plan
from backend.kit import clock
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client
from tests.factories.members import enrol, make_member

DEMO = Path(import_plan.__file__).parent / "demo" / "plans"
INDONESIAN, MOZAMBICAN = DEMO / "prima_managed_care.yml", DEMO / "livre_indemnity.yml"


@pytest.fixture
def client(app):
    return make_client()


def plan(**changes):
    base = {
        "code": "P1",
        "names": {"id": "Satu", "en": "One"},
        "product": "managed_care",
        "currency": "IDR",
        "valid_from": date(2026, 1, 1),
        "pools": {"annual": {"per": "year", "amount": 1000}},
        "benefits": [
            {
                "code": "OP",
                "group": "outpatient",
                "names": {"id": "Rawat jalan", "en": "Outpatient"},
                "limits": [{"per": "visit", "amount": 100}, {"pool": "annual"}],
            }
        ],
    }
    return base | changes


def line(**changes):
    return plan()["benefits"][0] | changes


def limited(**limit):
    return plan(benefits=[line(limits=[{"per": "year", **limit}])])


def bring(client, content, **more):
    data = content if isinstance(content, bytes) else yaml.safe_dump(content).encode()
    with working_for(client.id) as scope:
        return service.import_plan(scope, data, "plan.yml", **more)


def defects(report):
    return [(where, reason.removeprefix("benefits.plan.")) for where, reason, _ in report.defects]


@pytest.mark.requirement("S0-9")
@pytest.mark.parametrize(("file", "country", "currency"), [(INDONESIAN, "ID", "IDR"), (MOZAMBICAN, "MZ", "MZN")])
def test_a_demo_plan_has_all_ten_groups_in_three_languages(app, file, country, currency):
    client = make_client(country=country, currency=currency, languages=("id", "en", "pt"))
    report = import_plan.run(file, client.slug)
    assert report.defects == ()
    with working_for(client.id) as scope:
        lines = queries.benefits_of(scope, report.plan_id)
    assert {benefit.benefit_group for benefit in lines} == {group.value for group in BenefitGroup}


@pytest.mark.requirement("S0-10")
@pytest.mark.parametrize(("file", "product"), [(INDONESIAN, "managed_care"), (MOZAMBICAN, "indemnity")])
def test_managed_care_and_indemnity_are_both_products(file, product):
    assert yaml.safe_load(file.read_text())["product"] == product


@pytest.mark.requirement("S2-1")
def test_what_was_imported_comes_out_the_same_and_goes_in_unchanged(app):
    client = make_client(languages=("id", "en", "pt"))
    first = import_plan.run(INDONESIAN, client.slug)
    with working_for(client.id) as scope:
        written = service.export_plan(scope, first.plan_id)
    assert bring(client, written.encode()).outcome is ImportOutcome.UNCHANGED


def test_a_pool_stands_on_every_line_that_draws_from_it(client):
    report = bring(client, plan(benefits=[line(), line(code="RX", group="pharmacy")]))
    with working_for(client.id) as scope:
        pooled = [(row.pool, row.amount_minor) for row in queries.limits_of(scope, report.plan_id) if row.pool]
    assert pooled == [("annual", 100000)] * 2


def test_a_dry_run_stores_nothing(client):
    assert bring(client, plan(), dry_run=True).outcome is ImportOutcome.NEW
    with working_for(client.id) as scope:
        assert queries.plans(scope) == []


def test_a_new_version_leaves_old_enrolments_theirs(client):
    old = bring(client, plan()).plan_id
    with working_for(client.id) as scope:
        member_id = make_member(scope, plan_id=old).id
    new = bring(client, plan(valid_from=date(2026, 7, 1), benefits=[line(code="NEW")])).plan_id
    today = clock.today(client.timezone)
    with working_for(client.id) as scope:
        assert queries.cover_on(scope, member_id, today).plan.id == old
        assert queries.plan_version(scope, "P1", date(2026, 6, 30)).id == old
        assert queries.plan_version(scope, "P1", date(2026, 7, 1)).id == new


def test_a_version_that_somebody_is_enrolled_in_does_not_change(client):
    plan_id = bring(client, plan()).plan_id
    with working_for(client.id) as scope:
        enrol(scope, make_member(scope).id, plan_id)
    report = bring(client, plan(benefits=[line(code="NEW")]))
    assert defects(report) == [("valid_from", "version_in_use")]


def test_a_version_without_enrolments_is_replaced(client):
    first = bring(client, plan())
    second = bring(client, plan(benefits=[line(code="NEW")]))
    assert (second.outcome, second.plan_id) == (ImportOutcome.REPLACED, first.plan_id)
    with working_for(client.id) as scope:
        assert [benefit.code for benefit in queries.benefits_of(scope, first.plan_id)] == ["NEW"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (plan(currency="MZN"), ("currency", "other_currency")),
        (plan(product="lottery"), ("product", "not_one_of")),
        (plan(valid_from="soon"), ("valid_from", "not_a_date")),
        (plan(colour="red"), ("colour", "unknown")),
        (plan(benefits=[]), ("benefits", "missing")),
        (plan(names={"en": "One"}), ("names.id", "missing")),
        (plan(pools={"annual": {"per": "year"}}), ("pools.annual", "empty_limit")),
        (plan(benefits=[line(), line()]), ("benefits[1].code", "twice")),
        (plan(benefits=[line(group="spa")]), ("benefits[0].group", "not_one_of")),
        (plan(benefits=[line(waiting_days=-1)]), ("benefits[0].waiting_days", "not_a_number")),
        (plan(benefits=[line(referral_required="maybe")]), ("benefits[0].referral_required", "not_yes_or_no")),
        (plan(benefits=[line(limits=[{"pool": "x"}])]), ("benefits[0].limits[0].pool", "unknown_pool")),
        (plan(benefits=[line(limits=[{"amount": 1}])]), ("benefits[0].limits[0].per", "missing")),
        (plan(benefits=[line(limits=[{"per": "year"}])]), ("benefits[0].limits[0]", "empty_limit")),
        (limited(amount="much"), ("benefits[0].limits[0].amount", "not_an_amount")),
        (limited(amount=0.001), ("benefits[0].limits[0].amount", "not_an_amount")),
        (plan(benefits=[line(co_payment={"percent": 101})]), ("benefits[0].co_payment.percent", "not_a_percentage")),
        (plan(benefits=[line(prorata="room")]), ("benefits[0].room_rate", "missing")),
        (plan(benefits="none"), ("benefits", "not_a_list")),
        (plan(benefits=["none"]), ("benefits[0]", "not_a_table")),
        (plan(benefits=[line(services=["astrology"])]), ("benefits[0].services[0]", "not_one_of")),
    ],
)  # fmt: skip
def test_a_defect_is_named_with_its_place(client, content, found):
    assert defects(bring(client, content)) == [found]


def test_every_defect_is_named_at_once(client):
    report = bring(client, plan(product="x", valid_from="y", benefits=[line(group="z", waiting_days="w")]))
    assert len(report.defects) == 4


@pytest.mark.parametrize("content", [b"code: [", b"a: &a [1]\nb: *a\n", b"\xff\xfe\x00"])
def test_what_is_not_plain_yaml_is_refused(client, content):
    assert defects(bring(client, content))[0][1] == "not_yaml"


def test_a_plan_that_is_no_table_is_refused(client):
    assert defects(bring(client, b"just words")) == [("plan", "not_a_table")]


def workbook(**sheets) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SHEETS = {
    "Plan": [
        ["field", "value"],
        ["code", "P1"],
        ["name_id", "Satu"],
        ["name_en", "One"],
        ["product", "managed_care"],
        ["currency", "IDR"],
        ["valid_from", date(2026, 1, 1)],
    ],
    "Pools": [["pool", "per", "amount"], ["annual", "year", 1000]],
    "Benefits": [
        ["code", "group", "name_id", "name_en", "co_payment_percent"],
        ["OP", "outpatient", "Rawat jalan", "Outpatient", None],
    ],
    "Limits": [["benefit", "per", "amount", "pool"], ["OP", "visit", 100, None], ["OP", None, None, "annual"]],
    "Exclusions": [["benefit", "code", "name_id", "name_en", "conditions"]],
}


def test_a_workbook_and_a_yaml_file_mean_the_same(client):
    assert bring(client, workbook(**SHEETS)).outcome is ImportOutcome.NEW
    assert bring(client, plan()).outcome is ImportOutcome.UNCHANGED


def test_conditions_are_separated_by_commas(client):
    rows = [*SHEETS["Exclusions"], ["OP", "cosmetic", "Kosmetik", "Cosmetic", "Z41, L90"]]
    report = bring(client, workbook(**(SHEETS | {"Exclusions": rows})))
    with working_for(client.id) as scope:
        assert queries.benefits_of(scope, report.plan_id)[0].exclusions[0]["conditions"] == ["Z41", "L90"]


def test_services_of_a_benefit_are_kept_and_separated_by_commas_in_a_workbook(client):
    rows = [
        ["code", "group", "name_id", "name_en", "services"],
        ["OP", "outpatient", "Rawat jalan", "OP", "test, medicine"],
    ]
    report = bring(client, workbook(**(SHEETS | {"Benefits": rows})))
    with working_for(client.id) as scope:
        assert queries.benefits_of(scope, report.plan_id)[0].services == ["test", "medicine"]
        assert yaml.safe_load(service.export_plan(scope, report.plan_id))["benefits"][0]["services"] == [
            "test",
            "medicine",
        ]


def test_a_plan_that_names_no_services_keeps_the_digest_it_had_before_there_were_any():
    """A file that was imported years ago is still the same file: nobody's version is refused as changed."""
    read, found = shape.read(plan(), currency="IDR", languages=("id", "en"))
    assert not found
    without = {
        **read,
        "benefits": [{name: kept for name, kept in line.items() if name != "services"} for line in read["benefits"]],
    }
    before = hashlib.sha256(orjson.dumps(without, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()
    assert shape.digest(read) == before


@pytest.mark.parametrize(
    ("sheet", "rows", "found"),
    [
        ("Limits", [["benefit", "per", "amount"], ["OP", "visit", "much"]], ("Limits!C2", "not_an_amount")),
        ("Limits", [["benefit", "per", "amount"], ["XX", "visit", 1]], ("Limits!A2", "unknown_benefit")),
        ("Limits", [["benefit", "pool"], ["OP", "annul"]], ("Limits!B2", "unknown_pool")),
        (
            "Benefits",
            [["code", "group", "name_id", "name_en", "co_payment_percent"], ["OP", "outpatient", "A", "B", 120]],
            ("Benefits!E2", "not_a_percentage"),
        ),
        ("Benefits", [["code", "group", "name_id"], ["OP", "outpatient", "A"]], ("Benefits!C2", "missing")),
        ("Pools", [["pool", "per"], ["annual", "year"]], ("Pools!A2", "empty_limit")),
    ],
)
def test_a_defect_of_a_workbook_is_named_by_its_cell(client, sheet, rows, found):
    assert found in defects(bring(client, workbook(**(SHEETS | {sheet: rows}))))


def test_a_broken_workbook_is_refused(client):
    assert defects(bring(client, b"PK\x03\x04 not really")) == [("workbook", "not_a_workbook")]


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_the_report_speaks_the_readers_language(client, language):
    report = catalogue.shown(bring(client, plan(currency="MZN")), language)
    assert report["defects"][0]["message"] == languages.message(
        "benefits.plan.other_currency", language, {"currency": "IDR"}
    )


class TestRoutes:
    def send(self, http, client, content, role=Role.ADMIN, **fields):
        data = {"file": (io.BytesIO(yaml.safe_dump(content).encode()), "plan.yml"), **fields}
        return http.post("/api/v1/plans/import", data=data, headers=headers_for(role, client))

    def test_an_administrator_lists_and_exports(self, http, client):
        made = bring(client, plan())
        headers = headers_for(Role.ADMIN, client)
        listed = http.get("/api/v1/plans", headers=headers).json["items"]
        assert [(row["id"], row["name"]) for row in listed] == [(str(made.plan_id), "One")]
        exported = http.get(f"/api/v1/plans/{made.plan_id}/export", headers=headers)
        assert yaml.safe_load(exported.data)["code"] == "P1"

    def test_a_defect_refuses_the_file(self, http, client):
        answer = self.send(http, client, plan(currency="MZN"))
        assert (answer.status_code, answer.json["reason"]) == (409, "benefits.plan.defects")
        assert answer.json["errors"]["defects"][0]["where"] == "currency"

    def test_a_dry_run_reports_it_instead(self, http, client):
        answer = self.send(http, client, plan(currency="MZN"), dry_run="true")
        assert (answer.status_code, answer.json["outcome"], answer.json["applied"]) == (200, "refused", False)

    @pytest.mark.parametrize("role", [Role.HR, Role.AGENT])
    def test_nobody_else_imports(self, http, client, role):
        assert self.send(http, client, plan(), role).status_code == 403

    def test_another_clients_plan_is_not_found(self, http, client):
        made = bring(client, plan())
        headers = headers_for(Role.ADMIN, make_client())
        assert http.get(f"/api/v1/plans/{made.plan_id}/export", headers=headers).status_code == 404
