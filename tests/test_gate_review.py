"""Gates: what is ahead counts, what was spent does not, and who may decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.gating.gate_review import GateReview, review_gate
from pmkit.analysis.gating.taking import take_decision
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.benefit import Benefit
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.governance import Authority, Gate, Governance, LoggedDecision
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from tests.wording import exactly


def _program(
    *infos: ProjectInfo, gate: Gate | None = None, benefits: tuple[Benefit, ...] = (),
    authority: tuple[Authority, ...] = (), **fields: Any,
) -> Program:  # fmt: skip
    gates = () if gate is None else (gate,)
    return Program(
        (), candidates=infos, strategy=Strategy(benefits=benefits),
        governance=Governance(authority, gates=gates), **fields,
    )  # fmt: skip


def _worked(spent: float, ahead: float, benefit: float) -> Project:
    """One activity done at a cost, one still to do."""
    tasks = (
        Activity("Done", 5, actual_start=0, actual_finish=5, actual_cost=spent),
        Activity("Rest", 5, fixed_cost=ahead),
    )
    info = ProjectInfo("Depot", money={"benefit": benefit, "cost": 500})
    return Project(tasks, (Dependency("Done", "Rest"),), Settings(status_date=5.0), members=(info,))


def _reviewed(spent: float, ahead: float, benefit: float, **gate: float) -> GateReview:
    project = _worked(spent, ahead, benefit)
    told = Gate("G1", "Depot", **gate)  # type: ignore[arg-type]
    return review_gate(Program((project,), governance=Governance(gates=(told,))), "G1")


def test_bad_past_but_continue() -> None:
    """900 were spent of a budget of 500; 120 are still to come for 100: 120 - 100 = 20 > 5."""
    review = _reviewed(900, 100, 120, recoverable=5)
    assert review.recommended == "fund"
    assert review.table.loc["fund"].tolist() == [120, 100, 0, 0, 0, 20]
    assert review.table.loc["stop"].tolist() == [0, 0, 0, 5, 0, 5]
    assert str(review.explain("fund")).splitlines() == [
        "fund, project 'Depot': worth 20",
        "  remaining benefit: own benefit 120",
        "  cost to complete: 100 (the plan, for 1 activity not complete)",
        "  value = 120 - 100 = 20",
        "  sunk: 900 was spent so far, whatever is decided; it is in no option",
        "  the program manager may decide: the gate is that of the program manager",
    ]


def test_good_past_but_stop() -> None:
    """Cheap so far, but 50 to come for 100: 50 - 100 = -50 < 20 - 10."""
    review = _reviewed(1, 100, 50, recoverable=20, termination_cost=10)
    assert review.recommended == "stop"
    assert review.reason == "worth 10 from here on, 60 more than fund"
    assert review.table["value"].to_dict() == {"fund": -50, "pause": -50, "stop": 10}


def test_stop_dearer_than_finish() -> None:
    """Both lose: 60 - 100 = -40, ending costs 80 and gives back 10: -70."""
    review = _reviewed(0, 100, 60, termination_cost=80, recoverable=10)
    assert review.recommended == "fund"
    assert review.table["value"].to_dict() == {"fund": -40, "pause": -40, "stop": -70}
    assert repr(review) == (
        "GateReview gate G1 of project Depot: fund (-40), decided by the program manager"
    )


def test_a_gate_may_know_the_cost_to_complete_better_than_the_plan() -> None:
    review = _reviewed(0, 100, 60, cost_to_complete=30)
    assert review["fund"].cost_to_complete == 30
    assert "cost to complete: 30 (as gate G1 says)" in str(review.explain("fund"))


@settings(max_examples=30)
@given(
    st.tuples(*[st.floats(0, 1000) for _ in range(7)]), st.floats(0, 1e6), st.floats(0.5, 24),
)  # fmt: skip
def test_what_was_spent_changes_nothing_and_the_best_is_recommended(
    amounts: tuple[float, ...], more: float, months: float
) -> None:
    spent, ahead, benefit, *rest = amounts
    names = ("termination_cost", "recoverable", "holding_cost", "restart_cost")
    told = dict(zip(names, rest, strict=True))
    one, other = (_reviewed(s, ahead, benefit, **told) for s in (spent, spent + more))
    assert one.table.equals(other.table)
    assert (one.recommended, one.reason) == (other.recommended, other.reason)
    review = review_gate(one.program, "G1", pause_months=months)
    assert review.best.value == review.table["value"].max()
    parts = review.table
    value = (parts["benefit"] - parts["cost_to_complete"] - parts["other_costs"]
             + parts["recovered"] - parts["dependants"])  # fmt: skip
    assert value.tolist() == pytest.approx(parts["value"].tolist())


_TWO = (ProjectInfo("A", money={"cost": 40}), ProjectInfo("B", money={"cost": 30}))


@pytest.mark.parametrize(
    ("benefit", "own"),
    [
        (Benefit("V", money={"benefit": 100}, enablers=("A", "B")), 100),
        (Benefit("V", money={"benefit": 100}, enablers=("A", "B"), rule="any"), 0),  # type: ignore[arg-type]
        (Benefit("V", money={"benefit": 100}, enablers=(("A", 0.3), ("B", 0.7)), rule="share"), 30),  # type: ignore[arg-type]
        (Benefit("V", money={"benefit": 100}, enablers=("A",)), 100),
        (Benefit("V", money={"benefit": 100}, enablers=("B",)), 0),
        (Benefit("V", money={"benefit": 100}, enablers=("A",), probability=0.6), 60),
    ],
)  # fmt: skip
def test_what_comes_only_if_it_goes_on_counts_and_counts_once(benefit: Benefit, own: float) -> None:
    review = review_gate(_program(*_TWO, benefits=(benefit,)), "A")
    assert review["fund"].benefit == pytest.approx(own)
    assert review["stop"].dependants == 0


def test_a_project_that_only_enables_others_goes_on_for_their_sake() -> None:
    """It costs 40 and brings nothing alone; 100 come with it only: 100 - 40 = 60 > 0."""
    joint = Benefit("V", "Cleaner air", money={"benefit": 100}, enablers=("A", "B"))
    review = review_gate(_program(*_TWO, benefits=(joint,)), "A")
    assert (review.recommended, review["fund"].value, review["stop"].value) == ("fund", 60, 0)
    assert "no longer comes: Cleaner air (with B) 100" in str(review.explain("stop"))


def test_with_chances_a_second_enabler_is_worth_what_it_adds() -> None:
    """Either at 0.8: 1 - 0.2 x 0.2 = 0.96 together, 0.8 for the other alone; A adds 16."""
    infos = tuple(replace(info, probability=0.8) for info in _TWO)
    either = Benefit("V", money={"benefit": 100}, enablers=("A", "B"), rule="any")  # type: ignore[arg-type]
    assert review_gate(_program(*infos, benefits=(either,)), "A")["fund"].benefit == pytest.approx(
        16
    )


_CHAIN = (
    ProjectInfo("A", money={"benefit": 10, "cost": 60}),
    ProjectInfo("B", money={"benefit": 70, "cost": 50}, requires=("A",)),
    ProjectInfo("C", money={"benefit": 20, "cost": 5}, requires=("B",)),
    ProjectInfo("D", money={"benefit": 9, "cost": 5}),
)


def test_what_requires_it_can_no_longer_deliver_directly_or_through_others() -> None:
    """Without A neither B (70) nor C (20): -90; stopping both saves 55: -35, more than -50."""
    review = review_gate(_program(*_CHAIN), "A")
    assert review["stop"].dependants == 90
    assert review.recommended == "fund"
    assert review.notes[-1] == (
        "stopping B and C, too, would save 55: stop would then be worth -35, the most "
        "(stop_dependants=True)"
    )
    both = review_gate(_program(*_CHAIN), "A", stop_dependants=True)
    assert (both["stop"].value, both.recommended) == (-35, "stop")
    assert str(both.explain("stop")).splitlines()[1:7] == [
        "  no longer comes: own benefit 10",
        "  own benefit of B: 70 falls away",
        "  own benefit of C: 20 falls away",
        "  B and C require it and can no longer deliver",
        "  stopping B, too, saves 50",
        "  stopping C, too, saves 5",
    ]


def test_who_does_not_go_on_is_told_or_stands_in_the_decision_log() -> None:
    either = Benefit("V", money={"benefit": 100}, enablers=("A", "B"), rule="any")  # type: ignore[arg-type]
    plan = _program(*_TWO, benefits=(either,))
    assert review_gate(plan, "A", going=()).table.loc["fund", "benefit"] == 100
    stop = LoggedDecision("D1", project="B", verdict="stop")
    log = replace(plan.governance, decisions=(stop,))
    assert review_gate(replace(plan, governance=log), "A")["fund"].benefit == 100
    again = replace(log, decisions=(stop, LoggedDecision("D2", project="B", verdict="fund")))
    assert review_gate(replace(plan, governance=again), "A")["fund"].benefit == 0
    rivals = (_TWO[0], replace(_TWO[1], excludes=("A",)))
    assert review_gate(_program(*rivals, benefits=(either,)), "A")["fund"].benefit == 100


def test_a_project_whose_requirement_was_stopped_brings_nothing() -> None:
    plan = _program(*_CHAIN)
    log = Governance(decisions=(LoggedDecision("D1", project="A", verdict="stop"),))
    review = review_gate(replace(plan, governance=log), "B")
    assert (review["fund"].value, review.recommended) == (-50, "stop")
    assert "project 'B' requires 'A', which does not go on" in review.notes[1]


def test_without_a_rate_a_pause_loses_what_moves_beyond_the_last_year() -> None:
    """100 a year, 2027 to 2029, six months later: half of the last year; holding 6 x 2 + 3."""
    info = ProjectInfo("A", money={f"benefit_{year}": 100 for year in (2027, 2028, 2029)})
    gate = Gate("G", "A", date=date(2026, 7, 1), holding_cost=2, restart_cost=3)
    review = review_gate(_program(info, gate=gate), "G", pause_months=6)
    assert review.table.loc["pause"].tolist() == [250, 0, 15, 0, 0, 235]
    assert "holding 2 a month x 6 = 12, restarting 3" in str(review.explain("pause"))


def test_with_a_rate_amounts_are_present_values_and_a_pause_moves_them() -> None:
    """From 1 January 2026 at 10 %: 121 in the middle of 2027 is 121 / 1.1^1.5."""
    info = ProjectInfo("A", money={"benefit_2027": 121, "cost_2026": 110})
    gate = Gate("G", "A", date=date(2026, 1, 1), holding_cost=1, restart_cost=2)
    review = review_gate(_program(info, gate=gate), "G", discount_rate=0.1, pause_months=12)
    assert review["fund"].benefit == pytest.approx(121 / 1.1**1.5)
    assert review["fund"].cost_to_complete == pytest.approx(110 / 1.1**0.5)
    pause = review["pause"]
    assert pause.benefit == pytest.approx(121 / 1.1**2.5)
    assert pause.cost_to_complete == pytest.approx(110 / 1.1**1.5)
    assert pause.other_costs == pytest.approx(12 / 1.1**0.5 + 2 / 1.1)
    assert "(present value at 2026-01-01, 10 % a year)" in str(review.explain("fund"))


def test_the_rate_of_the_settings_holds_where_none_is_told() -> None:
    info = ProjectInfo("A", money={"benefit_2027": 121})
    gate = Gate("G", "A", date=date(2026, 1, 1))
    plan = _program(info, gate=gate, settings=Settings(discount_rate=0.1))
    assert review_gate(plan, "G")["fund"].benefit == pytest.approx(121 / 1.1**1.5)
    assert review_gate(plan, "G").discount_rate == 0.1
    assert review_gate(plan, "G", discount_rate=0)["fund"].benefit == 121
    undated = replace(plan, governance=Governance())
    assert review_gate(undated, "A")["fund"].benefit == 121  # no date to count from


def test_what_is_over_and_what_has_come_is_out() -> None:
    """2025 is over; of the 100 of 2026, 30 have come."""
    benefit = Benefit("V", money={"benefit_2025": 500, "benefit_2026": 100, "benefit_2027": 100},
                      enablers=("A",), realised={2025: 480, 2026: 30})  # fmt: skip
    gate = Gate("G", "A", date=date(2026, 7, 1))
    assert review_gate(_program(*_TWO, gate=gate, benefits=(benefit,)), "G")["fund"].benefit == 170


def _dated(float_days: int = 0) -> Program:
    """Two projects that bring a benefit together; A could be later without delaying it."""
    start = Settings(start=date(2026, 1, 5), status_date=date(2026, 1, 4))
    a = Project((Activity("a", 20, fixed_cost=10),), settings=start, members=(ProjectInfo("A"),))
    b = Project((Activity("b", 20 + float_days, fixed_cost=10),), settings=start,
                members=(ProjectInfo("B"),))  # fmt: skip
    joint = Benefit("V", money={"benefit_2026": 100, "benefit_2027": 100}, enablers=("A", "B"))
    gate = Gate("G", "A", date=date(2026, 1, 5))
    return Program((a, b), settings=start, strategy=Strategy(benefits=(joint,)),
                   governance=Governance(gates=(gate,)))  # fmt: skip


def test_a_pause_uses_up_float_before_it_delays_what_others_wait_for() -> None:
    """From 5 January to 5 February are 23 working days; 30 January becomes 4 March, 33 days."""
    review = review_gate(_dated(), "G", pause_months=1)
    assert review["pause"].demand.days == 23
    assert review["pause"].benefit == pytest.approx(200 - 100 * 33 / 365.25)
    assert review_gate(_dated(40), "G", pause_months=1)["pause"].benefit == 200


def test_what_is_done_before_the_gate_goes_on_and_what_is_left_then_rests() -> None:
    """20 days from 5 January, the gate at 19 January: 10 done, 10 left after a month's pause."""
    plan = _dated()
    gate = replace(plan.governance.gates[0], date=date(2026, 1, 19))
    review = review_gate(replace(plan, governance=Governance(gates=(gate,))), "G", pause_months=1)
    assert review["pause"].demand.days == 23  # 19 January to 19 February
    early = replace(gate, date=date(2026, 1, 31))  # all is done by then
    done = review_gate(replace(plan, governance=Governance(gates=(early,))), "G", pause_months=1)
    assert done["pause"].demand.days == 0
    after = take_decision(plan, review, "pause", by="program manager")
    assert after["A.a"] == plan["A.a"]
    assert "so a, under way or bound to a date, must be told to rest" in after.notes[-1]


def test_benefits_start_at_delivery_also_where_that_is_late_already() -> None:
    """As approved on 2 January 2026, as scheduled on 30 January: 28 days of the last year."""
    plan = _dated()
    late = tuple(
        replace(p, activities=tuple(replace(a, baseline_finish=date(2026, 1, 2))
                                    for a in p.activities))
        for p in plan.projects
    )  # fmt: skip
    review = review_gate(replace(plan, projects=late), "G")
    assert review["fund"].benefit == pytest.approx(200 - 100 * 28 / 365.25)


def test_a_redirection_is_weighed_on_the_changed_plan() -> None:
    """Ten days less for 5 more; what the other project loses does not change."""
    change = Scenario("Two shifts", (Change("A.a", duration=10, fixed_cost=15),))
    review = review_gate(_dated(), "G", redirect=change)
    assert list(review.table.index) == ["fund", "redirect", "pause", "stop"]
    assert review["redirect"].cost_to_complete == 15
    assert review["redirect"].demand.cost == 5
    lines = str(review.explain("redirect")).splitlines()
    assert lines[:2] == ["redirect: Two shifts, project 'A': worth 185",
                         "  it delivers 10 days earlier"]  # fmt: skip
    assert "  cost to complete: 15 (5 more than going on)" in lines


def test_a_redirection_may_be_figures() -> None:
    info = ProjectInfo("A", money={"benefit_2027": 100, "benefit_2028": 100, "cost": 80})
    gate = Gate("G", "A", date=date(2026, 7, 1))
    plan = _program(info, gate=gate)
    smaller = {"name": "Smaller", "cost_to_complete": 20, "benefit": 150, "other_costs": 5,
               "recovered": 1}  # fmt: skip
    review = review_gate(plan, "G", redirect=smaller)
    assert review.table.loc["redirect"].tolist() == [150, 20, 5, 1, 0, 126]
    assert review.recommended == "redirect"
    later = review_gate(plan, "G", redirect={"delay_months": 6, "cost_to_complete": 0})
    assert later["redirect"].benefit == 150
    assert review_gate(plan, "G", redirect={})["redirect"].value == review["fund"].value


_ROLES = (Authority("project manager", cost=5, days=5, benefit=0),
          Authority("program manager", cost=50, days=20, benefit=100),
          Authority("sponsor"))  # fmt: skip


def test_who_may_decide_follows_from_what_is_given_up() -> None:
    info = ProjectInfo("A", money={"benefit": 100, "cost": 120})
    gate = Gate("G", "A", authority="project manager", cost_to_complete=126)
    review = review_gate(_program(info, gate=gate, authority=_ROLES), "G")
    assert review["fund"].deciders.lowest == "program manager"  # 6 more than the plan has
    assert review["stop"].deciders.lowest == "program manager"  # 100 of benefit, the limit itself
    dearer = replace(info, money={"benefit": 101, "cost": 120})
    high = review_gate(_program(dearer, gate=gate, authority=_ROLES), "G")["stop"].deciders
    assert high.lowest == "sponsor"
    assert "the program manager may give up 100" in high.reason
    steering = replace(gate, authority="steering group")
    lone = review_gate(_program(dearer, gate=steering, authority=_ROLES), "G")["stop"].deciders
    assert lone.roles == ("steering group",)


def test_a_mandatory_project_is_not_stopped() -> None:
    info = ProjectInfo("A", money={"benefit": 1, "cost": 50}, mandatory=True)
    review = review_gate(_program(info), "A")
    assert (review.recommended, review["fund"].value) == ("fund", -49)
    assert review.reason.endswith("stop would be worth 0, but the project is mandatory")
    sentence = "decision on project 'A': stop must not be decided, the project is mandatory"
    with pytest.raises(PlanError, match=exactly(sentence)):
        take_decision(review.program, review, "stop", by="program manager")


def test_of_a_project_its_next_gate_that_is_not_decided_is_reviewed() -> None:
    gates = (Gate("G1", "A", date=date(2026, 1, 1)), Gate("G3", "A", date=date(2026, 9, 1)),
             Gate("G2", "A", date=date(2026, 6, 1)))  # fmt: skip
    settings_ = Settings(start=date(2025, 1, 1), status_date=date(2026, 3, 1))
    plan = Program((), settings=settings_, candidates=_TWO, governance=Governance(gates=gates))
    assert review_gate(plan, "A").gate.id == "G2"
    log = replace(plan.governance, decisions=(LoggedDecision("D1", gate="G2", project="A"),))
    assert review_gate(replace(plan, governance=log), "A").gate.id == "G3"
    assert review_gate(plan, "G1").base == date(2026, 3, 1)  # the status date is later


def test_a_decision_is_logged_with_what_was_known() -> None:
    info = ProjectInfo("A", money={"benefit": 100, "cost": 120})
    plan = _program(info, gate=Gate("G", "A", recoverable=7), authority=_ROLES)
    review = review_gate(plan, "G")
    after = take_decision(plan, review, "stop", by="Program Manager", on=date(2026, 5, 4),
                          note="The maker is bankrupt.")  # fmt: skip
    assert plan.governance.decisions == ()
    assert after.governance.decisions == (
        LoggedDecision(
            "D1", "stop A", date(2026, 5, 4), "Program Manager", "A", "G", "stop",
            "Worth from here on: fund -20, pause -20, stop 7; cost to complete 120. The maker is "
            "bankrupt.", 7, -20,
        ),
    )  # fmt: skip
    assert after.notes[-1] == "decision D1, stop A: it delivers nothing from now on"


def test_a_pause_moves_what_has_not_begun_and_names_what_must_rest() -> None:
    plan = _dated()
    busy = Activity("c", 30, actual_start=date(2026, 1, 5))
    settings_ = Settings(start=date(2026, 1, 5), status_date=date(2026, 1, 9))
    a = replace(plan.projects[0], activities=(*plan.projects[0].activities, busy),
                settings=settings_)  # fmt: skip
    plan = replace(plan, projects=(a, plan.projects[1]), settings=settings_)
    review = review_gate(plan, "G", pause_months=2)
    after = take_decision(plan, review, "pause", by="program manager")
    assert after["A.a"].constraint_date == date(2026, 3, 9)
    assert after["A.c"] == plan["A.c"]
    assert after.notes[-1].endswith(
        "until 2026-03-09: a plan cannot split work, so c, under way or bound to a date, must be "
        "told to rest"
    )


def test_a_redirection_that_is_a_scenario_is_made() -> None:
    plan = _dated()
    change = Scenario("Two shifts", (Change("A.a", duration=10),))
    review = review_gate(plan, "G", redirect=change)
    after = take_decision(plan, review, "redirect", by="program manager")
    assert after["A.a"].duration == 10
    assert len(after.governance.decisions) == 1


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"gate": "X"}, ["gate review: gate must be a gate ('G') or a project ('A', 'B') of the "
                         "program, got 'X'"]),
        ({"gate": "G", "discount_rate": 8, "pause_months": 0, "at": "soon", "going": ("Z",)},
         ["gate review: discount_rate must be a share per year from 0 to below 1, such as 0.08, "
          "got 8", "gate review: pause_months must be a number of months > 0, got 0",
          "gate review: at must be a date, got 'soon'",
          "gate review: going must be projects of the program, got 'Z'"]),
        ({"gate": "G", "discount_rate": 0.1},
         ["gate review: discount_rate needs a date to count from; give at=date(...), the gate a "
          "date, or the program a status date"]),
        ({"gate": "G", "redirect": {"price": 1, "cost_to_complete": -1, "delay_months": "x"}},
         ["gate review: redirect must have name, cost_to_complete, benefit, other_costs, "
          "recovered, dependants, delay_months, got 'price'",
          "gate review: cost_to_complete of redirect must be a finite amount >= 0, got -1",
          "gate review: delay_months of redirect must be a finite number of months >= 0, "
          "got 'x'"]),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(fields: dict[str, Any], sentences: list[str]) -> None:
    plan = _program(*_TWO, gate=Gate("G", "A"))
    with pytest.raises(PlanError, match=exactly(*sentences)):
        review_gate(plan, **fields)


def test_a_role_that_may_not_decide_is_refused() -> None:
    info = ProjectInfo("A", money={"benefit": 500})
    plan = _program(info, gate=Gate("G", "A"), authority=_ROLES)
    review = review_gate(plan, "G")
    with pytest.raises(PlanError) as caught:
        take_decision(plan, review, "stop", by="program manager")
    assert str(caught.value).startswith(
        "decision on project 'A': stop must be decided by the sponsor or the portfolio board (the "
        "program manager may give up 100"
    )
    assert str(caught.value).endswith("got 'program manager'")
    assert caught.value.ids == ("A",)
    wrong = ("decision on project 'A': must be one of fund, pause, stop, got 'sell'",
             "decision on project 'A': who decides must be named, got nobody")  # fmt: skip
    with pytest.raises(PlanError, match=exactly(*wrong)):
        take_decision(plan, review, "sell", by=" ")


def test_candidates_that_nobody_has_decided_on_do_not_count() -> None:
    either = Benefit("V", money={"benefit": 100}, enablers=("A", "C"), rule="any")  # type: ignore[arg-type]
    plan = replace(_dated(), candidates=(ProjectInfo("C"),), strategy=Strategy(benefits=(either,)))
    review = review_gate(plan, "G")
    assert review["fund"].benefit == 100
    assert "C: not decided on yet, so not counted (going=[...])" in review.notes
    assert review_gate(plan, "G", going=("B", "C"))["fund"].benefit == 0
    funded = (LoggedDecision("D1", project="C", verdict="fund"),)
    log = replace(plan.governance, decisions=funded)
    assert review_gate(replace(plan, governance=log), "G")["fund"].benefit == 0


def test_the_sample_is_weighed() -> None:
    """Fleet requires Depot, and Service both: what they bring hangs on Depot."""
    review = review_gate(sample(), "Depot", discount_rate=0.05)
    assert review.recommended == "fund"
    assert "Fleet and Service require it and can no longer deliver" in str(review.explain("stop"))
    assert review["fund"].benefit > review["stop"].dependants > 0
    assert review["pause"].value < review["fund"].value
    assert review["pause"].demand.days > 40  # three months, less the float there is
    assert review.spent > 0


def test_what_people_typed_is_escaped_and_options_are_found_by_name() -> None:
    review = review_gate(_program(ProjectInfo("<b>x</b>", money={"cost": 1})), "<b>x</b>")
    assert "<b>x" not in review._repr_html_()
    with pytest.raises(KeyError, match="no option 'sell', only 'fund', 'pause', 'stop'"):
        review["sell"]


def test_nothing_is_put_off_for_more_than_a_century() -> None:
    program = _worked(0, 100, 120)
    plan = Program((program,))
    sentence = "gate review: pause_months must be at most 1,200 months, got 1e+09"
    with pytest.raises(PlanError, match=exactly(sentence)):
        review_gate(plan, "Depot", pause_months=1e9)
    sentence = "gate review: delay_months of redirect must be at most 1,200 months, got 1,201"
    with pytest.raises(PlanError, match=exactly(sentence)):
        review_gate(plan, "Depot", redirect={"delay_months": 1201})
    assert review_gate(plan, "Depot", pause_months=1200, redirect={"delay_months": 1200})
