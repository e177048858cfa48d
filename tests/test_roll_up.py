"""Roll-ups by work breakdown structure and by project, from sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings, StatusPoint
from tests.earned_plans import STATUS, planned, plans, undated
from tests.wording import exactly

AT_8 = Settings(status_date=8.0)
PLAN = undated(
    planned("A", 0, 10, 100, wbs="1.1", percent_complete=50, actual_cost=80),
    planned("B", 0, 10, 300, wbs="1.2", percent_complete=100, actual_cost=200),
    planned("C", 0, 16, 200, wbs="2"),
    settings=AT_8,
)


def test_a_branch_is_the_sum_of_its_activities_and_its_index_the_ratio_of_sums():
    found = earned_value(PLAN).by("wbs")
    assert found.index.name == "wbs"
    assert list(found.columns) == ["pv", "ev", "ac", "bac", "cv", "sv", "cpi", "spi"]
    assert found.loc["1"].tolist() == pytest.approx([320, 350, 280, 400, 70, 30, 1.25, 350 / 320])
    # not the mean of 50 / 80 and 300 / 200
    assert found.loc["1", "cpi"] != pytest.approx((50 / 80 + 300 / 200) / 2)
    assert found.loc["2", ["ev", "ac"]].tolist() == [0, 0]
    assert np.isnan(found.loc["2", "cpi"])


def test_the_level_counts_the_parts_between_the_dots():
    status = earned_value(PLAN)
    assert status.by("wbs", level=2).index.tolist() == ["1.1", "1.2", "2"]
    assert status.by("wbs", level=9).index.tolist() == ["1.1", "1.2", "2"]


def test_a_program_is_rolled_up_by_project_and_each_numbers_its_own_work():
    def member(id_, *activities):
        return Project(activities, members=(ProjectInfo(id_),), settings=AT_8)

    program = Program((
        member("P", planned("A", 0, 10, 100, wbs="1", percent_complete=50, actual_cost=80)),
        member("Q", planned("A", 0, 10, 300, wbs="1.4", percent_complete=10, actual_cost=20)),
    ))  # fmt: skip
    status = earned_value(program)
    by_project = status.by("project")
    assert by_project["ev"].to_dict() == {"P": 50, "Q": 30}
    assert by_project["cpi"].to_dict() == pytest.approx({"P": 50 / 80, "Q": 30 / 20})
    assert status.by("wbs").index.tolist() == ["P.1", "Q.1"]
    assert status.cpi == pytest.approx(80 / 100)
    assert by_project[["pv", "ev", "ac", "bac"]].sum().tolist() == pytest.approx(
        [status.pv, status.ev, status.ac, status.bac]
    )


def test_a_single_project_is_one_row():
    assert earned_value(PLAN).by("project")["bac"].to_dict() == {"project": 600}


def test_other_parts_are_refused_by_name():
    status = earned_value(PLAN)
    with pytest.raises(ValueError, match=exactly("by must be 'wbs' or 'project', got 'owner'")):
        status.by("owner")
    sentence = "level must be a whole number of at least 1, got 0"
    with pytest.raises(ValueError, match=exactly(sentence)):
        status.by("wbs", level=0)


def test_what_only_a_series_reports_is_not_split():
    plan = undated(planned("A", 0, 10, 100, wbs="1"), status=(StatusPoint(8, ev=70, ac=60),))
    found = earned_value(plan).by("wbs")
    assert found.loc["1", "pv"] == pytest.approx(80)
    assert np.isnan(found.loc["1", "ev"])


@settings(max_examples=40)
@given(plans(), st.integers(1, 3))
def test_the_parts_add_up_to_the_whole(plan, level):
    status = earned_value(plan, at=["2026-01-20", STATUS])
    for at in ("2026-01-20", STATUS):
        row = status.row(at)
        found = status.by("wbs", level=level, at=at)
        for name in ("pv", "ev", "ac", "bac"):
            whole = status.table[name].iloc[row]
            if np.isfinite(whole):
                assert found[name].sum() == pytest.approx(whole, rel=1e-9, abs=1e-9)
