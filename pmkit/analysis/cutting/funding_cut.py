"""A cut as a result: finish, P80 and worth for each share, and who waited for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.analysis.cutting.asking import Asked
from pmkit.analysis.cutting.cut_explanation import explain_cut, percent_text
from pmkit.analysis.cutting.cut_outcome import CutOutcome
from pmkit.analysis.cutting.worth import NPV_NOTE
from pmkit.analysis.explanation import Explanation
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.analysis.simulating.simulation import Simulation
from pmkit.analysis.words import moment_text
from pmkit.model.program import Program

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class FundingCut:
    """What cuts of several sizes do to a program.

    Attributes
    ----------
    program
        As it was asked about.
    asked
        What was cut, when, and whether it comes back.
    outcomes
        By share, the uncut program first as 0.
    trials, seed
        Of every simulation: common random numbers.
    """

    program: Program
    asked: Asked
    outcomes: Mapping[float, CutOutcome]
    trials: int
    seed: int
    _notes: tuple[str, ...] = ()

    @property
    def plans(self) -> dict[float, Program]:
        """The program of each share, with milestones and links for what is waited for."""
        return {s: one.plan for s, one in self.outcomes.items() if one.plan is not None}

    @property
    def schedules(self) -> dict[float, Schedule]:
        """The schedule of each share; without those at which some work never starts."""
        return {s: one.schedule for s, one in self.outcomes.items() if one.schedule is not None}

    @property
    def simulations(self) -> dict[float, Simulation]:
        """The simulation of each share; empty without trials."""
        return {s: o.simulation for s, o in self.outcomes.items() if o.simulation is not None}

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What had to be assumed, a sentence each."""
        told = next(iter(self.outcomes.values())).money
        missing = ""
        if told is None:
            missing = "no NPV: the program has no start date, so money has no year"
        elif told.discount_rate is None:
            missing = "no NPV: discount_rate must be given, in settings or here"
        return (*self._notes, missing or NPV_NOTE)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per share: ``cut finish finish_date p80 p80_date cost npv`` and who waited.

        `cut` is money or units. ``waited_activities``: how many wait longer for money or units by
        themselves; ``waited_days``: their working days added up. What never starts has no finish:
        ``never_start`` counts it.
        """
        import pandas as pd

        is_dated = self.outcomes[0.0].finish_date is not None
        rows = []
        for one in self.outcomes.values():
            dates = [pd.NaT if d is None else pd.Timestamp(d)
                     for d in (one.finish_date, one.p80_date)]  # fmt: skip
            rows.append(
                {
                    "cut": one.less, "finish": one.finish,
                    **({"finish_date": dates[0]} if is_dated else {}),
                    "p80": one.p80,
                    **({"p80_date": dates[1]} if is_dated else {}),
                    "cost": one.cost, "npv": one.npv,
                    "waited_activities": len(one.waits),
                    "waited_days": float(round(sum(wait.days for wait in one.waits), 6)),
                    "never_start": len(one.never_start),
                }
            )  # fmt: skip
        return pd.DataFrame(rows, index=pd.Index(list(self.outcomes), name="share", dtype=float))

    def explain(self, share: float) -> Explanation:
        """Name the activities that waited at one share, how long, and for what.

        Raises
        ------
        KeyError
            If that share was not asked about.
        """
        found = next((one for s, one in self.outcomes.items() if abs(s - share) < 1e-9), None)
        if found is None:
            known = ", ".join(f"{s:g}" for s in self.outcomes)
            raise KeyError(f"no cut of {share!r} was asked about, there is {known}")
        return explain_cut(self.asked, found, self.outcomes[0.0], self._currency, self._notes)

    @property
    def _currency(self) -> str:
        return self.program.settings.currency

    @property
    def what(self) -> str:
        """What was cut, in a few words."""
        what = self.asked.by if self.asked.resource is None else f"units of {self.asked.resource}"
        return f"{what} in {self.asked.year}" if self.asked.year else what

    def __repr__(self) -> str:
        told = ", ".join(f"{percent_text(one.share)} {self.finish_text(one)}"
                         for one in self.outcomes.values())  # fmt: skip
        return f"FundingCut {self.what}: {told}"

    def finish_text(self, one: CutOutcome) -> str:
        """Return the finish of one share in words."""
        return "never" if one.schedule is None else moment_text(one.schedule, one.finish)

    def _repr_html_(self) -> str:
        shown: Any = self.table.copy()
        shown.index = [percent_text(share) for share in self.outcomes]
        for name in ("finish_date", "p80_date"):
            if name in shown:
                shown[name] = shown[name].dt.strftime("%Y-%m-%d")
        table = shown.to_html(border=0, float_format="{:,.6g}".format, na_rep="")
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<p>{escape(repr(self))}</p>{table}<ul>{notes}</ul>"
