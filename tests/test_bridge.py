"""The bridge: strategy for project managers, exceptions for sponsors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.control.exceptions import exception_report
from pmkit.analysis.telling.exception_bridge import translate_exception
from pmkit.analysis.telling.strategy_bridge import translate_strategy
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.benefit import Benefit
from pmkit.model.change import Change
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.governance import Authority, Gate, Governance, LoggedDecision
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Objective, Strategy
from pmkit.model.tolerance import Measure, Tolerance
from tests.wording import exactly

_GATES = (Gate("G1", "Shop", date=date(2026, 9, 1)), Gate("G0", "Shop", date=date(2026, 5, 1)))
_INFOS = (ProjectInfo("Depot", manager="Amara"), ProjectInfo("Shop", manager="Jonas"),
          ProjectInfo("Park"))  # fmt: skip


def _aligned(
    weights: dict[str, float], scores: dict[tuple[str, str], float], **fields: Any
) -> Program:
    objectives = tuple(Objective(id_, weight=weight) for id_, weight in weights.items())
    strategy = Strategy(objectives, scores, benefits=fields.pop("benefits", ()))
    told = {"candidates": _INFOS, "strategy": strategy} | fields
    return Program((), **told)


_SCORES = {("Depot", "Air"): 1.0, ("Shop", "Money"): 0.9, ("Shop", "Air"): -0.1,
           ("Park", "Air"): 0.5, ("Park", "Money"): 0.5}  # fmt: skip
_BENEFITS = (Benefit("Fuel", "Diesel saved", {"benefit": 5}, ("Depot",), objectives=("Air",)),
             Benefit("Rent", money={"benefit": 5}, enablers=("Shop",), objectives=("Money",)),
             Benefit("Noise", "", {"benefit": -5}, ("Depot",), objectives=("Air",)))  # fmt: skip


def test_other_weights_become_what_each_manager_must_do() -> None:
    """Depot .4 -> .7; Shop .9 x .6 - .1 x .4 = .5 -> .9 x .3 - .1 x .7 = .2; Park .5 either way."""
    log = (LoggedDecision("D1", project="Shop", gate="G0"),)
    governance = Governance(gates=_GATES, decisions=log)
    told = {"benefits": _BENEFITS, "governance": governance}
    before = _aligned({"Air": 40, "Money": 60}, _SCORES, **told)
    after = _aligned({"Air": 70, "Money": 30}, _SCORES, **told)
    found = translate_strategy(before, after)
    assert str(found).splitlines() == [
        "What is different",
        "  Air weighs 70 %, was 40 %",
        "  Money weighs 30 %, was 60 %",
        "What to do",
        "  Depot (Amara): Up from rank 3 to 1, score 0.400 to 0.700, because of Air. Protect what "
        "delivers Diesel saved, which weighs more now.",
        "  Park: Down from rank 1 to 2, score 0.500 to 0.500, because of Air. Carry on as planned.",
        "  Shop (Jonas): Down from rank 1 to 3, score 0.500 to 0.200, because of Money. Commit "
        "nothing new and bring gate G1 (2026-09-01) forward, because it serves the strategy much "
        "less.",
    ]
    row = found.table.loc["Shop"]
    assert row[["rank_before", "rank_after", "gained", "lost", "benefits_down", "gate"]].tolist() \
        == [1, 3, "", "Money", "Rent", "G1"]  # fmt: skip
    assert found.table["bring_forward"].to_dict() == {"Depot": False, "Park": False, "Shop": True}
    assert str(found.explain("Shop")).splitlines()[:5] == [
        "project 'Shop', to Jonas",
        "  Air: 40 % x -0.1 then, 70 % x -0.1 now: -0.030",
        "  Money: 60 % x 0.9 then, 30 % x 0.9 now: -0.270",
        "  score 0.500 -0.300 = 0.200",
        "  benefit Rent: its objectives weigh 30 % together, was 60 %",
    ]


def test_a_quarter_of_the_score_lost_is_reviewed_less_is_not() -> None:
    """0.4 of 1 becomes 0.3: exactly a quarter."""
    one = {("Depot", "Air"): 1.0}
    before, after, less = (_aligned({"Air": air, "Money": 100 - air}, one) for air in (40, 30, 31))
    assert translate_strategy(before, after)["Depot"].bring_forward
    assert not translate_strategy(before, less)["Depot"].bring_forward
    assert translate_strategy(before, less, fall=0.2)["Depot"].bring_forward


def test_objectives_that_come_and_go_leave_orphans() -> None:
    scores = {("Depot", "Air"): 1.0, ("Shop", "Money"): 1.0}
    before = _aligned({"Air": 1, "Money": 1}, scores)
    after = _aligned({"Air": 1, "Jobs": 3}, {("Depot", "Air"): 1.0})
    found = translate_strategy(before, after)
    assert found.objectives == (
        "Air weighs 25 %, was 50 %",
        "Jobs is new, with a weight of 75 %",
        "Money is no objective any more; it weighed 50 %",
    )
    assert found["Shop"].became_orphan
    assert found["Shop"].action.endswith(
        "Commit nothing new and ask for a review now, because it serves no objective now."
    )
    assert found["Park"].is_orphan
    assert not found["Park"].became_orphan
    assert not found["Park"].bring_forward
    assert found["Park"].action.endswith("It still serves no objective.")


def test_projects_that_come_and_go_are_told_so() -> None:
    scores = {("Depot", "Air"): 1.0}
    before = _aligned({"Air": 1}, scores, candidates=_INFOS[:2])
    after = _aligned({"Air": 1}, scores, candidates=(_INFOS[0], _INFOS[2]))
    found = translate_strategy(before, after)
    assert found["Park"].action == "New in the program, rank 2 (score 0.000). " \
        "It still serves no objective."  # fmt: skip
    assert found["Shop"].action == (
        "The program goes on without it. Hand over what there is and close it."
    )
    assert found["Depot"].action == "Nothing changes: rank 1, score 1.000."
    assert found.table["rank_after"].isna().to_dict()["Shop"]


@settings(max_examples=25)
@given(st.lists(st.floats(0.1, 10), min_size=3, max_size=3),
       st.lists(st.floats(0.1, 10), min_size=3, max_size=3),
       st.lists(st.floats(-1, 1), min_size=9, max_size=9))  # fmt: skip
def test_moves_of_objectives_add_up_to_the_move_of_the_score(
    old: list[float], new: list[float], scores: list[float]
) -> None:
    names = ("A", "B", "C")
    told = {(info.id, o): scores[3 * n + k] for n, info in enumerate(_INFOS)
            for k, o in enumerate(names)}  # fmt: skip
    before, after = (_aligned(dict(zip(names, w, strict=True)), told) for w in (old, new))
    for one in translate_strategy(before, after).projects:
        assert one.score_before is not None
        assert one.score_after is not None
        assert sum(one.moves.values()) == pytest.approx(one.score_after - one.score_before)
    assert translate_strategy(before, before).objectives == ()
    assert not any(one.is_touched for one in translate_strategy(before, before).projects)


def test_the_sample_shifts_toward_clean_air() -> None:
    plan = sample()
    weights = {"Air": 60, "Riders": 10, "Money": 30}
    objectives = tuple(replace(one, weight=weights[one.id]) for one in plan.strategy.objectives)
    after = replace(plan, strategy=replace(plan.strategy, objectives=objectives))
    found = translate_strategy(plan, after)
    assert "bring gate G3 (2026-07-03) forward" in found["Service"].action
    assert found["Depot"].gained == "Air"


def test_what_is_no_change_of_strategy_is_refused() -> None:
    plan = _aligned({"Air": 1}, {})
    alone: Any = Project.from_table([("A", 1, "")])
    with pytest.raises(PlanError, match=exactly("translate strategy: after must be a program, got "
                                                "Project")):  # fmt: skip
        translate_strategy(plan, alone)
    with pytest.raises(PlanError, match=exactly("translate strategy: fall must be a share above 0 "
                                                "and up to 1, got 25")):  # fmt: skip
        translate_strategy(plan, plan, fall=25)
    with pytest.raises(KeyError, match="no project 'X', only 'Depot', 'Shop', 'Park'"):
        translate_strategy(plan, plan).explain("X")


def _late(**fields: Any) -> Program:
    """Depot takes 8 days of 5, could be crashed; Fleet waits for it and has been promised day 5."""
    start = Settings(start=date(2026, 6, 1), status_date=date(2026, 5, 29))
    build = Activity("Build", 8, fixed_cost=100, crash_duration=5, crash_cost=400,
                     baseline_start=date(2026, 6, 1), baseline_finish=date(2026, 6, 5))  # fmt: skip
    design = Activity("Fit", 2, baseline_start=date(2026, 6, 8), baseline_finish=date(2026, 6, 9))
    depot = Project((build,), settings=start, control=Control((Tolerance("time", above=1),)),  # type: ignore[arg-type]
                    members=(ProjectInfo("Depot", manager="Amara", sponsor="Mei"),))  # fmt: skip
    fleet = Project((design,), settings=start, members=(ProjectInfo("Fleet"),))
    benefit = Benefit("Fuel", money={"benefit_2026": 365.25, "benefit_2027": 365.25},
                      enablers=("Depot", "Fleet"))  # fmt: skip
    told = {"governance": Governance(), "settings": start,
            "strategy": Strategy(benefits=(benefit,)),
            "interdependencies": (Dependency("Depot.Build", "Fleet.Fit"),)} | fields  # fmt: skip
    return Program((depot, fleet), **told)


def test_an_exception_becomes_a_question_with_a_price_for_each_answer() -> None:
    """Fleet follows on 12 June, not 9 June: three days at 1 a day; crashed on 10 June: one."""
    asked = translate_exception(_late(), "Depot")
    assert asked.table["days"].to_dict() == {"Go on as it is": 0, "Crash Depot to 2026-06-08": -2}
    assert asked.table["cost"].tolist() == [0, 200]
    assert asked.table["benefit_at_stake"].tolist() == pytest.approx([3, 1])
    assert asked.recommended == "Crash Depot to 2026-06-08"
    assert asked.question.startswith(
        "Depot: time is forecast 3 days above target, 1 day allowed: shall we crash Depot to "
        "2026-06-08 for 200 more, 2 days earlier, with "
    )
    assert (asked.decider, asked.person) == ("program manager", "")
    lines = str(asked).splitlines()
    assert lines[1].startswith("To decide: the program manager, by 2026-05-29")
    assert lines[3] == "Options"
    assert "benefit that comes less than planned" in str(asked.explain("Go on as it is"))


def test_it_must_be_decided_before_work_begins_a_promise_falls_due_or_a_gate() -> None:
    gates = (Gate("G1", "Depot", date=date(2026, 6, 3)), Gate("G2", "Fleet", date=date(2026, 6, 2)))
    asked = translate_exception(_late(governance=Governance(gates=gates)), "Depot")
    assert [(one.shown, one.why) for one in asked.deadlines] == [
        ("2026-05-29", "Depot.Build begins, which Crash Depot to 2026-06-08 would do differently"),
        ("2026-06-03", "gate G1 of Depot is decided"),
        ("2026-06-05", "Fleet.Fit was promised Depot.Build"),
    ]
    assert asked.decide_by == asked.deadlines[0].when
    decided = (LoggedDecision("D1", project="Depot", gate="G1"),)
    without = translate_exception(
        _late(governance=Governance(gates=gates, decisions=decided)), "Depot"
    )
    assert len(without.deadlines) == 2


def test_beyond_the_authority_of_one_the_next_decides() -> None:
    rules = Governance((Authority("program manager", days=2), Authority("sponsor", days=10)))
    asked = translate_exception(_late(governance=rules), "Depot")
    assert (asked.decider, asked.person) == ("sponsor", "Mei")
    assert "the program manager may accept 2 days" in str(asked.explain())


def test_an_exception_report_with_options_of_ones_own_is_translated_too() -> None:
    plan = _late()
    less = Scenario("Build half of it", (Change("Depot.Build", duration=4, fixed_cost=50),))
    asked = translate_exception(exception_report(plan, [Scenario("Wait"), less]), "Depot")
    assert asked.recommended == "Build half of it"
    assert asked["Build half of it"].cost == -50
    assert "shall we build half of it for 50 less, 4 days earlier" in asked.question


def test_without_dates_nobody_knows_the_benefit_at_stake() -> None:
    build = Activity("Build", 8, fixed_cost=100, crash_duration=5, crash_cost=400,
                     baseline_start=0, baseline_finish=5)  # fmt: skip
    control = Control((Tolerance(Measure.TIME, above=1),))
    info = ProjectInfo("Depot", money={"benefit_2027": 10})
    asked = translate_exception(
        Program((Project((build,), control=control, members=(info,)),)), "Depot"
    )
    assert asked.table["benefit_at_stake"].isna().all()
    assert asked.decide_by == 0


def test_the_sample_asks_its_sponsor() -> None:
    asked = translate_exception(sample(), "Depot")
    assert len(asked.options) >= 2
    assert asked.best.days < 0
    assert asked.decide_by is not None
    assert asked["Go on as it is"].benefit > asked.best.benefit  # type: ignore[operator]


@pytest.mark.parametrize(
    ("project", "sentence"),
    [
        ("Moon", "translate exception: project must be one with activities ('Depot', 'Fleet'), got "
                 "'Moon'"),
        ("Fleet", "translate exception: Fleet must be beyond tolerance, it is within: the project "
                  "manager decides"),
    ],
)  # fmt: skip
def test_what_is_no_exception_is_refused(project: str, sentence: str) -> None:
    fleet = Tolerance(Measure.TIME, above=9)
    plan = _late()
    depot, other = plan.projects
    plan = replace(plan, projects=(depot, replace(other, control=Control((fleet,)))))
    with pytest.raises(PlanError, match=exactly(sentence)):
        translate_exception(plan, project)


def test_what_is_neither_program_nor_report_about_one_is_refused() -> None:
    alone = Project.from_table([("A", 3, "")])
    with pytest.raises(PlanError, match=exactly("translate exception: needs a program or an "
                                                "exception report, got Project")):  # fmt: skip
        translate_exception(alone)  # type: ignore[arg-type]
    late = Activity("A", 3, baseline_start=0, baseline_finish=1)
    limit = Control((Tolerance(Measure.TIME, above=1),))
    report = exception_report(Project((late,), control=limit), [Scenario("Wait"), Scenario("Hope")])
    with pytest.raises(PlanError, match=exactly("translate exception: the report must be about a "
                                                "program, got one about a Project")):  # fmt: skip
        translate_exception(report)


def test_what_people_typed_is_escaped() -> None:
    plan = _aligned({"<b>x</b>": 1}, {}, candidates=(ProjectInfo("<b>y</b>"),))
    html = translate_strategy(plan, plan)._repr_html_()
    assert "<b>x" not in html
    assert "<b>y" not in html
    report = exception_report(_late(), [Scenario("<b>z</b>"), Scenario("Wait")])
    assert "<b>z" not in translate_exception(report, "Depot")._repr_html_()


def test_a_project_that_others_need_carries_on_though_its_own_score_falls() -> None:
    infos = (ProjectInfo("Depot"), ProjectInfo("Fleet", requires=("Depot",)))
    served = {("Depot", "Money"): 1.0, ("Fleet", "Air"): 1.0}

    def weighed(air: float) -> Program:
        objectives = Objective("Air", weight=air), Objective("Money", weight=1)
        return Program((), candidates=infos, strategy=Strategy(objectives, served))

    told = translate_strategy(weighed(1), weighed(9))
    assert told["Depot"].action.endswith(
        "Its own score falls, but Fleet needs it: carry on, and do no more than they need."
    )
    assert "review now" not in repr(told)
