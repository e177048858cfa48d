"""Who does what: covers, gaps with their reasons, and what one hire or one training changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

import pmkit as pm
from tests.wording import exactly


def wants(id_, days, *skills, on=(), **fields):
    assigned = tuple(pm.Assignment(name) for name in on)
    return pm.Activity(id_, days, skills=skills, resources=assigned, **fields)


def person(name, *skills, cost=0.0, **fields):
    return pm.Resource(name, skills=skills, cost_per_day=cost, **fields)


def plan_of(activities, people=(), links=(), **fields):
    return pm.Project(tuple(activities), tuple(links), resources=tuple(people), **fields)


def team_of(activities, people=(), links=(), **fields):
    return pm.assemble_team(plan_of(activities, people, links, **fields))


DATED = pm.Settings(start=date(2026, 3, 2), calendar="city", currency="EUR")  # a Monday
HOURS = "08:00-12:00 13:00-17:00"
CITY = pm.Calendar.from_rows("city", [("Mon-Fri", HOURS)])


# Who covers what


def test_the_cheaper_one_joins_and_costs_its_days():
    bob = person("Bob", "weld", cost=80, cost_per_use=15)
    team = team_of([wants("A", 3, "weld")], [person("Ann", "weld", cost=90), bob])

    row = team.table.loc["A"]
    assert (row["person"], row["cover"], row["cost"], row["reason"]) == ("Bob", "joins", 255, "")
    assert (row["start"], row["finish"], row["days"]) == (0, 3, 3)
    assert team.cost == team.people["cost"].sum() == 255
    assert team.gaps == ()
    assert team.is_optimal
    assert repr(team) == "Team 2 people: 1 of 1 wanted skills covered, no gap; joining costs 255"


def test_one_person_covers_two_skills_of_an_activity_and_is_paid_once():
    team = team_of([wants("A", 2, "weld", "rig")],
                   [person("Ann", "weld", cost=50), person("Bob", "rig", cost=40),
                    person("Cid", "rig", "weld", cost=60)])  # fmt: skip

    assert list(team.table["person"]) == ["Cid", "Cid"]
    assert list(team.table["cost"]) == [120, 0]
    assert team.people["joins"].to_dict() == {"Ann": 0, "Bob": 0, "Cid": 1}


def test_who_is_on_it_already_covers_at_no_cost_and_is_counted():
    team = team_of([wants("A", 4, "weld", on=["Ann"]), wants("B", 4, "weld")],
                   [person("Ann", "weld", cost=90)])  # fmt: skip

    assert list(team.table["cover"]) == ["on it", "gap"]
    assert team.cost == 0
    assert team.people.loc["Ann", "utilisation"] == 1


def test_work_without_skills_keeps_people_busy_too():
    team = team_of([wants("Other", 4, on=["Ann"]), wants("B", 2, "weld")], [person("Ann", "weld")])

    (gap,) = team.gaps
    assert gap.sentence == (
        "Activity 'B' wants 'weld' from day 0 to day 2 (2 working days), and Ann is busy on Other."
    )


def test_one_after_the_other_one_person_is_enough():
    links = (pm.Dependency("A", "B"),)

    team = team_of([wants("A", 2, "weld"), wants("B", 2, "weld")], [person("Ann", "weld")], links)

    assert team.gaps == ()
    assert team.people.loc["Ann", "activities"] == 2


@pytest.mark.parametrize(("capacity", "gaps"), [(0.5, 2), (1, 1), (1.5, 1), (2, 0), (None, 0)])
def test_capacity_says_on_how_many_at_once(capacity, gaps):
    team = team_of([wants("A", 2, "weld"), wants("B", 2, "weld")],
                   [person("Ann", "weld", capacity=capacity)])  # fmt: skip

    assert len(team.gaps) == gaps


def test_dates_of_a_levelled_schedule_count():
    crane = pm.Resource("Crane")
    plan = plan_of([wants("A", 2, "weld", on=["Crane"]), wants("B", 2, "weld", on=["Crane"])],
                   [person("Ann", "weld"), crane])  # fmt: skip

    assert len(pm.assemble_team(plan).gaps) == 1
    assert pm.assemble_team(pm.level(plan)).gaps == ()


def test_complete_work_asks_for_nobody_and_work_under_way_for_its_rest():
    settings = replace(DATED, status_date=date(2026, 3, 6))
    done = wants("Done", 2, "weld", actual_start=date(2026, 3, 2), actual_finish=date(2026, 3, 3))
    half = wants("Half", 4, "weld", actual_start=date(2026, 3, 4), remaining_duration=3)

    team = team_of([done, half], [person("Ann", "weld", cost=100)], settings=settings,
                   calendars=(CITY,))  # fmt: skip

    assert list(team.table.index) == ["Half"]
    assert team.cost == 300
    assert team.table.loc["Half", "start_date"] == datetime(2026, 3, 9, 8)
    assert str(team.explain("Done")) == (
        "Activity 'Done': is complete, so that it asks for nobody any more"
    )


# Gaps


def test_nobody_has_it_and_what_may_be_meant():
    team = team_of([wants("A", 1, "welding"), wants("B", 1, "dance")], [person("Ann", "Welding")])

    assert [gap.kind for gap in team.gaps] == ["nobody", "nobody"]
    assert list(team.table["reason"]) == ["nobody has it (is 'Welding' meant?)", "nobody has it"]
    assert team.uncovered_days == 2


def test_who_is_away_is_named_with_days_and_a_date():
    ann = pm.Calendar.from_rows("Ann's", [("Mon-Fri", HOURS), ("2026-03-04..2026-03-05", "")])

    team = team_of([wants("A", 5, "weld")], [person("Ann", "weld", calendar="Ann's")],
                   settings=DATED, calendars=(CITY, ann))  # fmt: skip

    (gap,) = team.gaps
    assert gap.kind == "away"
    assert gap.sentence == (
        "Activity 'A' wants 'weld' from 2026-03-02 to 2026-03-06 (5 working days), and "
        "Ann is away for 2 working days of it from 2026-03-04."
    )


def test_days_off_outside_the_activity_do_not_matter():
    ann = pm.Calendar.from_rows("Ann's", [("Mon-Sat", HOURS), ("2026-03-04", "")])

    team = team_of([wants("A", 2, "weld")], [person("Ann", "weld", calendar="Ann's")],
                   settings=DATED, calendars=(CITY, ann))  # fmt: skip

    assert team.gaps == ()


def test_half_a_person_is_too_little():
    (gap,) = team_of([wants("A", 1, "weld")], [person("Ann", "weld", capacity=0.5)]).gaps

    assert (gap.kind, gap.reason) == ("too little", "there is only 0.5 unit of Ann")


def test_without_any_people_all_is_a_gap():
    team = team_of([wants("A", 1, "weld"), wants("B", 2, "rig", "weld")])

    assert len(team.gaps) == 3
    assert team.people.empty
    assert team.improvements.index.to_list() == ["hire: weld; rig", "hire: weld", "hire: rig"]


def test_where_no_skill_is_wanted_all_is_empty():
    team = team_of([wants("A", 1)], [person("Ann", "weld")])

    assert team.table.empty
    assert team.gaps == team.changes == ()
    assert team.improvements.empty
    assert repr(team) == "Team: no activity that is left wants a skill"
    assert "no activity" in team._repr_html_()


def test_machines_without_skills_and_materials_are_no_people():
    rod = pm.Resource("Rod", "consumable", skills=("weld",))
    team = team_of([wants("A", 1, "weld")], [pm.Resource("Crane"), rod])

    assert team.people.empty


def test_a_milestone_can_want_a_skill_and_takes_no_time():
    team = team_of([wants("Sign", 0, "sign", on=()), wants("A", 2, on=["Ann"])],
                   [person("Ann", "sign", cost=70)])  # fmt: skip

    assert team.gaps == ()
    assert team.cost == 0


def test_the_plan_that_asks_for_too_much_of_somebody_is_told():
    team = team_of([wants("A", 2, "weld", on=["Ann"]), wants("B", 2, "weld", on=["Ann"])],
                   [person("Ann", "weld")])  # fmt: skip

    assert team.gaps == ()
    assert team.notes == (
        "Ann: the plan itself asks for 2 of 1 at one time, on A and B; pm.level makes room.",
    )


# What would change


def test_training_and_hiring_are_each_judged():
    people = [person("Ann", "weld", cost=100), person("Bob", "rig", cost=80)]
    team = team_of([wants("A", 3, "weld"), wants("B", 3, "weld"), wants("C", 2, "dance")], people)

    rows = team.improvements.to_dict("index")
    assert rows["train Bob: weld"] == {
        "kind": "train", "person": "Bob", "skill": "weld", "gaps_closed": 1,
        "days_covered": 3.0, "cost_change": 240.0,
    }  # fmt: skip
    assert rows["hire: weld"]["cost_change"] == 300  # as dear as Ann, who has it
    assert next(iter(rows)) == "train Bob: weld"  # as many days as a hire, for less
    assert len(team.gaps) == 2
    assert len(team.if_trained("Bob", "weld").gaps) == 1
    assert team.if_hired("weld", cost_per_day=10, name="Dan").cost == 330
    assert team.if_hired(["weld"]).if_hired("dance").gaps == ()


def test_nothing_that_helps_is_an_empty_table():
    team = team_of([wants("A", 3, "weld")], [person("Ann", "weld")])

    assert team.improvements.empty
    assert "gaps_closed" in team.improvements.columns


def test_changes_put_people_on_their_activities_and_leave_no_gap_to_join():
    people = [person("Ann", "weld", cost=10), person("Bob", "rig")]
    team = team_of([wants("A", 3, "weld", on=["Bob"]), wants("B", 3, "dance")], people)
    team = team.if_hired("dance")

    changed = team.plan
    for change in team.changes:
        changed = pm.Scenario("x", [change]).apply(changed)
    again = pm.assemble_team(changed)

    assert [str(change) for change in team.changes] == [
        "A: resources Bob; Ann", "B: resources New hire",
    ]  # fmt: skip
    assert set(again.table["cover"]) == {"on it"}
    assert again.cost == 0


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda t: t.if_trained("Zoe", "weld"),
         "if_trained: person must be a renewable resource with skills ('Ann'), got 'Zoe'"),
        (lambda t: t.if_trained("Ann", "weld"),
         "if_trained: skill must be one that 'Ann' has not yet, got 'weld'"),
        (lambda t: t.if_trained("Ann", " "), "if_trained: skill must be a text, got ' '"),
        (lambda t: t.if_hired([]),
         "if_hired: skills must be a skill or a list of skills, each a text, got []"),
        (lambda t: t.if_hired("rig", name="Ann"),
         "if_hired: name must be new to the plan, got 'Ann'"),
        (lambda t: t.if_hired("rig", cost_per_day=-1),
         "resource 'New hire': cost_per_day must be a finite number >= 0, got -1"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_in_a_sentence(ask, sentence):
    team = team_of([wants("A", 1, "weld")], [person("Ann", "weld")])

    with pytest.raises(pm.PlanError, match=exactly(sentence)):
        ask(team)


def test_the_time_limit_must_be_seconds():
    with pytest.raises(ValueError, match=exactly(
        "assemble_team: time_limit must be a finite number of seconds > 0, got 0"
    )):  # fmt: skip
        pm.assemble_team(plan_of([wants("A", 1)]), time_limit=0)


def test_progress_is_told_and_can_cancel():
    plan = plan_of([wants("A", 1, "weld")], [person("Ann", "weld", cost=5)])
    seen = []
    pm.assemble_team(plan, progress=lambda done, total: seen.append((done, total)))

    assert seen[0] == (0, 4)
    assert seen[-1] == (4, 4)
    with pytest.raises(pm.Cancelled):
        pm.assemble_team(plan, progress=lambda done, total: False)


# Why


def test_it_says_who_covers_what_and_why_not_the_others():
    people = [person("Ann", "weld", cost=90), person("Bob", "weld", "rig", cost=80),
              person("Cid", "weld", capacity=0.5)]  # fmt: skip
    team = team_of([wants("A", 3, "weld", "rig", "dance", name="Pipes")], people)

    assert str(team.explain("A")).splitlines() == [
        "Activity 'A' Pipes, from day 0 to day 3 (3 working days): 2 of 3 wanted skills covered",
        "  'weld': Bob joins, 3 days x 80 = 240",
        "    not Ann: would cost 30 more",
        "    not Cid: there is only 0.5 unit of Cid",
        "  'rig': Bob covers it too, at no further cost",
        "  'dance': a gap, because nobody has it",
    ]
    assert str(team.explain("Bob")).splitlines() == [
        "Bob (1 at a time): 3 working days on 1 activity, 100 % of the time that is left",
        "  can do: weld, rig",
        "  'A' from day 0 to day 3: joins, 3 days x 80 = 240",
    ]
    with pytest.raises(KeyError, match="Z"):
        team.explain("Z")


def test_the_same_question_has_the_same_answer():
    plan = pm.sample(progress=False)
    one, two = pm.assemble_team(plan), pm.assemble_team(plan)

    assert one.answer == two.answer
    assert one.table.equals(two.table)


# The sample's story


@pytest.mark.parametrize("progress", [True, False])
def test_the_sample_has_one_gap_that_nobody_can_fill_and_one_for_who_is_busy(progress):
    team = pm.assemble_team(pm.sample(progress=progress))

    assert [(gap.activity, gap.skill, gap.kind) for gap in team.gaps] == [
        ("Depot.FireCheck", "fire safety", "nobody"),
        ("Fleet.Inspect1", "charging", "busy"),
    ]
    assert "Charging specialist is busy on" in team.gaps[1].sentence
    assert "Fleet.Mechanics" in team.gaps[1].sentence
    assert len(team.if_trained("Electrical engineer", "charging").gaps) == 1
    assert len(team.if_hired(["charging", "fire safety"]).gaps) == 0
    assert team.improvements.loc["train Planner: fire safety", "cost_change"] == 0
    joins = team.table[team.table["cover"] == "joins"]
    assert set(joins["person"]) == {"IT engineer", "Buyer", "Planner"}


def test_in_a_program_changes_name_activities_as_the_program_does():
    team = pm.assemble_team(pm.sample()).if_hired("fire safety", name="Inga")
    changed = pm.Scenario("with Inga", team.changes).apply(team.plan)

    assert pm.assemble_team(changed).cost == 0
    assert "Inga" in {a.resource for a in changed.network["Depot.FireCheck"].resources}
    assert pm.critical_path(changed).finish == team.schedule.finish
