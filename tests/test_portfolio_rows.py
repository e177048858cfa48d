"""Rows of a portfolio are taken, or left out for a reason that is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmkit.files.portfolio import read_portfolio
from pmkit.files.portfolio_report import Portfolio
from tests.portfolio_files import agency_in


@pytest.fixture
def agency(tmp_path: Path) -> Callable[..., Portfolio]:
    return agency_in(tmp_path)


def _reasons(found: Portfolio) -> list[tuple[str, str]]:
    return list(zip(found.left_out["id"], found.left_out["reason"], strict=True))


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
