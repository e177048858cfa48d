"""Functions that simulated students write: the solution's, or that one with a slip in it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from random import Random

from pmkit.teach.exercise import Exercise
from pmkit.teach.variants import Case

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.LtE: ast.Lt, ast.Lt: ast.LtE, ast.GtE: ast.Gt, ast.Gt: ast.GtE, ast.Eq: ast.NotEq,
}  # fmt: skip


def policy_of(
    exercise: Exercise, name: str, cases: Sequence[Case], does: str, chance: Random
) -> str:
    """Return the source of a function.

    Parameters
    ----------
    exercise, name
        The exercise, and the question.
    cases
        What the function is run on.
    does
        ``right``: the solution. ``wrong``: always the same is returned. Anything else: the solution
        with one slip, at a limit (``<`` for ``<=``) or in what must hold at once (``or``).
    chance
        Where the slip is.
    """
    solution = solution_of(exercise, name)
    if does == "right":
        return solution
    slipped = None if does == "wrong" else with_a_slip(solution, chance)
    if slipped is not None:
        return slipped
    takes = ", ".join(exercise.asked[name].question.takes)
    return f"def {name}({takes}):\n    return {cases[0].returns!r}"


def solution_of(exercise: Exercise, name: str) -> str:
    """Return the cell of the exercise's source that answers a question."""
    import jupytext

    source = jupytext.reads(exercise.source.read_text("utf-8"), "py:percent")
    found: str = next(
        cell.source for cell in source.cells if cell.metadata.get("question") == name
    )  # fmt: skip
    return found


def with_a_slip(source: str, chance: Random) -> str | None:
    """Return a program with one of its comparisons changed; ``None`` where it has none.

    Examples
    --------
    >>> with_a_slip("late = days > 5", Random(1))
    'late = days >= 5'
    """
    tree = ast.parse(source)
    places = [
        node for node in ast.walk(tree) if isinstance(node, ast.BoolOp)
        or (isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED)
    ]  # fmt: skip
    if not places:
        return None
    node = chance.choice(places)
    if isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Compare):
        node.ops[0] = _TURNED[type(node.ops[0])]()
    return ast.unparse(tree)
