"""The funding panel: a budget, an aim, ticks by hand, and what the choice costs and brings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import traitlets as t

from pmkit.analysis.funding.fund import fund
from pmkit.analysis.funding.funding import Funding
from pmkit.analysis.funding.manual_line import ManualLine
from pmkit.analysis.funding.still_to_pay import still_to_pay
from pmkit.model.errors import InfeasibleError, PlanError
from pmkit.model.program import Plan, Program
from pmkit.widgets.funding_choice import ToldChoice
from pmkit.widgets.funding_parts import FundingParts
from pmkit.widgets.guarded import File
from pmkit.widgets.history import Session
from pmkit.widgets.later import Later
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.runner import Runner

_REST = 0.25  # seconds
_SECONDS = 5.0
"""For each question: a panel must answer."""
_REMEMBERED = 16
_BEGINNING = 0.6
"""The budget to begin with, as a share of what everything would cost."""
_WORDS = Words(
    "Which projects to fund?",
    "Open a program, or a table of candidates with costs and benefits, and choose by hand or "
    "by the optimum.",
    "Change the budget, or pick a project and tick it in or out.",
)


@dataclass(frozen=True)
class FundingSession(Session):
    """A program, the money there is, and what was ticked by hand.

    Parameters
    ----------
    budget
        In all; ``None`` for no limit.
    by_year
        Years of the plan, each with its budget or ``None``.
    aim
        As `fund` takes it.
    risk_adjusted, carry_over
        As `fund` takes them.
    ticks
        ``(project, whether it is in)``, in the order in which they were made.
    is_exact
        Whether just what was ticked in is funded.
    """

    budget: float | None = None
    by_year: tuple[tuple[int, float | None], ...] = ()
    aim: str = "benefit"
    risk_adjusted: bool = False
    carry_over: bool = False
    ticks: tuple[tuple[str, bool], ...] = ()
    is_exact: bool = False


class FundingPanel(Panel):
    """Funding under a budget, with a manual line.

    Parameters
    ----------
    plan
        A program to start with; without one, the panel asks for a file.

    Attributes
    ----------
    plan : Program
        As opened.
    result : Funding
        The best choice around the ticks; ``None`` without a plan.
    manual : ManualLine
        What was ticked, held against the limits; ``None`` unless just that is funded.
    projects
        The table in which a project is picked.
    tick_in, tick_out, untick
        Buttons for the project that is picked.
    budget, years, aim, risk, carry, line
        Money, aim, and which of the two lines is shown.
    undo_button, redo_button, reset_button, changes
        The way back, and the ticks made.
    figures, why, prices
        What the choice comes to, why a project is in or out, and what each limit costs.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    result = t.Instance(Funding, allow_none=True)
    manual = t.Instance(ManualLine, allow_none=True)

    def __init__(self, plan: Plan | None = None, **kwargs: Any) -> None:
        self._read: dict[tuple[int, str], Funding] = {}
        self._begun: FundingSession | None = None
        self._told: ToldChoice | None = None
        self._picked = ""
        lock = Runner(0, 0, lambda _: None, lambda _: None).lock
        # the choice answers at once; frontier and prices, which ask more, when the hand rests
        self._pictures = Later(lambda: self._guarded(self._draw), lock, _REST)
        super().__init__(plan, _WORDS, lock, **kwargs)

    def _made(self) -> Any:
        parts = self._parts = FundingParts(
            on_pick=lambda id_: self._guarded(lambda: self.pick(id_)),
            on_tick=lambda tick: self._guarded(lambda: self.tick(self._picked, tick)),
            on_term=lambda name, value: self._guarded(lambda: self.set(name, value)),
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
            save=self._saved,
        )
        self.projects, self.why, self.prices = parts.projects, parts.why, parts.prices
        self.tick_in, self.tick_out, self.untick = parts.tick_in, parts.tick_out, parts.untick
        self.budget, self.aim, self.risk = parts.budget, parts.aim, parts.risk
        self.carry, self.line, self.figures = parts.carry, parts.line, parts.figures
        done = parts.changes
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self.answer = parts.sentence
        self._say_refusals(parts.budget)
        return parts.box

    @property
    def years(self) -> dict[int, Any]:
        """The box of each year's budget."""
        return self._parts.years

    def __repr__(self) -> str:
        if self._history.present.plan is None:
            return "FundingPanel without a plan"
        return f"FundingPanel {self.result!r}" + ("" if self.manual is None else f"; {self.manual}")

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a program in place of the one that is open; undo brings that one back.

        Raises
        ------
        PlanError
            If it is not a program: one project alone leaves nothing to choose.
        """
        if not isinstance(plan, Program):
            raise PlanError("funding: the plan must be a program with several projects to choose "
                            "from, this is one project")  # fmt: skip
        self._picked = ""
        self._record(self._beginning(plan), _WORDS.invitation)

    def reset(self) -> None:
        """Drop ticks and terms; undo brings them back."""
        self._record(self._beginning(self._program),
                     "Back to the beginning. Undo brings your ticks back.")  # fmt: skip

    def pick(self, project: str) -> None:
        """Show why a project is in or out.

        Raises
        ------
        PlanError
            If there is none of that id.
        """
        if project not in self._funding(self._present).problem.place:
            raise PlanError(f"funding: project must be one of the program's, got {project!r}")
        self._picked = project
        self._show()

    def tick(self, project: str, is_in: bool | None) -> None:
        """Tick a project in or out, or let the optimum decide on it.

        Raises
        ------
        PlanError
            If there is no such project, or the ticks and the limits leave no choice.
        """
        session = self._present
        if project not in self._funding(session).problem.place:
            raise PlanError(f"funding: project must be one of the program's, got {project!r}")
        ticks = [one for one in session.ticks if one[0] != project]
        if is_in is not None:
            ticks.append((project, is_in))
        words = {True: "ticked in", False: "ticked out", None: "left to the optimum"}
        if session.is_exact:
            words[None] = "not ticked any more, so it is out"
        self._record(replace(session, ticks=tuple(ticks)), f"{project} is {words[is_in]}.")

    def set(self, name: str, value: Any) -> None:
        """Set the budget (also of a year, by its number), the aim, or one of the switches.

        Raises
        ------
        PlanError
            If the value is none, or leaves no choice.
        """
        session = self._present
        if name.isdigit():
            by_year = tuple((y, value if str(y) == name else m) for y, m in session.by_year)
            self._record(replace(session, by_year=by_year), f"The budget of {name} is changed.")
            return
        changed = replace(session, **{name: value})
        if name == "is_exact" and value and not any(is_in for _, is_in in session.ticks):
            # a line by hand begins at the optimum, and moves from there
            chosen = self._funding(session).selected
            changed = replace(changed, ticks=tuple((id_, True) for id_ in chosen))
        self._record(changed, "The terms are changed.")

    def remove_change(self, position: int) -> None:
        """Take back one of the ticks, counted from 0."""
        self.tick(self._present.ticks[position][0], None)

    # What happens behind it

    @property
    def _present(self) -> FundingSession:
        session = self._history.present
        return session if isinstance(session, FundingSession) else FundingSession(session.plan)

    @property
    def _program(self) -> Program:
        plan = self._open_plan
        assert isinstance(plan, Program)
        return plan

    def _beginning(self, plan: Program) -> FundingSession:
        """Begin with a part of what everything would cost; with all of it where no part will do."""
        if self._begun is None or self._begun.plan is not plan:
            self._begun = self._worked_out(plan)
        return self._begun

    def _worked_out(self, plan: Program) -> FundingSession:
        costs, _ = still_to_pay(plan)
        years = sorted({year for told in costs for year in told if year is not None})
        whole = sum(sum(told.values()) for told in costs)
        session = FundingSession(plan, by_year=tuple((year, None) for year in years))
        if not whole:
            return session
        part = replace(session, budget=float(f"{_BEGINNING * whole:.2g}"))
        try:
            self._funding(part)
        except InfeasibleError:
            return replace(session, budget=whole)
        return part

    def _funding(self, session: FundingSession, *, ticks: bool = True) -> Funding:
        """The best choice around the ticks, or without them."""
        plan = session.plan
        if not isinstance(plan, Program):
            raise PlanError("funding: a program must be open, got none")
        chosen = dict(session.ticks) if ticks and not session.is_exact else {}
        money: dict[Any, float] = {y: m for y, m in session.by_year if m is not None}
        if session.budget is not None:
            money["total"] = session.budget
        asked = (money, session.aim, session.risk_adjusted, session.carry_over, chosen)
        key = id(plan), repr(asked)
        if key not in self._read:
            self._read[key] = fund(
                plan, money or None, aim=session.aim, risk_adjusted=session.risk_adjusted,
                carry_over=session.carry_over, choose=chosen, time_limit=_SECONDS,
            )  # fmt: skip
            while len(self._read) > _REMEMBERED:
                del self._read[next(iter(self._read))]
        return self._read[key]

    def _chosen(self, session: FundingSession) -> ToldChoice:
        best, free = self._funding(session), self._funding(session, ticks=False)
        if not session.is_exact:
            return ToldChoice(best, free)
        return ToldChoice(best, free, free.manual(i for i, is_in in session.ticks if is_in))

    def _check(self, session: Session) -> None:
        if isinstance(session, FundingSession):
            self._funding(session)

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.result = self.manual = self._told = None
            return
        session = self._present
        told = self._told = self._chosen(session)
        funding = told.best
        if self._picked not in funding.problem.place:
            self._picked = funding.selected[0] if funding.selected else funding.problem.ids[0]
        self._parts.show(told, session, self._picked)
        self._pictures.ask()
        self._parts.changes.show(self._history)
        self.changes.items = [f"{id_}: ticked {'in' if is_in else 'out'}"
                              for id_, is_in in session.ticks]  # fmt: skip
        self._parts.changes.reset.disabled = session == self._beginning(self._program)
        self._opening.show(self._open_plan, funding.notes)
        self.result, self.manual, self.plan = funding, told.line, self._open_plan

    def _draw(self) -> None:
        if self._told is not None:
            self._parts.draw(self._told)

    def _redraw(self, *, dark: bool) -> None:
        self._parts.dark = dark
        self._draw()

    def _saved(self) -> File | None:
        return self._download(self._choice_file, "with every project, and whether it is funded.")

    def _choice_file(self) -> File:
        from pmkit.files.csvs import csv_text

        assert self._told is not None
        table, session = self._told.funding.table, self._present
        rows: list[list[Any]] = [["project", *table.columns, "tick"]]
        ticks = {id_: "in" if is_in else "out" for id_, is_in in session.ticks}
        for id_, told in zip(table.index, table.to_dict("records"), strict=True):
            told["selected"] = "yes" if told["selected"] else "no"
            rows.append([id_, *told.values(), ticks.get(str(id_), "")])
        return "funding.csv", "text/csv", csv_text(rows).encode()
