"""Play a scripted quarter: decide, see it from both seats, and hear what then happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import escape
from statistics import fmean
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.learning.deciding.quality import PENALTY, SEED, TRIALS, DecisionScore, score_with
from pmkit.learning.deciding.worth import Yardstick
from pmkit.learning.quarter.script import Quarter, QuarterEvent, QuarterOption
from pmkit.learning.quarter.script import quarter as told_quarter
from pmkit.learning.quarter.seats import ProjectFigures, SeatsView, view_of
from pmkit.learning.words import SEATS
from pmkit.model.change import Change
from pmkit.model.program import Program
from pmkit.model.scenario import Scenario
from pmkit.views.theme import days_text

if TYPE_CHECKING:
    import pandas as pd

RULE = "the option of the highest expected program value"
"""How a seat decides that nobody plays."""
YOU, BY_RULE = "you", "rule"
MINUS = "\u2212"


@dataclass(frozen=True)
class QuarterDecision:
    """One event, decided.

    Attributes
    ----------
    event, option
        What came up, and what was done.
    by
        ``"you"``, or ``"rule"`` for the seat that nobody plays.
    score
        Its quality, with its luck.
    before, after, later
        Both seats' figures: with the news and nothing decided, with the option, and with what then
        happened.
    """

    event: QuarterEvent
    option: QuarterOption
    by: str
    score: DecisionScore
    before: SeatsView
    after: SeatsView
    later: SeatsView

    @property
    def best(self) -> QuarterOption:
        """The option of the highest expected value."""
        return self.event.option(self.score.best)

    @property
    def paid(self) -> tuple[str, ...]:
        """What the decision did in each seat, a sentence each: the other seat comes last."""
        return self._in_both_seats(self.before, self.after)

    @property
    def given_up(self) -> tuple[str, ...]:
        """How each seat stands against the best option; nothing where that was taken."""
        if self.score.is_best:
            return ()
        return self._in_both_seats(view_of(self.score.options[self.score.best]), self.after)

    def _in_both_seats(self, before: SeatsView, after: SeatsView) -> tuple[str, ...]:
        own = self.event.project
        program = _told("Program", (
            ("launch", _days(after.finish - before.finish)),
            ("cost", _money(after.cost - before.cost)),
            ("interfaces missed", _number(after.missed - before.missed)),
            ("expected value", _money(after.value - before.value)),
        ))  # fmt: skip
        projects = [
            _told_of(id_, before.projects[id_], figures)
            for id_, figures in after.projects.items()
            if id_ == own or _differs(before.projects[id_], figures)
        ]
        return (*projects, program) if self.event.seat == SEATS[0] else (program, *projects)

    def __repr__(self) -> str:
        return f"QuarterDecision {self.event.id}: {self.option.key}, {self.score!r}"


@dataclass(frozen=True, repr=False)
class QuarterPlay:
    """A quarter as it was played.

    Attributes
    ----------
    quarter
        What was scripted.
    choices
        What was chosen, by event; the rule decided the others.
    start
        Both seats' figures before the first event.
    decisions
        One for each event, in order.
    """

    quarter: Quarter
    choices: Mapping[str, str]
    start: SeatsView
    decisions: tuple[QuarterDecision, ...]

    def __getitem__(self, event: str) -> QuarterDecision:
        for one in self.decisions:
            if one.event.id == event:
                return one
        raise KeyError(f"no event {event!r} was decided")

    @property
    def yours(self) -> tuple[QuarterDecision, ...]:
        """Decisions that were not left to the rule; all where every one was."""
        chosen = tuple(one for one in self.decisions if one.by == YOU)
        return chosen or self.decisions

    @property
    def total(self) -> float:
        """Mean quality of your decisions, 0 to 100."""
        return fmean(one.score.score for one in self.yours)

    @property
    def luck(self) -> float:
        """Mean luck of your decisions, a percentile: 50 is none."""
        return fmean(one.score.luck or 0.0 for one in self.yours)

    @property
    def end(self) -> SeatsView:
        """Both seats' figures after the last event."""
        return self.decisions[-1].later if self.decisions else self.start

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per event.

        ``date seat by option best quality luck``, then both seats after what happened: ``launch``
        (P50), ``cost`` and ``value`` of the program, ``missed`` interfaces, and ``finish`` of each
        project as ``Depot finish`` ...
        """
        import pandas as pd

        rows = [
            {
                "date": f"{one.event.date:%d %b}", "seat": one.event.seat, "by": one.by,
                "option": one.option.key, "best": one.best.key,
                "quality": round(one.score.score), "luck": round(one.score.luck or 0.0),
                "launch": f"{one.later.finish_date:%d %b}",
                **{f"{id_} finish": f"{told.finish_date:%d %b}"
                   for id_, told in one.later.projects.items()},
                "cost": round(one.later.cost), "missed": round(one.later.missed, 2),
                "value": round(one.later.value),
            }
            for one in self.decisions
        ]  # fmt: skip
        index = pd.Index([one.event.id for one in self.decisions], name="event", dtype=object)
        return pd.DataFrame(rows, index)

    def explain(self, event: str = "") -> Explanation:
        """Show one decision with the numbers put in; without one, the total.

        Parameters
        ----------
        event
            Id of an event.
        """
        if event:
            one = self[event]
            told = one.score.explain()
            return Explanation(
                f"{one.event.title}: {told.title}",
                (
                    *told.lines,
                    *one.paid,
                    *(f"against the best option, {line}" for line in one.given_up),
                    f"What then happened: {one.event.happened}",
                ),
            )
        marks = [f"{one.score.score:.0f}" for one in self.yours]
        return Explanation(
            f"decision quality {self.total:.0f} of 100",
            (
                f"mean of {len(marks)} decisions = ({' + '.join(marks)}) / {len(marks)} = "
                f"{self.total:.0f}",
                f"luck: mean percentile {self.luck:.0f}; 50 is no luck, and it moves no score",
                f"where nobody chose: {RULE}",
            ),
        )

    def __repr__(self) -> str:
        seats = {one.event.seat for one in self.decisions if one.by == YOU}
        who = " and ".join(seat for seat in SEATS if seat in seats) or "nobody"
        return (
            f"QuarterPlay {len(self.decisions)} events, played by the {who}: quality "
            f"{self.total:.0f} of 100, luck {self.luck:.0f}, launch {self.end.finish_date:%d %b %Y}"
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>{self.table.to_html(border=0)}"


def play_quarter(
    choices: Mapping[str, str] | None = None, quarter: Quarter | None = None, *, events: int = -1
) -> QuarterPlay:
    """Play a scripted quarter.

    Parameters
    ----------
    choices
        What is done at each event: ``{event: key of an option}``. What is not named is decided by
        the rule: the option of the highest expected program value.
    quarter
        The quarter of lesson 12 by default.
    events
        How many to play; all by default.

    Raises
    ------
    PlanError
        For an event or an option that is not there.

    Notes
    -----
    What is known of the program grows from event to event: news, what was decided, and what then
    happened are put into the plan as changes. The status date stays. Interfaces are held against
    what was needed before the first event, in every decision alike.

    Examples
    --------
    >>> play = play_quarter({"chargers": "wait"}, events=1)
    >>> play["chargers"].score.score < 50, play["chargers"].best.key
    (True, 'shift')
    """
    played = told_quarter() if quarter is None else quarter
    told = dict(choices or {})
    for id_, key in told.items():
        played.event(id_).option(key)
    count = len(played.events) if events < 0 else events
    decisions: list[QuarterDecision] = []
    path: tuple[str, ...] = ()
    for event in played.events[:count]:
        one = decided(played, path, told.get(event.id, ""))
        decisions.append(one)
        path = (*path, one.option.key)
    return QuarterPlay(played, told, _later(played, ()), tuple(decisions))


def decided(quarter: Quarter, path: tuple[str, ...], key: str = "") -> QuarterDecision:
    """Decide the event that comes after some others.

    Parameters
    ----------
    quarter
        The script.
    path
        Keys of the options that were taken at the events before, in order.
    key
        Of the option; by the rule where none is named.
    """
    event = quarter.events[len(path)]
    before, score = _weighed(quarter, path)
    score = replace(score, chosen=key or score.best)
    option = event.option(score.chosen)
    later = _later(quarter, (*path, option.key))
    return QuarterDecision(
        event, option, YOU if key else BY_RULE, replace(score, came=later.value), before,
        view_of(score.options[option.key]), later,
    )  # fmt: skip


def program_at(quarter: Quarter, path: tuple[str, ...]) -> Program:
    """Return the program after some events, with the news of the next one.

    Parameters
    ----------
    quarter
        The script.
    path
        Keys of the options that were taken, in order.
    """
    program = _after(quarter, path)
    if len(path) == len(quarter.events):
        return program
    event = quarter.events[len(path)]
    return _applied(program, event.id, event.news)


@lru_cache(maxsize=256)
def _after(quarter: Quarter, path: tuple[str, ...]) -> Program:
    """The program once it is known what happened after the last of some events."""
    if not path:
        return quarter.program
    event = quarter.events[len(path) - 1]
    changes = (*event.news, *event.option(path[-1]).changes, *event.changes)
    return _applied(_after(quarter, path[:-1]), event.id, changes)


def _applied(program: Program, name: str, changes: tuple[Change, ...]) -> Program:
    changed = Scenario(name, changes).apply(program)
    assert isinstance(changed, Program)
    return changed


@lru_cache(maxsize=8)
def _yardstick(quarter: Quarter) -> Yardstick:
    return Yardstick(quarter.program, PENALTY)


@lru_cache(maxsize=64)
def _weighed(quarter: Quarter, path: tuple[str, ...]) -> tuple[SeatsView, DecisionScore]:
    """Both seats' figures before an event is decided, and what each option is worth."""
    event, program = quarter.events[len(path)], program_at(quarter, path)
    yardstick = _yardstick(quarter)
    options = {option.key: option.changes for option in event.options}
    score = score_with(yardstick, program, options, event.options[0].key)
    waits = next((key for key, changes in options.items() if not changes), "")
    if waits:
        return view_of(score.options[waits]), score
    if not event.news:
        return _later(quarter, path), score
    return view_of(yardstick.measure(program, TRIALS, SEED)), score


@lru_cache(maxsize=128)
def _later(quarter: Quarter, path: tuple[str, ...]) -> SeatsView:
    """Both seats' figures once it is known what happened."""
    return view_of(_yardstick(quarter).measure(_after(quarter, path), TRIALS, SEED))


def _told_of(project: str, before: ProjectFigures, after: ProjectFigures) -> str:
    return _told(project, (
        ("finish", _days(after.finish - before.finish)),
        ("cost", _money(after.cost - before.cost)),
        ("float", _days(after.float_days - before.float_days, "more")),
    ))  # fmt: skip


def _told(name: str, parts: tuple[tuple[str, str], ...]) -> str:
    """Return what is different, in one sentence."""
    told = [f"{what} {how}" for what, how in parts if how]
    return f"{name}: {', '.join(told) or 'no change'}."


def _differs(one: ProjectFigures, other: ProjectFigures) -> bool:
    return (abs(one.finish - other.finish) >= 0.05 or abs(one.cost - other.cost) >= 500
            or abs(one.float_days - other.float_days) >= 0.05)  # fmt: skip


def _days(days: float, later: str = "later") -> str:
    """Return a difference in working days as people say it; empty where there is none."""
    if abs(days) < 0.05:
        return ""
    earlier = {"later": "earlier", "more": "less"}[later]
    return f"{days_text(round(abs(days), 1))} {later if days > 0 else earlier}"


def _money(amount: float) -> str:
    if abs(amount) < 500:
        return ""
    return f"{'+' if amount > 0 else MINUS}EUR {abs(amount):,.0f}"


def _number(number: float) -> str:
    if abs(number) < 0.05:
        return ""
    return f"{'+' if number > 0 else MINUS}{abs(number):.1f}"
