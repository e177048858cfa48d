"""The same quarter from one seat and then from the other: what was decided, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean

from pmkit.learning.quarter.play import (
    BY_RULE,
    QuarterDecision,
    QuarterPlay,
    decided,
    play_quarter,
)
from pmkit.learning.quarter.script import Quarter, QuarterEvent
from pmkit.learning.record import Event
from pmkit.learning.words import SEATS
from pmkit.model.errors import PlanError

UNDO, RESTART = "undo", "restart"
"""Items of the record that take back the last decision, and all."""
_SAME_DAY, _SAME_MONEY = 0.25, 500  # less is not worth a word
_CLOSE = 10  # per cent between sure and right that are not worth a word


@dataclass(frozen=True)
class Choice:
    """One decision of the learner.

    Attributes
    ----------
    event, option
        Ids.
    confidence
        How sure that it is the best option, 50 to 100 per cent.
    """

    event: str
    option: str
    confidence: int


@dataclass(frozen=True)
class Twice:
    """A quarter that is played twice: first the project manager's events, then the others.

    Attributes
    ----------
    quarter
        The script.
    choices
        The learner's decisions, in order.
    """

    quarter: Quarter
    choices: tuple[Choice, ...] = ()

    @cached_property
    def events(self) -> tuple[QuarterEvent, ...]:
        """Those that the learner decides, in the order in which they are asked."""
        return tuple(event for seat in SEATS for event in self.quarter.of(seat))

    @property
    def is_over(self) -> bool:
        """Whether both seats were played."""
        return len(self.choices) >= len(self.events)

    @property
    def now(self) -> QuarterEvent | None:
        """The event that is to be decided."""
        return None if self.is_over else self.events[len(self.choices)]

    def chosen(self, seat: str) -> dict[str, str]:
        """Return what the learner chose in a seat: option by event."""
        mine = {event.id for event in self.quarter.of(seat)}
        return {one.event: one.option for one in self.choices if one.event in mine}

    def path(self, event: QuarterEvent) -> tuple[str, ...]:
        """Return the options taken before an event in its round: the learner's and the rule's."""
        chosen, path = self.chosen(event.seat), tuple[str, ...]()
        for one in self.quarter.events:
            if one.id == event.id:
                break
            path = (*path, decided(self.quarter, path, chosen.get(one.id, "")).option.key)
        return path

    def meanwhile(self, event: QuarterEvent) -> tuple[QuarterDecision, ...]:
        """Return what the rule decided since the learner's last event of the round."""
        chosen, found, path = self.chosen(event.seat), list[QuarterDecision](), tuple[str, ...]()
        for one in self.quarter.events:
            if one.id == event.id:
                break
            made = decided(self.quarter, path, chosen.get(one.id, ""))
            path = (*path, made.option.key)
            found = [*found, made] if made.by == BY_RULE else []
        return tuple(found)

    def decision(self, choice: Choice) -> QuarterDecision:
        """Return what a choice of the learner came to."""
        event = self.quarter.event(choice.event)
        return decided(self.quarter, self.path(event), choice.option)

    def play(self, seat: str) -> QuarterPlay:
        """Return the round of a seat, whole: the rule decides what is not decided yet."""
        return play_quarter(self.chosen(seat), self.quarter)

    def with_choice(self, option: str, confidence: int) -> Twice:
        """Return the game with the next event decided.

        Raises
        ------
        PlanError
            If both seats were played, or there is no such option.
        """
        if self.now is None:
            raise PlanError("quarter: both seats were played; restart to play again")
        key = self.now.option(option).key
        return replace(self, choices=(*self.choices, Choice(self.now.id, key, int(confidence))))

    def undone(self) -> Twice:
        """Return the game before its last decision."""
        return replace(self, choices=self.choices[:-1])

    def after(self, events: Iterable[Event]) -> Twice:
        """Return the game as a learner's file tells it; what no longer fits is left out."""
        game = replace(self, choices=())
        for event in events:
            if event.item == RESTART:
                game = replace(self, choices=())
            elif event.item == UNDO:
                game = game.undone()
            elif game.now is not None and game.now.id == event.item:
                try:
                    told = event.facts
                    game = game.with_choice(str(told["option"]), int(told["confidence"]))
                except (PlanError, KeyError, TypeError, ValueError):
                    continue  # the table is another one since then
        return game

    @property
    def debrief(self) -> tuple[str, ...]:
        """What the two rounds have to say, a sentence each."""
        made = [self.decision(choice) for choice in self.choices]
        if not made:
            return ()
        best = sum(one.score.is_best for one in made)
        sure = fmean(choice.confidence for choice in self.choices)
        share = 100 * best / len(made)
        gap = sure - share
        verdict = "less sure than you were right" if gap < 0 else "surer than you were right"
        if abs(gap) <= _CLOSE:
            verdict = "about as sure as you were right"
        quality, luck = (
            fmean(one.score.score for one in made),
            fmean(one.score.luck or 0.0 for one in made),
        )
        return (
            f"What you believed: you were {sure:.0f} % sure on average that you took the best "
            f"option; {best} of {len(made)} were, {share:.0f} %: {verdict}.",
            f"Decision quality: {quality:.0f} of 100 on average. It holds only what was known.",
            f"Luck: percentile {luck:.0f} on average, where 50 is none. {self._turned(made)}",
            *self._paid(),
        )

    @staticmethod
    def _turned(made: list[QuarterDecision]) -> str:
        """A good decision that turned out badly, or a bad one that turned out well."""
        for one in made:
            luck = one.score.luck or 0.0
            if one.score.is_best and luck < 40:
                return (f"'{one.event.title}' was decided well and turned out badly: it was still "
                        "a good decision.")  # fmt: skip
            if one.score.score < 50 and luck > 55:
                return f"'{one.event.title}' turned out well, and was still not a good decision."
        return "What then happened did not change what a good decision was."

    def _paid(self) -> list[str]:
        """What the other seat paid for each round, against the rule in both seats."""
        by_rule = play_quarter({}, self.quarter).end
        told = []
        for seat in SEATS:
            if not self.chosen(seat):
                continue
            end = self.play(seat).end
            days, money = end.finish - by_rule.finish, end.value - by_rule.value
            other = SEATS[1 - SEATS.index(seat)]
            if abs(days) < _SAME_DAY and abs(money) < _SAME_MONEY:
                told.append(f"What the {other} paid for your round as {seat}: nothing against the "
                            "rule.")  # fmt: skip
                continue
            launch = f"a launch {abs(days):.1f} working days {'later' if days > 0 else 'earlier'}"
            value = f"EUR {abs(money):,.0f} {'more' if money > 0 else 'less'} expected value"
            both = [launch] * (abs(days) >= _SAME_DAY) + [value] * (abs(money) >= _SAME_MONEY)
            told.append(f"What the {other} got from your round as {seat}, against the rule: "
                        f"{' and '.join(both)}.")  # fmt: skip
        return told
