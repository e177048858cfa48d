"""A plan read backward is a plan: dates that count on calendars are mirrored exactly."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.analysis.resourcing.demands import demands_of
from pmkit.analysis.resourcing.event_placing import place_in_order
from pmkit.analysis.resourcing.search import feasible
from pmkit.analysis.resourcing.tasks import MirroredClock, tasks_of
from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.scheduling.passes import instants_and_floats
from pmkit.model.worktime import WorkClock
from tests.resource_plans import shared_plans

SITE = pm.Calendar.from_rows("site", [("Mon-Sat", "07:00-12:00 12:30-15:30")])
HOUR = 3_600_000_000


@given(st.integers(0, 5000))
def test_a_mirrored_clock_is_the_clock_read_backward(hours):
    clock = WorkClock(SITE, 20_000 * 24 * HOUR)
    mirror = MirroredClock(clock)
    wall = clock.origin + hours * HOUR // 3
    assert mirror.elapsed(-wall) == -clock.elapsed(wall)
    work = hours * HOUR // 7
    assert mirror.left(mirror.elapsed(-clock.left(work))) <= -clock.left(work)
    assert mirror.elapsed(mirror.left(-work)) == mirror.elapsed(mirror.right(-work)) == -work


@given(shared_plans(), st.sets(st.integers(0, 7)))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_backward_on_several_calendars_no_schedule_gets_longer(plan, on_site):
    plan = pm.Project(
        tuple(
            pm.Activity(a.id, a.duration, resources=a.resources,
                        calendar="site" if i in on_site else "")
            for i, a in enumerate(plan.activities)
        ),
        plan.dependencies,
        pm.Settings(start=date(2026, 1, 5)),
        calendars=(SITE,),
        resources=plan.resources,
    )  # fmt: skip
    net = compiled(plan)
    demands = demands_of(plan, [True] * net.count)
    tasks = tasks_of(net, demands, instants_and_floats(net)["early_start"])
    start, finish = place_in_order(tasks, tasks.order)
    # right-justified: whoever finishes last goes first, and nobody begins earlier than before
    late = feasible(tasks, sorted(range(tasks.count), key=lambda i: -finish[i]), backward=True)
    _, back = place_in_order(tasks.mirrored(max(finish)), late)
    if all(link.lag >= 0 for link in plan.dependencies):
        assert min(-end for end in back) >= min(start)
    levelled = pm.level(plan, schedules=20)
    assert levelled.finish >= levelled.unlevelled.finish
    for i, activity in enumerate(plan.activities):  # each works its days on its own calendar
        clock = net.clocks[int(net.clock[i])]
        begin, end = levelled._ticks["start"][i], levelled._ticks["finish"][i]
        if net.single_calendar:
            assert end - begin == net.duration[i]
        else:
            assert clock.elapsed(int(end)) - clock.elapsed(int(begin)) == net.duration[i], activity
