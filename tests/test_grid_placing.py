"""The grid in one whole number places work exactly as the profile of events does."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.resourcing.demands import demands_of
from pmkit.analysis.resourcing.event_placing import place_in_order
from pmkit.analysis.resourcing.grid_placing import Grid
from pmkit.analysis.resourcing.search import in_order
from pmkit.analysis.resourcing.tasks import tasks_of
from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.scheduling.passes import instants_and_floats
from tests.resource_plans import shared_plans


def tasks_from(plan):
    net = compiled(plan)
    demands = demands_of(plan, [True] * net.count)
    return tasks_of(net, demands, instants_and_floats(net)["early_start"])


@given(shared_plans(), st.integers(0, 99))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_grid_and_events_agree_forward_and_backward(plan, seed):
    tasks = tasks_from(plan)
    chance = random.Random(seed)
    order = in_order(tasks, [chance.random() for _ in range(tasks.count)])
    start, finish = place_in_order(tasks, order)
    grid = Grid(tasks, max(finish) or 1)
    assert Grid.suits(tasks, max(finish) or 1)
    found = grid.place_in_order(order)
    assert found is not None
    assert [grid.step * n for n in found[0]] == start

    mirror = tasks.mirrored(0)
    back = in_order(tasks, [chance.random() for _ in range(tasks.count)], backward=True)
    start, finish = place_in_order(mirror, back)
    grid = Grid(mirror, max(finish) or 1)
    found = grid.place_in_order(back)
    assert found is not None
    assert [grid.step * n for n in found[1]] == finish


@given(shared_plans())
@settings(max_examples=20, deadline=None, derandomize=True)
def test_what_lasts_too_long_is_given_up(plan):
    tasks = tasks_from(plan)
    order = in_order(tasks, [0.0] * tasks.count)
    _, finish = place_in_order(tasks, order)
    step = Grid(tasks, 1).step
    if max(finish) > step:
        assert Grid(tasks, max(finish) - step).place_in_order(order) is None
