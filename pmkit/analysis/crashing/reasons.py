"""Why an activity is crashed at a finish, or why it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.crashing.programme import Programme
from pmkit.analysis.explanation import Explanation

if TYPE_CHECKING:
    from pmkit.analysis.crashing.crash_plan import CrashPlan

_LEAST = 1e-6
_NEAR = 1e-6


def explain_crash(crash_plan: CrashPlan, i: int) -> Explanation:
    """Return what is done to one activity and why, by its position.

    The price of a day is the dual of the linear programme: in its optimum an activity is crashed
    where a day less is worth more than it costs, and only there (Fulkerson, 1961).
    """
    problem, money = crash_plan._problem, crash_plan._money
    id_, taken, most = problem.ids[i], float(crash_plan._now.cut[i]), float(problem.most[i])
    name = f"Activity {id_!r}"
    if most <= _LEAST:
        return Explanation(f"{name} cannot be crashed", (_why_fixed(crash_plan, i),))
    slope = float(problem.slope[i])
    activity = crash_plan.plan.network.activities[i]
    assert activity.crash_cost is not None
    assert activity.crash_duration is not None
    lines = [
        f"a day less costs ({activity.crash_cost:,.12g} - {problem.normal_cost[i]:,.12g}) / "
        f"({problem.normal[i]:.12g} - {activity.crash_duration:.12g} days) = {money(slope)}"
    ]
    if taken > _LEAST:
        used = "all" if most - taken <= _LEAST else f"{_days(taken)} of the {_days(most)}"
        title = f"{name} is crashed by {_days(taken)}, for {money(slope * taken)}"
        lines.append(f"{used} that can be taken from it" + (f": {_days(most)}" if used == "all"
                                                            else ""))  # fmt: skip
    else:
        title = f"{name} is not crashed, though {_days(most)} could be taken from it"
    lines += _worth(crash_plan, i, slope, taken, most)
    lines.append(_without(crash_plan, i, taken) if taken > _LEAST else _with(crash_plan, i, most))
    return Explanation(title, tuple(lines))


def _why_fixed(crash_plan: CrashPlan, i: int) -> str:
    activity = crash_plan.plan.network.activities[i]
    if activity.is_complete:
        return "it is complete: no money makes it shorter"
    if activity.crash_duration is None or activity.crash_cost is None:
        missing = [
            name for name in ("crash_duration", "crash_cost") if getattr(activity, name) is None
        ]
        return f"it has no {' and no '.join(missing)}"
    if activity.crash_duration >= activity.expected_duration:
        return (
            f"its crash duration of {_days(activity.crash_duration)} is not less than its "
            f"duration of {_days(activity.expected_duration)}"
        )
    return "its dates follow from other activities, or nothing of it is left"


def _worth(crash_plan: CrashPlan, i: int, slope: float, taken: float, most: float) -> list[str]:
    """The price of a day, and how much of it a day less of this activity is worth."""
    if crash_plan.steps != "continuous" or not crash_plan.is_exact:
        return []
    price, worth, is_reached = _prices(crash_plan)
    money, own = crash_plan._money, float(worth[i])
    if price <= 0:
        return []
    what = "the last day that was saved" if is_reached else "the first day that could be saved"
    lines = [f"{what} costs {money(price)} in all"]
    if own <= _LEAST * max(1.0, price):
        lines.append("a day less of this activity would save nothing of that")
        return lines
    rule = "costs less, so all of it is taken" if taken >= most - _LEAST else (
        "costs as much, so as many days are taken as the finish needs" if taken > _LEAST
        else "costs more, so others are shortened instead"
    )  # fmt: skip
    if abs(slope - own) <= 1e-6 * max(1.0, abs(own)):
        rule = "costs as much: it is among those that set the price"
    lines.append(f"a day less of this activity is worth {money(own)} of it, and {rule}")
    return lines


def _prices(crash_plan: CrashPlan) -> tuple[float, Any, bool]:
    """Price of a day, worth of a day less of each activity, and whether that day was saved.

    Inside a straight piece of the curve, where they are unique, rather than at a corner; those of
    the piece just later hold at its ends, too.
    """
    corners, kept = crash_plan.breakpoints, crash_plan._kept
    if len(corners) < 2:
        return 0.0, crash_plan._problem.nothing, False
    later = [k for k in range(len(corners) - 1) if corners[k + 1] > crash_plan.finish + _NEAR]
    is_reached = bool(later)
    k = later[0] if later else len(corners) - 2
    if k not in kept:
        if "programme" not in kept:
            kept["programme"] = Programme(crash_plan._problem)
        solution = kept["programme"].cheapest((corners[k] + corners[k + 1]) / 2)
        kept[k] = solution.price, solution.worth
    price, worth = kept[k]
    return price, worth, is_reached


def _without(crash_plan: CrashPlan, i: int, taken: float) -> str:
    """What would come of giving all of its days back."""
    cut = crash_plan._now.cut.copy()
    cut[i] = 0.0
    later = crash_plan._problem.finish(cut)
    if later - crash_plan.finish <= _LEAST:
        return "without it the plan would finish as early: it is crashed for the money it saves"
    when = crash_plan._day(round(later, 6))
    return (
        f"at its normal pace the plan would finish on {when}, {_days(later - crash_plan.finish)} "
        f"later{_total(crash_plan, i, later, -taken)}"
    )


def _with(crash_plan: CrashPlan, i: int, most: float) -> str:
    """What would come of crashing it, too."""
    cut = crash_plan._now.cut.copy()
    cut[i] = most
    earlier = crash_plan._problem.finish(cut)
    saved, cost = crash_plan.finish - earlier, crash_plan._money(
        float(np.nan_to_num(crash_plan._problem.slope[i])) * most
    )  # fmt: skip
    if saved > _LEAST:
        when = crash_plan._day(round(earlier, 6))
        return (
            f"crashed by {_days(most)}, too, it would move the finish to {when}, for {cost}"
            f"{_total(crash_plan, i, earlier, most)}"
        )
    room = float(crash_plan.schedule.total_float[i])
    why = f"it has {_days(room)} of float" if room > _LEAST else "another path is as long"
    return f"crashed by {_days(most)}, too, it would not move the finish: {why}"


def _total(crash_plan: CrashPlan, i: int, finish: float, days: float) -> str:
    """What another finish would do to the total, with so many more days taken from one activity."""
    terms = crash_plan._terms
    if terms.is_nothing:
        return ""
    cost = crash_plan.cost + days * float(crash_plan._problem.slope[i])
    change = float(terms.total(finish, cost)) - crash_plan.total
    if abs(change) <= 0.005:
        return "; the total would stay"
    way = "rise" if change > 0 else "fall"
    return f"; the total would {way} by {crash_plan._money(abs(change))}"


def _days(days: float) -> str:
    number = f"{round(days, 4):.12g}"
    return f"{number} day" if number == "1" else f"{number} days"
