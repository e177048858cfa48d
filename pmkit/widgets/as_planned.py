"""Going back by hand: a change to what the plan has already is no change."""

from __future__ import annotations

from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.program import Plan
from pmkit.widgets.history import Session
from pmkit.widgets.telling import PROGRESS


def without_what_is_so(session: Session, change: Change, plan: Plan) -> Session:
    """Drop from a session what a change has just set to what the plan has.

    Parameters
    ----------
    session
        With the change in it.
    change
        The latest one.
    plan
        As it stands.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> plan, change = Project.from_table([("A", 3, "")]), Change("A", duration=3)
    >>> without_what_is_so(Session(plan).with_change(change), change, plan).changes
    ()
    """
    index = plan.network.topology.index
    if change.target in index:
        activity = plan.network[change.target]
        same = [name for name, value in change.values.items() if _is_so(activity, name, value)]
        if "remaining_duration" in same and activity.remaining_duration is None:
            told = [c.values for c in session.changes if c.target == change.target]
            if any("percent_complete" in values for values in told):
                same.remove("remaining_duration")  # another percentage would leave another rest
        return session.without_value(change.target, *same) if same else session
    for link in plan.network.dependencies:
        arrow = f"{link.predecessor} -> {link.successor}"
        if change.target == arrow and change.values == {"lag": link.lag}:
            return session.without_value(change.target, "lag")
    if change.target == "settings":
        settings = plan.settings
        same = [n for n, value in change.values.items() if getattr(settings, n) == value]
        return session.without_value(change.target, *same) if same else session
    return session


def _is_so(activity: Activity, name: str, value: object) -> bool:
    """Whether a field has this value; three points are left alone, a duration stretches them."""
    if name == "duration":
        return value == activity.expected_duration
    if name == "remaining_duration" and activity.remaining_duration is None:
        return bool(value == activity.remaining)
    return name in PROGRESS and bool(value == getattr(activity, name))
