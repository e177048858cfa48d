"""What a plan is kept in hand with: tolerances, issues, change requests, and earlier baselines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pmkit.model.baseline import Baseline
from pmkit.model.change_request import ChangeRequest
from pmkit.model.errors import PlanError, Problem, repeated
from pmkit.model.issue import Issue
from pmkit.model.tolerance import Tolerance

_KEYS = (
    ("issues", "issue", "id"),
    ("requests", "change request", "id"),
    ("baselines", "baseline", "name"),
)


@dataclass(frozen=True)
class Control:
    """The logs and the limits of a plan.

    Parameters
    ----------
    tolerances
        How far the plan may drift before somebody else decides.
    issues
        The issue log.
    requests
        The change log.
    baselines
        Approved plans that were replaced, oldest first; the one that holds now is in the
        activities.

    Raises
    ------
    PlanError
        If two entries of a log share an id, or two tolerances are on the same thing.
    """

    tolerances: tuple[Tolerance, ...] = ()
    issues: tuple[Issue, ...] = ()
    requests: tuple[ChangeRequest, ...] = ()
    baselines: tuple[Baseline, ...] = ()

    def __post_init__(self) -> None:
        for name in ("tolerances", "issues", "requests", "baselines"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        problems = []
        for group, kind, key in _KEYS:
            for id_ in repeated(getattr(item, key) for item in getattr(self, group)):
                problems.append(
                    Problem(f"{kind} {id_!r}: {key} must be unique, came more than once",
                            ids=(id_,))
                )  # fmt: skip
        for subject in repeated(tolerance.subject for tolerance in self.tolerances):
            problems.append(
                Problem(f"{subject}: must be given once, came more than once; give each a name")
            )
        if problems:
            raise PlanError(problems)

    def __bool__(self) -> bool:
        return bool(self.tolerances or self.issues or self.requests or self.baselines)

    def baseline(self, name: str) -> Baseline:
        """Return an earlier baseline by name.

        Raises
        ------
        PlanError
            If there is none of that name; the sentence lists those that there are.
        """
        for baseline in self.baselines:
            if baseline.name == str(name):
                return baseline
        known = ", ".join(repr(b.name) for b in self.baselines) or "none"
        raise PlanError(
            f"baseline: must be one of those that were kept ({known}), got {str(name)!r}"
        )

    def within(self, project: str) -> Control:
        """Return it as the program that holds a project sees it: ids as ``project.activity``."""
        prefix = f"{project}."
        return Control(
            tuple(replace(t, project=project) for t in self.tolerances),
            tuple(
                replace(i, id=prefix + i.id, activities=tuple(prefix + a for a in i.activities))
                for i in self.issues
            ),
            tuple(
                replace(r, id=prefix + r.id, changes=tuple(_within(c, prefix) for c in r.changes))
                for r in self.requests
            ),
            tuple(
                replace(
                    b,
                    name=prefix + b.name,
                    activities={prefix + id_: planned for id_, planned in b.activities.items()},
                )
                for b in self.baselines
            ),
        )

    def __add__(self, other: Control) -> Control:
        """Return both together."""
        return Control(
            *((*getattr(self, name), *getattr(other, name)) for name in self.__dataclass_fields__)
        )


def _within(change: Any, prefix: str) -> Any:
    if change.target == "settings" or "risk" in change.values:
        return change
    target = " -> ".join(prefix + part.strip() for part in change.target.split("->"))
    return type(change)(target, **change.values)
