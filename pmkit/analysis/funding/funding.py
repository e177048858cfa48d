"""The projects that are funded: the best choice under the limits there are, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.funding.aims import Aim
from pmkit.analysis.funding.asked_aim import asked_aim
from pmkit.analysis.funding.asking import Question
from pmkit.analysis.funding.budgets import BudgetStep, budget_steps
from pmkit.analysis.funding.by_hand import RULES, by_hand
from pmkit.analysis.funding.choice_problem import BUDGET, ChoiceProblem
from pmkit.analysis.funding.holding import broken
from pmkit.analysis.funding.manual_line import ManualLine
from pmkit.analysis.funding.programme import Choice, FundingProgramme
from pmkit.analysis.funding.reasons import budget_words, reasons
from pmkit.analysis.funding.standing import Standings
from pmkit.analysis.funding.trade_off import efficient_choices
from pmkit.analysis.funding.uncertainty import FundingConfidence, confidence
from pmkit.analysis.words import money_text
from pmkit.model.activity import is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd

_MOST_STEPS = 400
_NEARLY = 0.01
_SHOWN = 6


@dataclass(frozen=True, eq=False, repr=False)
class Funding:
    """The projects that are funded.

    Attributes
    ----------
    program
        What was asked about.
    problem
        The projects, what they cost and bring, and what limits the choice.
    aim
        What the choice is best at.
    question
        Budgets and wishes.
    choice
        The answer.
    time_limit
        Seconds for each question put to the solver; ``None`` for as long as it takes.
    """

    program: Program
    problem: ChoiceProblem
    aim: Aim
    question: Question
    choice: Choice
    precision: float
    time_limit: float | None

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the projects that are funded, in the order of the program."""
        return tuple(id_ for i, id_ in enumerate(self.problem.ids) if i in self.choice.chosen)

    @property
    def value(self) -> float:
        """Benefits of the selected, each counted once, not net of cost.

        Discounted only where a discount rate was given, risk-adjusted only where asked.
        """
        return self.aim.benefit(self.problem, self.choice.share, self.choice.delay)

    @property
    def cost(self) -> float:
        """What the selected cost, in all years."""
        return sum(s * c for s, c in zip(self.choice.share, self.problem.cost, strict=True))

    @cached_property
    def cost_by_year(self) -> dict[int | None, float]:
        """The same by year, with delays; ``None`` is what no year is told of."""
        found: dict[int | None, float] = {}
        for i, part in enumerate(self.choice.share):
            for year, amount in self.problem.costs[i].items() if part else ():
                when = None if year is None else year + self.choice.delay[i]
                found[when] = found.get(when, 0.0) + part * amount
        return dict(sorted(found.items(), key=lambda item: item[0] or 0))

    @property
    def objective(self) -> float:
        """What the choice is worth by the aim; the same as `value` for the aim ``benefit``."""
        return self.choice.objective

    @property
    def bound(self) -> float:
        """No choice is worth more than this: proven."""
        return self.choice.bound

    @property
    def gap(self) -> float:
        """How far the bound is above the choice, relative to it; 0 for a proven optimum."""
        return self.choice.gap

    @property
    def notes(self) -> tuple[str, ...]:
        """What was assumed, a sentence each."""
        notes = list(self.problem.notes)
        if proxy := self.program.settings.extra.get("benefit_proxy"):
            notes.append(f"benefits are a proxy: {proxy}")
        if not self.choice.is_proven and self.gap > self.precision:
            notes.append(f"time was over before the optimum was proven: the best choice is worth "
                         f"at most {self.gap:.2%} more")  # fmt: skip
        return tuple(notes)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project: ``name selected share delay_years cost benefit score``.

        `benefit` is what falls away when that project alone is left out of the selected, or comes
        in addition when it alone is added.
        """
        import pandas as pd

        share, delay = list(self.choice.share), list(self.choice.delay)
        rows = []
        for i, info in enumerate(self.program.members):
            rows.append((info.name, share[i] > 0, share[i], delay[i], self.problem.cost[i],
                         self.marginal(i), self.problem.scores[i]))  # fmt: skip
        names = ["name", "selected", "share", "delay_years", "cost", "benefit", "score"]
        index = pd.Index(self.problem.ids, name="project", dtype=object)
        return pd.DataFrame(rows, columns=names, index=index)

    def marginal(self, place: int) -> float:
        """Return the benefit that falls away without one project, or comes with it, by position."""
        own = self.problem.gains_of[place]
        if not own:
            return 0.0
        share = list(self.choice.share)
        is_in = share[place] > 0
        share[place] = share[place] if is_in else 1.0
        there = self.aim.benefit(self.problem, share, self.choice.delay)
        share[place] = 0.0
        return there - self.aim.benefit(self.problem, share, self.choice.delay)

    @cached_property
    def _programme(self) -> FundingProgramme:
        return FundingProgramme(self.problem, self.aim, gap=self.precision,
                                seconds=self.time_limit)  # fmt: skip

    @cached_property
    def standings(self) -> Standings:
        """The standing of each project by position, worked out when it is asked for."""
        return Standings(self._programme, self.choice, max(_NEARLY, 2 * self.gap))

    @cached_property
    def standing(self) -> pd.Series:
        """Of each project: ``core``, ``borderline`` or ``exterior``.

        Over all choices that are at most 1 % worse than the best: in all of them, in some, in none.
        """
        import pandas as pd

        index = pd.Index(self.problem.ids, name="project", dtype=object)
        return pd.Series(self.standings.all(range(len(index))), index=index, name="standing")

    @cached_property
    def _steps(self) -> tuple[tuple[BudgetStep, ...], bool]:
        if not self.has_budget:
            raise PlanError("funding: budgets can be compared only where there is one, got none")
        return budget_steps(self._programme, _MOST_STEPS)

    @property
    def has_budget(self) -> bool:
        """Whether money limits the choice."""
        return any(limit.kind == BUDGET for limit in self.problem.limits)

    @cached_property
    def frontier(self) -> pd.DataFrame:
        """The best choice at every budget, from 50 to 150 % of it; the largest budget last.

        One row per step: from budget `budget_from` on, below `budget_to`, the choice is the same.
        ``share_from share_to budget_from budget_to value cost objective selected``; with budgets by
        year all are scaled together, and `budget` is their sum.
        """
        import pandas as pd

        whole = self.whole_budget
        rows = []
        for step in reversed(self._steps[0]):
            choice = step.choice
            rows.append({
                "share_from": step.low, "share_to": step.high,
                "budget_from": step.low * whole, "budget_to": step.high * whole,
                "value": None if choice is None else self.aim.benefit(
                    self.problem, choice.share, choice.delay),
                "cost": None if choice is None else sum(
                    s * c for s, c in zip(choice.share, self.problem.cost, strict=True)),
                "objective": None if choice is None else choice.objective,
                "selected": () if choice is None else tuple(
                    id_ for i, id_ in enumerate(self.problem.ids) if i in choice.chosen),
            })  # fmt: skip
        return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="step"))

    def trade_off(self, first: str, second: str, *, most: int = 40) -> pd.DataFrame:
        """Return the efficient choices between two aims: none is beaten in both.

        Parameters
        ----------
        first, second
            Two of ``"benefit"``, ``"net benefit"``, ``"npv"``, ``"score"``.
        most
            How many choices are looked for.

        Returns
        -------
        DataFrame
            One row per choice, the best at the first aim on top: a column for each aim, ``cost``,
            ``weight`` (of the first aim, at which it is best) and ``selected``.

        Raises
        ------
        PlanError
            If one is no aim, both are the same, or what it needs is missing.

        Notes
        -----
        By weights (Aneja & Nair, 1979): an efficient choice that no weights make best is not found.
        """
        import pandas as pd

        if first == second:
            raise PlanError(f"funding: two aims must be different, got {first!r} twice")
        aim = asked_aim(self.program, self.problem, {first: 1.0, second: 1.0}, self.aim.rate,
                   self.aim.base, self.aim.risk_adjusted)  # fmt: skip
        found = efficient_choices(self.problem, aim, first, second, gap=self.precision,
                                  seconds=self.time_limit, most=most)  # fmt: skip
        rows = [
            {first: e.first, second: e.second,
             "cost": sum(s * c for s, c in zip(e.choice.share, self.problem.cost, strict=True)),
             "weight": e.weight,
             "selected": tuple(self.problem.ids[i] for i in sorted(e.choice.chosen))}
            for e in found
        ]  # fmt: skip
        columns = [first, second, "cost", "weight", "selected"]
        return pd.DataFrame(rows, pd.RangeIndex(1, len(rows) + 1, name="choice"), columns)

    @property
    def is_frontier_exact(self) -> bool:
        """Whether every step of the frontier was found, not only looked at each per cent."""
        return self._steps[1]

    @property
    def whole_budget(self) -> float:
        """The budget in all: as told, else the sum of those by year."""
        told = self.question
        return told.total if told.total is not None else sum(told.by_year.values())

    def intervals(self, project: str) -> tuple[tuple[float, float], ...]:
        """Return the budgets at which a project is in, from 50 to 150 % of today's.

        Parameters
        ----------
        project
            Id.

        Returns
        -------
        tuple of (from, below)
            In money of the whole budget; from the first on, and below the second.

        Raises
        ------
        PlanError
            If there is no such project, or no budget.
        """
        place = self._place(project)
        found: list[tuple[float, float]] = []
        for step in reversed(self._steps[0]):
            if step.choice is None or place not in step.choice.chosen:
                continue
            low, high = step.low * self.whole_budget, step.high * self.whole_budget
            if found and found[-1][1] >= low - 1e-9 * max(1.0, low):
                found[-1] = found[-1][0], high
            else:
                found.append((low, high))
        return tuple(found)

    def why(self, project: str) -> Explanation:
        """Say why a project is in or out.

        What it costs and brings, how firm its place is, what would be displaced, and the budgets at
        which it is in.

        Raises
        ------
        PlanError
            If there is no such project.
        """
        return reasons(self, self._place(project))

    def explain(self, project: str | None = None) -> Explanation:
        """Show how the value and the cost of the choice add up; with a project, the same as `why`.

        Raises
        ------
        PlanError
            If there is no such project.
        """
        if project is not None:
            return self.why(project)
        bound = f"no choice is worth more than {money_text(self.bound)}: gap {self.gap:.2%}"
        return Explanation(repr(self), (*self.sums, bound, *self.notes))

    @property
    def sums(self) -> tuple[str, ...]:
        """How the value and the cost of the choice add up, a line each."""
        from pmkit.analysis.funding.gains import gained

        share, delay = self.choice.share, self.choice.delay
        lines = []
        for gain in self.problem.gains:
            amount = gained(gain, share, delay, self.aim.worth,
                            risk_adjusted=self.aim.risk_adjusted)  # fmt: skip
            if amount:
                names = [self.problem.ids[i] for i in gain.enablers if share[i]]
                lines.append(f"{gain.id}: {money_text(amount)} through {', '.join(names)}")
        costs = " + ".join(
            f"{money_text(s * c)} ({id_})"
            for s, c, id_ in zip(share, self.problem.cost, self.problem.ids, strict=True) if s
        )  # fmt: skip
        lines += [f"value = {money_text(self.value)}",
                  f"cost = {costs or '0'} = {money_text(self.cost)}"]  # fmt: skip
        return tuple(lines)

    @cached_property
    def prices(self) -> pd.DataFrame:
        """What each limit costs: the best choice without it, one row per limit, the dearest first.

        ``kind objective gain value cost selected``; `gain` is what the aim gains without it.
        """
        import pandas as pd

        rows, names = [], []
        for limit in self.problem.limits:
            found = self._programme.best(without=(limit,))
            if found is None:
                continue
            names.append(limit.name)
            rows.append({
                "kind": limit.kind, "objective": found.objective,
                "gain": max(found.objective - self.objective, 0.0),
                "value": self.aim.benefit(self.problem, found.share, found.delay),
                "cost": sum(s * c for s, c in zip(found.share, self.problem.cost, strict=True)),
                "selected": tuple(self.problem.ids[i] for i in sorted(found.chosen)),
            })  # fmt: skip
        columns = ["kind", "objective", "gain", "value", "cost", "selected"]
        index = pd.Index(names, name="limit", dtype=object)
        table = pd.DataFrame(rows, columns=columns, index=index)
        return table.sort_values("gain", ascending=False, kind="stable")

    def manual(self, selected: Iterable[str]) -> ManualLine:
        """Hold a choice made by hand against the limits, and against the best.

        Parameters
        ----------
        selected
            Ids of the projects that are in; all others are out.

        Raises
        ------
        PlanError
            If one is no project of the program.
        """
        ticked = {self._place(id_) for id_ in selected}
        share = [1.0 if i in ticked else 0.0 for i in range(len(self.problem.ids))]
        delay = [self.choice.delay[i] if i in self.choice.chosen else 0 for i in range(len(share))]
        if any(delay):  # a wait that was chosen for the best need not help this one
            late = broken(self.problem, share, delay)
            if late and len(late) > len(broken(self.problem, share, [0] * len(share))):
                delay = [0] * len(share)
        objective = self.aim.of_choice(self.problem, share, delay)
        named = [(i, self.problem.ids[i]) for i in range(len(share))]
        return ManualLine(
            tuple(id_ for i, id_ in named if i in ticked),
            self.aim.benefit(self.problem, share, delay),
            sum(c for i, c in enumerate(self.problem.cost) if i in ticked),
            objective,
            self.objective - objective,
            tuple(sentence for _, sentence in broken(self.problem, share, delay)),
            tuple(id_ for i, id_ in named if i in ticked and i not in self.choice.chosen),
            tuple(id_ for i, id_ in named if i not in ticked and i in self.choice.chosen),
            tuple(delay),
        )

    def with_line(self, line: ManualLine) -> Funding:
        """Return the same question with a choice made by hand as its answer, to be drawn."""
        share = tuple(1.0 if id_ in line.selected else 0.0 for id_ in self.problem.ids)
        choice = Choice(share, line.delay, line.objective, line.objective)
        return replace(self, choice=choice)

    @cached_property
    def by_hand(self) -> pd.DataFrame:
        """What a ranked list would choose, beside the optimum: one row per way of ranking.

        ``value cost objective behind selected breaks``; `behind` is how much worse it is than the
        bound, relative; a list that cannot keep a limit says which in `breaks`.
        """
        import pandas as pd

        zero = [0] * len(self.problem.ids)
        found: list[tuple[str, list[float], list[int], tuple[str, ...]]] = [
            ("optimum", list(self.choice.share), list(self.choice.delay), ())
        ]
        for rule in RULES:
            if rule == "score" and not any(self.problem.scores):
                continue
            share, breaks = by_hand(self.problem, self.aim, rule)
            found.append((f"by {rule}", share, zero, breaks))
        rows = []
        for _, share, delay, breaks in found:
            objective = self.aim.of_choice(self.problem, share, delay)
            rows.append({
                "value": self.aim.benefit(self.problem, share, delay),
                "cost": sum(s * c for s, c in zip(share, self.problem.cost, strict=True)),
                "objective": objective,
                "behind": max(self.bound - objective, 0.0) / max(abs(self.bound), 1e-12),
                "selected": tuple(id_ for id_, s in zip(self.problem.ids, share, strict=True) if s),
                "breaks": breaks,
            })  # fmt: skip
        index = pd.Index([name for name, *_ in found], name="way", dtype=object)
        return pd.DataFrame(rows, index=index)

    @cached_property
    def confidence(self) -> FundingConfidence:
        """How often each project is chosen in 500 draws of benefits, costs and weights, +-20 %."""
        return self.with_uncertainty()

    def with_uncertainty(
        self, draws: int = 500, *, spread: float = 0.2, seed: int = 0
    ) -> FundingConfidence:
        """Choose again under uncertain benefits, costs and weights.

        Parameters
        ----------
        draws
            How many times.
        spread
            Benefits and costs are triangular, up to so much above and below their estimates.
            Weights of objectives, where the aim has scores, are drawn as `Alignment.robustness`
            does.
        seed
            The same seed gives the same answer.

        Raises
        ------
        PlanError
            If it is asked for less than one draw, or the spread is not from 0 to below 1.
        """
        problems = []
        if draws < 1:
            problems.append(Problem(f"confidence: draws must be at least 1, got {draws!r}"))
        if not (is_finite(spread) and 0 <= spread < 1):
            problems.append(Problem(f"confidence: spread must be from 0 to below 1, "
                                    f"got {spread!r}"))  # fmt: skip
        if problems:
            raise PlanError(problems)
        alignment = None
        if self.aim.factor("score") and self.program.strategy.objectives:
            from pmkit.analysis.aligning.alignment import align

            alignment = align(self.program)
        return confidence(self.problem, self.aim, self.choice, alignment, draws=draws,
                          spread=spread, seed=seed, gap=max(self.precision, 1e-6))  # fmt: skip

    def _place(self, project: str) -> int:
        place = self.problem.place.get(str(project))
        if place is None:
            known = ", ".join(map(repr, self.problem.ids[:_SHOWN]))
            more = ", ..." if len(self.problem.ids) > _SHOWN else ""
            raise PlanError(f"funding: project must be one of {known}{more}, got {project!r}")
        return place

    def __repr__(self) -> str:
        selected = self.selected
        names = ", ".join(selected[:_SHOWN]) or "nothing"
        more = f" and {len(selected) - _SHOWN} more" if len(selected) > _SHOWN else ""
        within = "" if self.gap == 0 else f", at most {self.gap:.2%} from the best"
        proxy = self.program.settings.extra.get("benefit_proxy")
        label = f" (benefits are a proxy: {proxy})" if proxy else ""
        return (
            f"Funding {len(selected)} of {len(self.problem.ids)} projects: {names}{more}; value "
            f"{self.value:,.12g}, cost {self.cost:,.12g}{budget_words(self)}{within}{label}"
        )

    def _repr_html_(self) -> str:
        table = self.table.to_html(border=0, float_format="{:,.3f}".format)
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<p>{escape(repr(self))}</p>{table}{notes}"
