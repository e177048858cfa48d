"""Runs inside the sandbox: the cells of one submission, then reads the answers by their names.

It is given no solution and no test, so whatever the submission does to it, to pmkit or to Python
can only change the student's own answers. What it prints is marked outside.

Usage: ``python -I runner.py`` with ``submission.json`` in the current folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

LONG = 2_000
"""Letters of an answer or of an error that are kept."""


def run(told: Mapping[str, Any], tell: Callable[[Mapping[str, Any]], None]) -> dict[str, Any]:
    """Run the cells in order; what fails is noted, the next one is run, and then it is tried again.

    Parameters
    ----------
    told
        ``cells``: sources in order; ``names``: of the answers; ``cases``: by the name of a policy,
        lists of arguments.
    tell
        Is told after each cell how things stand, in case that a later one ends everything.
    """
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.showtraceback = lambda *_, **__: None  # type: ignore[method-assign]
    errors: dict[int, str] = {}
    waiting = list(enumerate(told["cells"]))
    while waiting:
        for n, source in waiting:
            done = shell.run_cell(source, silent=True, store_history=False)
            problem = done.error_before_exec or done.error_in_exec
            errors.pop(n, None)
            if problem is not None:
                errors[n] = f"{type(problem).__name__}: {problem}"[:LONG]
            tell({"answers": answers(shell.user_ns, told["names"]), "policies": {}, "errors": []})
        failed = [(n, source) for n, source in waiting if n in errors]
        # In another order than they were handed out, a later round finds what an earlier one made.
        waiting = failed if len(failed) < len(waiting) else []
    space = shell.user_ns
    policies = {
        name: [_called(space[name], case) for case in cases]
        for name, cases in told["cases"].items()
        if callable(space.get(name))
    }
    return {
        "answers": answers(space, told["names"]),
        "policies": policies,
        "errors": sorted(errors.items()),
    }


def answers(space: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return what the named variables hold at this moment."""
    return {name: as_json(space[name]) for name in names if name in space}


def as_json(value: Any) -> Any:
    """Return a value as json can hold it; what it cannot hold is told as ``{"repr": ...}``."""
    try:
        return _as_json(value)
    except Exception:  # whatever a strange value does when it is looked at
        return {"repr": type(value).__name__}


def _as_json(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value[:LONG] if isinstance(value, str) else value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, Mapping):
        return {"items": [[str(key), as_json(each)] for key, each in list(value.items())[:100]]}
    if isinstance(value, Sequence | set | frozenset):
        return [as_json(each) for each in list(value)[:100]]
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:  # a number of numpy
        return as_json(value.item())
    if hasattr(value, "to_dict") and getattr(value, "ndim", 0) == 1:  # a Series
        return as_json(value.to_dict())
    if hasattr(value, "tolist"):
        return as_json(value.tolist())
    return {"repr": repr(value)[:LONG]}


def _called(rule: Any, case: Sequence[Any]) -> Any:
    try:
        return {"returns": as_json(rule(*case))}
    except Exception as error:
        return {"raises": f"{type(error).__name__}: {error}"[:LONG]}


def main() -> None:
    """Run what lies in the current folder; the last line printed is the result."""
    out = sys.stdout
    told = json.loads(Path("submission.json").read_text("utf-8"))
    said = ""

    def tell(result: Mapping[str, Any]) -> None:
        nonlocal said
        line = json.dumps(result)
        if line != said:
            said = line
            print(f"\n{told['mark']}{line}", file=out, flush=True)

    with open("/dev/null", "w") as nowhere:  # what cells print is of no use here
        sys.stdout = nowhere
        tell(run(told, tell))


if __name__ == "__main__":
    main()
