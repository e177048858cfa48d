"""Choosing who joins what, judged by trying every combination."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.resourcing.team_problem import TeamProblem, Want
from pmkit.analysis.resourcing.team_solving import solved
from pmkit.model.resource import Resource

SKILLS = ("weld", "rig", "drive")
some_skills = st.lists(st.sampled_from(SKILLS), unique=True).map(tuple)


def answer_to(wants, people, time_limit=10.0):
    problem = TeamProblem(tuple(wants), tuple(people))
    return problem, solved(problem, time_limit, lambda done: None)


@st.composite
def problems(draw):
    people = [
        Resource(
            name,
            capacity=draw(st.sampled_from([None, 0.5, 1.0, 1.0, 2.0])),
            cost_per_day=draw(st.integers(0, 3)),
            cost_per_use=draw(st.integers(0, 2)),
            skills=draw(some_skills),
        )
        for name in ("Ann", "Bob", "Cid")[: draw(st.integers(1, 3))]
    ]
    wants = []
    for n in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, 4))
        days = draw(st.integers(0, 3))
        held = {p.name: draw(st.sampled_from([0.0, 0.0, 0.5, 1.0])) for p in people}
        away = {p.name: (1.0, None) for p in people if draw(st.integers(0, 4)) == 0}
        wants.append(Want(f"A{n}", draw(some_skills), start, start + days, days, held, away))
    return wants, people


def brute(wants, people):
    """Every way to join, by the words of the rule: instant by instant, unit by unit."""
    could = [(i, p) for i, w in enumerate(wants) for p in people
             if not w.held[p.name] and p.name not in w.away]  # fmt: skip
    best = None
    for picks in product([False, True], repeat=len(could)):
        joins = [pair for pair, picked in zip(could, picks, strict=True) if picked]
        if not all(_fits(wants, p, [i for i, q in joins if q is p]) for p in people):
            continue
        gaps = []
        for i, want in enumerate(wants):
            there = [p for p in people if want.held[p.name]] + [p for k, p in joins if k == i]
            gaps += [want.days for s in want.skills if not any(s in p.skills for p in there)]
        cost = sum(p.cost_per_use + p.cost_per_day * wants[i].days for i, p in joins)
        aims = (sum(gaps), len(gaps), cost)
        best = aims if best is None else min(best, aims)
    return best


def _fits(wants, person, mine):
    if person.capacity is None or not mine:
        return True
    if person.capacity < 1:
        return False
    for at in range(10):
        now = [i for i, w in enumerate(wants) if w.start <= at < w.finish]
        own = [i for i in now if i in mine]
        if own and len(own) + sum(wants[i].held[person.name] for i in now) > person.capacity:
            return False
    return True


@settings(max_examples=120, derandomize=True, deadline=None)
@given(problems())
def test_no_combination_is_better(case):
    wants, people = case
    problem, answer = answer_to(wants, people)

    gaps = problem.uncovered(answer.joins)
    who = {p.name: p for p in people}
    reached = (
        sum(wants[i].days for i, _ in gaps),
        len(gaps),
        sum(problem.cost(i, who[name]) for i, name in answer.joins),
    )
    assert answer.is_optimal
    assert reached == pytest.approx(brute(wants, people))
    for person in people:
        assert _fits(wants, person, [i for i, name in answer.joins if name == person.name])
    assert answer.bound == pytest.approx(reached[0])


def test_kuhns_four_individuals_fill_three_of_four_jobs():
    # Kuhn (1955), The Hungarian method for the assignment problem, Naval Research Logistics
    # Quarterly 2, 83-97, section 2: individual 1 qualifies for jobs 1, 2, 3; 2 for 3, 4; 3 and 4
    # for 4 alone.
    qualified = {"1": "123", "2": "34", "3": "4", "4": "4"}
    people = [Resource(name, skills=tuple(jobs)) for name, jobs in qualified.items()]

    problem, answer = answer_to([Want(job, (job,), 0, 1, 1) for job in "1234"], people)

    assert len(answer.joins) == 3
    assert len(problem.uncovered(answer.joins)) == 1


@pytest.mark.parametrize("seed", range(4))
def test_one_to_one_it_agrees_with_scipy(seed):
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rng = np.random.default_rng(seed)
    n = 12
    days, rates, uses = rng.integers(1, 30, n), rng.integers(1, 90, n), rng.integers(0, 99, n)
    # who lacks a skill is out of reach: a cost that no full assignment would pay
    can = rng.random((n, n)) < 0.6
    np.fill_diagonal(can, True)
    people = [
        Resource(f"P{p}", cost_per_day=float(rates[p]), cost_per_use=float(uses[p]),
                 skills=tuple(f"S{a}" for a in range(n) if can[p, a]))
        for p in range(n)
    ]  # fmt: skip
    wants = [Want(f"A{a}", (f"S{a}",), 0, int(days[a]), int(days[a])) for a in range(n)]

    problem, answer = answer_to(wants, people)

    cost = np.where(can, uses[:, None] + np.outer(rates, days), 1e7)
    best = cost[linear_sum_assignment(cost)].sum()
    who = {p.name: p for p in people}
    assert not problem.uncovered(answer.joins)
    assert sum(problem.cost(i, who[name]) for i, name in answer.joins) == best


def test_the_longest_is_covered_before_the_most():
    # Ann can be on the long one, or on both short ones
    wants = [Want("long", ("weld",), 0, 9, 9), Want("one", ("weld",), 0, 3, 3),
             Want("two", ("weld",), 4, 7, 3)]  # fmt: skip

    _, answer = answer_to(wants, [Resource("Ann", skills=("weld",))])

    assert answer.joins == {(0, "Ann")}


def test_where_all_costs_the_same_those_first_in_the_plan_are_chosen():
    people = [Resource(name, skills=("weld",)) for name in ("Zoe", "Ann", "Bob")]

    _, answer = answer_to([Want("A", ("weld",), 0, 2, 2)], people)

    assert answer.joins == {(0, "Zoe")}


def test_when_time_is_over_the_best_so_far_comes_with_its_bound():
    import random

    rng = random.Random(3)
    skills = [f"S{n}" for n in range(12)]
    people = [Resource(f"P{n}", cost_per_day=n + 1, skills=tuple(rng.sample(skills, 4)))
              for n in range(15)]  # fmt: skip
    wants = []
    for n in range(120):
        start, days = rng.randint(0, 80), rng.randint(2, 12)
        asked = tuple(rng.sample(skills, 3))
        wants.append(Want(f"A{n}", asked, start, start + days, days))

    problem, answer = answer_to(wants, people, time_limit=1e-6)

    gaps = problem.uncovered(answer.joins)
    assert not answer.is_optimal
    assert answer.joins  # whoever is free is not left out
    assert answer.bound <= sum(wants[i].days for i, _ in gaps)
    held = {p.name: 0.0 for p in people}
    full = [Want(w.activity, w.skills, w.start, w.finish, w.days, held) for w in wants]
    for person in people:
        mine = [i for i, name in answer.joins if name == person.name]
        assert _fits(full, person, mine)
