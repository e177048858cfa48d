"""The reference scheduler for a plan under way, from the published rules of Primavera P6.

What is done stands at its actual dates, and what remains is scheduled from the status date on:
under retained logic by all its dependencies, under progress override without those that its start
has broken already (Oracle, Primavera P6 help, "Schedule Options"; Ron Winter, "Out-of-Sequence
Progress", 2019). "Unmoved" is Microsoft Project's: the status date moves nothing.
"""

from __future__ import annotations

from dataclasses import replace

from pmkit.model.activity import Activity, ConstraintKind, Moment
from pmkit.model.dependency import Dependency, LagUnit
from pmkit.model.project import Project
from tests.reference.minutes import HORIZON
from tests.reference.scheduler import AT_START, Answer, Dates, Reference

COMPLETE, IN_PROGRESS, NOT_STARTED = "complete", "in progress", "not started"
Broken = tuple[str, str, str]
"""A dependency out of sequence: predecessor, successor, relation."""


def state_of(activity: Activity) -> str:
    """Whether an activity is complete, in progress or not started."""
    if activity.actual_finish is not None or activity.percent_complete == 100:
        return COMPLETE
    if activity.actual_start is not None or activity.percent_complete:
        return IN_PROGRESS
    return NOT_STARTED


class Progressed(Reference):
    """A plan under way in minutes."""

    def __init__(self, plan: Project) -> None:
        super().__init__(plan)
        self.position = {activity.id: i for i, activity in enumerate(plan.activities)}
        self.status = self.status_minute()
        self.mode = plan.settings.progress
        self.states = [state_of(activity) for activity in plan.activities]
        remaining = [self.remaining(i) for i in range(len(self.whole))]
        self.actual = [self.actual_dates(i, remaining[i]) for i in range(len(self.whole))]
        self.left = remaining
        if self.mode == "unmoved":  # in one piece, which is no shorter than what remains of it
            self.durations = [
                max(whole, left) if state == IN_PROGRESS else whole
                for whole, left, state in zip(self.whole, remaining, self.states, strict=True)
            ]
        else:
            self.durations = remaining
            self.floors = [
                self.status if state == IN_PROGRESS else max(floor, self.status)
                for floor, state in zip(self.floors, self.states, strict=True)
            ]
        self.all_links = [
            (p, s, link) for s, links in enumerate(self.incoming) for p, link in links
        ]
        self.activities = tuple(map(self.without_void_constraint, plan.activities))
        self.count = len(plan.activities)
        self.ghosts = {i: self.add_ghost(i) for i in self.passing()}
        self.keep_what_binds()

    # What is done

    def status_minute(self) -> int:
        """The status date, or else the latest actual date; without a time the end of that day."""
        given: list[Moment] = [
            moment
            for activity in self.activities
            for moment in (activity.actual_start, activity.actual_finish)
            if moment is not None
        ]
        if self.settings.status_date is not None:
            given = [self.settings.status_date]
        return max(self.moment(moment, end=True) for moment in given)

    def remaining(self, i: int) -> int:
        activity = self.activities[i]
        if self.states[i] == COMPLETE:
            return 0
        if activity.remaining_duration is not None:
            return self.days(activity.remaining_duration)
        return self.days(activity.expected_duration * (1 - (activity.percent_complete or 0) / 100))

    def actual_dates(self, i: int, remaining: int) -> Dates:
        """Actual start and finish, as recorded or as they must have been."""
        activity, line = self.activities[i], self.lines[i]
        if self.states[i] == NOT_STARTED:
            return (-1, -1)
        start, finish = activity.actual_start, activity.actual_finish
        end = max(
            line.left(line.elapsed(self.status)), -1 if start is None else self.start_of(i, start)
        )
        if finish is not None:
            end = self.end_of(i, finish)
        elif self.states[i] == COMPLETE and activity.baseline_finish is not None:
            planned = self.end_of(i, activity.baseline_finish)
            begun = start is None or self.start_of(i, start) <= planned
            end = planned if planned < self.status and begun else end
        if start is not None:
            reached = self.states[i] == COMPLETE and not self.whole[i] and self.has_no_time(start)
            if reached and self.moment(start, end=False) <= end <= self.moment(start, end=True):
                return end, end  # all that is known of a milestone is the day it was reached
            return self.start_of(i, start), end
        if activity.baseline_start is not None:
            planned = self.start_of(i, activity.baseline_start)
            if planned < self.status and (self.states[i] == IN_PROGRESS or planned <= end):
                return planned, end
        done = max(0, self.whole[i] - remaining)
        if self.states[i] == COMPLETE and not done:
            return end, end
        return line.right(line.elapsed(end) - done), end

    def start_of(self, i: int, moment: Moment) -> int:
        """A start; without a time it is the beginning of that working day."""
        minute = self.moment(moment, end=False)
        line = self.lines[i]
        return line.right(line.elapsed(minute)) if self.has_no_time(moment) else minute

    def end_of(self, i: int, moment: Moment) -> int:
        """An actual finish; without a time it is the end of that working day."""
        minute = self.moment(moment, end=True)
        line = self.lines[i]
        return line.left(line.elapsed(minute)) if self.has_no_time(moment) else minute

    def has_no_time(self, moment: Moment) -> bool:
        return self.dated and not hasattr(moment, "hour")

    # What binds

    def without_void_constraint(self, activity: Activity) -> Activity:
        """A start constraint means nothing once started, any constraint once finished."""
        state = state_of(activity)
        kept = activity.constraint not in AT_START | {ConstraintKind.AS_LATE_AS_POSSIBLE}
        if state == NOT_STARTED or (state == IN_PROGRESS and kept):
            return activity
        return replace(
            activity, constraint=ConstraintKind.AS_SOON_AS_POSSIBLE, constraint_date=None
        )

    def is_overridden(self, p: int, s: int, link: Dependency) -> bool:
        """Whether progress override lets a dependency go: the successor's start has broken it."""
        if self.mode != "progress_override" or self.states[s] != IN_PROGRESS:
            return False
        if link.kind == "FS":
            return self.states[p] != COMPLETE
        return link.kind == "SS" and self.states[p] == NOT_STARTED

    def passing(self) -> list[int]:
        """Return what was completed although something before it, near or far, was not.

        P6 retains the logic through it: what comes after waits for what came before.
        """
        if self.mode != "retained_logic":
            return []
        done = [state == COMPLETE for state in self.states]
        behind = [not one for one in done]  # itself or something before it is not complete
        ahead = [not one for one in done]  # something that is not complete follows from its finish
        for _ in done:
            for p, s, link in self.all_links:
                waits = link.kind[0] == "F" or self.states[p] == NOT_STARTED
                behind[s] |= behind[p] and waits
                ahead[p] |= link.kind[0] == "F" and ahead[s]
        return [i for i, one in enumerate(done) if one and behind[i] and ahead[i]]

    def add_ghost(self, i: int) -> int:
        """Add a milestone that comes when all that an activity should have waited for has come."""
        self.activities += (Activity(f"{self.activities[i].id} at last", 0),)
        self.lines.append(self.lines[i])
        self.durations.append(0)
        self.floors.append(self.status)
        self.states.append(NOT_STARTED)
        self.actual.append((-1, -1))
        self.whole = [*self.whole, self.whole[i]]  # a lag may be a percentage of it
        return len(self.activities) - 1

    def keep_what_binds(self) -> None:
        everyone = range(len(self.activities))
        self.incoming = [[] for _ in everyone]
        self.outgoing = [[] for _ in everyone]
        for p, s, link in self.all_links:
            if self.is_overridden(p, s, link):
                continue
            pinned = self.is_pinned(s)
            if pinned and link.kind == "SS":
                continue  # it has started, so nobody needs to be in time for that
            after = self.ghosts.get(s) if self.states[s] == COMPLETE else s
            before = [p, self.ghosts[p]] if p in self.ghosts and link.kind[0] == "F" else [p]
            if self.states[s] == COMPLETE:  # what is done asks nothing more of what is done
                before = [one for one in before if self.states[one] != COMPLETE]
            for one in before if after is not None else ():
                if not pinned:
                    self.incoming[after].append((one, link))
                if not (link.kind[0] == "S" and self.has_no_start(one)):
                    self.outgoing[one].append((after, link))

    # What follows

    def room(self, i: int, early: list[Dates]) -> list[tuple[int, int]]:
        """What is pinned notices no delay."""
        outgoing = self.outgoing[i]
        self.outgoing[i] = [(s, link) for s, link in outgoing if not self.is_pinned(s)]
        found = super().room(i, early)
        self.outgoing[i] = outgoing
        return found

    def has_no_start(self, i: int) -> bool:
        """Whether it has started, with no rest that may start later."""
        return self.states[i] == COMPLETE or self.is_pinned(i)

    def remaining_lag(self, link: Dependency, p: int, s: int) -> int:
        """A lag after a start runs down while the predecessor works (P6: lag from early start)."""
        lag = super().lag(link, p)
        runs_down = link.kind[0] == "S" and self.states[p] == IN_PROGRESS and not self.is_pinned(p)
        if not (runs_down and lag > 0):
            return lag
        start, now = self.actual[p][0], self.status
        if link.unit is not LagUnit.ELAPSED_DAYS:
            line = self.lag_line(p, s)
            start, now = line.elapsed(start), line.elapsed(now)
        return max(0, lag - max(0, now - start))

    def lag(self, link: Dependency, predecessor: int) -> int:
        return self.remaining_lag(link, predecessor, self.position[link.successor])

    def earliest(self, i: int, early: list[Dates]) -> Dates:
        if self.states[i] == COMPLETE:
            return self.actual[i]
        if self.is_pinned(i):
            start, line = self.actual[i][0], self.lines[i]
            duration = self.durations[i]
            return start, line.left(line.elapsed(start) + duration) if duration else start
        self.honour = self.settings.constraints == "honour_dates"
        return super().earliest(i, early)

    def latest(self, i: int, after: list[Dates], finish: int) -> Dates:
        if self.states[i] == COMPLETE:
            return self.actual[i]
        if not self.is_pinned(i):
            self.honour = self.settings.constraints == "honour_dates"
            return super().latest(i, after, finish if self.counts(i) else HORIZON)
        self.honour = False  # a date is not honoured by what nothing moves: it is a limit
        whole = self.durations[i]
        self.durations[i] = whole if self.left[i] else 0  # nothing left to do: an instant
        late = super().latest(i, after, finish)[1]
        self.durations[i] = whole
        return self.actual[i][0], late

    def is_pinned(self, i: int) -> bool:
        """Whether an activity is one piece from its actual start, wherever the status date is."""
        return self.mode == "unmoved" and self.states[i] == IN_PROGRESS

    def bounds(self, i: int, after: list[Dates]) -> list[tuple[int, int]]:
        """What remains of a pinned activity is what its predecessors must be in time for."""
        remaining = list(after)
        for s, (line, left) in enumerate(zip(self.lines, self.left, strict=False)):
            if self.is_pinned(s):
                finish = after[s][1]
                start = line.right(line.elapsed(finish) - left) if left else finish
                remaining[s] = start, finish
        return super().bounds(i, remaining)

    def as_scheduled(self, early: list[Dates], finish: int) -> list[Dates]:
        outgoing = self.outgoing
        self.outgoing = [
            [pair for pair in pairs if not self.is_pinned(pair[0])] for pairs in outgoing
        ]
        scheduled = super().as_scheduled(early, finish)
        self.outgoing = outgoing
        return [
            (self.actual[i][0], finish) if state == IN_PROGRESS else (start, finish)
            for i, ((start, finish), state) in enumerate(zip(scheduled, self.states, strict=True))
        ]

    def drives(self, p: int, i: int, link: Dependency, early: list[Dates]) -> bool:
        """A start that has happened holds nobody up any more, whatever the lag after it."""
        is_history = link.kind[0] == "S" and self.has_no_start(p)
        return not is_history and super().drives(p, i, link, early)

    def total_float(self, i: int, early: Dates, late: Dates) -> int:
        if self.is_pinned(i):  # its start has no float
            return self.lines[i].elapsed(late[1]) - self.lines[i].elapsed(early[1])
        return 0 if self.states[i] == COMPLETE else super().total_float(i, early, late)

    def is_an_instant(self, i: int, column: str) -> bool:
        """What is done, and milestones, may show on either side of a night."""
        starts = {"start", "early_start", "late_start"} if self.mode == "unmoved" else {"start"}
        is_actual = column in starts and self.states[i] == IN_PROGRESS
        is_actual |= self.is_pinned(i) and not self.left[i]
        return is_actual or self.states[i] == COMPLETE or super().is_an_instant(i, column)

    def counts(self, i: int) -> bool:
        return i < self.count

    def solve(self) -> Answer:
        answer = super().solve()
        for i, state in enumerate(self.states):
            if state == COMPLETE:
                answer.free_float[i] = 0
                answer.is_critical[i] = answer.may_be_critical[i] = False
        for column in vars(answer).values():
            if isinstance(column, list):
                del column[self.count :]
        self.states = self.states[: self.count]
        return answer

    def out_of_sequence(self, *, same_instant: bool = True) -> set[Broken]:
        """Dependencies whose order of events was another, whatever their lag.

        The end of a working day and the start of the next are one working instant: whether a start
        just after a finish is in order (`same_instant`) is a matter of taste.
        """
        found = set()
        for p, s, link in self.all_links:
            from_finish, to_finish = link.kind[0] == "F", link.kind[1] == "F"
            happened = self.states[s] == COMPLETE if to_finish else self.states[s] != NOT_STARTED
            if not happened:
                continue
            before = self.states[p] == COMPLETE if from_finish else self.states[p] != NOT_STARTED
            after = self.actual[s][to_finish]
            if link.kind == "SF" and same_instant:
                after = self.lines[p].right(self.lines[p].elapsed(after))
            if not (before and self.actual[p][from_finish] <= after):
                found.add((self.activities[p].id, self.activities[s].id, link.relation))
        return found


def progressed_schedule(plan: Project) -> Answer:
    """Schedule a plan under way the slow way."""
    return Progressed(plan).solve()
