"""A plan is opened in the panel, or what is no plan is refused."""

from __future__ import annotations

import pytest

from pmkit.model.errors import PlanError
from pmkit.widgets.what_if import WhatIf
from tests.what_if_plans import shed

TEMPLATE_CSV = b"id,duration,predecessors\nDig,5,\nPour,3,Dig\n"


@pytest.fixture
def panel() -> WhatIf:
    return WhatIf(shed(), trials=0)


def test_without_a_plan_only_the_first_screen_is_there():
    panel = WhatIf(trials=0)
    assert panel._work.layout.display == "none"
    assert panel.result is None
    assert repr(panel) == "WhatIf without a plan"
    with pytest.raises(PlanError, match="a plan must be open before it is changed, got none"):
        panel.change("A", duration=1)


def test_a_plan_is_opened_from_bytes_and_undo_brings_the_old_one_back(panel):
    panel.change("A", duration=5)
    panel.load_plan("dig.csv", TEMPLATE_CSV)
    assert panel.schedule.finish == 8
    assert panel.scenario.changes == ()
    panel.undo()
    assert panel.plan.name == "Shed"
    assert panel.schedule.finish == 9


def test_an_upload_that_is_no_plan_leaves_the_open_one(panel):
    panel.upload.receive({"holiday.xlsx": b"\x00\x01 not a workbook"})
    assert panel.status.kind == "problem"
    assert "holiday.xlsx" in panel.status.text
    assert panel.plan.name == "Shed"


def test_several_csv_files_are_one_plan(panel):
    panel.upload.receive({"activities.csv": TEMPLATE_CSV, "settings.csv": b"key,value\nname,Pit\n"})
    assert (panel.plan.name, panel.schedule.finish) == ("Pit", 8)


def test_the_problems_of_a_file_are_told_up_to_a_number_that_a_person_reads(panel):
    rows = "".join(f"T{n},soon,\n" for n in range(30))
    panel.upload.receive({"bad.csv": b"id,duration,predecessors\n" + rows.encode()})
    lines = panel.status.text.splitlines()
    assert len(lines) == 9
    assert lines[-1] == "... and 22 more problems like these."
