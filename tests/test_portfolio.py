"""Somebody's portfolio as a program: a real one, and all that goes wrong in such files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.files.portfolio import read_portfolio, read_portfolio_bytes
from pmkit.files.portfolio_report import Portfolio
from pmkit.model.errors import PlanError
from tests.wording import exactly


@pytest.fixture(scope="module")
def folder(truth: Path) -> Path:
    return truth / "it_portfolio_2013"


@pytest.fixture(scope="module")
def real(folder: Path) -> Portfolio:
    return read_portfolio(folder)


# --- the real one ---------------------------------------------------------------------------------


def test_the_108_projects_that_have_plans_are_imported_and_94_left_out(real: Portfolio) -> None:
    assert repr(real) == (
        "Portfolio 'it_portfolio_2013': 108 projects with plans, 94 left out; 108 of 108 costs "
        "reconcile"
    )
    assert real.left_out.groupby("reason").size().to_dict() == {
        "its row tells nothing but an id: no name, no cost, no dates": 94
    }
    assert real.issues["column"].value_counts().to_dict() == {"start": 9, "duration": 9}


def test_every_row_of_the_file_is_accounted_for(real: Portfolio, folder: Path) -> None:
    projects, activities = (pd.read_csv(folder / f"{n}.csv") for n in ("projects", "activities"))
    assert len(real.table) + len(real.left_out) == len(projects) == 202
    assert sum(real.table["activities"]) + sum(real.left_out["activities"]) == len(activities)
    assert sum(real.table["activities"]) == 433


def test_every_cost_is_the_sum_of_its_activities_and_so_is_every_bureau(
    real: Portfolio, folder: Path
) -> None:
    assert real.reconciliation["ok"].tolist() == [True] * 108
    stated = pd.read_csv(folder / "projects.csv").dropna(subset="planned_cost_musd")
    by_bureau = stated.groupby("bureau")["planned_cost_musd"].sum() * 1e6
    rolled = real.roll_up
    assert rolled["ok"].all()
    assert rolled["activities"].drop("all").to_dict() == pytest.approx(by_bureau.to_dict())
    assert rolled.loc["all", "activities"] == pytest.approx(156_892_000)
    assert rolled.index.name == "bureau"


def test_planned_dates_give_the_stated_durations_but_for_those_that_are_listed(
    real: Portfolio, folder: Path
) -> None:
    """99 of 108 rows state the start and the duration that their activities have."""
    stated = pd.read_csv(folder / "projects.csv").dropna(subset="name").set_index("uid")
    listed = set(real.issues.loc[real.issues["column"] == "duration", "id"])
    agreeing = 0
    for project in real.program.projects:
        starts: list[Any] = [a.baseline_start for a in project.activities]
        ends: list[Any] = [a.baseline_finish for a in project.activities]
        span = max(ends) - datetime.combine(min(starts), datetime.min.time())
        agrees = span.days == stated["planned_duration_days"].to_dict()[int(project.id)]
        assert agrees == (project.id not in listed)
        agreeing += agrees
    assert agreeing == 99


def test_what_has_happened_stands_where_it_happened(real: Portfolio, folder: Path) -> None:
    """Planned start + delay + actual duration, and work under way goes on at the status date."""
    program = real.program
    assert program.settings.currency == "USD"
    rows = pd.read_csv(folder / "activities.csv")
    table = critical_path(program).table
    done = rows[rows["status"].str.startswith("Completed")]
    days = {c: done[c].str.removesuffix(" days").astype(float).tolist()
            for c in ("start_delay", "actual_duration")}  # fmt: skip
    checked = 0
    for n, (project, uid, start) in enumerate(
        zip(done["project_uid"], done["uid"], done["start_planned"], strict=True)
    ):
        key = f"{project}.{uid}"
        if key not in table.index:
            continue
        begun = pd.Timestamp(start) + pd.Timedelta(days=days["start_delay"][n])
        assert table.loc[key, "start_date"] == begun
        assert table.loc[key, "finish_date"] == begun + pd.Timedelta(
            days["actual_duration"][n], "D"
        )
        checked += 1
    assert checked == 358
    assert critical_path(program).finish_date >= datetime(2012, 7, 3)


def test_a_project_shows_its_sum_and_what_its_row_says_otherwise(real: Portfolio) -> None:
    assert str(real.explain("33")).splitlines() == [
        "project with a plan '33' (NEDSS - Base System Development)",
        "  activities: 120,000 + 300,000 + 138,000 + 36,000 + 54,000 + 83,000 + ... (11 "
        "activities) = USD 1,585,000; stated: USD 1,585,000; agrees",
        "  row 11 of projects: its row says that it starts on 2010-12-21, its activities on "
        "2011-08-15; the activities are taken",
        "  row 11 of projects: its row says 639 days, its activities take 402; the activities are "
        "taken",
    ]
    assert str(real.explain("304")) == (
        "project '304' was left out: its row tells nothing but an id: no name, no cost, no dates"
    )


def test_the_rest_can_be_read_too_when_asked_for(folder: Path) -> None:
    found = read_portfolio(folder, unstated=True)
    assert len(found.program.projects) == 202
    assert sum(found.table["activities"]) == 1102
    assert found.reconciliation["ok"].value_counts(dropna=False).to_dict() == {True: 108, None: 94}
    assert found.roll_up.loc["all", "stated"] == pytest.approx(156_892_000)


def test_what_was_decided_for_the_whole_file_is_told(real: Portfolio) -> None:
    assert real.notes == (
        "sheet 'projects': 'uid' was taken for the id, because 'project_uid' of 'activities' "
        "refers to it",
        "'planned_cost_musd': amounts are multiplied by 1,000,000, as its heading says",
        "'cost_variance': amounts are multiplied by 1,000,000, like the cost beside it",
        "nobody tells a status date: the last day on which anything happened, 2012-07-02, is it",
        "75 activities are under way without a percentage: they are done by elapsed time; 34 of "
        "them should be over, and have a day to go",
        "the bureau of a project stands as its sponsor, where no sponsor is told",
    )
    assert real.program.notes == real.notes
    assert real.program.member("22").extra["Id"] == "2207"  # what is not understood is kept


# --- others' files --------------------------------------------------------------------------------


@pytest.fixture
def agency(tmp_path: Path) -> Callable[..., Portfolio]:
    """Two tables as a federal dashboard writes them, with some rows."""

    def read(projects: str, activities: str = "", **options: Any) -> Portfolio:
        (tmp_path / "Projects.csv").write_text(
            "Disclaimer: as reported by the agencies\n\n"
            "Agency Name,Unique Project ID,Agency Project ID,Project Name,Start Date,"
            "Completion Date (B1),Planned Cost ($ M),Cost Variance (%)\n" + projects
        )
        if activities:
            (tmp_path / "Activities.csv").write_text(
                "Unique Project ID,Unique Activity ID,Activity Name,Structure ID,"
                "Start Date Planned,Completion Date Planned,Start Date Actual,"
                "Completion Date Actual,Planned Total Cost ($ M),Activity Status\n" + activities
            )
        return read_portfolio(tmp_path, **options)

    return read


def _reasons(found: Portfolio) -> list[tuple[str, str]]:
    return list(zip(found.left_out["id"], found.left_out["reason"], strict=True))


def test_headings_are_known_in_any_order_of_words_with_units_and_below_a_disclaimer(
    agency: Any,
) -> None:
    found = agency(
        "USDA,1001,P-7,Grain,10/1/2011,9/30/2012,1.25,4%\n",
        "1001,1,Plan,1,10/1/2011,12/31/2011,10/1/2011,1/15/2012,0.5,Completed\n"
        '1001,2,Build,2,1/1/2012,9/30/2012,1/16/2012,,"$0.75",In Progress\n',
    )
    read_as = found.columns.set_index("heading")["read_as"].to_dict()
    assert read_as["Completion Date Planned"] == "activities.finish"
    assert read_as["Completion Date (B1)"] == "projects.finish"
    assert read_as["Cost Variance (%)"] == ""
    assert found.left_out.empty
    assert found.issues.empty
    assert found.reconciliation.loc["1001", "activities"] == 1_250_000
    plan, build = found.program.project("1001").activities
    assert (plan.actual_start, plan.actual_finish) == (date(2011, 10, 1), datetime(2012, 1, 15))
    assert (build.duration, build.actual_start) == (273, date(2012, 1, 16))
    assert found.program.settings.status_date == date(2012, 1, 16)


def test_what_sums_up_others_does_not_count_twice(agency: Any) -> None:
    found = agency(
        "USDA,1001,P-7,Grain,10/1/2011,9/30/2012,0.75,\n",
        "1001,2,Build,2,1/1/2012,9/30/2012,,,0.75,\n1001,3,Walls,2.1,1/1/2012,6/30/2012,,,0.45,\n"
        "1001,4,Roof,2.2,7/1/2012,9/30/2012,,,0.30,\n",
    )
    assert _reasons(found) == [
        ("2", "it sums up others of project '1001', which would count twice")
    ]
    assert found.reconciliation["ok"].tolist() == [True]


def test_every_row_that_cannot_be_taken_is_left_out_for_a_reason(agency: Any) -> None:
    found = agency(
        'USDA,1001,P-7,Grain,10/1/2011,9/30/2012,"$1,250.5",\n'
        "USDA,1002,P-8,Wheat,10/1/2011,9/30/2012,2,\nUSDA,1002,P-8,Wheat,10/1/2011,9/30/2012,2,\n"
        "USDA,1002,P-8,Other,10/1/2011,9/30/2012,2,\nUSDA,,P-9,Rye,10/1/2011,9/30/2012,3,\n"
        "USDA,1004,P-9,Oats,10/1/2011,,,\nTotal,,,,,,8,\nUSDA,,,Total,,,8,\n",
        "1001,1,Plan,1,10/1/2011,12/31/2011,,,1250.5,\n1001,1,Plan,1,10/1/2011,12/31/2011,,,1250.5,\n"
        "1001,1,Other,1,10/1/2011,12/31/2011,,,1,\n1001,5,Gone,1,10/1/2011,12/31/2011,,,1,Cancelled\n"
        "9999,1,Lost,1,10/1/2011,12/31/2011,,,1,\n,1,Alone,1,10/1/2011,12/31/2011,,,1,\n"
        "1001,,Nameless,1,10/1/2011,12/31/2011,,,1,\n1001,7,Never,1,,,,,1,\n",
    )  # fmt: skip
    assert _reasons(found) == [
        ("1002", "the same row came before, in row 5"),
        ("1002", "its id came before, in row 5, with other content"),
        ("", "it has neither an id nor a name"),
        ("", "it sums up others"),
        ("1004", "it has no activities and no cost: there is nothing to schedule or to fund"),
        ("1", "the same row came before, in row 2"),
        ("1", "it names no project"),
        ("1", "its project, '9999', is not in the table of projects"),
        ("5", "it is cancelled (project '1001')"),
        ("7", "it has neither a duration nor a start and a finish (project '1001')"),
    ]
    assert found.table["read_as"].to_dict() == {
        "1001": "plan", "1002": "candidate", "Rye": "candidate"}  # fmt: skip
    assert found.issues["sentence"].tolist() == [
        "id must not be empty; its name, 'Rye', is taken",
        "id must be unique within project '1001', came before in row 2; '1 (2)' is taken",
        "id must not be empty; 'row 8' is taken",
    ]
    row = found.reconciliation.loc["1001"]
    assert (row["stated"], row["activities"], row["left_out"]) == (1250.5e6, 1252.5e6, 2e6)
    assert row["why"] == "the activities cost 2,000,000 more"
    assert found.program.member("1002").start == date(2011, 10, 1)


def test_cells_that_cannot_be_read_are_left_empty_and_listed(agency: Any) -> None:
    found = agency(
        "USDA,1001,P-7,Grain,soon,9/30/2012,exempt,\n",
        "1001,1,Plan,1,13/40/2011,12/31/2011,,,0.5,\n1001,2,Build,1,9/30/2012,1/31/2012,,,1,\n"
        "1001,3,Test,1,1/1/9999,1/31/2012,,,($2.5),\n1001,4,Run,1,2/1/2012,2/29/2012,,,-1,\n",
    )
    assert found.issues[["id", "column", "sentence"]].to_numpy().tolist() == [
        ["1001", "Start Date", "must be a date, got 'soon'; it was left empty"],
        ["1001", "Planned Cost ($ M)",
         "must be an amount of money, got 'exempt'; it was left empty"],
        ["1", "Start Date Planned",
         "must be a date, got '13/40/2011' (there is no such day); it was left empty"],
        ["3", "Start Date Planned", "must be a date, got '1/1/9999' (the year must be from 1950 to "
         "2150); it was left empty"],
        ["2", "finish", "finish must not be before the start, got 2012-01-31 before 2012-09-30; it "
         "was left empty"],
        ["4", "cost", "cost must be >= 0, got -1,000,000; it was left empty"],
    ]  # fmt: skip
    assert found.reconciliation["why"].tolist() == ["its own row states no cost"]


def test_negative_durations_and_costs_as_text_come_from_a_flat_file() -> None:
    found = read_portfolio_bytes(
        "tasks.csv",
        "Project,Project Name,Agency,Task,Start,Duration,Cost\n"
        'A,Alpha,X,one,2026-01-01,2 weeks,"$1,200.50"\nA,Alpha,X,two,2026-01-15,3 days,(300)\n'
        "B,Beta,Y,one,2026-01-01,-3 days,100\nB,Beta,Y,two,2026-01-01,6 months,£2.5m\n",
    )
    assert found.notes == (
        "there is no table of projects: they are those that the activities name",
        "amounts are in several currencies (GBP, USD): they are added as they stand, and the "
        "program has none",
        "'Cost': its heading names no unit, amounts are taken as they stand",
        "the bureau of a project stands as its sponsor, where no sponsor is told",
    )
    assert found.issues["sentence"].tolist() == [
        "duration must be >= 0 days, got -3; it was left empty",
        "cost must be >= 0, got -300; it was left empty",
    ]
    alpha, beta = found.program.projects
    assert [(a.id, a.duration, a.fixed_cost) for a in alpha.activities] == [
        ("1", 14, 1200.5), ("2", 3, 0)]  # fmt: skip
    assert [(a.id, a.duration, a.fixed_cost) for a in beta.activities] == [
        ("2", pytest.approx(6 * 365.25 / 12), 2.5e6)]  # fmt: skip
    assert found.program.member("A").name == "Alpha"
    assert found.program.member("B").sponsor == "Y"


MAJOR = (
    "GMPP ID Number,Project Name,Department,Annual Report Category,Project - Start Date (Latest "
    "Approved Start Date),Project - End Date (Latest Approved End Date),Financial Year Variance (%)"
    ",TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs),TOTAL Baseline "
    "Benefits (£m)\n"
)


def test_a_table_of_projects_alone_gives_a_plan_to_those_with_dates() -> None:
    """The headings of the UK's major projects portfolio."""
    found = read_portfolio_bytes(
        "majors.csv",
        MAJOR + 'M1,Ship,MOD,Military,01/04/2019,31/03/2029,0%,"4,000.25",9000\n'
        "M2,Secret,MOD,Military,Exempt under Section 24,31/03/2030,0%,Exempt under Section 43,\n"
        "M3,Rail,DFT,Infra,15/06/2021,,20%,300,900\n",
        status_date=date(2024, 3, 31),
    )
    assert repr(found) == "Portfolio 'majors': 1 project with plans, 1 candidates, 1 left out"
    (ship,) = found.program.project("M1").activities
    assert (ship.id, ship.duration, ship.fixed_cost) == ("whole project", 3652, 4_000_250_000)
    assert ship.percent_complete == pytest.approx(100 * 1827 / 3652)
    assert found.program.member("M1").money["benefit"] == 9e9
    assert found.program.settings.currency == "GBP"
    assert found.reconciliation.empty
    assert found.notes[2:4] == (
        "nobody tells progress: what was to begin by the status date is taken to be under way "
        "since its planned start",
        "there is no table of activities: a project with dates is one activity, from its start to "
        "its finish",
    )
    assert critical_path(found.program).finish_date == datetime(2029, 3, 31)


def test_a_table_that_stands_on_its_side_is_turned() -> None:
    rows = [
        MAJOR.strip().split(","),
        ["M1", "Ship", "MOD", "Military", "01/04/2019", "31/03/2029", "0%", "4", "9"],
    ]
    text = "\n".join(",".join(column) for column in zip(*rows, strict=True))
    found = read_portfolio_bytes("majors.csv", text)
    assert found.notes[0] == (
        "sheet 'majors': headings stand in the first column, so it was turned"
    )
    assert found.program.member("M1").money == {"cost": 4e6, "benefit": 9e6}


def test_a_file_for_each_department_is_one_table_in_pieces(tmp_path: Path) -> None:
    for n, name in enumerate(("MOD", "DFT")):
        row = f"{name}1,Ship,{name},Military,2019-04-0{n + 1},2029-03-31,0%,4,9\n"
        (tmp_path / f"{name}.csv").write_text(MAJOR + row)
    (tmp_path / "notes.csv").write_text("word,meaning\nDFT,transport\n")
    found = read_portfolio(tmp_path)
    assert sorted(found.table.index) == ["DFT1", "MOD1"]
    assert found.notes[0] == ("sheet 'notes' was not read: too few of its headings are understood")


def test_a_workbook_and_columns_that_only_the_user_knows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Vorhaben"
    for row in (("Kennung", "Titel", "Soll in T EUR", "Von", "Bis"),
                (7.0, "Brücke", 1200, datetime(2026, 1, 1), datetime(2026, 12, 31))):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    columns = {"Kennung": "id", "Titel": "projects.name", "Soll in T EUR": "cost", "Von": "start",
               "Bis": "finish"}  # fmt: skip
    found = read_portfolio(tmp_path / "plan.xlsx", columns=columns, unit="k EUR")
    assert found.program.member("7").money == {"cost": 1_200_000}
    assert found.program.settings.currency == "EUR"
    assert found.program.project("7").activities[0].duration == 364
    assert "'Soll in T EUR': amounts are multiplied by 1,000, as unit= says" in found.notes


def test_what_has_not_happened_by_the_status_date_has_not_happened(agency: Any) -> None:
    work = (
        "1001,1,Plan,1,10/1/2011,12/31/2011,10/1/2011,1/15/2012,0.5,Completed\n"
        "1001,2,Build,2,1/1/2012,9/30/2012,1/16/2012,,0.75,In Progress\n"
    )
    found = agency("USDA,1001,P-7,Grain,10/1/2011,9/30/2012,1.25,\n", work,
                   status_date=date(2011, 12, 31))  # fmt: skip
    assert found.issues["sentence"].tolist() == [
        "it is complete, but on 2012-01-15, after the status date, 2011-12-31; that date is taken",
        "it has begun, but on 2012-01-16, after the status date, 2011-12-31; it is taken as not "
        "begun",
    ]
    plan, build = found.program.project("1001").activities
    assert plan.actual_finish == datetime(2011, 12, 31)
    assert not build.is_started


@pytest.mark.parametrize(("children", "expected"), [(3, ["1"]), (1, []), (0, [])])
def test_a_row_with_children_is_counted_or_not_as_the_stated_cost_agrees(
    tmp_path: Path, children: int, expected: list[str]
) -> None:
    (tmp_path / "activities.csv").write_text(
        "project_uid,uid,name,start,duration,cost,children\n"
        f"1,1,all,2026-01-01,9,10,{children}\n1,2,part,2026-01-01,4,6,1\n"
        "1,3,part,2026-01-05,5,4,1\n"
    )
    for stated, ids in ((10, expected), (20, [])):
        (tmp_path / "projects.csv").write_text(f"uid,name,cost\n1,P,{stated}\n")
        found = read_portfolio(tmp_path)
        assert found.left_out["id"].tolist() == ids


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("a,b\n1,2\n", (
            "p.csv, a portfolio must have a table of projects or of activities with headings such "
            "as id, name, planned cost, start date; the sheets are 'p'; say which column is which "
            "with columns={'their heading': 'our column'}",)),
        ("", ("p.csv, the file is empty",)),
        ("id,name,cost\n", ("p.csv, no project can be imported",)),
        ("id,name,cost\n1,X,\n", (
            "p.csv, no project can be imported",
            "p.csv, p row 2, project '1': it has no activities and no cost: there is nothing to "
            "schedule or to fund")),
    ],
)  # fmt: skip
def test_a_file_with_nothing_in_it_says_why(text: str, sentences: tuple[str, ...]) -> None:
    with pytest.raises(PlanError, match=exactly(*sentences)):
        read_portfolio_bytes("p.csv", text)


def test_what_is_asked_must_make_sense() -> None:
    text = "id,name,cost\n1,X,5\n"
    with pytest.raises(PlanError, match=exactly(
        "portfolio: unit must be a scale and a currency such as 'million USD' or 'k EUR', got "
        "'plenty'", "portfolio: status_date must be a date, got '2026-01-01'",
    )):  # fmt: skip
        read_portfolio_bytes("p.csv", text, unit="plenty", status_date="2026-01-01")  # type: ignore[arg-type]
    with pytest.raises(PlanError, match=exactly(
        "p.csv, columns: 'price' must be a heading of the file, there is none like it"
    )):  # fmt: skip
        read_portfolio_bytes("p.csv", text, columns={"price": "cost"})
    with pytest.raises(PlanError, match=r"columns: 'worth' must be one of actual_cost, "):
        read_portfolio_bytes("p.csv", text, columns={"name": "worth"})
    found = read_portfolio_bytes("p.csv", text)
    with pytest.raises(PlanError, match=exactly(
        "portfolio: project must be one of the file's, got '9'"
    )):  # fmt: skip
        found.explain("9")


CELLS = st.sampled_from([
    "", "1", "2", "P1", "-3 days", "5 days", "2026-01-01", "13/13/2013", "31/12/1899", "n/a",
    "$1,2", "1e400", "Completed", "In-progress", "Cancelled", "((", "50%", "NaN", "=1+1", "1 week",
    "3.5m",
])  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=6),
       st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=4))  # fmt: skip
def test_whatever_stands_in_the_cells_there_is_a_report_or_a_sentence(
    work: list[list[str]], projects: list[list[str]]
) -> None:
    from pmkit.files.grids import Grid, GridRow
    from pmkit.files.opening import Opened
    from pmkit.files.portfolio import _portfolio

    heads = ("project", "id", "name", "start", "duration", "start_delay", "actual_duration",
             "planned_cost_musd", "status")  # fmt: skip
    grids = [
        Grid(name, [GridRow(n + 1, row) for n, row in enumerate([list(top), *rows])], ".")
        for name, top, rows in (
            ("activities", heads, work), ("projects", ("id", "name", "cost", "start", "status"),
                                          projects))
    ]  # fmt: skip
    try:
        found = _portfolio(Opened("p", grids), {}, None, None, unstated=False)
    except PlanError as error:
        assert error.problems
        return
    told = [row for row in projects if set(row) - {"", "n/a"}]
    out = (found.left_out["kind"] == "project").sum()
    assert len(found.table) + out == len(told)
    assert repr(found.program)
    for project in found.table.index:
        assert found.explain(project).title


def test_what_people_typed_is_only_words() -> None:
    found = read_portfolio_bytes("p.csv", "id,name,cost,department\n1,<b>x</b>,5,<b>y</b>\n")
    assert "<b>" not in found._repr_html_()


def test_the_program_is_written_and_read_back_with_all_that_was_kept(
    real: Portfolio, tmp_path: Path
) -> None:
    from pmkit.files import read, write

    write(real.program, tmp_path / "portfolio.json")
    again: Any = read(tmp_path / "portfolio.json")
    assert len(again.projects) == 108
    assert again.member("33").extra["stated_start"] == "2010-12-21"
    assert again.member("33").extra["bureau"] == "Centers for Disease Control and Prevention"
    assert critical_path(again).finish_date == critical_path(real.program).finish_date
