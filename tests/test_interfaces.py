"""What projects hand over to each other: promised, forecast, needed, and whose float it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.resourcing.levelling import level
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.together.interfaces import Interfaces, interfaces
from pmkit.data import sample
from pmkit.model.activity import Activity, Assignment
from pmkit.model.calendar import Calendar
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from tests.test_project_float import _delayed, _project, programs
from tests.wording import exactly


def _two(**link: object) -> Program:
    """S hands C (day 5) over to X of L, which W holds until day 20; L ends on day 60, S on 40."""
    short = _project("S", ("B", 40, ""), ("C", 5, ""))
    long_ = _project("L", ("W", 20, ""), ("X", 35, "W"), ("Y", 60, ""))
    return Program((short, long_), (Dependency("S.C", "L.X", **link),))


def test_an_interface_has_two_owners_three_dates_and_a_float_for_each_seat() -> None:
    """By hand: X ends on day 55 and may end on day 60, so C may come on day 25: 20 days more."""
    one = interfaces(_two())["S.C -> L.X"]
    assert (one.giving_project, one.taking_project) == ("S", "L")
    assert (one.giver, one.taker) == ("S.C", "L.X")
    assert (one.promised.days, one.forecast.days, one.needed.days) == (5, 5, 25)
    assert (one.project_float, one.total_float) == (20, 20)
    assert (one.drives_taker, one.is_driving, one.status) == (False, False, "on time")


def test_what_a_project_needs_is_earlier_than_what_the_program_needs() -> None:
    """X ends its project on day 10; the program ends on day 40: 5 days, and 35."""
    giver = _project("S", ("B", 40, ""), ("C", 5, ""))
    taker = _project("O", ("W", 8, ""), ("X", 2, "W"))
    one = interfaces(Program((giver, taker), (Dependency("S.C", "O.X"),)))["S.C -> O.X"]
    assert (one.needed.days, one.needed_by_program.days) == (8, 38)
    assert (one.project_float, one.total_float) == (3, 33)


@pytest.mark.parametrize(
    ("kind", "lag", "forecast", "needed"),
    [("FS", 2, 5, 23), ("SS", 1, 0, 24), ("FF", 3, 5, 57), ("SF", 1, 0, 59)],
)
def test_each_kind_is_read_through_its_lag(
    kind: str, lag: float, forecast: float, needed: float
) -> None:
    """X may start on day 25 and finish on day 60; the interface is so much before."""
    one = interfaces(_two(kind=kind, lag=lag)).rows[0]
    assert (one.forecast.days, one.needed.days, one.link.relation) == (
        forecast, needed, f"{kind}+{lag}"
    )  # fmt: skip
    assert one.project_float == needed - forecast


def test_a_baseline_is_the_promise_and_a_forecast_after_it_is_late() -> None:
    saved = set_baseline(_two())
    later = Scenario("later", [Change("S.C", duration=9)]).apply(saved)
    one = interfaces(later).rows[0]
    assert (one.promised.days, one.is_promised, one.forecast.days, one.late) == (5, True, 9, 4)
    assert (one.status, one.project_float) == ("late", 16)


def test_a_commitment_that_cannot_be_kept_makes_what_is_needed_earlier_than_the_forecast() -> None:
    saved = set_baseline(
        Program(
            (_project("S", ("C", 10, "")), _project("O", ("X", 5, "")),
             _project("L", ("Z", 40, ""))),
            (Dependency("S.C", "O.X"),),
        )
    )  # fmt: skip
    one = interfaces(Scenario("slip", [Change("S.C", duration=13)]).apply(saved)).rows[0]
    assert (one.needed.days, one.project_float, one.total_float) == (10, -3, 22)
    assert one.status == "late"


def test_without_float_it_is_at_risk_and_what_is_handed_over_is_met() -> None:
    giver, taker = _project("S", ("C", 10, "")), _project("O", ("X", 5, ""))
    program = Program((giver, taker), (Dependency("S.C", "O.X"),))
    one = interfaces(program).rows[0]
    assert (one.status, one.is_driving, one.drives_taker) == ("at risk", True, True)
    done = replace(giver.activities[0], actual_start=0.0, actual_finish=12.0)
    program = replace(
        program, projects=(replace(giver, activities=(done,)), taker),
        settings=Settings(status_date=12.0),
    )  # fmt: skip
    one = interfaces(program).rows[0]
    assert (one.status, one.forecast.days) == ("met", 12)
    assert np.isnan([one.project_float, one.total_float, one.needed.days]).all()
    assert one.is_driving is False


def test_a_start_is_handed_over_when_the_giver_starts() -> None:
    giver, taker = _project("S", ("C", 10, "")), _project("O", ("X", 5, ""))
    begun = replace(giver.activities[0], actual_start=1.0, percent_complete=10)
    for kind, status in (("SS", "met"), ("FS", "at risk")):
        program = Program(
            (replace(giver, activities=(begun,)), taker), (Dependency("S.C", "O.X", kind),),
            Settings(status_date=2.0),
        )  # fmt: skip
        assert interfaces(program).rows[0].status == status


@pytest.mark.parametrize(
    ("rule", "status"), [("progress_override", "no longer needed"), ("retained_logic", "at risk")]
)
def test_a_taker_that_went_on_alone_needs_nothing_any_more(rule: str, status: str) -> None:
    giver, taker = _project("S", ("C", 10, "")), _project("O", ("X", 20, ""))
    begun = replace(taker.activities[0], actual_start=1.0, percent_complete=10)
    program = Program(
        (giver, replace(taker, activities=(begun,))), (Dependency("S.C", "O.X"),),
        Settings(status_date=2.0, progress=rule),
    )  # fmt: skip
    assert interfaces(program).rows[0].status == status


def test_what_spans_has_no_float_but_is_not_over() -> None:
    effort = Activity("M", 5, type="level_of_effort")
    ties = (Dependency("C", "M", "SS"), Dependency("C", "M", "FF"))
    giver = Project((Activity("C", 5), effort), ties, members=(ProjectInfo("S"),))
    links = (Dependency("S.C", "O.X"), Dependency("S.M", "O.X"))
    program = Program((giver, _project("O", ("X", 9, ""))), links)
    told = interfaces(program)
    assert np.isnan(told["S.M -> O.X"].project_float)
    assert "its dates follow from others" in str(told.explain("S.M -> O.X"))


def test_two_ties_of_one_pair_are_told_apart() -> None:
    program = _two()
    program = replace(
        program, interdependencies=(*program.interdependencies, Dependency("S.C", "L.X", "FF", 2))
    )
    assert list(interfaces(program).table.index) == ["S.C -> L.X (FS)", "S.C -> L.X (FF+2)"]


def test_the_table_is_in_the_order_of_need_and_dated_where_the_plan_is() -> None:
    table = interfaces(sample(progress=False)).table
    assert table.index.name == "interface"
    assert table["needed"].is_monotonic_increasing
    row = table.loc["Depot.Handover -> Service.TrialRun"]
    assert row["needed"] == datetime(2026, 6, 29, 17)  # the evening before the trial must begin
    assert (row["giving_owner"], row["taking_owner"]) == ("Amara Okafor", "Mei Tanaka")
    undated = interfaces(_two()).table
    assert undated["needed"].tolist() == [25.0]


def test_the_sample_tells_who_is_late_for_whom() -> None:
    told = interfaces(sample())
    assert repr(told) == (
        "Interfaces 8: 1 at risk, 3 late, 2 met, 2 on time; 1 driving, through Depot -> Service"
    )
    late = told["Depot.Handover -> Service.TrialRun"]
    assert (late.late, late.project_float, late.total_float, late.is_driving) == (12, -7, 0, True)
    assert "needed by Service: 2026-06-29, 7 days too late" in str(told.explain(late.id))
    energise = told["Depot.Energise -> Fleet.ChargeTest"]
    assert (energise.project_float, energise.total_float) == (-7, 4)


def test_those_of_the_next_days_are_found_and_what_is_met_is_not_among_them() -> None:
    told = interfaces(sample())  # at 30 April
    assert {one.id for one in told.due_within(60)} == {
        "Fleet.Inspect1 -> Service.Drivers",
        "Depot.Energise -> Fleet.ChargeTest",
        "Fleet.Approval -> Service.SafetyCase",
        "Depot.Handover -> Service.TrialRun",  # promised for 22 June
        "Fleet.Accept1 -> Service.TrialRun",
    }
    assert len(told.due_within(0)) == 0
    assert [one.id for one in interfaces(_two()).due_within(5)] == ["S.C -> L.X"]
    assert len(interfaces(_two()).due_within(4.5)) == 0


def test_those_of_one_project_are_what_it_gives_and_takes() -> None:
    told = interfaces(sample()).of("Depot")
    assert {one.giving_project for one in told} == {"Depot", "Fleet"}
    assert len(told) == 3
    with pytest.raises(KeyError, match="no project 'Nobody'"):
        told.of("Nobody")


def test_the_chain_is_told_by_project_and_adds_up() -> None:
    chain = interfaces(sample(progress=False)).chain
    assert chain["project"].tolist() == ["Service", "Fleet", "Service"]
    assert chain["from"].tolist()[0] == "Service.Routes"
    assert chain["to"].tolist()[-1] == "Service.Launch"
    assert chain["days"].sum() + chain["wait"].sum() == 136
    assert interfaces(sample()).chains[0].projects == ("Depot", "Service")


def test_chains_that_tie_are_all_told_the_longest_path_first() -> None:
    """P and Q both drive R on day 10: two chains; inside P two ways count as one."""
    program = Program(
        (
            _project("P", ("A", 5, ""), ("B", 5, ""), ("C", 5, "A; B")),
            _project("Q", ("D", 10, "")),
            _project("R", ("E", 3, "")),
        ),
        (Dependency("P.C", "R.E"), Dependency("Q.D", "R.E")),
    )
    told = interfaces(program)
    assert [chain.projects for chain in told.chains] == [("P", "R"), ("Q", "R")]
    assert told.chains[0].activities == critical_path(program).longest_path
    assert [str(chain) for chain in told.chains] == ["P 10 d -> R 3 d", "Q 10 d -> R 3 d"]


def test_many_ties_stay_few_chains() -> None:
    """Twelve steps of two projects each that both drive: 4,096 ways, of which a few are told."""
    steps = [
        _project(f"{side}{n}", ("A", 1, ""), ("B", 1, "A")) for n in range(12) for side in "PQ"
    ]
    links = tuple(
        Dependency(f"{a}{n}.B", f"{b}{n + 1}.A") for n in range(11) for a in "PQ" for b in "PQ"
    )
    assert len(interfaces(Program(tuple(steps), links)).chains) == 24


def test_float_counts_on_the_calendar_of_the_giver() -> None:
    daily = Calendar.from_rows("daily", [("Mon-Sun", "08:00-12:00 13:00-17:00")])
    start = Settings(start=date(2026, 1, 5))
    giver = Project((Activity("C", 5, calendar="daily"),), settings=start, calendars=(daily,),
                    members=(ProjectInfo("S"),))  # fmt: skip
    taker = _project("O", ("W", 10, ""), ("X", 1, "W"), settings=start)
    one = interfaces(Program((giver, taker), (Dependency("S.C", "O.X"),), start)).rows[0]
    assert one.needed.date == datetime(2026, 1, 18, 17)  # a Sunday, on which the giver works
    assert one.project_float == 9


def test_a_levelled_schedule_is_read_as_it_is() -> None:
    crane = (Assignment("Crane"),)
    giver = Project((Activity("A", 4, resources=crane), Activity("C", 3, resources=crane)),
                    members=(ProjectInfo("S"),), resources=(Resource("Crane"),))  # fmt: skip
    program = Program((giver, _project("O", ("X", 9, ""))), (Dependency("S.C", "O.X"),))
    levelled = level(program, rule="priority")
    one = interfaces(program, levelled).rows[0]
    assert one.forecast.days == levelled.table.loc["S.C", "finish"]


def test_a_program_without_interfaces_says_so() -> None:
    told = interfaces(Program((_project("S", ("A", 1, "")),)))
    assert repr(told) == "Interfaces none: no project waits for another"
    assert len(told.table) == 0
    assert "promised" in told.table.columns
    assert told.chain["project"].tolist() == ["S"]


def test_what_cannot_be_asked_is_refused() -> None:
    project = _project("S", ("A", 1, ""))
    with pytest.raises(
        PlanError, match=exactly("interfaces: must be asked of a Program, got a Project")
    ):
        interfaces(project)  # type: ignore[arg-type]
    sentence = "interfaces: the schedule must be of the program's own activities, got another"
    with pytest.raises(PlanError, match=exactly(sentence)):
        interfaces(Program((project,)), critical_path(_two()))
    with pytest.raises(KeyError, match=r"no interface 'A -> B', only 'S\.C -> L\.X'"):
        interfaces(_two())["A -> B"]


def test_what_people_typed_is_only_words_in_html() -> None:
    giver = Project((Activity("C", 5, "<b>roof</b>"),), members=(ProjectInfo("S"),))
    told = interfaces(Program((giver, _project("O", ("X", 1, ""))), (Dependency("S.C", "O.X"),)))
    assert "<b>" not in told._repr_html_()
    assert "<b>" not in told.explain("S.C -> O.X")._repr_html_()


@given(programs(), st.data())
@settings(max_examples=40)
def test_the_taker_is_noticed_by_nobody_up_to_the_float_and_by_somebody_beyond(
    program: Program, data: st.DataObject
) -> None:
    """The taker of an interface is held until the giver, at the end of its float, lets it go."""
    told: Interfaces = interfaces(program)
    if not told.rows:
        return
    one = data.draw(st.sampled_from(told.rows))
    before, taker, link = told.schedule, one.taker, one.link
    end = "finish" if link.kind.value[1] == "F" else "start"
    length = before[taker].early_finish - before[taker].early_start
    mine = [i for i in before.ids if i.startswith(f"{one.taking_project}.")]
    for more in (0, 1):
        at = one.needed.days + more + link.lag - (length if end == "finish" else 0)
        now = critical_path(_delayed(program, taker, at))
        noticed = max(now[i].early_finish for i in mine) > max(
            before[i].early_finish for i in mine
        ) or any(
            now[i].early_start > before[i].early_start for i in now.ids if i not in mine
        )  # fmt: skip
        assert noticed is bool(more)
    assert one.total_float >= 0
    assert one.project_float >= 0
