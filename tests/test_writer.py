from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pmkit.files import read, read_bytes, to_json, write, write_bytes
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from tests.plans import programs, projects

FORMATS = ("plan.json", "plan.xlsx", "plan")
PLAN = Project.from_table([("A", 3, ""), ("B", 1.5, "A SS+1; A FF"), ("C", 2, "A; B FS-0.5")])


def trip(plan: Any, folder: Path, name: str) -> Any:
    write(plan, folder / name)
    return read(folder / name)


# Shrinking a whole plan takes minutes and says little more than the first one found.
@given(plan=st.one_of(projects(), programs()), name=st.sampled_from(FORMATS))
@settings(
    max_examples=50,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
def test_a_plan_that_is_written_and_read_is_the_same_plan(plan, name, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trip")
    again = trip(plan, folder, name)
    # What a reader has to say (progress, unknown columns) comes on top of the plan's own notes.
    assert again.notes[: len(plan.notes)] == plan.notes
    assert replace(again, notes=plan.notes) == plan
    assert trip(again, folder, name) == again


@pytest.mark.parametrize("name", FORMATS)
def test_dependencies_come_back_in_the_order_of_their_successors(name, tmp_path):
    shuffled = replace(PLAN, dependencies=PLAN.dependencies[::-1])
    again = trip(shuffled, tmp_path, name)
    assert [d.successor for d in again.dependencies] == ["B", "B", "C", "C"]
    assert set(again.dependencies) == set(PLAN.dependencies)


@pytest.mark.parametrize("name", FORMATS)
def test_ids_that_no_predecessors_cell_can_say_have_a_sheet_of_their_own(name, tmp_path):
    ids = ["a;b", "A", "A SS", "A SS+1"]
    links = [Dependency("a;b", "A", "SS", 1 / 3), Dependency("A", "A SS", "SS"),
             Dependency("A", "A SS+1", "SS", 1), Dependency("A SS", "A SS+1")]  # fmt: skip
    plan = Project(tuple(Activity(id_, 1) for id_ in ids), tuple(links))
    assert trip(plan, tmp_path, name) == plan


@pytest.mark.parametrize("name", FORMATS)
def test_a_program_of_one_and_the_flat_network_of_a_program_stay_what_they_are(name, tmp_path):
    one = Program((replace(PLAN, members=(ProjectInfo("P"),)),))
    assert trip(one, tmp_path, name) == one
    two = Program((*one.projects, replace(PLAN, members=(ProjectInfo("Q"),))))
    assert trip(two.network, tmp_path, name) == two.network


def test_what_others_call_our_columns_stays_what_it_is(tmp_path):
    activity = Activity("A", 3, extra={"Start": "2026-01-05", "Duration": "9 days", "Cost": "5",
                                       "Summary": "Yes", "ID": "7"})  # fmt: skip
    for name in FORMATS:
        assert trip(Project((activity,)), tmp_path, name).activities == (activity,)


def test_json_is_the_same_text_for_the_same_plan_and_names_its_version():
    text = to_json(PLAN)
    assert text == to_json(read_bytes("plan.json", text))
    assert json.loads(text)["pmkit"] == 1
    assert json.loads(text)["activities"][1] == {
        "id": "B", "duration": 1.5, "predecessors": "A SS+1; A FF",
    }  # fmt: skip


def test_a_workbook_holds_numbers_and_dates_and_not_their_text():
    from datetime import date
    from io import BytesIO

    activity = Activity("A", 3, baseline_start=date(2026, 3, 31), extra={"Score": "-5"})
    plan = Project((activity,), settings=Settings(start=date(2026, 3, 2)))
    book = openpyxl.load_workbook(BytesIO(write_bytes(plan, "plan.xlsx")))
    page = book["activities"]
    cells = dict(zip([c.value for c in page[1]], page[2], strict=True))
    assert cells["duration"].value == 3
    assert cells["Score"].value == -5
    assert cells["baseline_start"].is_date
    assert cells["baseline_start"].number_format == "yyyy-mm-dd"
    assert page.freeze_panes == "A2"


@pytest.mark.parametrize("name", FORMATS)
def test_an_error_leaves_the_old_plan_whole_and_nothing_beside_it(name, tmp_path, monkeypatch):
    write(PLAN, tmp_path / name)
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "disk full")))
    with pytest.raises(PlanError, match=f"^{name}, it cannot be written: disk full"):
        write(Project.from_table([("Z", 1, "")]), tmp_path / name)
    monkeypatch.undo()
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert read(tmp_path / name) == PLAN


def test_a_folder_that_holds_a_plan_is_replaced_but_for_what_is_no_csv(tmp_path):
    write(replace(PLAN, sheets={"old": ({"x": "1"},)}), tmp_path / "plan")
    (tmp_path / "plan" / "photo.png").write_bytes(b"x")
    write(PLAN, tmp_path / "plan")
    assert sorted(p.name for p in (tmp_path / "plan").iterdir()) == ["activities.csv", "photo.png"]
    assert [p.name for p in tmp_path.iterdir()] == ["plan"]


def test_a_folder_of_other_csv_files_is_left_alone(tmp_path):
    (tmp_path / "wages.csv").write_text("a,b\n")
    with pytest.raises(PlanError, match=r"this one holds other csv files such as 'wages.csv'"):
        write(PLAN, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["wages.csv"]


@pytest.mark.parametrize("name", ["plan.xls", "plan.mpp", "plan.csv", "plan.txt"])
def test_another_format_is_refused_with_the_ones_there_are(name, tmp_path):
    with pytest.raises(PlanError) as caught:
        write(PLAN, tmp_path / name)
    assert str(caught.value) == (
        f"{name}, a plan must be written as .xlsx, .json, .xml, or a folder (no ending), "
        f"got {Path(name).suffix!r}"
    )


def test_a_text_longer_than_a_cell_is_a_sentence_and_fits_elsewhere(tmp_path):
    plan = Project((Activity("A", 1, "x" * 40_000),))
    with pytest.raises(PlanError, match="a cell of a workbook may hold at most 32,767 characters"):
        write(plan, tmp_path / "plan.xlsx")
    assert trip(plan, tmp_path, "plan.json") == plan
