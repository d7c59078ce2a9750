from datetime import UTC, date, datetime

import pytest

from backend.kit import ids
from backend.members.rules.census import ALIASES, Line, columns_of, read_line
from backend.members.rules.census_decision import Census, Known, decide

TODAY = date(2026, 6, 15)
HEADERS = ["Nomor Karyawan", "Nama Lengkap", "Tanggal Lahir", "Jenis Kelamin", "Hubungan", "Program"]
COLUMNS = columns_of(HEADERS)
PLAN, OTHER_PLAN = ids.new_id(), ids.new_id()


def read(*cells: object):
    return read_line(2, cells, COLUMNS, TODAY)


def reasons(*cells: object) -> list[tuple[str, bool]]:
    return [(problem.reason, problem.warning) for problem in read(*cells)[1]]


@pytest.mark.parametrize(
    "headers",
    [
        ["Employee No.", "NAME", "Date of Birth", "Gender"],
        ["NIP", "Nama Peserta", "Tgl. Lahir", "L/P"],
        ["N.º Trabalhador", "Nome completo", "Data de Nascimento", "Género"],
    ],
)
def test_headers_are_known_in_three_languages(headers: list[str]):
    assert columns_of(headers).missing == ()


def test_no_header_means_two_things():
    aliases = [alias for names in ALIASES.values() for alias in names]
    assert len(aliases) == len(set(aliases))


def test_a_header_nobody_knows_is_named_and_ignored():
    assert columns_of([*HEADERS, "Shoe size"]).unknown == ("Shoe size",)


def test_a_missing_column_is_named():
    assert columns_of(["Nama", "Tgl lahir"]).missing == ("employee_number", "sex")


@pytest.mark.parametrize(
    "written",
    ["1990-05-17", "17/05/1990", "17-05-1990", "17.05.1990", datetime(1990, 5, 17, tzinfo=UTC), date(1990, 5, 17)],
)
def test_a_date_is_read_as_people_and_spreadsheets_write_it(written: object):
    line, _ = read("E1", "Budi", written, "L", "", "GOLD")
    assert line is not None
    assert line.birth_date == date(1990, 5, 17)


@pytest.mark.parametrize(("word", "sex"), [("L", "male"), ("P", "female"), ("M", "male"), ("Feminino", "female")])
def test_sex_is_read_in_three_languages(word: str, sex: str):
    line, _ = read("E1", "Budi", "1990-05-17", word, "", "GOLD")
    assert line is not None
    assert line.sex == sex


def test_a_number_that_a_spreadsheet_made_of_a_text_is_a_text_again():
    line, _ = read(1024.0, "Budi", "1990-05-17", "L", "", "GOLD")
    assert line is not None
    assert line.employee_number == "1024"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("", "Budi", "1990-05-17", "L"), [("census.missing_value", False)]),
        (("E1", "Budi", "1990-13-40", "L"), [("census.unreadable_date", False)]),
        (("E1", "Budi", "31/02/1990", "L"), [("census.unreadable_date", False)]),
        (("E1", "Budi", "1990-05-17", "?x"), [("census.unknown_word", False)]),
        (("E1", "Budi", "1990-05-17", "L", "cousin"), [("census.unknown_word", False)]),
        (("E1", "Budi", "2026-06-16", "L"), [("census.born_in_future", False)]),
        (("E1", "Budi", "1900-01-01", "L"), [("census.unlikely_age", False)]),
        (("E1", "Budi", "2015-01-01", "L"), [("census.unlikely_age", True)]),
    ],
)
def test_a_line_is_refused_or_warned_about(cells: tuple, expected: list):
    assert reasons(*cells) == expected
    assert (read(*cells)[0] is None) is not expected[0][1]


def test_a_problem_names_the_column_as_the_file_does():
    _, (problem,) = read("E1", "Budi", "nonsense", "L")
    assert problem.figures == {"column": "Tanggal Lahir"}


def line(number: int, employee: str = "E1", relationship: str = "employee", **facts: object) -> Line:
    values = {"full_name": "Budi", "birth_date": date(1985, 1, 1), "sex": "male", "plan": "GOLD"} | facts
    return Line(number, employee, relationship, **values)  # type: ignore[arg-type]


def known(**facts: object) -> Known:
    values = {"full_name": "Budi", "birth_date": date(1985, 1, 1), "sex": "male", "phone": None, "email": None}
    more = {"language": "id", "left_on": None, "plan_id": PLAN, "enrolled_since": date(2026, 1, 1)}
    return Known(ids.new_id(), "employee", **(values | more | facts))  # type: ignore[arg-type]


def outcomes(*lines: Line, employees: dict[str, Known] | None = None, marks: dict[int, bytes] | None = None, **there):
    census = Census(
        employees or {}, {}, {"GOLD": PLAN, "SILVER": OTHER_PLAN}, there.get("known_marks", {}), TODAY, TODAY
    )
    fresh = (ids.new_id() for _ in iter(int, 1))
    given = [(one, [], (marks or {}).get(one.line)) for one in lines]
    return {one.line.line: one for one in decide(census, given, fresh)}


def reason_of(decision) -> list[str]:
    return [problem.reason for problem in decision.problems]


def test_a_dependant_above_the_employees_line_finds_the_employee():
    made = outcomes(line(2, relationship="child", full_name="Citra", birth_date=date(2015, 1, 1)), line(3))
    assert made[2].outcome == "new"
    assert made[2].employee_id == made[3].member_id
    assert made[2].plan_id == PLAN


def test_a_refused_employee_takes_the_dependants_along():
    made = outcomes(
        line(2, plan="BRONZE"), line(3, relationship="child", full_name="Citra", birth_date=date(2015, 1, 1))
    )
    assert reason_of(made[2]) == ["census.unknown_plan"]
    assert reason_of(made[3]) == ["census.no_employee"]


def test_the_second_line_of_a_person_is_refused_and_names_the_first():
    made = outcomes(line(2), line(5))
    assert made[2].outcome == "new"
    assert made[5].problems[0].figures == {"line": 2}


def test_two_spouses_in_one_file_are_one_too_many():
    made = outcomes(
        line(2),
        line(3, relationship="spouse", full_name="Ani", birth_date=date(1986, 1, 1)),
        line(4, relationship="spouse", full_name="Dewi", birth_date=date(1987, 1, 1)),
    )
    assert (made[3].outcome, reason_of(made[4])) == ("new", ["members.spouse_already_there"])


def test_a_line_that_says_nothing_new_changes_nothing():
    assert outcomes(line(2), employees={"E1": known()})[2].outcome == "unchanged"


def test_only_what_differs_changes_and_an_empty_cell_takes_nothing_away():
    made = outcomes(line(2, phone="+628110000001", email=None), employees={"E1": known(email="b@example.com")})
    assert (made[2].outcome, made[2].fields) == ("changed", ["phone"])


def test_a_new_plan_begins_on_the_effective_day():
    made = outcomes(line(2, plan="SILVER"), employees={"E1": known()})
    assert (made[2].outcome, made[2].plan_id, made[2].starts_on) == ("changed", OTHER_PLAN, TODAY)


def test_a_plan_does_not_change_before_it_began():
    made = outcomes(line(2, plan="SILVER"), employees={"E1": known(enrolled_since=TODAY)})
    assert reason_of(made[2]) == ["census.plan_change_too_early"]


def test_somebody_who_left_is_not_brought_back_by_a_file():
    made = outcomes(line(2), employees={"E1": known(left_on=date(2026, 1, 1))})
    assert reason_of(made[2]) == ["census.member_left"]


def test_a_national_id_twice_is_flagged_not_refused():
    made = outcomes(line(2), line(3, employee="E2", full_name="Eko"), marks={2: b"x", 3: b"x"})
    assert (made[3].outcome, made[3].problems[0].warning, reason_of(made[3])) == (
        "new",
        True,
        ["census.national_id_twice"],
    )


def test_a_national_id_of_somebody_else_is_flagged():
    made = outcomes(line(2), marks={2: b"x"}, known_marks={b"x": ids.new_id()})
    assert reason_of(made[2]) == ["members.national_id_known"]
