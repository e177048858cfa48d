"""Contingency is part of the budget at completion, the management reserve is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pmkit.analysis.earning.contingency import contingency_shares
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.files import read_bytes, to_json
from pmkit.model.activity import Activity
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings


def _plan(**settings: float) -> Project:
    # 600 + 400 for the work; half of the first is done and has cost 330
    return Project(
        (
            Activity("A", 10, baseline_start=0, baseline_finish=10, baseline_cost=600,
                     percent_complete=50, actual_start=0, actual_cost=330),
            Activity("B", 10, baseline_start=10, baseline_finish=20, baseline_cost=400),
        ),
        settings=Settings(status_date=5, **settings),  # type: ignore[arg-type]
    )  # fmt: skip


def test_it_is_in_the_budget_and_stands_behind_what_is_done_in_proportion() -> None:
    plain, backed = earned_value(_plan()), earned_value(_plan(contingency=200))
    assert (plain.bac, backed.bac) == (1000, 1200)
    assert (backed.pv, backed.ev, backed.ac) == (360, 360, 330)
    assert backed.spi == plain.spi
    # what is left of it can be spent, so that the forecast of cost is that of the work
    assert backed.eac("cpi") == pytest.approx(plain.eac("cpi"))
    assert backed.vac("cpi") == pytest.approx(plain.vac("cpi") + 200)


def test_the_management_reserve_is_beside_it() -> None:
    reserve = earned_value(_plan(contingency=200, management_reserve=500))
    assert reserve.bac == 1200
    assert str(reserve.explain("bac")).splitlines()[1:] == [
        "  sum of the budgets of 2 activities: baseline_cost, else direct cost",
        "  BAC = 1,000 for the work + 200 contingency, spread in proportion to the budgets",
        "  without the management reserve of 500",
    ]


def test_the_range_of_the_rest_does_not_spend_it() -> None:
    plain, backed = _plan(), _plan(contingency=200)
    ranges = [earned_value(plan).ranges(trials=50, performance="as_planned")
              for plan in (plain, backed)]  # fmt: skip
    assert ranges[0].cost.samples.tolist() == pytest.approx(ranges[1].cost.samples.tolist())


def test_that_of_a_project_stands_behind_its_own_work() -> None:
    member = replace(_plan(contingency=100), members=(ProjectInfo("P"),))
    other = replace(_plan(), members=(ProjectInfo("Q"),))
    program = Program((member, other), settings=Settings(contingency=400))
    shares = contingency_shares(program, np.array([600.0, 400.0, 600.0, 400.0]))
    assert shares.tolist() == pytest.approx([60 + 120, 40 + 80, 120, 80])
    assert program.network.settings.contingency == 500
    assert earned_value(program).bac == 2500
    assert earned_value(program).by("project")["bac"].tolist() == pytest.approx([1300, 1200])


def test_a_project_never_takes_that_of_its_program_from_a_file() -> None:
    member, other = (replace(_plan(), members=(ProjectInfo(i),)) for i in "PQ")
    member = replace(member, settings=replace(member.settings, management_reserve=7.0))
    program = Program((member, other), settings=Settings(contingency=400, status_date=5.0))
    again = read_bytes("plan.json", to_json(program))
    assert isinstance(again, Program)
    assert [p.settings.contingency for p in (again, *again.projects)] == [400, 0, 0]
    assert [p.settings.management_reserve for p in (again, *again.projects)] == [0, 7, 0]


def test_without_a_budget_there_is_nothing_to_stand_behind() -> None:
    assert contingency_shares(_plan(contingency=5), np.zeros(2)).tolist() == [0, 0]
