"""Plans of a portfolio: from its dates, and what has happened by its status date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.files.portfolio import read_portfolio_bytes
from pmkit.files.portfolio_report import Portfolio
from tests.portfolio_files import MAJOR, agency_in


@pytest.fixture
def agency(tmp_path: Path) -> Callable[..., Portfolio]:
    return agency_in(tmp_path)


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
