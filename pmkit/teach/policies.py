"""A policy is a function that a student writes: run on cases, marked by what it returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pmkit.teach.exercise import Asked
from pmkit.teach.inert import plain
from pmkit.teach.marking import Marked
from pmkit.teach.variants import Case


def mark_policy(asked: Asked, cases: Sequence[Case], returned: Sequence[Any] | None) -> Marked:
    """Mark a policy by the share of the cases in which it returns what it must.

    Parameters
    ----------
    asked
        The question.
    cases
        What it was run on, and what must come out.
    returned
        What came out, ``{"returns": ...}`` or ``{"raises": ...}``; ``None``: there is no function.
    """
    name, out_of = asked.question.name, asked.question.points
    if returned is None:
        return Marked(name, 0.0, out_of, "missing", f"There is no function {name}.")
    came = [each if isinstance(each, Mapping) else {} for each in returned]
    came += [{}] * (len(cases) - len(came))
    if all(each.get("returns") is None and "raises" not in each for each in came):
        return Marked(name, 0.0, out_of, "empty", f"{name} returns nothing.")
    off = [n for n, case in enumerate(cases) if not _same(asked, came[n], case)]
    if not off:
        return Marked(name, out_of, out_of, "right", f"Right. {asked.reason}")
    points = round(out_of * (len(cases) - len(off)) / len(cases), 2)
    said = f"{len(cases) - len(off)} of {len(cases)} cases are right. {asked.reason}"
    if broke := next((came[n]["raises"] for n in off if "raises" in came[n]), ""):
        said = f"{said} In at least one it ended with {plain(str(broke))[:200]}."
    return Marked(name, points, out_of, "wrong", said)  # the cases stay with the instructor


def _same(asked: Asked, came: Mapping[str, Any], case: Case) -> bool:
    value, right = came.get("returns"), case.returns
    if isinstance(right, str):
        return isinstance(value, str) and value.strip().casefold() == right.casefold()
    return (isinstance(value, int | float) and not isinstance(value, bool)
            and abs(value - right) <= asked.tolerance(right))  # fmt: skip
