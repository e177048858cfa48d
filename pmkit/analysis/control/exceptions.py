"""The exception report: what goes up when the forecast is beyond tolerance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.attention import findings
from pmkit.analysis.control.proposals import proposals
from pmkit.analysis.control.tolerance_check import ToleranceCheck, check_tolerances
from pmkit.analysis.cost_at_completion import cost_at_completion
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.words import days_text, moment_text, money_text
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

_CAUSES = 3
_SAME = 1e-6


@dataclass(frozen=True, eq=False)
class Option:
    """One thing that could be done, and what it comes to.

    Parameters
    ----------
    scenario
        What would be different.
    check
        The tolerances of the plan then.
    cost
        What the plan will have cost then, money.
    """

    scenario: Scenario
    check: ToleranceCheck
    cost: float

    @property
    def name(self) -> str:
        """What it is called."""
        return self.scenario.name

    @property
    def plan(self) -> Plan:
        """The plan with it."""
        return self.check.plan

    @property
    def finish(self) -> float:
        """When the plan finishes then, in working days."""
        return self.check.schedule.finish

    @property
    def finish_date(self) -> datetime | None:
        """The same as a date; ``None`` in an undated plan."""
        return self.check.schedule.finish_date

    @property
    def overrun(self) -> float:
        """By how much of their size tolerances are exceeded, together; 0 within."""
        return sum(min((c.used or 0.0) - 1, 1e6) for c in self.check.exceeded)


@dataclass(frozen=True, eq=False, repr=False)
class ExceptionReport:
    """Situation, causes, options and a recommendation, for whoever decides.

    Attributes
    ----------
    check
        The tolerances of the plan as it is.
    causes
        Where the trouble comes from, a sentence each.
    options
        At least two.
    recommended
        Name of the option that is recommended.
    reason
        Why.
    to
        Who decides, where that is not simply the authority of what is exceeded.
    """

    check: ToleranceCheck
    causes: tuple[str, ...]
    options: tuple[Option, ...]
    recommended: str
    reason: str
    to: str = ""

    @property
    def plan(self) -> Plan:
        """The plan as it is."""
        return self.check.plan

    @property
    def authority(self) -> str:
        """To whom it goes."""
        return self.to or self.check.authority

    @property
    def situation(self) -> tuple[str, ...]:
        """What is exceeded, a sentence each."""
        return tuple(self.check.sentence(check) for check in self.check.exceeded)

    def __getitem__(self, name: object) -> Option:
        """Return an option by name."""
        for option in self.options:
            if option.name == str(name):
                return option
        known = ", ".join(repr(option.name) for option in self.options)
        raise KeyError(f"no option {name!r}, only {known}")

    @cached_property
    def _cost(self) -> float:
        return cost_at_completion(self.plan)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per option.

        ``finish finish_date cost finish_delta cost_delta exceeded within recommended``: working
        days and money, deltas against the plan as it is, `exceeded` the names of the tolerances.
        """
        import pandas as pd

        finish, cost = self.check.schedule.finish, self._cost
        rows = [
            (
                o.finish, o.finish_date, o.cost, round(o.finish - finish, 9), o.cost - cost,
                ", ".join(c.subject for c in o.check.exceeded), o.check.is_within,
                o.name == self.recommended,
            )
            for o in self.options
        ]  # fmt: skip
        columns = ["finish", "finish_date", "cost", "finish_delta", "cost_delta", "exceeded",
                   "within", "recommended"]  # fmt: skip
        index = pd.Index([o.name for o in self.options], name="option")
        return pd.DataFrame(rows, index=index, columns=columns)

    def explain(self, option: str) -> Explanation:
        """Show what an option changes, and how each tolerance stands then."""
        found = self[option]
        currency = self.plan.settings.currency
        lines = [str(change) for change in found.scenario.changes] or ["nothing is changed"]
        lines.append(f"finish {moment_text(found.check.schedule, found.finish)}, cost "
                     f"{money_text(found.cost, currency)}")  # fmt: skip
        lines += [found.check.sentence(check) for check in found.check.checks]
        return Explanation(option, tuple(lines))

    def __str__(self) -> str:
        blocks = [
            ("Exceeded", self.situation),
            ("Causes", self.causes or ("none found in the plan",)),
            ("Options", tuple(self._line(option) for option in self.options)),
            ("Recommended", (f"{self.recommended}: {self.reason}",)),
        ]
        lines = [f"Exception report to the {self.authority}"]
        for title, sentences in blocks:
            lines += [title, *(f"  {sentence}" for sentence in sentences)]
        return "\n".join(lines)

    def _line(self, option: Option) -> str:
        currency = self.plan.settings.currency
        finish = moment_text(option.check.schedule, option.finish)
        days = option.finish - self.check.schedule.finish
        money = option.cost - self._cost
        told = [f"finish {finish}", f"cost {money_text(option.cost, currency)}"]
        if abs(days) > _SAME:
            told[0] += f" ({'+' if days > 0 else ''}{days_text(days)})"
        if abs(money) > _SAME:
            told[1] += f" ({'+' if money > 0 else ''}{money_text(money, currency)})"
        beyond = ", ".join(c.subject for c in option.check.exceeded)
        told.append(f"still beyond: {beyond}" if beyond else "all within")
        return f"{option.name}: {', '.join(told)}"

    def __repr__(self) -> str:
        names = ", ".join(check.subject for check in self.check.exceeded)
        return (
            f"ExceptionReport to the {self.authority}: {names} beyond tolerance, "
            f"{len(self.options)} options, recommended: {self.recommended}"
        )

    def _repr_html_(self) -> str:
        def listed(sentences: Iterable[str]) -> str:
            return "<ul>" + "".join(f"<li>{escape(s)}</li>" for s in sentences) + "</ul>"

        options = "".join(
            f"<li>{'<strong>' if o.name == self.recommended else ''}{escape(self._line(o))}"
            f"{' (recommended)</strong>' if o.name == self.recommended else ''}</li>"
            for o in self.options
        )
        causes = listed(self.causes or ("none found in the plan",))
        return (
            f"<h4>Exception report to the {escape(self.authority)}</h4>"
            f"<p>Exceeded</p>{listed(self.situation)}<p>Causes</p>{causes}"
            f"<p>Options</p><ul>{options}</ul>"
            f"<p>Recommended: <strong>{escape(self.recommended)}</strong>, "
            f"{escape(self.reason)}</p>"
        )


def exception_report(
    plan: Plan, options: Iterable[Scenario] | None = None, *, recommend: str | None = None,
    reason: str = "",
) -> ExceptionReport:  # fmt: skip
    """Weigh what could be done about a forecast that is beyond tolerance, for whoever decides.

    Parameters
    ----------
    plan
        With at least one tolerance exceeded.
    options
        At least two; a scenario without changes is to go on as it is. By default what the plan
        itself knows: to go on, to crash, to take responses.
    recommend, reason
        Name of the option to recommend, and why; by default the one that leaves the fewest
        tolerances exceeded, and of those the least beyond, the cheapest, the earliest.

    Raises
    ------
    PlanError
        If nothing is exceeded, there are fewer than two options or two of one name, one of them
        cannot be done, or there is none of the name that is recommended.

    Notes
    -----
    The parts of an exception report are those of *Managing Successful Projects with PRINCE2*
    (AXELOS, 2017, A.10).

    Examples
    --------
    >>> from pmkit.model.activity import Activity
    >>> from pmkit.model.control import Control
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.tolerance import Measure, Tolerance
    >>> build = Activity("Build", 8, fixed_cost=100, crash_duration=5, crash_cost=400,
    ...                  baseline_start=0, baseline_finish=5)
    >>> control = Control((Tolerance(Measure.TIME, above=1),))
    >>> report = exception_report(Project((build,), control=control))
    >>> report.recommended
    'Crash to day 6'
    >>> report.table["cost"].tolist()
    [100.0, 300.0]
    """
    check = check_tolerances(plan)
    if check.is_within:
        raise PlanError(
            "exception report: a tolerance must be exceeded, none is; within tolerance the project "
            "manager decides"
        )
    chosen = proposals(check) if options is None else tuple(options)

    def weighed(scenario: Scenario) -> Option:
        changed = scenario.apply(plan) if scenario.changes else plan
        return Option(scenario, check_tolerances(changed), cost_at_completion(changed))

    return report_on(check, chosen, weighed, recommend=recommend, reason=reason,
                     are_given=options is not None)  # fmt: skip


def report_on(
    check: ToleranceCheck, chosen: tuple[Scenario, ...], weighed_by: Callable[[Scenario], Option],
    *, recommend: str | None = None, reason: str = "", are_given: bool = False,
) -> ExceptionReport:  # fmt: skip
    """Weigh options about what a check found to be beyond tolerance.

    Parameters
    ----------
    check
        Of the plan as it is.
    chosen
        At least two, each with a name of its own.
    weighed_by
        Says what an option comes to, held against the same tolerances.
    recommend, reason
        As for `exception_report`.
    are_given
        Whether somebody gave the options, and not the plan.

    Raises
    ------
    PlanError
        As `exception_report`.
    """
    if len(chosen) < 2:
        hint = ": the plan itself knows no other, give options=[Scenario(...), ...]"
        raise PlanError(
            f"exception report: must weigh at least two options, got {len(chosen)}"
            f"{'' if are_given else hint}"
        )
    names = [scenario.name for scenario in chosen]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise PlanError(f"exception report: each option must have a name of its own, {twice[0]!r} "
                        "came more than once")  # fmt: skip
    weighed = tuple(weighed_by(scenario) for scenario in chosen)
    if recommend is None:
        best = min(weighed, key=_rank)
        recommend, reason = best.name, reason or _why(best, weighed)
    elif recommend not in names:
        known = ", ".join(map(repr, names))
        raise PlanError(
            f"exception report: recommend must be one of the options ({known}), got {recommend!r}"
        )
    causes = tuple(
        found.sentence for found in findings(check.schedule) if found.kind in ("slip", "promise")
    )[:_CAUSES]
    return ExceptionReport(check, causes, weighed, recommend, reason or "by judgement")


def _rank(option: Option) -> tuple[int, float, float, float]:
    return len(option.check.exceeded), round(option.overrun, 6), option.cost, option.finish


def _why(best: Option, options: tuple[Option, ...]) -> str:
    beyond = len(best.check.exceeded)
    rivals = [o for o in options if o is not best and len(o.check.exceeded) == beyond]
    if not beyond:
        return "the cheapest that brings everything within tolerance" if rivals else (
            "the only one that brings everything within tolerance"
        )  # fmt: skip
    if not rivals:
        return "it leaves the fewest tolerances exceeded"
    if all(o.overrun > best.overrun + _SAME for o in rivals):
        return "the least beyond, of those that leave the fewest tolerances exceeded"
    return "of those equally far beyond, the cheapest"
