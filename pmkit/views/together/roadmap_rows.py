"""What the roadmap has to draw: a lane for each project, when benefits start, and the words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.scheduling.slip import Slip
from pmkit.analysis.together.finishes import stretches
from pmkit.analysis.together.interface import AT_RISK, LATE, MET, Instant, Interface
from pmkit.analysis.together.interfaces import Interfaces
from pmkit.analysis.valuing.benefit_plan import plan_benefits
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.views.theme import day_text, days_text, number_text, shortened

BASELINE, PLAN = "baseline", "plan"
"""What the bars are held against: what was saved, or the plan before something was tried."""
MOST_STARTS = 8
"""Moments at which benefits start that are drawn."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One project on the roadmap.

    Parameters
    ----------
    id, name, manager
        As the program has them.
    start, finish
        As scheduled.
    baseline
        Start and finish in the baseline; nothing where it has none.
    slip
        Working days that it finishes later than in the baseline; NaN without one.
    drives
        Whether it is on a driving chain to the program's finish.
    against
        What the baseline is called here.
    """

    id: str
    name: str
    manager: str
    start: Instant
    finish: Instant
    baseline: tuple[Instant, ...]
    slip: float
    drives: bool
    against: str = BASELINE

    @property
    def slip_text(self) -> str:
        """How far it is off its baseline, in a few letters."""
        if self.slip != self.slip:
            return ""
        if not self.slip:
            return f"as in the {self.against}"
        return f"{number_text(abs(self.slip))} d {'later' if self.slip > 0 else 'earlier'}"


def lanes_of(told: Interfaces, most: int, saved: Slip, was: str = BASELINE) -> list[Lane]:
    """Return the lanes of the projects that have dates, in the order of the program."""
    program, schedule = told.program, told.schedule
    found = stretches(program, schedule)
    activities = program.network.activities
    owner = np.array([activity.project for activity in activities], dtype=object)
    counted = np.array([not activity.type.is_span for activity in activities])
    lanes = []
    for project in program.projects[:most]:
        stretch = found[project.id]
        if not stretch.finish.is_known:
            continue
        mine = owner == project.id
        mine &= counted if (mine & counted).any() else True
        starts, ends = saved.baseline_start[mine], saved.baseline_finish[mine]
        baseline: tuple[Instant, ...] = ()
        late = float("nan")
        if not np.isnan(ends).all():
            late = round(stretch.finish.days - float(np.nanmax(ends)), 6)
            first = stretch.start.days if np.isnan(starts).all() else float(np.nanmin(starts))
            baseline = (_instant(schedule, first, "start"),
                        _instant(schedule, float(np.nanmax(ends)), "finish"))  # fmt: skip
        info = program.member(project.id)
        lanes.append(
            Lane(project.id, info.name or project.id, info.manager, stretch.start, stretch.finish,
                 baseline, late, bool((schedule.is_driving & mine).any()), was)
        )  # fmt: skip
    return lanes


def _instant(schedule: Schedule, days: float, side: str) -> Instant:
    return Instant(days, schedule.date_of(days, side).item() if schedule.is_dated else None)


def benefit_starts(program: Program, schedule: Schedule) -> list[tuple[Instant, str]]:
    """Return when benefits start, and which: at most `MOST_STARTS`, in the order of time."""
    try:
        told = plan_benefits(program, schedule=schedule)
    except PlanError:  # a benefit that cannot be planned is told where benefits are
        return []
    found: dict[Instant, list[str]] = {}
    for one in told.benefits:
        for part in one.parts:
            if part.forecast is None:
                continue
            moment = part.forecast
            at = Instant(float(moment)) if isinstance(moment, int | float) else Instant(
                schedule.days_of(moment), moment)  # fmt: skip
            name = shortened(one.benefit.name or one.benefit.id, 34)
            if part.share < 1:
                name += f" ({100 * part.share:.3g} %)"
            if name not in found.setdefault(at, []):
                found[at].append(name)
    return [
        (at, ", ".join(names)) for at, names in sorted(found.items(), key=lambda item: item[0].days)
    ][:MOST_STARTS]


def title_of(
    told: Interfaces,
    lanes: list[Lane],
    listed: list[Interface],
    most: int,
    saved: Slip,
    was: str = BASELINE,
) -> tuple[str, list[str]]:
    """Return the title, which says what was found, and how to read the chart."""
    schedule = told.schedule
    when = (
        f"on {day_text(schedule.finish_date)}" if schedule.is_dated
        else f"after {days_text(schedule.finish)}"
    )  # fmt: skip
    title = f"The program finishes {when}"
    if not saved.is_empty:
        late = saved.project_slip
        title += f", as in the {was}" if not late else (
            f", {days_text(abs(late))} {'later' if late > 0 else 'earlier'} than the {was}"
        )  # fmt: skip
    how = ["Bar: from start to finish"]
    if schedule.plan.network.settings.status_date is not None:
        how[0] += ", grey up to the status date"
    if any(lane.baseline for lane in lanes):
        how[0] += f". Behind it: {was}"
    how[0] += ". Diamond below: the program"
    if len(told):
        open_ = [one for one in told if one.status != MET]
        late_ones = sum(one.status == LATE for one in open_)
        none_left = sum(one.status == AT_RISK for one in open_)
        said = (
            f"{late_ones} of {len(open_)} interfaces late (square), {none_left} without float "
            "(diamond)" if open_ else "every interface is met"
        )  # fmt: skip
        how.append(f"Marks: handed over, their lines: to whom; {said}")
    more = len([one for one in told if one.status != MET]) - len(listed)
    if more > 0:
        how.append(f"{more} more interfaces are not listed")
    if len(told.program.projects) > most:
        how.append(f"The first {most} of {len(told.program.projects)} projects")
    return title, how
