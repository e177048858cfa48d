"""What a change does, as a result: before, after and the difference of every measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.compare import Comparison
from pmkit.analysis.cutting.effects_words import Row, explain_effects, handed_over, text_of
from pmkit.analysis.cutting.worth import NPV_NOTE, npv_of
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.figures import Unit, difference
from pmkit.analysis.outcome import Outcome
from pmkit.analysis.together.interfaces import Interfaces
from pmkit.analysis.valuing.benefit_plan import BenefitPlan
from pmkit.analysis.valuing.delivery import deliveries
from pmkit.analysis.valuing.money_over_time import MoneyOverTime
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

_FIGURES = (
    ("finish", "finish"), ("finish_date", "finish_date"), ("p80", "finish_p80"),
    ("p80_date", "finish_p80_date"), ("cost", "cost"), ("cost_p80", "cost_p80"),
)  # fmt: skip
_UNITS = {"finish": Unit.WORKING_DAYS, "p80": Unit.WORKING_DAYS, "finish_date": Unit.DATE,
          "p80_date": Unit.DATE, "cost": Unit.MONEY, "cost_p80": Unit.MONEY}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Side:
    """The program before the change, or after it.

    Attributes
    ----------
    outcome
        Schedule, simulation and cost.
    interfaces
        What projects owe each other.
    benefits
        What comes when projects deliver as scheduled.
    money
        By year; ``None`` without dates.
    """

    outcome: Outcome
    interfaces: Interfaces
    benefits: BenefitPlan
    money: MoneyOverTime | None


@dataclass(frozen=True, eq=False, repr=False)
class Effects:
    """What a change in one project does to the program.

    Attributes
    ----------
    program
        As it was.
    scenario
        The change.
    comparison
        Both plans side by side, as `compare` has them.
    before, after
        The two sides.
    """

    program: Program
    scenario: Scenario
    comparison: Comparison
    before: Side
    after: Side

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        return tuple(self._made())

    def _made(self) -> Iterator[Row]:
        sides = self.before, self.after
        for name, figure in _FIGURES:
            told = [side.outcome.figures.get(figure) for side in sides]
            if any(value is not None for value in told):
                yield Row(name, "program", _UNITS[name], told[0], told[1])
        yield Row("benefits", "program", Unit.MONEY, *(side.benefits.forecast for side in sides))
        yield Row("npv", "program", Unit.MONEY, *(npv_of(side.money) for side in sides))
        ends = [deliveries(self.program, side.outcome.schedule) for side in sides]
        for project in self.program.projects:
            told = [known[project.id].forecast for known in ends]
            unit = Unit.DATE if isinstance(told[0], datetime) else Unit.WORKING_DAYS
            yield Row(f"{project.id} delivers", "project", unit, told[0], told[1])
        floats = [{one.id: one.total_float for one in side.interfaces} for side in sides]
        for id_ in dict.fromkeys((*floats[0], *floats[1])):
            yield Row(f"{id_} float", "interface", Unit.WORKING_DAYS,
                      floats[0].get(id_), floats[1].get(id_))  # fmt: skip

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per measure: ``of unit before after delta``.

        Finish, P80, cost, benefits and NPV of the program, what each project delivers when, and the
        float of each interface. The delta of a date is calendar days.
        """
        import pandas as pd

        rows = [
            (row.of, str(row.unit), row.before, row.after, difference(row.after, row.before))
            for row in self._rows
        ]
        index = pd.Index([row.measure for row in self._rows], name="measure", dtype=object)
        names = ["of", "unit", "before", "after", "delta"]
        return pd.DataFrame(rows, columns=names, index=index, dtype=object)

    @cached_property
    def interfaces(self) -> pd.DataFrame:
        """One row per interface: when it is handed over, its float and status, before and after.

        ``forecast`` is a date where the plan has them; floats are working days, `total_float` to
        the program's finish and `project_float` to what the taking project is committed to.
        """
        columns = ("forecast", "total_float", "project_float", "status", "drives_taker")
        return _beside(self.before.interfaces.table, self.after.interfaces.table, columns)

    @cached_property
    def benefits(self) -> pd.DataFrame:
        """One row per benefit: when it starts and what comes of it, before and after."""
        columns = ("starts_forecast", "forecast")
        return _beside(self.before.benefits.table, self.after.benefits.table, columns)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What had to be assumed, a sentence each."""
        if self.before.money is None:
            npv = "no NPV: the program has no start date, so money has no year"
        elif self.before.money.discount_rate is None:
            npv = "no NPV: discount_rate must be given, in settings or here"
        else:
            npv = NPV_NOTE
        count = self.comparison.trials
        common = f"{count:,} trials, seed {self.comparison.seed}, common random numbers"
        return (npv, common) if count else (npv,)

    def explain(self) -> Explanation:
        """Follow the change through interfaces and deliveries to benefits and worth."""
        return explain_effects(
            self._rows, self.before.interfaces, self.after.interfaces, self._title,
            self.program.settings.currency, self.notes,
        )  # fmt: skip

    @property
    def _title(self) -> str:
        return f"Effects of {self.scenario.name}"

    def __repr__(self) -> str:
        rows = {row.measure: row for row in self._rows}
        told = [f"finish {rows['finish'].delta_text('')}"]
        if "p80" in rows:
            told.append(f"P80 {rows['p80'].delta_text('')}")
        lines = len(tuple(handed_over(self.before.interfaces, self.after.interfaces)))
        count = len(self.before.interfaces)
        return f"{self._title}: {', '.join(told)}, {lines} of {count} interfaces touched"

    def _repr_html_(self) -> str:
        currency = self.program.settings.currency
        cells = [
            (row.measure, text_of(row.unit, row.before, currency),
             text_of(row.unit, row.after, currency), row.delta_text(currency))
            for row in self._rows
        ]  # fmt: skip
        body = "".join(
            f"<tr><th>{escape(name)}</th>{''.join(f'<td>{escape(t)}</td>' for t in told)}</tr>"
            for name, *told in cells
        )
        head = "<tr><th></th><th>before</th><th>after</th><th>delta</th></tr>"
        table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
        return f"<p>{escape(repr(self))}</p>{table}"


def _beside(before: pd.DataFrame, after: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Some columns of two tables side by side; a row that one lacks is empty there."""
    import pandas as pd

    index = pd.Index(
        list(dict.fromkeys((*before.index, *after.index))), name=before.index.name, dtype=object
    )
    found: dict[str, Any] = {}
    for name in columns:
        for side, table in (("before", before), ("after", after)):
            found[f"{name}_{side}"] = table[name].reindex(index)
    return pd.DataFrame(found, index=index)
