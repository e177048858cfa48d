"""What a distribution chart needs to know of a finish or a cost: its words and its axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.analysis.simulating.sample_distribution import SampleDistribution
from pmkit.analysis.simulating.simulation import Simulation
from pmkit.views.theme import (
    as_datetime,
    day_text,
    days_text,
    money_text,
    number_text,
    short_day_text,
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Ticks of an axis, and the text at each, in one line or two."""

    ticks: list[float]
    labels: list[str | list[str]]


class FinishMeasure:
    """The finish: an axis of working days, named by dates where the plan has them.

    The axis counts working days, so that a weekend does not tear a curve apart.
    """

    noun = "finish"

    def __init__(self, simulation: Simulation) -> None:
        self.schedule: Schedule = critical_path(simulation.plan)
        self.title = "Finish date" if self.schedule.is_dated else "Finish, working days after start"

    @property
    def is_dated(self) -> bool:
        """Whether values have dates."""
        return self.schedule.is_dated

    def planned(self, simulation: Simulation) -> float:
        """The finish without uncertainty, in working days."""
        if simulation.plan is self.schedule.plan:
            return self.schedule.finish
        return critical_path(simulation.plan).finish

    def values(self, simulation: Simulation) -> SampleDistribution:
        """The distribution of a simulation that this is about."""
        return simulation.finish

    def text(self, value: float) -> str:
        """One value in words."""
        if self.schedule.is_dated:
            return day_text(self.schedule.date_of(value)[()])
        return days_text(value)

    def difference(self, value: float) -> str:
        """A change in words, without its sign."""
        return days_text(round(abs(value), 1))

    def step(self, span: float, most: int) -> float:
        """A round width of bins, at most so many."""
        return nice_step(span, most, (0.125, 0.25, 0.5, 1, 2, 5, 10, 20, 60, 120, 240))

    def scale(self, low: float, high: float, most: int = 8) -> Scale:
        """Ticks between two values."""
        step = self.step(high - low, most)
        ticks = multiples(low, high, step)
        if not self.schedule.is_dated:
            return Scale(ticks, [number_text(tick) for tick in ticks])
        labels: list[str | list[str]] = []
        year = 0
        for moment in map(as_datetime, self.schedule.date_of(ticks)):
            below = [str(moment.year) if moment.year != year else ""]
            if step < 1:  # a second line, because a narrow chart has no room beside the day
                below.insert(0, f"{moment:%H:%M}")
            labels.append([short_day_text(moment), *below])
            year = moment.year
        return Scale(ticks, labels)


class CostMeasure:
    """The total cost."""

    noun = "cost"

    def __init__(self, simulation: Simulation) -> None:
        self.currency: str = simulation.plan.settings.currency
        self.title = f"Total cost ({self.currency})" if self.currency else "Total cost"

    is_dated = False

    def values(self, simulation: Simulation) -> SampleDistribution:
        """The distribution of a simulation that this is about."""
        return simulation.cost

    def text(self, value: float) -> str:
        """One value in words."""
        return money_text(value, self.currency)

    def difference(self, value: float) -> str:
        """A change in words, without its sign."""
        return self.text(abs(value))

    def step(self, span: float, most: int) -> float:
        """A round width of bins, at most so many."""
        return nice_step(span, most, ())

    def scale(self, low: float, high: float, most: int = 8) -> Scale:
        """Ticks between two values."""
        ticks = multiples(low, high, self.step(high - low, most))
        return Scale(ticks, [money_text(tick) for tick in ticks])


Measure = FinishMeasure | CostMeasure


def nice_step(span: float, most: int, steps: Sequence[float]) -> float:
    """Return a round step of which at most so many fit the span.

    Parameters
    ----------
    span
        What is divided; zero gives one step of 1.
    most
        Number of steps that there is room for.
    steps
        Steps to prefer, ascending; beyond both ends 1, 2, 5 times a power of ten.

    Examples
    --------
    >>> nice_step(37, 8, (1, 2, 5, 10, 20)), nice_step(0.8, 5, (1, 2)), nice_step(3.6e6, 8, ())
    (5, 0.2, 500000.0)
    """
    if span <= 0:
        return 1.0
    if steps and span / most > steps[0] / 2:
        for step in steps:
            if span / step <= most:
                return step
    power = 10.0 ** floor(log10(span / most))
    return next(power * n for n in (1, 2, 5, 10) if span / (power * n) <= most * (1 + 1e-9))


def multiples(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of a step between two values, both included.

    Examples
    --------
    >>> multiples(0.05, 0.42, 0.1)
    [0.1, 0.2, 0.3, 0.4]
    """
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(n * step, 9) for n in range(first, last + 1)]
