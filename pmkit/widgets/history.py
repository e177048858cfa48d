"""What a what-if session holds, and undo and redo of it: values only, nothing on a screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.scenario import Scenario

MOST_STEPS = 200
RESERVED = frozenset({"plan", "Plan", "current plan", "saved baseline"})
"""What the plan itself is called in tables and charts."""


@dataclass(frozen=True)
class Session:
    """A plan, the changes being tried on it, and the scenarios kept so far.

    Parameters
    ----------
    plan
        ``None`` before one is opened.
    changes
        In the order in which they are applied.
    kept
        Named scenarios, oldest first.
    """

    plan: Plan | None = None
    changes: tuple[Change, ...] = ()
    kept: tuple[Scenario, ...] = ()

    def with_change(self, change: Change) -> Session:
        """Return the session with one more change; what it says again, it says instead.

        Examples
        --------
        >>> tried = Session().with_change(Change("A", duration=5))
        >>> tried.with_change(Change("A", duration=7)).changes
        (Change('A', duration=7),)
        """
        changes = list(self.changes)
        for position, earlier in enumerate(changes):
            if earlier.target == change.target and _same_kind(earlier, change):
                changes[position] = Change(earlier.target, **{**earlier.values, **change.values})
                break
        else:
            changes.append(change)
        return replace(self, changes=tuple(changes))

    def without_value(self, target: str, *names: str) -> Session:
        """Return the session without these fields of a change, and without it when none is left."""
        changes = []
        for change in self.changes:
            if change.target == target:
                left = {name: v for name, v in change.values.items() if name not in names}
                if not left:
                    continue
                change = Change(target, **left)
            changes.append(change)
        return replace(self, changes=tuple(changes))

    def without_change(self, position: int) -> Session:
        """Return the session without one of its changes."""
        changes = self.changes[:position] + self.changes[position + 1 :]
        return replace(self, changes=changes)

    def with_kept(self, name: str) -> Session:
        """Return the session with its changes kept under a name.

        Raises
        ------
        PlanError
            If there is nothing to keep, or the name is empty or taken.
        """
        name = " ".join(name.split())
        if not self.changes:
            raise PlanError("scenario: must change something before it is kept, got no change")
        if not name:
            raise PlanError("scenario: name must not be empty")
        taken = {scenario.name for scenario in self.kept} | RESERVED
        if name in taken:
            raise PlanError(f"scenario {name!r}: name must not be taken already, choose another")
        return replace(self, kept=(*self.kept, Scenario(name, self.changes)))

    def without_kept(self, name: str) -> Session:
        """Return the session without one of the kept scenarios."""
        return replace(self, kept=tuple(s for s in self.kept if s.name != name))

    def kept_as(self) -> str:
        """Return the name under which the present changes are kept already, or nothing."""
        return next((s.name for s in self.kept if s.changes == self.changes), "")

    def free_name(self, wish: str) -> str:
        """Return the wish, or the wish with a number, whichever is not taken."""
        taken = {scenario.name for scenario in self.kept} | RESERVED
        candidate, number = wish, 2
        while candidate in taken:
            candidate, number = f"{wish} {number}", number + 1
        return candidate


def _same_kind(earlier: Change, change: Change) -> bool:
    """A risk that is added stands alone; fields of one activity or dependency come together."""
    return not {"risk", "predecessors", "remove"} & {*earlier.values, *change.values}


@dataclass(frozen=True)
class History:
    """The present session, with what undo and redo would bring back.

    Examples
    --------
    >>> history = History().after(Session(changes=(Change("A", duration=5),)))
    >>> history.undone().present.changes, history.undone().redone() == history
    ((), True)
    """

    present: Session = field(default_factory=Session)
    past: tuple[Session, ...] = ()
    future: tuple[Session, ...] = ()

    def after(self, session: Session) -> History:
        """Return the history in which a session is the present one.

        What was undone before cannot be redone any more, and there is no way back to having no
        plan at all.
        """
        if session == self.present:
            return self
        past = () if self.present.plan is None and session.plan else (*self.past, self.present)
        return History(session, past[-MOST_STEPS:])

    def undone(self) -> History:
        """Return the history one step back; itself where there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (*self.future, self.present))

    def redone(self) -> History:
        """Return the history one step forward again; itself where there is none."""
        if not self.future:
            return self
        return History(self.future[-1], (*self.past, self.present), self.future[:-1])
