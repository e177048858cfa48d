"""Cells of a portfolio: what cannot be read is left empty and listed, whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.files.portfolio import read_portfolio_bytes
from pmkit.files.portfolio_report import Portfolio
from pmkit.model.errors import PlanError
from tests.portfolio_files import agency_in


@pytest.fixture
def agency(tmp_path: Path) -> Callable[..., Portfolio]:
    return agency_in(tmp_path)


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
