"""A real portfolio as a program: every row of it is imported, or told of."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.files.portfolio import read_portfolio
from pmkit.files.portfolio_report import Portfolio


@pytest.fixture(scope="module")
def folder(truth: Path) -> Path:
    return truth / "it_portfolio_2013"


@pytest.fixture(scope="module")
def real(folder: Path) -> Portfolio:
    return read_portfolio(folder)


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
