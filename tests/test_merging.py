"""One program from several files: nothing of the plans changes but names, and every change is told.

The law: the projects of a program, each written to a file of its own, and its links in another
file, are the same program when they are read together.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.files.tables import plan_tables
from pmkit.files.workbook import write_workbook
from pmkit.model.settings import ProjectInfo, Settings
from tests.merged_files import LINKS, dated, links, notes_of, project, read, text, week
from tests.project_files import java_or_skip
from tests.wording import exactly


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Return two small plans, without resources, dates or ids of their own."""
    return [
        text(tmp_path / "depot.csv", LINKS + "A,3,\nB,2,A\n"),
        text(tmp_path / "fleet.csv", LINKS + "A,4,\nC,1,A\n"),
    ]


# --- the law


def split(program: pm.Program, folder: Path, *, whole: bool) -> list[Path]:
    """Write each project to a file of its own, and the rest to one of links."""
    endings = (".xlsx", ".json", "")
    files = []
    for number, one in enumerate(program.projects):
        files.append(folder / f"{one.id.lower()}{endings[number % 3]}")
        pm.write(one, files[-1])
    rows: dict[str, Any] = {"links": [["from", "to", "type", "lag", "unit"]] + [
        [x.predecessor, x.successor, str(x.kind), x.lag, str(x.unit)]
        for x in program.interdependencies
    ]}  # fmt: skip
    for name, table in plan_tables(program).items() if whole else ():
        if name != "activities":
            at = table[0].index("project") if "project" in table[0] else None
            if name in ("gates", "people", "contributions", "decisions", "authority"):
                at = None
            rows[name] = [table[0], *(r for r in table[1:] if at is None or not r[at])]
    write_workbook(folder / "links.xlsx", rows)  # type: ignore[arg-type]
    return [*files, folder / "links.xlsx"]


def test_the_sample_in_four_files_is_the_sample(tmp_path: Path) -> None:
    sample = pm.sample()
    program = read(*split(sample, tmp_path, whole=True))
    for field in set(pm.Program.__dataclass_fields__) - {"notes"}:
        assert getattr(program, field) == getattr(sample, field), field
    assert program.members == sample.members  # money and extra columns of projects, too
    assert [dict(m.money) for m in program.members] == [dict(m.money) for m in sample.members]


@st.composite
def programs(draw: st.DrawFn) -> pm.Program:
    projects = []
    for id_ in ("P1", "P2", "P3")[: draw(st.integers(2, 3))]:
        count = draw(st.integers(1, 4))
        rows = []
        for number in range(count):
            before = [f"A{n}" for n in range(number) if draw(st.booleans())]
            rows.append((f"A{number}", draw(st.integers(0, 5)), "; ".join(before)))
        start = date(2026, 3, 2 + draw(st.integers(0, 7)))
        projects.append(project(id_, rows, settings=Settings(start=start)))
    crossing = []
    for first, second in pairwise(projects):
        if draw(st.booleans()):
            ends = [draw(st.sampled_from([f"{p.id}.{a.id}" for a in p.activities]))
                    for p in (first, second)]  # fmt: skip
            kind = draw(st.sampled_from(["FS", "SS", "FF", "SF"]))
            crossing.append(pm.Dependency(*ends, kind, draw(st.integers(-1, 3))))
    return pm.Program(tuple(projects), tuple(crossing))


@given(programs())
@settings(max_examples=15)
def test_a_program_in_several_files_has_the_same_dates(
    tmp_path_factory: pytest.TempPathFactory, program: pm.Program
) -> None:
    folder = tmp_path_factory.mktemp("split")
    again = read(*split(program, folder, whole=False))
    one, other = pm.critical_path(program), pm.critical_path(again)
    assert one.ids == other.ids
    for name in ("early_start", "early_finish", "late_start", "late_finish", "total_float"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert again.interdependencies == tuple(dict.fromkeys(program.interdependencies))


# --- projects and their ids


def test_the_id_of_a_project_is_its_own_else_the_name_of_its_file(
    tmp_path: Path, two: list[Path]
) -> None:
    pm.write(project("Service"), tmp_path / "third.xlsx")
    pm.write(project(), tmp_path / "folder")
    program = read(*two, tmp_path / "third.xlsx", tmp_path / "folder")
    assert [p.id for p in program.projects] == ["depot", "fleet", "Service", "folder"]
    assert program.notes == (
        "Read from 4 files, 4 projects and 0 interdependencies: depot.csv (depot); fleet.csv "
        "(fleet); third.xlsx (Service); folder (folder).",
    )


def test_names_may_be_given_by_file_by_id_or_in_order(tmp_path: Path, two: list[Path]) -> None:
    by_file = read(*two, names={"depot.csv": "D", "fleet": "F"})
    in_order = read(*two, names=["D", None])
    assert [p.id for p in by_file.projects] == ["D", "F"]
    assert [p.id for p in in_order.projects] == ["D", "fleet"]
    both = tmp_path / "both.json"
    pm.write(pm.Program((project("P1"), project("P2"))), both)
    by_id = read(both, two[0], names={"P1": "Depot", "both.json: P2": "Fleet"})
    assert [p.id for p in by_id.projects] == ["Depot", "Fleet", "depot"]


def test_names_that_fit_nothing_are_refused(two: list[Path]) -> None:
    with pytest.raises(
        pm.PlanError,
        match=exactly("names: must be of the files or projects that are read, got 'bus.csv'"),
    ):
        read(*two, names={"bus.csv": "D"})
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "names: must be one for each of the 2 files (None for those that keep theirs), got 1"
        ),
    ):
        read(*two, names=["D"])
    with pytest.raises(
        pm.PlanError,
        match=exactly("names: must give each project an id of its own, 'D' came more than once"),
    ):
        read(*two, names=["D", "D"])


def test_projects_of_one_id_get_the_name_of_their_file(tmp_path: Path) -> None:
    for name in ("depot", "fleet"):
        pm.write(project("P1"), tmp_path / f"{name}.json")
    program = read(tmp_path / "depot.json", tmp_path / "fleet.json")
    assert [p.id for p in program.projects] == ["depot-P1", "fleet-P1"]
    assert notes_of(program) == [
        "Project 'P1' of depot.json is called 'depot-P1' here, because fleet.json has that id too.",
        "Project 'P1' of fleet.json is called 'fleet-P1' here, because depot.json has that id too.",
    ]


def test_files_of_one_name_get_the_name_of_their_folder(tmp_path: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        text(tmp_path / name / "plan.csv", LINKS + "A,3,\n")
    program = read(tmp_path / "north" / "plan.csv", tmp_path / "south" / "plan.csv")
    assert [p.id for p in program.projects] == ["north-plan", "south-plan"]
    assert "plan.csv (north-plan)" in program.notes[0]


def test_what_refers_to_a_project_follows_its_new_id(tmp_path: Path) -> None:
    one = replace(project("P1"), members=(ProjectInfo("P1", requires=("P2",)),))
    risk = pm.RiskEvent("R1", "", ("P1.B",), 0.3, 2.0)  # type: ignore[arg-type]
    program = pm.Program(
        (one, project("P2")), (pm.Dependency("P2.B", "P1.A"),), risks=(risk,),
        control=pm.Control(requests=(
            pm.ChangeRequest("C1", changes=(pm.Change("P1.A", duration=4),
                                            pm.Change("P1.A -> P1.B (FS)", lag=1))),
        )),
    )  # fmt: skip
    pm.write(program, tmp_path / "both.json")
    pm.write(project("P1"), tmp_path / "other.json")
    again = read(tmp_path / "both.json", tmp_path / "other.json")
    assert [p.id for p in again.projects] == ["both-P1", "P2", "other-P1"]
    assert again.project("both-P1").members[0].requires == ("P2",)
    assert [str(x) for x in again.interdependencies] == ["P2.B -> both-P1.A (FS)"]
    assert again.risks[0].activities == ("both-P1.B",)
    assert [c.target for c in again.control.requests[0].changes] == [
        "both-P1.A", "both-P1.A -> both-P1.B (FS)",
    ]  # fmt: skip


# --- links


def test_links_are_read_in_the_words_of_whoever_keeps_them(tmp_path: Path, two: list[Path]) -> None:
    rows = links(
        tmp_path / "links.csv",
        ("depot.B", "fleet.A", "", ""),
        ("B", "fleet.C", "Finish-to-Start (FS)", "2"),
        ("depot.csv: A", "FLEET.C", "SS", "1w"),
        ("depot.A", "fleet.A", "FF-1.5", ""),
        heading="From,To,Type,Lag",
    )
    program = read(*two, rows)
    assert [str(x) for x in program.interdependencies] == [
        "depot.B -> fleet.A (FS)", "depot.B -> fleet.C (FS+2)", "depot.A -> fleet.C (SS+5)",
        "depot.A -> fleet.A (FF-1.5)",
    ]  # fmt: skip
    assert notes_of(program) == []


def test_the_project_may_stand_in_a_column_of_its_own(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot", "A", "fleet", "A", "ed", 2),
                 heading="from project,from,to project,to,unit,lag")  # fmt: skip
    program = read(*two, rows)
    assert [str(x) for x in program.interdependencies] == ["depot.A -> fleet.A (FS+2ed)"]


def test_a_name_is_the_second_chance_of_a_link(tmp_path: Path) -> None:
    depot = text(tmp_path / "depot.csv", "id,name,duration\n1,Power on,3\n2,Test,1\n")
    fleet = text(tmp_path / "fleet.csv", "id,name,duration\n7,Charging test,4\n8,Test,1\n")
    rows = links(tmp_path / "links.csv", ("power  on", "fleet.Charging test"))
    program = read(depot, fleet, rows)
    assert [str(x) for x in program.interdependencies] == ["depot.1 -> fleet.7 (FS)"]
    assert notes_of(program) == [
        "Ends of links found by the name of an activity, not by its id: 'power  on' (depot.1), "
        "'fleet.Charging test' (fleet.7)."
    ]


def test_an_end_that_may_be_several_activities_is_an_error(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("A", "fleet.C"), ("", "fleet.C"))
    sentences = exactly(
        "links.csv, activities row 2, link 'A' -> 'fleet.C': predecessor must be one activity, got "
        "'A', which may be depot.A, fleet.A",
        "links.csv, activities row 3, link '' -> 'fleet.C': predecessor must not be empty",
    )
    for missing in ("error", "note"):
        with pytest.raises(pm.PlanError, match=sentences):
            read(*two, rows, missing=missing)


def test_missing_ends_are_all_listed(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot.Bb", "fleet.A"), ("depot.B", "fleet.A"),
                 ("road.A", "tram.B"))  # fmt: skip
    listed = [
        "links.csv, activities row 2, link 'depot.Bb' -> 'fleet.A': predecessor must be an "
        "activity of one of the files, got 'depot.Bb' (did you mean 'depot.B'?)",
        "links.csv, activities row 4, link 'road.A' -> 'tram.B': predecessor must be an activity "
        "of one of the files, got 'road.A'",
        "links.csv, activities row 4, link 'road.A' -> 'tram.B': successor must be an activity of "
        "one of the files, got 'tram.B'",
    ]
    with pytest.raises(pm.PlanError, match=exactly(*listed)):
        read(*two, rows)
    program = read(*two, rows, missing="note")
    assert [str(x) for x in program.interdependencies] == ["depot.B -> fleet.A (FS)"]
    assert notes_of(program) == [
        f"2 links left out, an end is in none of the files: {'; '.join(listed)}."
    ]


def test_a_kind_or_lag_that_is_none_is_an_error(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot.A", "fleet.A", "later", ""),
                 ("depot.A", "fleet.C", "", "soon"), heading="from,to,type,lag")  # fmt: skip
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "links.csv, activities row 2, link 'depot.A' -> 'fleet.A': kind and lag must be such "
            "as FS, SS+2 or FF-1.5d, got 'later'",
            "links.csv, activities row 3, link 'depot.A' -> 'fleet.C': kind and lag must be such "
            "as FS, SS+2 or FF-1.5d, got 'FS+soon'",
        ),
    ):
        read(*two, rows)


def test_a_link_within_one_project_stands_with_it(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot.A", "depot.B"), ("fleet.C", "fleet.A"))
    with pytest.raises(
        pm.PlanError,
        match=exactly("links.csv, project 'fleet': dependencies form a cycle: A -> C -> A"),
    ):
        read(*two, rows)
    rows = links(tmp_path / "links.csv", ("depot.A", "depot.B"), ("depot.A", "depot.B", "SS"),
                 heading="from,to,type")  # fmt: skip
    program = read(*two, rows)
    assert [str(x) for x in program.project("depot").dependencies] == ["A -> B (FS)", "A -> B (SS)"]
    assert notes_of(program) == [
        "1 link of links.csv is between activities of one project, and stands with that project."
    ]


def test_columns_of_links_that_are_not_known_are_named(tmp_path: Path, two: list[Path]) -> None:
    rows = links(tmp_path / "links.csv", ("depot.A", "fleet.A", "Ann"), heading="from,to,agreed by")
    assert notes_of(read(*two, rows)) == [
        "links.csv, activities: 1 column of links not kept: 'agreed by'."
    ]


# --- what holds for the program


def test_sheets_of_a_program_beside_the_links_come_through(tmp_path: Path, two: list[Path]) -> None:
    write_workbook(tmp_path / "program.xlsx", {
        "interfaces": [["predecessor", "successor"], ["Depot.B", "Buses.A"]],
        "projects": [["id", "name", "file", "sponsor", "requires", "cost_2026"],
                     ["Depot", "Charging depot", None, "Ann", None, 100],
                     ["Buses", "Sixteen buses", "fleet.csv", "Bea", "Depot", 200],
                     ["Later", "Line nine", None, "Ann", "Buses", 50]],
        "objectives": [["id", "name", "weight"], ["Air", "Clean air", 1]],
        "contributions": [["project", "objective", "score"], ["Depot", "Air", 0.5]],
        "benefits": [["id", "enablers", "benefit"], ["Fuel", "Depot; Buses", 900]],
        "risks": [["id", "activities", "probability", "most_likely"], ["R1", "Buses.A", 0.2, 3]],
        "settings": [["key", "value"], ["name", "Electric buses"], ["currency", "EUR"]],
    })  # fmt: skip
    program = read(*two, tmp_path / "program.xlsx")
    assert program.name == "Electric buses"
    assert [(m.id, m.name, m.sponsor, m.requires, dict(m.money)) for m in program.members] == [
        ("Depot", "Charging depot", "Ann", (), {"cost_2026": 100}),
        ("Buses", "Sixteen buses", "Bea", ("Depot",), {"cost_2026": 200}),
        ("Later", "Line nine", "Ann", ("Buses",), {"cost_2026": 50}),
    ]
    assert [info.id for info in program.candidates] == ["Later"]
    assert program.strategy.contributions == {("Depot", "Air"): 0.5}
    assert program.strategy.benefits[0].enablers == ("Depot", "Buses")
    assert program.risks[0].activities == ("Buses.A",)
    assert [str(x) for x in program.interdependencies] == ["Depot.B -> Buses.A (FS)"]
    assert (
        "program.xlsx: 1 project that no file has activities for kept as a candidate: Later."
        in program.notes
    )


def test_what_is_wrong_in_such_a_sheet_is_told_with_its_place(
    tmp_path: Path, two: list[Path]
) -> None:
    write_workbook(tmp_path / "program.xlsx", {
        "risks": [["id", "activities", "probability", "most_likely"], ["R1", "depot.X", 0.2, 3]],
    })  # fmt: skip
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "program.xlsx, risks row 2, risk 'R1': activities must be activities of the plan "
            "(project.activity), got 'depot.X'"
        ),
    ):
        read(*two, tmp_path / "program.xlsx")


def test_what_two_files_say_under_one_id_is_an_error(tmp_path: Path, two: list[Path]) -> None:
    for name, weight in (("one", 1), ("other", 2)):
        write_workbook(tmp_path / f"{name}.xlsx", {
            "projects": [["id"], ["depot"]],
            "objectives": [["id", "weight"], ["Air", weight]],
        })  # fmt: skip
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "other.xlsx, objective 'Air': id must be unique, came more than once (one.xlsx has it "
            "too)"
        ),
    ):
        read(*two, tmp_path / "one.xlsx", tmp_path / "other.xlsx")


def test_a_plan_without_dates_needs_a_start_beside_those_that_have_one(
    tmp_path: Path, two: list[Path]
) -> None:
    plan = dated("D", week("site"))
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "depot.csv, project 'depot': it must have a start date, as D has one, got none; a "
            "sheet of projects or settings may say it",
            "fleet.csv, project 'fleet': it must have a start date, as D has one, got none; a "
            "sheet of projects or settings may say it",
        ),
    ):
        read(plan, *two)
    write_workbook(tmp_path / "links.xlsx",
                   {"projects": [["id", "start"], ["depot", date(2026, 4, 6)]]})  # fmt: skip
    program = read(plan, two[0], tmp_path / "links.xlsx")
    schedule = pm.critical_path(program)
    assert str(schedule.table.loc["depot.A", "early_start_date"])[:10] == "2026-04-06"
    assert notes_of(program) == []


# --- hostile input


def test_no_file_the_same_file_twice_and_links_alone_are_refused(
    tmp_path: Path, two: list[Path]
) -> None:
    with pytest.raises(
        pm.PlanError, match=exactly("read: at least one file must be given, got none")
    ):
        read()
    with pytest.raises(
        pm.PlanError,
        match=exactly("depot.csv, read: each file must be given once, came 2 times"),
    ):
        read(two[0], two[1], str(two[0]))
    rows = links(tmp_path / "links.csv", ("depot.A", "fleet.A"))
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "links.csv, a program must have at least one plan beside its links, got none"
        ),
    ):
        read(rows)


def test_what_is_no_file_is_refused(two: list[Path]) -> None:
    with pytest.raises(
        pm.PlanError,
        match=exactly("read: each must be the name of a file, or a plan, got 5"),
    ):
        read(two[0], 5)


def test_a_start_in_the_settings_holds_for_plans_without_dates(
    tmp_path: Path, two: list[Path]
) -> None:
    rows = [["key", "value"], ["start", date(2026, 4, 6)], ["calendar", "site"]]
    week_rows = [["name", "days", "hours"], ["site", "Mon-Sat", "08:00-16:00"]]
    write_workbook(tmp_path / "program.xlsx", {"settings": rows, "calendars": week_rows})
    program = read(*two, tmp_path / "program.xlsx")
    assert program.settings.start == date(2026, 4, 6)
    schedule = pm.critical_path(program)
    # its own calendar, Monday to Friday, is that of each plan, whatever the program's is
    assert str(schedule.table.loc["fleet.C", "early_finish_date"]) == "2026-04-10 17:00:00"
    write_workbook(tmp_path / "program.xlsx", {"settings": rows})
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "program.xlsx, settings, settings: calendar must be one of the plan's calendars, got "
            "'site'"
        ),
    ):
        read(*two, tmp_path / "program.xlsx")


def test_a_list_of_projects_brings_candidates(tmp_path: Path, two: list[Path]) -> None:
    listed = text(tmp_path / "candidates.csv", "id,cost,benefit\nLater,50,90\n")
    program = read(*two, listed)
    assert [(one.id, dict(one.money)) for one in program.candidates] == [
        ("Later", {"cost": 50, "benefit": 90}),
    ]  # fmt: skip


def test_everything_that_is_wrong_in_any_file_is_told_at_once(
    tmp_path: Path, two: list[Path]
) -> None:
    broken = text(tmp_path / "broken.csv", LINKS + "A,tbd,\nB,1,X\n")
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "broken.csv, activities row 2, activity 'A': duration must be a finite number of "
            "working days >= 0, got 'tbd'",
            "broken.csv, activities row 3, activity 'B': predecessors must name activities of the "
            "plan, each with FS, SS, FF or SF and a lag such as +2d where it has one, got 'X'",
            "gone.mpp, there is no such file; check its name and folder",
        ),
    ):
        read(two[0], broken, tmp_path / "gone.mpp")


def test_options_for_one_file_and_for_several_do_not_mix(two: list[Path]) -> None:
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "read: columns= and sheet= are for one file; read that one first, and put the plan "
            "into the list"
        ),
    ):
        read(*two, sheet="plan")
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "read: names=, merge_resources=, rules= and missing= are for several files, in a list"
        ),
    ):
        pm.read(two[0], names=["D"])
    with pytest.raises(
        pm.PlanError, match=exactly("missing: must be one of error, note, got 'ignore'")
    ):
        read(*two, missing="ignore")


def test_a_table_of_activities_is_no_table_of_links(tmp_path: Path) -> None:
    plan = text(tmp_path / "plan.csv", "id,duration,predecessor,successor\nA,3,,B\nB,2,A,\n")
    program = read(plan)
    assert [str(x) for x in program.project("plan").dependencies] == ["A -> B (FS)"]


def test_two_programs_join_and_keep_their_registers_apart(tmp_path: Path) -> None:
    def program(one: str, other: str) -> pm.Program:
        risk = pm.RiskEvent("R1", "", (f"{one}.A",), 0.3, 2.0)  # type: ignore[arg-type]
        return pm.Program(
            (project(one), project(other)), (pm.Dependency(f"{one}.B", f"{other}.A"),),
            risks=(risk,), settings=Settings(name=f"{one} and {other}", contingency=100.0),
            control=pm.Control(tolerances=(pm.Tolerance("time", above=5),)),
        )  # fmt: skip

    pm.write(program("A", "B"), tmp_path / "north.json")
    pm.write(program("C", "D"), tmp_path / "south.json")
    joined = read(tmp_path / "north.json", tmp_path / "south.json")
    assert [r.id for r in joined.network.risks] == ["north: R1", "south: R1"]
    assert len(joined.interdependencies) == 2
    assert joined.settings.contingency == 200
    assert joined.control.tolerances == ()
    assert notes_of(joined)[:4] == [
        "north.json: another file has these ids too, they are called 'north: R1' and so on here: "
        "R1.",
        "south.json: another file has these ids too, they are called 'south: R1' and so on here: "
        "R1.",
        "north.json: tolerances of its program left out, as they are about its projects alone and "
        "this program has more.",
        "south.json: tolerances of its program left out, as they are about its projects alone and "
        "this program has more.",
    ]


# --- files of other tools


def test_files_of_three_tools_are_one_program(truth: Path, tmp_path: Path) -> None:
    java_or_skip()
    pm.write(pm.sample().project("Depot"), tmp_path / "depot.xlsx")
    rows = links(tmp_path / "links.csv", ("xernative_sample.A1010", "10_mp_j30_a2_nr5.2"))
    files = [
        tmp_path / "depot.xlsx", truth / "msproject/10_mp_j30_a2_nr5.mpp",
        truth / "primavera/xernative_sample.xer",
    ]  # fmt: skip
    program = read(*files, rows, rules="xernative_sample.xer")
    assert [p.id for p in program.projects] == ["Depot", "10_mp_j30_a2_nr5", "xernative_sample"]
    assert program.settings.total_float == "finish"
    assert len(program.interdependencies) == 1
    assert sum("a program has one set of rules" in note for note in program.notes) == 2
    assert any(note.startswith("Currencies differ: depot.xlsx EUR, ") for note in program.notes)
    assert pm.critical_path(program).finish > 0
