"""Fund, pause, stop or redirect a project: what each is worth from here on, and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.gating.gate_option import GateOption
from pmkit.analysis.words import money_text
from pmkit.model.governance import Gate, Verdict
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("benefit", "cost_to_complete", "other_costs", "recovered", "dependants", "value")
_SAME = 1e-6


@dataclass(frozen=True, eq=False, repr=False)
class GateReview:
    """The options at a gate, weighed from here on.

    Attributes
    ----------
    program
        The program as it is.
    gate
        The gate, or one that was made up for a project without one.
    options
        Fund, pause, stop, and redirect where one was given.
    base
        From when on it counts; ``None`` where the plan has no dates.
    discount_rate
        Of the present values; ``None`` where amounts are as planned.
    spent
        What the project has spent so far, as far as the plan knows: sunk, and in no option.
    notes
        What had to be assumed, and what else should be looked at.
    """

    program: Program
    gate: Gate
    options: tuple[GateOption, ...]
    base: date | None = None
    discount_rate: float | None = None
    spent: float = 0.0
    notes: tuple[str, ...] = field(default=())

    @property
    def project(self) -> str:
        """Id of the project that it is about."""
        return self.gate.project

    @property
    def currency(self) -> str:
        """Of its amounts; may be empty."""
        return self.program.settings.currency

    @cached_property
    def best(self) -> GateOption:
        """The option of the largest value that may be taken; of equal ones the first."""
        open_ = [option for option in self.options if not option.barred]
        top = max(option.value for option in open_)
        return next(o for o in open_ if o.value >= top - _SAME * max(1.0, abs(top)))

    @property
    def recommended(self) -> str:
        """The verdict that is recommended: ``"fund"``, ``"pause"``, ``"stop"``, ``"redirect"``."""
        return str(self.best.verdict)

    @property
    def reason(self) -> str:
        """Why, as a sentence."""
        best = self.best
        worth = f"worth {self._money(best.value)} from here on"
        rivals = [option for option in self.options if option is not best and not option.barred]
        second = max(rivals, key=lambda option: option.value)
        gain = best.value - second.value
        if gain <= _SAME * max(1.0, abs(best.value)):
            told = f"{worth}, as is {second.verdict}; of equal values, what changes least"
        else:
            told = f"{worth}, {self._money(gain)} more than {second.verdict}"
        barred = "".join(
            f"; {o.verdict} would be worth {self._money(o.value)}, but {o.barred}"
            for o in self.options
            if o.barred and o.value > best.value
        )
        return f"{told}{barred}"

    @property
    def authority(self) -> str:
        """The lowest role that may take what is recommended."""
        return self.best.deciders.lowest

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per option, money.

        ``benefit cost_to_complete other_costs recovered dependants value``: value = benefit -
        cost_to_complete - other_costs + recovered - dependants.
        """
        import pandas as pd

        rows = [[getattr(option, column) for column in COLUMNS] for option in self.options]
        index = pd.Index([str(o.verdict) for o in self.options], name="option", dtype=object)
        return pd.DataFrame(rows, index=index, columns=list(COLUMNS), dtype=float)

    def __getitem__(self, verdict: object) -> GateOption:
        """Return an option by its verdict."""
        for option in self.options:
            if option.verdict == str(verdict):
                return option
        known = ", ".join(repr(str(option.verdict)) for option in self.options)
        raise KeyError(f"no option {str(verdict)!r}, only {known}")

    def explain(self, option: str | Verdict) -> Explanation:
        """Show how the value of an option adds up, and who may decide it."""
        found = self[option]
        terms = [self._money(found.benefit)]
        for amount, sign in ((found.cost_to_complete, "-"), (found.other_costs, "-"),
                             (found.recovered, "+"), (found.dependants, "-")):  # fmt: skip
            if amount:
                shown = self._money(amount)
                terms.append(f"{sign} {f'({shown})' if amount < 0 else shown}")
        total = " ".join(terms)
        summed = f"value = {total}" + (
            f" = {self._money(found.value)}" if len(terms) > 1 else ""
        )  # fmt: skip
        sunk = (f"sunk: {self._money(self.spent)} was spent so far, whatever is decided; it is in "
                "no option")  # fmt: skip
        who = found.deciders
        lines = [*found.lines, summed, *((sunk,) if self.spent else ())]
        lines.append(f"{' or '.join(f'the {role}' for role in who.roles)} may decide: {who.reason}")
        if found.barred:
            lines.append(f"not recommended: {found.barred}")
        title = f"{found.label}, project {self.project!r}: worth {self._money(found.value)}"
        return Explanation(title, tuple(lines))

    def _money(self, amount: float) -> str:
        return money_text(amount, self.currency)

    def __str__(self) -> str:
        lines = [repr(self), f"  because it is {self.reason}"]
        lines += [f"  {option.label}: {self._money(option.value)}" for option in self.options]
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])

    def __repr__(self) -> str:
        gate = f"gate {self.gate.id} of " if self.gate.id != self.project else ""
        return (
            f"GateReview {gate}project {self.project}: {self.recommended} "
            f"({self._money(self.best.value)}), decided by the {self.authority}"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:,.0f}".format)
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return (
            f"<p>{escape(repr(self))}</p><p>{escape(self.reason)}</p>{table}"
            f"{f'<ul>{notes}</ul>' if notes else ''}"
        )


def review_gate(
    program: Program,
    gate: str,
    *,
    discount_rate: float | None = None,
    pause_months: float = 3.0,
    redirect: Scenario | Mapping[str, Any] | None = None,
    stop_dependants: bool = False,
    going: Iterable[str] | None = None,
    at: date | None = None,
) -> GateReview:
    """Weigh going on, pausing, stopping and redirecting a project, from here on.

    Parameters
    ----------
    program
        With its gates in ``program.governance.gates``.
    gate
        Id of a gate, or of a project: then its next gate, or, where it has none, one that costs
        nothing to end or to hold.
    discount_rate
        Per year, by default that of the settings: all amounts are then present values at the base
        date. Without either amounts count as planned, and what a delay moves beyond the last year
        of a benefit is lost.
    pause_months
        How long a pause would last.
    redirect
        Another way to go on: a `Scenario` of changes to the plan, or a mapping with any of
        ``name cost_to_complete benefit other_costs recovered dependants delay_months``, the rest
        as for going on.
    stop_dependants
        Whether projects that require this one are stopped with it, which saves what they still
        cost.
    going
        Ids of the projects that go on beside it, such as ``funding.selected``; by default all that
        the decision log has not stopped and that it does not exclude. Candidates without
        activities count only when they are mandatory or the log has funded them, unless no project
        has activities.
    at
        From when on it counts; by default the date of the gate, or the status date where that is
        later.

    Returns
    -------
    GateReview
        The options with their values, the recommendation, and who may decide.

    Raises
    ------
    PlanError
        If there is no such gate or project, or with everything that is wrong with the rest.

    Notes
    -----
    *Gate value* = remaining benefit - cost to complete, the rule of Cooper's stage-gate reviews
    (1990, doi:10.1016/0007-6813(90)90040-I) read forward only: what was spent is the same in every
    option (Arkes & Blumer, 1985, doi:10.1016/0749-5978(85)90049-4). The remaining benefit is what
    comes only if the project goes on: its own, in full what it enables together with others, and
    of what others enable as well only what it adds. So a benefit counts once in a review; gate
    values of several projects are not to be added up. Stopping counts what it costs to end, what
    comes back, and what falls away elsewhere: what projects bring that require this one. Benefits
    count with the probability that they come.

    Examples
    --------
    >>> from pmkit.model.governance import Gate, Governance
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = ProjectInfo("Depot", money={"benefit": 120, "cost": 500})
    >>> gate = Gate("G1", "Depot", cost_to_complete=100, termination_cost=10, recoverable=15)
    >>> plan = Program((), candidates=(depot,), governance=Governance(gates=(gate,)))
    >>> review = review_gate(plan, "G1")
    >>> review
    GateReview gate G1 of project Depot: fund (20), decided by the program manager
    >>> review.table["value"].to_dict()
    {'fund': 20.0, 'pause': 20.0, 'stop': 5.0}
    >>> print(review.explain("stop"))
    stop, project 'Depot': worth 5
      no longer comes: own benefit 120
      ending it costs 10
      15 comes back
      value = 0 - 10 + 15 = 5
      the program manager may decide: the gate is that of the program manager
    """
    from pmkit.analysis.gating.asking import asked_at
    from pmkit.analysis.gating.options import gate_options

    standing = asked_at(program, gate, discount_rate, pause_months, going, at)
    options, notes = gate_options(standing, pause_months, redirect, stop_dependants)
    return GateReview(
        program, standing.gate, options, standing.base, standing.rate, standing.spending.spent,
        notes,
    )  # fmt: skip
