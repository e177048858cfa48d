"""A manager's workbook is never in our format: what comes in, and what is said about it."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from pmkit.files import inspect_bytes, read, read_bytes, to_json
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def links(plan):
    return [str(link) for link in plan.network.dependencies]


def durations(plan):
    return {a.id: a.duration for a in plan.network.activities}


def sentences(name, data, **options):
    with pytest.raises(PlanError) as caught:
        read_bytes(name, data, **options)
    return [str(problem) for problem in caught.value.problems]


def stays(plan):
    """The plan is the same after it was written in our format and read again."""
    return read_bytes("plan.json", to_json(plan)) == plan


MS_PROJECT = {
    "Task_Table": [
        ["ID", "Active", "Task_Name", "Duration", "Start", "Finish", "Predecessors",
         "Outline_Level", "Resource_Names", "Constraint_Type", "Constraint_Date", "Notes"],
        [1, "Yes", "Phase 1", "12 days", datetime(2026, 1, 5, 8), datetime(2026, 1, 20, 17), None,
         1, None, "As Soon As Possible", "NA", None],
        [2, "Yes", "Dig", "5 days?", datetime(2026, 1, 5, 8), datetime(2026, 1, 9, 17), None, 2,
         "Digger[200%],Crane", "As Soon As Possible", "NA", "hard rock"],
        [3, "Yes", "Pour", "1w", datetime(2026, 1, 12, 8), datetime(2026, 1, 16, 17),
         "2FS+1 day", 2, "Crane[50%]", "Start No Earlier Than", datetime(2026, 1, 12, 8), None],
        [4, "Yes", "Phase 2", "3 days", None, None, "1", 1, None, None, "NA", None],
        [5, "Yes", "Cure", "3 edays", None, None, "3SS-4 hrs", 2, None, None, "NA", None],
        [6, "Yes", "Done", "0 days", None, None, "5,2FF+50%", 2, None, None, "NA", None],
        [7, "No", "Optional", "1 day", None, None, None, 1, None, None, "NA", None],
    ]
}  # fmt: skip


def test_an_export_of_ms_project_opens():
    reading = inspect_bytes("plan.xlsx", workbook(**MS_PROJECT))
    plan = reading.plan
    assert durations(plan) == {"2": 5, "3": 5, "5": 9, "6": 0}
    assert links(plan) == ["2 -> 3 (FS+1)", "3 -> 5 (FS)", "3 -> 5 (SS-0.5)", "5 -> 6 (FS)",
                           "2 -> 6 (FF+50%)"]  # fmt: skip
    assert [str(a) for a in plan["2"].resources] == ["Digger 2", "Crane"]
    assert plan["3"].resources[0].units == 0.5
    assert plan["3"].constraint_date == datetime(2026, 1, 12, 8)
    assert plan["5"].calendar == "24 hours"
    assert plan["2"].extra["Notes"] == "hard rock"
    assert plan["2"].wbs == "1.1"
    assert plan.settings.start == datetime(2026, 1, 5, 8)
    assert plan.sheets["wbs"] == (
        {"wbs": "1", "name": "Phase 1"}, {"wbs": "2", "name": "Phase 2"},
    )  # fmt: skip
    assert all(resource.capacity is None for resource in plan.resources)
    assert stays(plan)


def test_everything_that_was_guessed_is_said():
    notes = inspect_bytes("plan.xlsx", workbook(**MS_PROJECT)).notes
    assert 'Column "Task_Name" was read as name.' in notes
    assert (
        "2 summary rows became labels of the work breakdown structure (sheet 'wbs'), not "
        "activities: 'Phase 1', 'Phase 2'."
    ) in notes
    assert (
        "1 link of summary rows became links of the first and last activities under them: "
        "1 -> 4 (FS)."
    ) in notes
    assert "1 inactive activity left out: 7." in notes
    assert "Columns of activities kept as written: Notes, Start, Finish." in notes
    assert (
        "2 resources without a row in a resources sheet, so without limit or cost: 'Digger', "
        "'Crane'."
    ) in notes


def test_the_mapping_is_a_table():
    reading = inspect_bytes("plan.csv", "Task Name,Dur (hours),Colour\nDig,16,red\n",
                            columns={"Dur (hours)": "duration"})  # fmt: skip
    table = reading.columns
    assert isinstance(table, pd.DataFrame)
    assert table.to_dict("list") == {
        "sheet": ["activities"] * 3,
        "heading": ["Task Name", "Dur (hours)", "Colour"],
        "read_as": ["name", "duration", ""],
        "how": ["recognised", "columns=", "kept"],
        "example": ["Dig", "16", "red"],
    }
    assert reading.plan.activities[0].duration == 2
    assert (
        repr(reading) == "Reading Project 1 activities, 0 dependencies: 2 of 3 columns understood"
    )


def test_a_german_csv_with_decimal_commas_opens():
    text = (
        "Nr.;Vorgangsname;Dauer;Anfang;Fertig;Vorgänger;Ressourcennamen;Feste Kosten\n"
        "1;Planung;5 Tage;05.01.2026;09.01.2026;;Müller[50%];1.234,50\n"
        "2;Bau;2,5 Wochen;12.01.2026;;1EA+1 Tag;Müller;100\n"
        "3;Fertig;0 Tage;;;2;;0\n"
    )
    plan = read_bytes("plan.csv", text.encode("cp1252"))
    assert durations(plan) == {"1": 5, "2": 12.5, "3": 0}
    assert links(plan) == ["1 -> 2 (FS+1)", "2 -> 3 (FS)"]
    assert plan["1"].fixed_cost == 1234.5
    assert stays(plan)


@pytest.mark.parametrize(
    ("text", "lag"),
    [
        ("Id;Nombre de tarea;Duración;Predecesoras\n1;a;5 días;\n2;b;2 sem.;1CC+2 días\n", "SS+2"),
        ("N°;Nom de la tâche;Durée;Prédécesseurs\n1;é;5 jours;\n2;b;2 sm;1FD+1 sm\n", "FS+5"),
        ("Nr;Taaknaam;Duur;Voorafgaande taken\n1;a;5 dgn;\n2;b;2 wkn;1EB-1 dag\n", "FS-1"),
    ],
)
def test_letters_and_units_of_other_languages_are_understood(text, lag):
    plan = read_bytes("plan.csv", text)
    assert durations(plan) == {"1": 5, "2": 10}
    assert links(plan) == [f"1 -> 2 ({lag})"]


def test_start_and_finish_give_the_duration_on_the_calendar():
    rows = [["id", "start", "finish", "predecessors"],
            ["A", date(2026, 1, 5), date(2026, 1, 9), None],
            ["B", date(2026, 1, 12), date(2026, 1, 13), "A"],
            ["C", date(2026, 1, 8), date(2026, 1, 12), None]]  # fmt: skip
    sheets = {
        "activities": rows,
        "settings": [["key", "value"], ["calendar", "site"]],
        "calendars": [["name", "days", "hours"], ["site", "Mon-Thu", "08:00-12:00 13:00-17:00"]],
    }
    plan = read_bytes("plan.xlsx", workbook(**sheets))
    assert durations(plan) == {"A": 4, "B": 2, "C": 2}
    assert plan["B"].constraint_date is None
    assert plan["C"].constraint_date == date(2026, 1, 8)
    assert "1 start that no predecessor explains became start_no_earlier_than: C." in plan.notes
    assert stays(plan)


def test_midnights_of_a_data_frame_are_dates_and_not_instants():
    frame = pd.DataFrame({"Task": ["A"], "Start": pd.to_datetime(["2026-01-05"]),
                          "End": pd.to_datetime(["2026-01-09"])})  # fmt: skip
    out = io.BytesIO()
    frame.to_excel(out, index=False)
    plan = read_bytes("plan.xlsx", out.getvalue())
    assert (plan.activities[0].duration, plan.settings.start) == (5, date(2026, 1, 5))


def test_predecessors_may_refer_to_names_rows_or_another_column():
    by_name = "Task Name,Duration,Depends on\nDesign,2,\nBuild,5,Design SS+1\n"
    assert links(read_bytes("plan.csv", by_name)) == ["Design -> Build (SS+1)"]
    by_row = "Task Name,Duration,Predecessors\nDesign,2,\nBuild,5,1SS+1\n"
    assert links(read_bytes("plan.csv", by_row)) == ["1 -> 2 (SS+1)"]
    by_unique = "ID,Unique ID,Name,Duration,Unique ID Predecessors\n1,2,a,1d,\n2,1,b,1d,2\n"
    assert links(read_bytes("plan.csv", by_unique)) == ["2 -> 1 (FS)"]
    successors = 'Activity ID,Original Duration(h),Successors\nA,16,"B, C"\nB,8,C\nC,0,\n'
    assert links(read_bytes("plan.csv", successors)) == [
        "A -> B (FS)",
        "A -> C (FS)",
        "B -> C (FS)",
    ]
    details = "Activity ID,Duration,Predecessor Details\nA1,1,\nA2,1,A1: SS 5\n"
    assert links(read_bytes("plan.csv", details)) == ["A1 -> A2 (SS+5)"]


def test_a_table_of_a_textbook_opens_as_it_is_printed():
    text = 'Activity,Immediate Predecessor,a,m,b\nA,-,1,2,3\nB,A,2,2,8\nC,"A, B",1,1.5,5\n'
    plan = read_bytes("plan.csv", text)
    assert [a.expected_duration for a in plan.activities] == [2, 3, 2]
    assert links(plan) == ["A -> B (FS)", "A -> C (FS)", "B -> C (FS)"]


def test_percentages_in_any_form():
    rows = [["id", "duration", "percent_complete"], ["A", 1, 0.5], ["B", 1, 50], ["C", 1, "50%"]]
    book = openpyxl.load_workbook(io.BytesIO(workbook(activities=rows)))
    book["activities"]["C2"].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    plan = read_bytes("plan.xlsx", out.getvalue())
    assert [a.percent_complete for a in plan.activities] == [50, 50, 50]
    risks = (
        '{"pmkit":1,"activities":[{"id":"A","duration":1}],"risks":[{"id":"R","probability":%s}]}'
    )
    assert read_bytes("p.json", risks % '"30%"').risks[0].probability == 0.3
    assert read_bytes("p.json", risks % "0.3").risks[0].probability == 0.3


def test_half_a_percent_is_questioned():
    plan = read_bytes("plan.csv", "Task Name,Duration,% Complete\nA,1,0.5\nB,1,1\n")
    assert any(note.startswith("Percent complete is at most 1 in every row") for note in plan.notes)


def test_a_plan_without_a_start_begins_with_its_earliest_actual_start():
    plan = read_bytes("plan.csv", "id,duration,actual_start\nA,1,2026-01-05\nB,1,2026-01-07\n")
    assert plan["A"].actual_start == date(2026, 1, 5)
    assert plan.settings.start == date(2026, 1, 5)
    assert plan.notes == (
        "The project start is the earliest actual start of an activity, 2026-01-05.",
    )


def test_ids_are_text_and_a_spreadsheets_number_is_the_same_id():
    rows = [["id", "duration", "predecessors"], [1.0, 2, None], ["2", 3, 1.0], ["007", 1, "2"]]
    plan = read_bytes("plan.xlsx", workbook(activities=rows))
    assert [a.id for a in plan.activities] == ["1", "2", "007"]
    assert links(plan) == ["1 -> 2 (FS)", "2 -> 007 (FS)"]


def test_the_sheet_may_have_any_name_and_others_are_kept():
    sheets = {"Costs": [["x"], [1]], "Master plan": [["Task Name", "Duration"], ["Dig", 3]]}
    plan = read_bytes("plan.xlsx", workbook(**sheets))
    assert durations(plan) == {"1": 3}
    assert plan.sheets == {"Costs": ({"x": "1"},)}
    assert "Sheets kept without being used: Costs." in plan.notes
    two = {"Old": [["Task Name", "Duration"], ["Dig", 3]], **sheets}
    assert durations(read_bytes("plan.xlsx", workbook(**two), sheet="Old")) == {"1": 3}
    assert sentences("plan.xlsx", workbook(**two), sheet="New") == [
        "plan.xlsx, there is no sheet 'New'; the sheets are 'Old', 'Costs', 'Master plan'"
    ]


def test_a_file_without_a_plan_says_which_sheets_it_has():
    assert sentences("plan.xlsx", workbook(Costs=[["x"], [1]], Names=[["y"], [2]])) == [
        "plan.xlsx, a plan must have a sheet of activities with headings such as id, duration and "
        "predecessors; the sheets are 'Costs', 'Names'; say which with sheet="
    ]


def test_a_map_to_or_from_nothing_is_a_sentence():
    text = "Wat,Hoelang\nA,3\n"
    assert read_bytes("plan.csv", text, columns={"Wat": "id", "Hoelang": "duration"})["A"]
    assert sentences("plan.csv", text, columns={"Wat": "identity"})[0].startswith(
        "plan.csv, columns: 'identity' must be one of our columns: id, name, "
    )
    assert sentences("plan.csv", text, columns={"Wat": "id", "Hoe lang": "duration"}) == [
        "plan.csv, activities row 1, columns: 'Hoe lang' must be a heading of the sheet, which has "
        "'Wat', 'Hoelang'"
    ]


def test_all_problems_of_a_file_come_at_once_with_their_places():
    sheets = {
        "activities": [
            ["id", "duration", "predecessors", "percent_complete", "constraint", "resources"],
            ["A", "tbd", None, 120, None, None],
            ["B", -3, "Z", None, "asap?", None],
            ["A", 2, "B; C", None, None, "Crew -1"],
            [None, 1, None, None, None, None],
            ["C", 1, "D", None, "must_start_on", None],
            ["D", 1, "C", None, None, None],
        ],
        "settings": [["key", "value"], ["start", "2026-13-01"], ["calendar", "nope"]],
        "calendars": [["name", "days", "hours"], ["site", "Mon-Fri", "8-5"]],
        "risks": [["id", "probability", "activities"], ["R", 3, "A; Q"]],
        "status": [["date", "pv"], ["soon", 3]],
    }
    with pytest.raises(PlanError) as caught:
        read_bytes("plan.xlsx", workbook(**sheets))
    assert str(caught.value).splitlines() == [
        "plan.xlsx, activities row 2, activity 'A': duration must be a finite number of working "
        "days >= 0, got 'tbd'",
        "plan.xlsx, activities row 2, activity 'A': percent_complete must be between 0 and 100, "
        "got 120.0",
        "plan.xlsx, activities row 3, activity 'B': constraint must be one of as_soon_as_possible, "
        "as_late_as_possible, start_no_earlier_than, start_no_later_than, finish_no_earlier_than, "
        "finish_no_later_than, must_start_on, must_finish_on, got 'asap?'",
        "plan.xlsx, activities row 3, activity 'B': duration must be a finite number of working "
        "days >= 0, got -3.0",
        "plan.xlsx, activities row 3, activity 'B': predecessors must name activities of the plan, "
        "each with FS, SS, FF or SF and a lag such as +2d where it has one, got 'Z'",
        "plan.xlsx, activities row 4, activity 'A': resources must be names separated by ;, each "
        "with its units where not 1, got 'Crew -1' (resource 'Crew': units must be a finite number "
        ">= 0, got -1.0)",
        "plan.xlsx, activities row 4, activity 'A': id must be unique within its project, row 2 "
        "has it too",
        "plan.xlsx, activities row 5, activity: id must not be empty",
        "plan.xlsx, activities row 6, activity 'C': constraint must_start_on needs a "
        "constraint_date, got none",
        "plan.xlsx, activities row 6, dependencies form a cycle: C -> D -> C",
        "plan.xlsx, settings row 2, settings: start must be a date such as 2026-03-31 or "
        "2026-03-31T17:00, got '2026-13-01' (there is no such day)",
        "plan.xlsx, settings row 3, settings: calendar must be one of the plan's calendars, got "
        "'nope'",
        "plan.xlsx, calendars row 2, calendar 'site': hours must look like 08:00-12:00 "
        "13:00-17:00, got '8-5'",
        "plan.xlsx, risks row 2, risk 'R': probability must be between 0 and 1, got 3.0",
        "plan.xlsx, risks row 2, risk 'R': activities must be activities of the plan, got 'Q'",
        "plan.xlsx, status row 2, status: date must be a date such as 2026-03-31 or "
        "2026-03-31T17:00, got 'soon'",
    ]
    first = caught.value.problems[0]
    assert (first.file, first.sheet, first.row, first.column, first.ids) == (
        "plan.xlsx", "activities", 2, "duration", ("A",),
    )  # fmt: skip


def test_an_error_carries_what_the_columns_were_taken_for():
    with pytest.raises(PlanError) as caught:
        read_bytes("plan.csv", "Task Name,Duration\nDig,soon\n")
    assert 'Column "Task Name" was read as name.' in caught.value.__notes__


def test_two_projects_in_one_table_are_a_program():
    text = (
        "id,project,duration,predecessors,resources,calendar\n"
        "A,P,3,,Crew 2,site\nA,Q,2w,P.A SS+1,,\nB,Q,1,A,Crew,\n"
    )
    content = {
        "activities.csv": text,
        "projects.csv": "id,name,cost_2026,colour\nQ,Queue,5,red\nP,,,\nZ,Later,7,\n",
        "resources.csv": "name,capacity\nCrew,3\nSpare,1\n",
        "calendars.csv": "name,days,hours\nsite,Mon-Fri,08:00-16:00\n",
        "risks.csv": "id,activities,probability,most_likely\nR,P.A; B,30%,4\n",
        "settings.csv": "key,value\nstart,2026-01-05\n",
    }
    plan = read_folder(content)
    assert isinstance(plan, Program)
    assert [p.id for p in plan.projects] == ["Q", "P"]
    assert links(plan) == ["Q.A -> Q.B (FS)", "P.A -> Q.A (SS+1)"]
    assert [str(x) for x in plan.interdependencies] == ["P.A -> Q.A (SS+1)"]
    assert plan.risks[0].activities == ("P.A", "Q.B")
    assert [[r.name for r in p.resources] for p in plan.projects] == [["Crew"], ["Crew"]]
    assert [[c.name for c in p.calendars] for p in plan.projects] == [[], ["site"]]
    assert plan.project("Q").settings == plan.settings
    assert plan.project("Q").members[0].money == {"cost_2026": 5}
    assert plan.project("Q").members[0].extra == {"colour": "red"}
    assert plan.candidates == (ProjectInfo("Z", "Later", money={"cost_2026": 7}),)
    assert plan.sheets == {}
    assert "1 project without activities kept, not scheduled: Z." in plan.notes
    assert stays(plan)


def read_folder(content):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for name, text in content.items():
            (Path(folder) / name).write_text(text)
        return read(folder)


def test_problems_of_a_program_name_rows_and_full_ids():
    text = "id,project,duration,predecessors\nA,P,1,Q.B\nB,Q,1,P.A\nC,,1,\nD,Q,1,X\n"
    found = sentences("plan.csv", text)
    assert found == [
        "plan.csv, activities row 2, dependencies form a cycle: P.A -> Q.B -> P.A",
        "plan.csv, activities row 4, activity 'C': project must say which project it belongs to, "
        "got nothing",
        "plan.csv, activities row 5, activity 'D': predecessors must name activities of the plan, "
        "each with FS, SS, FF or SF and a lag such as +2d where it has one, got 'X'",
    ]


def test_a_missing_file_and_an_empty_folder_are_sentences(tmp_path):
    with pytest.raises(PlanError, match=r"^plan.xlsx, there is no such file; check its name"):
        read(tmp_path / "plan.xlsx")
    with pytest.raises(PlanError, match="a folder of a plan must hold csv files, got none"):
        read(tmp_path)


def test_dates_of_a_plan_without_a_start_are_told_to_need_one():
    found = sentences("plan.csv", "id,duration,constraint,constraint_date\n"
                      "A,1,must_start_on,2026-01-05\n")  # fmt: skip
    assert found == [
        "plan.csv, activities row 2, activity 'A': constraint_date is a date, so the plan needs a "
        "start date too, got 2026-01-05"
    ]


def test_a_date_that_lost_its_format_is_told_what_it_was():
    sheets = {"activities": [["id", "duration", "constraint", "constraint_date"],
                             ["A", 1, "must_start_on", 46027]],
              "settings": [["key", "value"], ["start", date(2026, 1, 5)]]}  # fmt: skip
    assert sentences("plan.xlsx", workbook(**sheets)) == [
        "plan.xlsx, activities row 2, activity 'A': constraint_date must be a date such as "
        "2026-03-31 or 2026-03-31T17:00, got '46027' (as a day number of a spreadsheet it is "
        "2026-01-05; write it as a date)"
    ]


@pytest.mark.long
def test_ten_thousand_activities_come_back(tmp_path):
    from pmkit.files import write
    from pmkit.model.project import Project

    rows = [(f"A{i}", 3, f"A{i - 1} SS+1; A{i // 2}" if i else "") for i in range(10_000)]
    plan = Project.from_table(rows)
    for name in ("plan.xlsx", "plan"):
        write(plan, tmp_path / name)
        assert read(tmp_path / name) == plan
