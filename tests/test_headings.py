from __future__ import annotations

import pytest

from pmkit.files.grids import Grid, GridRow
from pmkit.files.headings import column_letter, match_headings, normal, understand
from pmkit.files.schema import ACTIVITIES, SHEETS
from pmkit.model.errors import PlanError


def taken_for(*headings, wanted=None):
    matches = match_headings(ACTIVITIES, headings, wanted)
    return {m.heading: m.column.name for m in matches if m.column}


def test_our_own_names_win_over_what_others_call_them():
    assert taken_for("Duration", "duration", "Task Name", "name") == {
        "duration": "duration", "name": "name",
    }  # fmt: skip


@pytest.mark.parametrize(
    "headings",
    [
        ("ID", "Task Name", "Duration", "Predecessors", "Resource Names", "% Complete"),
        ("ID", "Task_Name", "Duration", "Predecessors", "Resource_Names", "Percent_Complete"),
        ("Activity ID", "Activity Name", "Original Duration", "Predecessors", "Resources",
         "Activity % Complete"),
        ("(*)Activity ID", "(*)Activity Name", "(*)Original Duration(d)", "Predecessors",
         "Resources", "Physical % Complete"),
        ("Nr.", "Vorgangsname", "Dauer", "Vorgänger", "Ressourcennamen", "% Abgeschlossen"),
        ("N°", "Nom de la tâche", "Durée", "Prédécesseurs", "Noms ressources", "% achevé"),
        ("Id", "Nombre de tarea", "Duración", "Predecesoras", "Nombres de los recursos",
         "% completado"),
        ("Nr", "Taaknaam", "Duur", "Voorafgaande taken", "Resourcenamen", "% voltooid"),
    ],
)  # fmt: skip
def test_headings_of_common_tools_and_languages_are_recognised(headings):
    assert list(taken_for(*headings).values()) == [
        "id", "name", "duration", "predecessors", "resources", "percent_complete",
    ]  # fmt: skip


def test_three_points_are_recognised_by_word_and_by_letter():
    assert taken_for("Task", "Best case", "Most likely", "Worst case") == {
        "Task": "name", "Best case": "optimistic", "Most likely": "most_likely",
        "Worst case": "pessimistic",
    }  # fmt: skip
    assert taken_for("Task", "a", "m", "b")["b"] == "pessimistic"
    assert taken_for("Task", "a", "x", "y") == {"Task": "name"}


def test_baselines_and_actuals_are_not_taken_for_the_plan():
    assert taken_for("BL Project Start", "Actual Start", "Start", "Remaining Duration") == {
        "BL Project Start": "baseline_start", "Actual Start": "actual_start", "Start": "start",
        "Remaining Duration": "remaining_duration",
    }  # fmt: skip


def test_a_map_wins_over_everything():
    assert taken_for("Duration", "Time needed", wanted={"time needed": "duration"}) == {
        "Time needed": "duration"
    }


def test_in_a_table_of_our_own_the_words_of_others_are_just_words():
    assert taken_for("id", "duration", "constraint", "Start", "Summary") == {
        "id": "id", "duration": "duration", "constraint": "constraint",
    }  # fmt: skip


def test_the_summary_of_a_tracker_is_a_title_and_of_a_scheduler_a_flag():
    def summary(*texts):
        rows = [GridRow(1, ["Issue key", "Summary", "Duration"])]
        rows += [GridRow(n, [str(n), text, 1]) for n, text in enumerate(texts, 2)]
        return understand(ACTIVITIES, Grid("Plan", rows), "plan.csv").matches[1].column.name

    assert summary("Repair the login page", "Yes") == "name"
    assert summary("Yes", "No") == "summary"


def test_headings_are_found_below_titles_and_a_nameless_column_gets_one():
    grid = Grid("Plan", [
        GridRow(1, ["Bridge project", None]), GridRow(2, ["Manager", "Ann"]),
        GridRow(4, [None, "Task Name", "Duration"]), GridRow(5, ["x", "Dig", 3]),
    ])  # fmt: skip
    table = understand(ACTIVITIES, grid, "plan.xlsx")
    assert table.heading_row == 4
    assert [m.heading for m in table.matches] == ["column A", "Task Name", "Duration"]


def test_without_headings_the_sentence_shows_the_first_row():
    with pytest.raises(PlanError) as caught:
        understand(ACTIVITIES, Grid("Plan", [GridRow(1, ["1", "Dig", "3"])]), "plan.csv")
    assert str(caught.value) == (
        "plan.csv, Plan row 1, the sheet must have a row of headings, such as id, name, wbs, "
        "duration, predecessors, optimistic, most_likely, pessimistic, distribution; the first row "
        "is '1', 'Dig', '3'; say which column is which with columns={'their heading': 'our column'}"
    )


def test_a_heading_that_comes_twice_is_told_with_its_columns():
    grid = Grid("Plan", [GridRow(1, ["id", "duration", "Notes", "duration", "Notes"])])
    with pytest.raises(PlanError, match="'duration' must come once, came in columns B and D"):
        understand(ACTIVITIES, grid, "plan.csv")


def test_columns_that_we_do_not_know_may_repeat():
    headings = ["id", "duration", "Notes", "Notes"]
    matches = match_headings(ACTIVITIES, headings)
    assert [m.heading for m in matches] == ["id", "duration", "Notes", "Notes (2)"]


def test_a_column_has_the_letter_that_a_spreadsheet_shows():
    assert [column_letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_every_alias_is_written_as_headings_are_compared_and_names_one_column():
    for sheet in SHEETS.values():
        seen = {}
        for column in sheet.columns:
            for alias in column.aliases:
                assert normal(alias)[0] == alias, (sheet.name, column.name, alias)
                assert seen.setdefault(alias, column.name) == column.name, (sheet.name, alias)
