"""A program is the sum of its projects; a colour is what the forecast earns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.control.tolerance_check import check_tolerances
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.governing.program_measures import ProgramMeasures
from pmkit.analysis.governing.program_status import ProgramStatus, program_status
from pmkit.analysis.governing.rag import Rag
from pmkit.analysis.simulating.simulation import simulate
from pmkit.analysis.together.program_simulation import simulate_program
from pmkit.data import sample
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.control import Control
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings, StatusPoint
from pmkit.model.tolerance import Tolerance
from tests.wording import exactly

TICK = 1 / (8 * 3_600_000_000)


def _member(id_: str, percent: float = 50, *, at: float = 5, budget: float = 1_000,
            spent: float = 500, **fields: Any) -> Project:  # fmt: skip
    build = Activity(
        "Build", 10, cost_per_day=budget / 10, baseline_start=0, baseline_finish=10,
        actual_start=0, percent_complete=percent, actual_cost=spent,
    )  # fmt: skip
    return Project(
        (build,), settings=Settings(status_date=at), members=(ProjectInfo(id_),), **fields
    )


def _sure(id_: str, days: float, *tolerances: Tolerance, cost: float = 1_000) -> Project:
    """A project that takes so many days; ten days and 1,000 were approved."""
    build = Activity("Build", days, fixed_cost=cost, baseline_start=0, baseline_finish=10,
                     baseline_cost=1_000)  # fmt: skip
    return Project((build,), members=(ProjectInfo(id_),), control=Control(tolerances))


def _spread(id_: str, above: float) -> Project:
    """A project that takes 8, 10 or 12 days, more or less, and was approved for 8."""
    build = Activity(
        "Build", three_point=ThreePoint(8, 10, 14), fixed_cost=100, baseline_start=0,
        baseline_finish=8,
    )  # fmt: skip
    return Project((build,), members=(ProjectInfo(id_),),
                   control=Control((Tolerance("time", above=above),)))  # type: ignore[arg-type]  # fmt: skip


# -- Sums ------------------------------------------------------------------------------


def test_a_program_at_one_hides_projects_at_thirteen_and_seven_tenths() -> None:
    # PV 500 + 500, EV 650 + 350: (650 + 350) / (500 + 500) = 1, by hand
    status = program_status(Program((_member("Ahead", 65), _member("Behind", 35))))
    assert status.table["spi"].tolist() == pytest.approx([1.3, 0.7, 1.0])
    assert status.findings[:2] == (
        "program SPI 1.00 hides Behind at 0.70 and Ahead at 1.30",
        "program SPI(t) 1.00 hides Behind at 0.70 and Ahead at 1.30",
    )
    assert "program SPI 1.00 hides Behind" in repr(status)


def test_the_whole_is_the_ratio_of_sums_and_not_the_mean_of_ratios() -> None:
    status = program_status(
        Program((_member("Small", 25, budget=100, spent=100), _member("Large", 60, budget=9_900,
                                                                      spent=5_000)))
    )  # fmt: skip
    # (25 + 5,940) / (50 + 4,950), and (25 + 5,940) / (100 + 5,000)
    assert status.whole.values["spi"] == pytest.approx(5_965 / 5_000)
    assert status.whole.values["cpi"] == pytest.approx(5_965 / 5_100)
    assert status.whole.values["spi"] != pytest.approx((0.5 + 1.2) / 2)


def test_earned_schedule_of_the_whole_is_read_on_the_summed_curve() -> None:
    # Early: 100 a day for 10 days. Late: 300 a day from day 10 to day 20. At day 15: EV 500 + 0.
    late = Activity("Build", 10, cost_per_day=300, baseline_start=10, baseline_finish=20)
    program = Program((
        _member("Early", 50, at=15),
        Project((late,), settings=Settings(status_date=15), members=(ProjectInfo("Late"),)),
    ))  # fmt: skip
    status = program_status(program)
    # the sum of the curves is 100 a day up to day 10: 500 is due at day 5
    assert status.whole.values["es"] == pytest.approx(5)
    assert status["Early"].values["es"] == pytest.approx(5)
    assert status["Late"].values["es"] == 0
    # of its own first day: 5 of 15 days gone, nothing earned
    assert status["Late"].values["at"] == pytest.approx(5)
    mean = np.mean([status[one].values["spi_t"] for one in ("Early", "Late")])
    assert status.whole.values["spi_t"] == pytest.approx(5 / 15) != pytest.approx(mean)


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(100, 900), st.integers(0, 900)),
                min_size=1, max_size=4))  # fmt: skip
def test_every_amount_of_the_whole_is_the_sum_of_its_projects(rows: list[Any]) -> None:
    program = Program(tuple(
        _member(f"P{n}", percent, budget=budget, spent=spent)
        for n, (percent, budget, spent) in enumerate(rows)
    ))  # fmt: skip
    status = program_status(program, trials=1)
    for name in ("bac", "pv", "ev", "ac", "cv", "sv"):
        parts = [row.values[name] for row in status.projects]
        assert status.whole.values[name] == pytest.approx(sum(parts))
    alone = earned_value(program)
    assert status.whole.values["es"] == pytest.approx(alone.es)
    for project, row in zip(program.projects, status.projects, strict=True):
        assert row.values["es"] == pytest.approx(earned_value(project).es)


def test_projects_that_are_known_by_their_status_series_add_up_too() -> None:
    def member(id_: str, earned: float) -> Project:
        series = (StatusPoint(5, 500, earned, 500), StatusPoint(10, 1_000, None, None))
        return Project((Activity("Build", 10, fixed_cost=1_000),), status=series,
                       members=(ProjectInfo(id_),))  # fmt: skip

    status = program_status(Program((member("Ahead", 650), member("Behind", 350))))
    assert status.table["spi"].tolist() == pytest.approx([1.3, 0.7, 1.0])
    assert status.table["spi_t"].tolist() == pytest.approx([1.3, 0.7, 1.0])


def test_without_a_baseline_nothing_is_measured_and_it_is_said_why() -> None:
    bare = Project((Activity("A", 3, fixed_cost=5),), members=(ProjectInfo("P"),))
    status = program_status(Program((bare,), candidates=(ProjectInfo("Q", "Tram"),)))
    assert np.isnan(status.table["spi"]).all()
    assert status["P"].time.rag is Rag.UNKNOWN
    assert status["P"].rag is Rag.GREEN  # of cost, which is known
    assert status.notes[:3] == (
        "time of P has no colour: needs a target, or a saved baseline",
        "time of the program has no colour: needs a target, or a saved baseline",
        "not in the table, for lack of activities: Tram",
    )
    assert status.notes[3].startswith("no earned value: plan: earned value needs a baseline")
    assert str(status.explain("P")).splitlines()[1] == (
        "  time: no colour, needs a target, or a saved baseline"
    )


# -- Forecasts by project --------------------------------------------------------------


def test_forecasts_come_from_one_simulation_of_the_program_correlated_unless_asked() -> None:
    program = sample()
    status, trials = program_status(program, trials=500, seed=3), simulate_program(program, 500, 3)
    for row in status.rows:
        part = trials.of(row.project)
        assert row.time.p80 == part.finish.quantile(0.8)
        assert row.cost.p50 == part.cost.quantile(0.5)
    assert status.correlation == trials.correlation
    assert status.correlation.startswith("0.3 within a project, 0.2 across")
    alone = program_status(program, trials=500, seed=3, within=0, across=0)
    assert alone.whole.time.p80 == simulate(program, 500, 3).finish.quantile(0.8)


def test_a_project_that_is_done_finishes_when_it_did() -> None:
    done = Activity("Build", 4, actual_start=0, actual_finish=6, percent_complete=100,
                    baseline_start=0, baseline_finish=4)  # fmt: skip
    program = Program((
        Project((done,), settings=Settings(status_date=8), members=(ProjectInfo("Done"),)),
        replace(_spread("Under way", 2), settings=Settings(status_date=8)),
    ))  # fmt: skip
    done_row = program_status(program, trials=50)["Done"]
    assert (done_row.time.p50, done_row.time.p80, done_row.time.rag) == (6, 6, Rag.RED)


# -- Colours ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "above", "rag"),
    [
        (10, 0, Rag.GREEN), (10 + TICK, 0, Rag.RED), (12, 2, Rag.GREEN), (12 + TICK, 2, Rag.RED),
        (9, 0, Rag.GREEN),
    ],
)  # fmt: skip
def test_the_limit_itself_is_green_and_one_tick_beyond_is_not(
    days: float, above: float, rag: Rag
) -> None:
    program = Program((_sure("P", days, Tolerance("time", above=above)),))  # type: ignore[arg-type]
    row = program_status(program, trials=3)["P"]
    assert (row.time.rag, row.cost.rag, row.rag) == (rag, Rag.GREEN, rag)


@pytest.mark.parametrize(
    ("cost", "rag"), [(1_050, Rag.GREEN), (1_050.01, Rag.RED), (900, Rag.GREEN)]
)
def test_cost_has_a_colour_of_its_own_and_the_worse_counts(cost: float, rag: Rag) -> None:
    tolerance = Tolerance("cost", above=5, unit="%")  # type: ignore[arg-type]
    row = program_status(Program((_sure("P", 10, tolerance, cost=cost),)), trials=3)["P"]
    assert (row.time.rag, row.cost.rag, row.rag) == (Rag.GREEN, rag, rag)


def test_amber_is_where_the_p50_is_within_and_the_p80_is_not() -> None:
    forecast = simulate_program(Program((_spread("P", 0),)), 2_000).finish
    p50, p80 = forecast.quantile(0.5) - 8, forecast.quantile(0.8) - 8
    assert p50 < p80
    limits = {p50 - TICK: Rag.RED, p50: Rag.AMBER, p80 - TICK: Rag.AMBER, p80: Rag.GREEN}
    for above, rag in limits.items():
        assert program_status(Program((_spread("P", above),)))["P"].time.rag is rag


def test_without_a_tolerance_the_limit_is_the_baseline_and_it_is_said_so() -> None:
    status = program_status(Program((_sure("P", 10.5),)), trials=3)
    assert status["P"].time.rag is Rag.RED
    told = str(status.explain("P"))
    assert "time: no tolerance is set, so the limit is the baseline itself: day 10" in told
    assert "P50 is beyond the limit by 0.5 days" in told


def test_the_tightest_of_several_tolerances_counts() -> None:
    wide = Tolerance("time", above=9, name="handover")  # type: ignore[arg-type]
    tight = Tolerance("time", above=1, name="power")  # type: ignore[arg-type]
    status = program_status(Program((_sure("P", 12, wide, tight),)), trials=3)
    assert status["P"].time.limit.value == 11


def test_a_colour_never_stands_alone() -> None:
    assert len({(c.letter, c.symbol) for c in Rag}) == len({c.symbol for c in Rag}) == len(Rag)
    html = program_status(Program((_sure("P", 12),)), trials=3)._repr_html_()
    assert "\u25a0 red" in html


def test_a_green_program_that_holds_a_red_project_is_found_out() -> None:
    program = Program(
        (_sure("Dear", 10, cost=1_500), _sure("Cheap", 10, cost=400)),
    )
    status = program_status(program, trials=3)
    assert "the program's cost is green and hides that of Dear, which is red" in status.findings


# -- Reported --------------------------------------------------------------------------


def test_reported_green_and_computed_red_is_listed() -> None:
    program = Program((_sure("P", 12), _sure("Q", 10)))
    status = program_status(program, trials=3, reported={"P": "green", "Q": "Red", "program": "G"})
    assert status.overstated == ("P", "program")
    assert status.findings[-2:] == (
        "P: reported green, computed red", "program: reported green, computed red"
    )  # fmt: skip
    assert status.table["reported_rag"].tolist() == ["green", "red", "green"]


def test_reported_colours_are_read_from_the_projects_sheet() -> None:
    def told(id_: str, **extra: Any) -> Project:
        return replace(_sure(id_, 12), members=(ProjectInfo(id_, extra=extra),))

    program = Program(
        (told("P", RAG=" Amber "), told("Q", **{"Reported RAG": "g"}), told("R", rag="fine"))
    )
    status = program_status(program, trials=3)
    assert status.overstated == ("P", "Q")
    assert "project 'R', rag: must be green, amber or red, got 'fine'" in status.notes


def test_what_cannot_be_reported_comes_at_once() -> None:
    program = Program((_sure("P", 12),))
    with pytest.raises(
        PlanError,
        match=exactly(
            "reported of 'P': must be green, amber or red, got 'blue'",
            "reported: project must be one of 'P', 'program', got 'Z'",
        ),
    ):
        program_status(program, reported={"P": "blue", "Z": "red"})


# -- The result ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def status() -> ProgramStatus:
    return program_status(sample())


def test_exceptions_are_the_tolerances_that_the_p80_exceeds(status: ProgramStatus) -> None:
    beyond = {check.subject for check in status.exceptions}
    assert {check.subject for check in check_tolerances(sample()).exceeded} < beyond
    assert "time of Service" in beyond  # within by its own schedule, beyond at P80
    assert status.check["time of Depot"].measured.forecast == pytest.approx(
        status["Depot"].time.p80
    )


def test_the_table_has_a_row_for_each_project_and_one_for_the_whole(status: ProgramStatus) -> None:
    table = status.table
    assert table.index.tolist() == ["Depot", "Fleet", "Service", "program"]
    assert table.index.name == "project"
    assert table["rag"].tolist() == ["red", "amber", "red", "red"]
    assert table.loc["program", "finish_p80_date"] == np.datetime64(
        simulate_program(sample(), 2_000).finish.date_quantile(0.8)
    )


def test_a_benefit_that_is_lost_by_the_day_is_judged_at_the_p80_of_delivery() -> None:
    tolerance = Tolerance("benefit", below=30, target=100, lost_per_day=10)  # type: ignore[arg-type]
    slow = _sure("P", 13, tolerance)
    measures = ProgramMeasures(Program((slow,)), 3, 0, 0.8)
    check = measures.check()["benefit of P"]
    assert (check.measured.forecast, check.state) == (70, "within")


def test_names_are_escaped(status: ProgramStatus) -> None:
    hostile = replace(_sure("P", 12), members=(ProjectInfo("<b>P</b>", "<script>"),))
    html = program_status(Program((hostile,)), trials=3)._repr_html_()
    assert "<b>P" not in html
    assert "&lt;b&gt;P" in html


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ((Project((Activity("A", 1),)), {}),
         "program status: must be a Program, got a project; pm.earned_value and "
         "pm.check_tolerances tell how one project stands"),
        ((Program((_sure("P", 1),)), {"trials": 0}),
         "program status: trials must be a whole number of at least 1, got 0"),
        ((Program((), candidates=(ProjectInfo("P"),)), {}),
         "program: no project has activities yet, so nothing can be scheduled"),
    ],
)  # fmt: skip
def test_what_has_no_status_is_a_sentence(asked: Any, sentence: str) -> None:
    plan, fields = asked
    with pytest.raises(PlanError, match=exactly(sentence)):
        program_status(plan, **fields)


def test_a_project_that_there_is_not_is_named() -> None:
    with pytest.raises(KeyError, match="no project 'Z', only 'P', 'program'"):
        program_status(Program((_sure("P", 1),)), trials=1)["Z"]
