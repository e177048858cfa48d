"""People who come late: what they add, what they take, and when the work ends.

F. P. Brooks, *The Mythical Man-Month* (Addison-Wesley, 1975): whoever joins late must first be
shown the work, by those who do it, and more people have more to agree on. He gives no formula; the
model here is the simplest that says the same, with three numbers that can be argued about.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import inf
from typing import TYPE_CHECKING, Any

from pmkit.analysis.explanation import Explanation
from pmkit.model.errors import PlanError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class AddedPeople:
    """The rest of some work, with the people there are and with more.

    Parameters
    ----------
    work
        What remains, in days of one person who knows it.
    people, more
        How many are there, and how many join.
    ramp_up
        Days until a newcomer works like the others; before, a newcomer adds nothing.
    help
        Share of a day that each newcomer takes from somebody who is there, during that time.
    coordination
        Share of a day that each newcomer costs each of all afterwards, because there is more to
        agree on.
    rate
        Cost of a person and day.
    currency
        Of that cost.
    """

    work: float
    people: float
    more: float
    ramp_up: float = 5.0
    help: float = 0.5
    coordination: float = 0.05
    rate: float = 680.0
    currency: str = "EUR"

    def __post_init__(self) -> None:
        for name in ("work", "people", "more", "rate"):
            if not 0 < getattr(self, name) < inf:
                self._refuse(name, "> 0")
        for name in ("ramp_up", "help", "coordination"):
            if not 0 <= getattr(self, name) < inf:
                self._refuse(name, ">= 0")
        if self.pace_before <= 0 or self.pace_after <= 0:
            raise PlanError(
                "people: somebody must be left to do the work beside help and coordination, got "
                f"{self.pace_before:g} people's work a day, {self.pace_after:g} after the ramp-up"
            )

    def _refuse(self, name: str, rule: str) -> None:
        raise PlanError(
            f"added people: {name} must be a number {rule}, got {getattr(self, name):g}"
        )

    @property
    def pace_before(self) -> float:
        """Person-days of work done a day while newcomers are shown the work."""
        return self.people - self.more * self.help

    @property
    def pace_after(self) -> float:
        """Person-days of work done a day afterwards."""
        return (self.people + self.more) * (1 - self.coordination * self.more)

    @property
    def days_without(self) -> float:
        """Days that the rest takes with those who are there."""
        return self.work / self.people

    @property
    def days(self) -> float:
        """Days that the rest takes when the others join."""
        done = self.pace_before * self.ramp_up
        if self.work <= done:
            return self.work / self.pace_before
        return self.ramp_up + (self.work - done) / self.pace_after

    @property
    def gain(self) -> float:
        """Days earlier; below zero, later."""
        return self.days_without - self.days

    @property
    def cost_without(self) -> float:
        """What the rest costs with those who are there."""
        return self.work * self.rate

    @property
    def cost(self) -> float:
        """What the rest costs when the others join: all are paid to the end."""
        return (self.people + self.more) * self.days * self.rate

    @property
    def worth_it_from(self) -> float:
        """Days of work, at the pace without help, from which adding people ends earlier.

        Below it, what remains is shorter than ramp-up plus coordination; it is infinite where
        coordination eats all that newcomers add.
        """
        if self.pace_after <= self.people:
            return inf
        lost = (self.people - self.pace_before) * self.ramp_up
        return self.ramp_up + lost / (self.pace_after - self.people)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Without and with the others: ``people days cost``."""
        import pandas as pd

        rows = [(self.people, self.days_without, self.cost_without),
                (self.people + self.more, self.days, self.cost)]  # fmt: skip
        index = pd.Index(["as they are", "with more"], name="team")
        return pd.DataFrame(rows, index, ["people", "days", "cost"])

    def explain(self) -> Explanation:
        """Show both ways, with the numbers put in."""
        done = self.pace_before * self.ramp_up
        lines = [
            f"as they are: work / people = {self.work:g} / {self.people:g} = "
            f"{self.days_without:g} days",
            f"while newcomers are shown the work: people - more x help = {self.people:g} - "
            f"{self.more:g} x {self.help:g} = {self.pace_before:g} person-days a day",
        ]
        if self.work <= done:
            lines.append(f"the work ends before the ramp-up does: {self.work:g} / "
                         f"{self.pace_before:g} = {self.days:g} days")  # fmt: skip
        else:
            lines += [
                f"done in the ramp-up: {self.ramp_up:g} x {self.pace_before:g} = {done:g}, left "
                f"{self.work - done:g}",
                f"after it: {self.people + self.more:g} x (1 - {self.coordination:g} x "
                f"{self.more:g}) = {self.pace_after:g} person-days a day",
                f"{self.ramp_up:g} + {self.work - done:g} / {self.pace_after:g} = {self.days:.3g} "
                "days",
            ]
        lines += [
            f"earlier from {self.worth_it_from:.3g} days of remaining work on",
            f"cost: {self.people + self.more:g} x {self.days:.3g} x {self.rate:,.0f} = "
            f"{self.currency} {self.cost:,.0f} instead of {self.cost_without:,.0f}",
        ]
        return Explanation(repr(self), tuple(lines))

    def chart(self, **look: Any) -> Any:
        """Return the picture: what remains against when it ends; see `adding_people_chart`."""
        from pmkit.learning.pictures.adding_people import adding_people_chart

        return adding_people_chart(self, **look)

    def __repr__(self) -> str:
        gain = round(self.gain, 1)
        word = (
            "as late" if gain == 0 else f"{abs(gain):g} days {'earlier' if gain > 0 else 'later'}"
        )
        return (f"AddedPeople {self.more:g} more: the rest takes {self.days:.1f} days, not "
                f"{self.days_without:.1f}: {word}, for {self.currency} "
                f"{self.cost - self.cost_without:,.0f} more")  # fmt: skip

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in self.explain().lines)
        return f"<p>{escape(repr(self))}</p><ul>{items}</ul>"


def add_people(
    work: float, people: float, more: float, *, ramp_up: float = 5.0, help: float = 0.5,
    coordination: float = 0.05, rate: float = 680.0,
) -> AddedPeople:  # fmt: skip
    """Work out when the rest of some work ends, and what it costs, when people are added.

    Parameters
    ----------
    work
        What remains, in days of one person who knows it.
    people, more
        How many are there, and how many join.
    ramp_up
        Days until a newcomer works like the others; before, a newcomer adds nothing.
    help
        Share of a day that each newcomer takes from somebody who is there, during that time.
    coordination
        Share of a day that each newcomer costs each of all afterwards.
    rate
        Cost of a person and day.

    Raises
    ------
    PlanError
        If a number is out of its range, or nobody is left to do the work.

    Notes
    -----
    Brooks (1975): "Adding manpower to a late software project makes it later." The claim is about
    late projects, with little left to do; with more left, people help, and always cost.

    Examples
    --------
    Two people have twenty person-days left, or ten:

    >>> add_people(20, 2, 2)
    AddedPeople 2 more: the rest takes 9.2 days, not 10.0: 0.8 days earlier, for EUR 11,333 more
    >>> add_people(10, 2, 2)
    AddedPeople 2 more: the rest takes 6.4 days, not 5.0: 1.4 days later, for EUR 10,578 more
    """
    return AddedPeople(work, people, more, ramp_up, help, coordination, rate)
