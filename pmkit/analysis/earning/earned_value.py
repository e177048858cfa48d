"""Earned value: where a project stands, in money and in time, and where it will end.

Planned value comes from the saved baseline, or from the status series; earned value and actual cost
from the activities' progress, or from the series.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from pmkit.analysis.earning.earned_budget import EarnedBudget
from pmkit.analysis.earning.earned_progress import EarnedProgress
from pmkit.analysis.earning.forecasts import COST, TIME, cost_forecast, method_of, time_forecast
from pmkit.analysis.earning.measuring import Measured, measure
from pmkit.analysis.earning.plan_time import PlanTime
from pmkit.analysis.earning.planned_value import PlannedValue
from pmkit.analysis.earning.roll_up import activity_rows, rolled_up
from pmkit.analysis.earning.status_dates import At
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.analysis.scheduling.kept_baselines import as_approved
from pmkit.model.activity import Moment
from pmkit.model.program import Plan

if TYPE_CHECKING:
    import pandas as pd

    from pmkit.analysis.earning.forecast_range import ForecastRange

COLUMNS = (
    "pv", "ev", "ac", "bac", "cv", "sv", "cpi", "spi", "sci", "tcpi", "es", "es_periods", "es_days",
    "at_days", "sv_t", "spi_t", "sci_t", "tspi", "percent_planned", "percent_earned",
    "percent_spent",
)  # fmt: skip


def _last(name: str, doc: str) -> Any:
    return property(lambda self: float(self._measured.columns[name][-1]), doc=doc)


@dataclass(frozen=True, eq=False, repr=False)
class EarnedValue:
    """Performance of a plan at one or more status dates.

    The indicators of the last date are attributes: ``status.cpi``. What does not exist, such as a
    CPI without actual cost, is NaN.

    Attributes
    ----------
    plan
        The plan.
    notes
        What was left out or inferred, a sentence each.
    """

    plan: Plan
    _measured: Measured

    pv = _last("pv", "Planned value: what should have been earned, money.")
    ev = _last("ev", "Earned value: the budget of what has been done, money.")
    ac = _last("ac", "Actual cost, money.")
    cv = _last("cv", "Cost variance: EV - AC.")
    sv = _last("sv", "Schedule variance in money: EV - PV.")
    cpi = _last("cpi", "Cost performance index: EV / AC.")
    spi = _last("spi", "Schedule performance index: EV / PV.")
    sci = _last("sci", "SPI x CPI.")
    tcpi = _last("tcpi", "To-complete performance index: (BAC - EV) / (BAC - AC).")
    es = _last("es", "Earned schedule: working days with a dated baseline, else periods.")
    es_periods = _last("es_periods", "Earned schedule in periods of the status series.")
    es_days = _last("es_days", "Earned schedule in working days.")
    at_days = _last("at_days", "Actual time: working days since the start.")
    sv_t = _last("sv_t", "Schedule variance in time: ES - AT.")
    spi_t = _last("spi_t", "Schedule performance index in time: ES / AT.")
    sci_t = _last("sci_t", "SPI(t) x CPI.")
    tspi = _last("tspi", "To-complete schedule index: (PD - ES) / (PD - AT).")
    percent_planned = _last("percent_planned", "PV as a percentage of BAC.")
    percent_earned = _last("percent_earned", "EV as a percentage of BAC.")
    percent_spent = _last("percent_spent", "AC as a percentage of BAC.")

    @property
    def bac(self) -> float:
        """Budget at completion, money."""
        return self._measured.bac

    @property
    def planned_duration(self) -> float:
        """Working days from the planned start to the planned finish; NaN where not known."""
        return self._measured.planned_days

    @property
    def planned_finish(self) -> datetime | None:
        """The date of the planned finish; ``None`` where it is not known."""
        return self.date_of(self.planned_duration)

    @property
    def es_date(self) -> datetime | None:
        """The date at which what is earned should have been earned; ``None`` when undated."""
        return self.date_of(self.es_days)

    @property
    def status_date(self) -> datetime | float:
        """The last date measured."""
        return self._measured.dates.labels[-1]  # type: ignore[no-any-return]

    @property
    def is_dated(self) -> bool:
        """Whether the plan has a start date."""
        return self._time.is_dated

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out or inferred, a sentence each."""
        return self._measured.notes

    @property
    def unit(self) -> str:
        """What actual time and time forecasts are counted in: ``"days"`` or ``"periods"``."""
        return "periods" if self._time.in_periods else "days"

    @property
    def currency(self) -> str:
        """As in the plan's settings; may be empty."""
        return self.plan.settings.currency

    @property
    def _time(self) -> PlanTime:
        return self._measured.time

    @property
    def _planned(self) -> PlannedValue:
        return self._measured.planned

    @property
    def _budget(self) -> EarnedBudget:
        return self._measured.budget

    @property
    def _progress(self) -> EarnedProgress:
        return self._measured.progress

    @property
    def _columns(self) -> Mapping[str, Any]:
        return self._measured.columns

    def date_of(self, days: float) -> datetime | None:
        """Return the date so many working days after the planned start; ``None`` when undated."""
        return self._time.date_of(self._measured.origin + days)

    @cached_property
    def _index(self) -> Any:
        import pandas as pd

        labels = list(self._measured.dates.labels)
        if self._time.is_dated or self._time.in_periods:
            return pd.DatetimeIndex(np.array(labels, dtype="datetime64[us]"), name="date")
        return pd.Index(labels, dtype=float, name="day")

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per status date: every indicator, as floats, and ``es_date``."""
        import pandas as pd

        columns: dict[str, Any] = {name: self._columns[name] for name in COLUMNS}
        columns["es_date"] = self._dates(self._columns["es_days"])
        return pd.DataFrame(columns, index=self._index)

    def _dates(self, days: Any) -> Any:
        dates = [self.date_of(float(value)) for value in days]
        return np.array([np.datetime64("NaT") if d is None else d for d in dates], "datetime64[us]")

    def row(self, at: Moment | str | None = None) -> int:
        """Return the position of a row of the table: that of a date, the last one by default.

        Raises
        ------
        ValueError
            If there is no such row.
        """
        if at is None:
            return len(self._measured.dates.labels) - 1
        from pmkit.analysis.earning.status_dates import moment_of

        moment = moment_of(at, self._time)
        wall = min(self._time.wall(moment, end_of_day=True), self._measured.dates.status)
        found = np.flatnonzero(self._measured.dates.walls == wall)
        if not len(found):
            raise ValueError(f"at must be one of the dates of the table, got {at}")
        return int(found[0])

    def eac(self, method: str = "cpi", *, at: Moment | str | None = None) -> float:
        """Return the estimate at completion: what everything will have cost.

        Parameters
        ----------
        method
            ``pf1 cpi spi spi_t sci sci_t cpi80_spi20 cpi80_spi_t20``: what the remaining budget
            is divided by.
        at
            A date of the table; the last by default.

        Raises
        ------
        ValueError
            For another method, or a date that is not in the table.
        """
        name = method_of(method, COST).name
        return float(cost_forecast(name, self._columns)[self.row(at)])

    def etc(self, method: str = "cpi", *, at: Moment | str | None = None) -> float:
        """Return the estimate to complete: ``EAC - AC``."""
        return self.eac(method, at=at) - float(self._columns["ac"][self.row(at)])

    def vac(self, method: str = "cpi", *, at: Moment | str | None = None) -> float:
        """Return the variance at completion: ``BAC - EAC``."""
        return self.bac - self.eac(method, at=at)

    def eac_t(self, method: str = "es_spi_t", *, at: Moment | str | None = None) -> float:
        """Return the forecast duration in working days from the planned start.

        Parameters
        ----------
        method
            ``pv_pf1 pv_spi pv_sci`` (planned value rate), ``ed_pf1 ed_spi ed_sci`` (earned
            duration) or ``es_pf1 es_spi_t es_sci_t`` (earned schedule).
        at
            A date of the table; the last by default.

        Raises
        ------
        ValueError
            For another method, or a date that is not in the table.
        """
        name = method_of(method, TIME).name
        return float(self._time_forecast(name)[self.row(at)])

    def eac_t_date(
        self, method: str = "es_spi_t", *, at: Moment | str | None = None
    ) -> datetime | None:
        """Return `eac_t` as a date; ``None`` where there is none."""
        return self.date_of(self.eac_t(method, at=at))

    def _time_forecast(self, name: str) -> Any:
        return time_forecast(name, self._columns, self._measured.planned_time)

    @cached_property
    def forecast(self) -> pd.DataFrame:
        """Every forecast of the last date: ``kind assumption value date``, one row per method."""
        import pandas as pd

        methods = [*COST.values(), *TIME.values()]
        values = [self.eac(m.name) if m.kind == "cost" else self.eac_t(m.name) for m in methods]
        days = [np.nan if m.kind == "cost" else v for m, v in zip(methods, values, strict=True)]
        return pd.DataFrame(
            {
                "kind": [m.kind for m in methods],
                "assumption": [m.assumption for m in methods],
                "value": values,
                "date": self._dates(days),
            },
            index=pd.Index([m.name for m in methods], name="method"),
        )

    @cached_property
    def forecasts(self) -> pd.DataFrame:
        """Every forecast of every date: columns ``eac_cpi`` ... ``eac_t_es_spi_t``."""
        import pandas as pd

        columns = {f"eac_{name}": cost_forecast(name, self._columns) for name in COST}
        columns |= {f"eac_t_{name}": self._time_forecast(name) for name in TIME}
        return pd.DataFrame(columns, index=self._index)

    @cached_property
    def curve(self) -> pd.DataFrame:
        """Planned value from start to finish at dates enough to draw it."""
        import pandas as pd

        first, last = self._planned.start, self._planned.finish
        week = 5 * self._time.ticks_per_day if not self._time.is_dated else 7 * 86_400_000_000
        count = int(np.clip((last - first) // week, 60, 200)) + 1
        even = np.linspace(first, last, count).astype(np.int64)
        walls = np.unique(np.concatenate([even, [first, last]]))
        index: pd.Index[Any]
        if self._time.is_dated or self._time.in_periods:
            index = pd.DatetimeIndex(walls.astype("datetime64[us]"), name="date")
        else:
            index = pd.Index(walls / self._time.ticks_per_day, name="day")
        return pd.DataFrame({"pv": self._planned.at(walls)}, index=index)

    @cached_property
    def activities(self) -> pd.DataFrame:
        """One row per activity at the last date: ``bac pv ev ac percent method cv sv cpi spi``."""
        return activity_rows(self._measured, self.row())

    def by(self, what: str, level: int = 1, *, at: Moment | str | None = None) -> pd.DataFrame:
        """Return the indicators of parts of the plan, from sums over their activities.

        Parameters
        ----------
        what
            ``"wbs"`` or ``"project"``.
        level
            How deep in the work breakdown structure: 1 for ``2``, 2 for ``2.1``.
        at
            A date of the table; the last by default.

        Raises
        ------
        ValueError
            For another kind of part, or a level below 1.
        """
        return rolled_up(self.plan, self._measured, self.row(at), what, level)

    def ranges(
        self,
        trials: int = 10_000,
        seed: int = 0,
        performance: str = "so_far",
    ) -> ForecastRange:
        """Simulate the rest: finish and cost as distributions, with the point forecasts in them.

        Parameters
        ----------
        trials, seed
            As for `simulate`.
        performance
            ``"so_far"``: the rest goes as the work so far has gone, in time (SPI(t)) and cost
            (CPI); ``"as_planned"``: as estimated.

        Raises
        ------
        ValueError
            For another kind of performance.
        """
        from pmkit.analysis.earning.forecast_range import forecast_range

        return forecast_range(self, trials, seed, performance)

    def explain(self, name: str, *, at: Moment | str | None = None) -> Explanation:
        """Show how a number came about: a column of the table, ``"eac cpi"``, ``"eac_t es_spi_t"``.

        Parameters
        ----------
        name
            What to explain.
        at
            A date of the table; the last by default.

        Raises
        ------
        ValueError
            For another name.
        """
        from pmkit.analysis.earning.earned_explanation import explain_earned

        return explain_earned(self, name, self.row(at))

    def __repr__(self) -> str:
        when = self.status_date
        at = f"{when:%Y-%m-%d}" if isinstance(when, datetime) else f"day {when:g}"
        figures = [
            f"PV {number_text(self.pv)}",
            f"EV {number_text(self.ev)}",
            f"AC {number_text(self.ac)}",
            f"BAC {number_text(self.bac)}",
            f"CPI {self.cpi:.3g}",
            f"SPI(t) {self.spi_t:.3g}",
        ]
        return f"EarnedValue at {at}: " + ", ".join(f.replace("nan", "missing") for f in figures)

    def _repr_html_(self) -> str:
        shown = self.table[["pv", "ev", "ac", "cpi", "spi", "spi_t", "sv_t"]]
        table = shown.to_html(max_rows=12, border=0, float_format=number_text, na_rep="")
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<p>{escape(repr(self))}</p>{table}" + (f"<ul>{notes}</ul>" if notes else "")


def earned_value(plan: Plan, at: At = None, *, baseline: str | None = None) -> EarnedValue:
    """Measure a plan against its saved baseline, or against its status series.

    Parameters
    ----------
    plan
        A project, or a program, whose projects add up.
    at
        A date, ``"2026-03-31"``, working days in an undated plan, or several of them; by default
        the dates of the status series and the status date.
    baseline
        Name of an earlier baseline to measure against; the one that holds now by default.

    Returns
    -------
    EarnedValue
        Planned value, earned value, actual cost, indices, earned schedule, forecasts.

    Raises
    ------
    PlanError
        Without a baseline and a status series, without a budget, for a series that falls or earns
        more than there is, for a date before the start or after the status date.

    Notes
    -----
    The budget at completion includes the contingency, in proportion to the budgets of the
    activities, and excludes the management reserve (PMI, 2017).

    A fixed cost is planned just after the start instant of its activity, the rest of its budget
    evenly over the working time of its calendar.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.project import Project
    >>> build = Activity("Build", 10, cost_per_day=100, baseline_start=0, baseline_finish=10,
    ...                  percent_complete=40, actual_start=0, actual_cost=500)
    >>> status = earned_value(Project((build,)), at=5)
    >>> status
    EarnedValue at day 5: PV 500, EV 400, AC 500, BAC 1,000, CPI 0.8, SPI(t) 0.8
    >>> print(status.explain("eac cpi"))
    EAC (cpi) = 1,250
      The rest is as cost-efficient as the work so far.
      EAC = AC + (BAC - EV) / CPI
      EAC = 500 + (1,000 - 400) / 0.8 = 1,250
    """
    if baseline is not None:
        plan = as_approved(plan, baseline)
    return EarnedValue(plan, measure(plan, at))
