"""Holding the forecast of a plan against its tolerances: who decides, before anything is broken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.control.measuring import Measured, PlanMeasures
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import number_text
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.tolerance import Measure, Tolerance

if TYPE_CHECKING:
    import pandas as pd

PROJECT_MANAGER = "project manager"
"""Who decides within tolerance."""

WITHIN, EXCEEDED, UNKNOWN = "within", "exceeded", "unknown"
_SAME = 1e-6  # working days, or relative of money: what is at its limit is within


@dataclass(frozen=True)
class Check:
    """One tolerance held against the forecast.

    Parameters
    ----------
    tolerance
        The tolerance.
    measured
        Its target and forecast.
    """

    tolerance: Tolerance
    measured: Measured

    @property
    def subject(self) -> str:
        """What it is called, with its project."""
        of = f" of {self.tolerance.project}" if self.tolerance.project else ""
        return f"{self.tolerance.label}{of}"

    @property
    def deviation(self) -> float | None:
        """Forecast - target, in the unit of the limits; ``None`` where unknown."""
        target, forecast = self.measured.target, self.measured.forecast
        if target is None or forecast is None:
            return None
        deviation = forecast - target
        if self.tolerance.unit == "%":
            return 100 * deviation / self.measured.base if self.measured.base else None
        return deviation

    @property
    def limit(self) -> float | None:
        """The limit on the side of the deviation, >= 0; ``None`` where there is none."""
        deviation = self.deviation
        above = deviation is None or deviation >= 0
        if deviation == 0 and self.tolerance.above is None:
            above = False
        return self.tolerance.above if above else self.tolerance.below

    @property
    def used(self) -> float | None:
        """Share of the tolerance that is used, 1 at its limit; ``None`` where there is none."""
        deviation, limit = self.deviation, self.limit
        if deviation is None or limit is None:
            return None
        if limit == 0:
            return 0.0 if abs(deviation) <= _SAME else float("inf")
        share = abs(deviation) / limit
        return share if self.state == EXCEEDED else min(share, 1.0)

    @property
    def state(self) -> str:
        """``"within"`` (the limit itself is), ``"exceeded"`` or ``"unknown"``."""
        deviation, limit = self.deviation, self.limit
        if deviation is None:
            return UNKNOWN
        if limit is None:
            return WITHIN
        room = _SAME * max(1.0, limit if self.tolerance.on is not Measure.TIME else 1.0)
        return EXCEEDED if abs(deviation) > limit + room else WITHIN

    @property
    def reason(self) -> str:
        """Why it is unknown; empty where it is known."""
        if self.measured.reason:
            return self.measured.reason
        return "a target of 0 has no per cent" if self.deviation is None else ""

    def amount(self, value: float, currency: str = "") -> str:
        """Return an amount in the unit of the limits."""
        unit = self.tolerance.limit_unit
        if unit == "%":
            return f"{number_text(value)} %"
        if unit == "d":
            return days_text(value)
        if self.tolerance.on is Measure.COST:
            return money_text(value, currency)
        return f"{number_text(value)} {unit}".rstrip()


@dataclass(frozen=True, eq=False, repr=False)
class ToleranceCheck:
    """Every tolerance of a plan held against its forecast.

    Attributes
    ----------
    plan
        The plan.
    checks
        One per tolerance, in the order of the plan.
    """

    plan: Plan
    checks: tuple[Check, ...]
    _measures: PlanMeasures

    @property
    def schedule(self) -> Schedule:
        """The schedule that the forecast comes from."""
        return self._measures.schedule

    @property
    def exceeded(self) -> tuple[Check, ...]:
        """Those whose forecast is beyond the limit."""
        return tuple(check for check in self.checks if check.state == EXCEEDED)

    @property
    def is_within(self) -> bool:
        """Whether none is exceeded."""
        return not self.exceeded

    @property
    def authorities(self) -> tuple[str, ...]:
        """Who decides: the project manager within, the authorities of what is exceeded beyond."""
        beyond = dict.fromkeys(check.tolerance.authority for check in self.exceeded)
        return tuple(beyond) or (PROJECT_MANAGER,)

    @property
    def authority(self) -> str:
        """The same as one word, such as ``"program manager and sponsor"``."""
        return " and ".join(self.authorities)

    @property
    def verdict(self) -> str:
        """The same as a sentence, such as ``"the program manager and the sponsor decide"``."""
        verb = "decides" if len(self.authorities) == 1 else "decide"
        return f"{' and '.join(f'the {role}' for role in self.authorities)} {verb}"

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per tolerance, indexed by its subject.

        ``on project target forecast deviation above below unit used state authority reason``:
        target and forecast in working days for time, else as told; deviation and limits in `unit`
        (``d``, ``%``, empty for money); `used` 1 at the limit.
        """
        import pandas as pd

        rows = [
            (
                str(c.tolerance.on), c.tolerance.project, c.measured.target, c.measured.forecast,
                c.deviation, c.tolerance.above, c.tolerance.below, c.tolerance.limit_unit, c.used,
                c.state, c.tolerance.authority, c.reason,
            )
            for c in self.checks
        ]  # fmt: skip
        columns = ["on", "project", "target", "forecast", "deviation", "above", "below", "unit",
                   "used", "state", "authority", "reason"]  # fmt: skip
        index = pd.Index([c.subject for c in self.checks], name="tolerance", dtype=object)
        table = pd.DataFrame(rows, index=index, columns=columns)
        numbers = ["target", "forecast", "deviation", "above", "below", "used"]
        return table.astype(dict.fromkeys(numbers, float))

    def __getitem__(self, subject: object) -> Check:
        """Return one by its subject, such as ``"time"`` or ``"time of Depot"``."""
        for check in self.checks:
            if check.subject == str(subject):
                return check
        known = ", ".join(repr(check.subject) for check in self.checks) or "none"
        raise KeyError(f"no tolerance {subject!r}, only {known}")

    def sentence(self, check: Check) -> str:
        """Return how one stands, in words."""
        currency = self.plan.settings.currency
        if check.state == UNKNOWN:
            return f"{check.subject}: not known, {check.reason}"
        deviation, limit = check.deviation, check.limit
        assert deviation is not None
        way = "above" if deviation > 0 else "below"
        off = f"{check.amount(abs(deviation), currency)} {way} its target"
        if abs(deviation) <= _SAME:
            off = "on its target"
        if limit is None:
            return f"{check.subject}: {off}, as far as it likes"
        allowed = check.amount(limit, currency)
        if check.state == EXCEEDED:
            return (
                f"{check.subject}: {off}, {allowed} allowed: the {check.tolerance.authority} "
                "decides"
            )
        return f"{check.subject}: {off}, {allowed} allowed: within"

    def explain(self, subject: object) -> Explanation:
        """Show target, forecast, limit, and when the limit is broken."""
        check = self[subject]
        if check.state == UNKNOWN:
            return Explanation(self.sentence(check))
        currency = self.plan.settings.currency
        deviation, limit = check.deviation, check.limit
        assert deviation is not None
        lines = list(check.measured.lines)
        lines.append(f"deviation = forecast - target = {check.amount(deviation, currency)}")
        if limit is not None:
            lines.append(
                f"allowed: {check.amount(limit, currency)} "
                f"{'above' if deviation >= 0 else 'below'}, the limit itself is within"
            )
        if check.tolerance.on is Measure.TIME and limit is not None and deviation >= 0:
            lines.append(self._breach(check, limit))
        return Explanation(self.sentence(check), tuple(lines))

    def _breach(self, check: Check, limit: float) -> str:
        """When the limit is broken, if nothing is done: there is time to act until then."""
        target = check.measured.target
        assert target is not None
        days = limit * check.measured.base / 100 if check.tolerance.unit == "%" else limit
        last, status = target + days, self.plan.network.settings.status_date
        told = f"the limit is {moment_text(self.schedule, last)}"
        if status is None:
            return told
        left = last - self.schedule.days_of(status)
        if left < 0:
            return f"{told}, {days_text(-left)} before the status date: it is broken"
        return f"{told}, {days_text(left)} after the status date: it is not broken yet"

    def __repr__(self) -> str:
        if not self.checks:
            return "ToleranceCheck none set"
        unknown = sum(check.state == UNKNOWN for check in self.checks)
        rest = f", {unknown} not known" if unknown else ""
        if self.is_within:
            return f"ToleranceCheck {len(self.checks)} tolerances, none exceeded{rest}"
        names = "; ".join(check.subject for check in self.exceeded)
        return (
            f"ToleranceCheck {len(self.exceeded)} of {len(self.checks)} exceeded{rest}: {names}; "
            f"{self.verdict}"
        )

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(self.sentence(check))}</li>" for check in self.checks)
        return f"<p>{escape(repr(self))}</p><ul>{items}</ul>"


def check_tolerances(plan: Plan, *, trials: int = 2_000, seed: int = 0) -> ToleranceCheck:
    """Hold the forecast of a plan against its tolerances.

    The trigger is the forecast: beyond its limit somebody above the project manager decides, while
    there is still time to (management by exception; AXELOS, *PRINCE2*, 2017).

    Parameters
    ----------
    plan
        A project, or a program with the tolerances of its projects; they stand in
        ``plan.control.tolerances``.
    trials, seed
        Of the simulation, where a tolerance asks for a confidence.

    Returns
    -------
    ToleranceCheck
        Target, forecast, deviation and state of each, and who decides.

    Raises
    ------
    PlanError
        If a tolerance names a project that there is not, or a date in a plan without dates.

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.control import Control
    >>> from pmkit.model.project import Project
    >>> build = Activity("Build", 8, baseline_start=0, baseline_finish=5)
    >>> control = Control((Tolerance(Measure.TIME, above=2),))
    >>> check = check_tolerances(Project((build,), control=control))
    >>> check
    ToleranceCheck 1 of 1 exceeded: time; the program manager decides
    >>> print(check.explain("time"))
    time: 3 days above its target, 2 days allowed: the program manager decides
      finish of the baseline: day 5
      finish as scheduled now: day 8
      deviation = forecast - target = 3 days
      allowed: 2 days above, the limit itself is within
      the limit is day 7
    """
    _check_moments(plan)
    measures = PlanMeasures(plan, trials, seed)
    tolerances = plan.network.control.tolerances
    return ToleranceCheck(plan, tuple(Check(t, measures.measured(t)) for t in tolerances), measures)


def _check_moments(plan: Plan) -> None:
    from datetime import date

    dated = plan.network.settings.is_dated
    for tolerance in plan.network.control.tolerances:
        if isinstance(tolerance.target, date) and not dated:
            raise PlanError(
                f"{tolerance.subject}: target must be a number of working days, because the plan "
                f"has no start date, got {tolerance.target}"
            )
