"""The health of a schedule: what each rule found, and how many of them pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.health.examined import Examined, number
from pmkit.analysis.health.rules import DAYS, PERCENT, RULES
from pmkit.analysis.health.ways import way
from pmkit.analysis.scheduling.schedule import Schedule
from pmkit.model.change import Change
from pmkit.model.program import Plan

if TYPE_CHECKING:
    import pandas as pd

_MOST = 12


@dataclass(frozen=True, slots=True)
class Check:
    """What one rule found.

    Parameters
    ----------
    name, rule
        As a program and as people call it.
    value, unit
        What came out; ``None`` where it cannot be checked.
    threshold, at_least
        What it is held against, and whether that is the least or the most that passes.
    passed
        ``None`` where it cannot be checked.
    offenders, details
        Activities or dependencies, and what is wrong with each.
    of, what
        How many were looked at, and what they are.
    meaning
        What the rule says, and how it is counted.
    advice
        What to do about an offender.
    reason
        Why it cannot be checked; empty where it can.
    lines
        The arithmetic.
    """

    name: str
    rule: str
    value: float | None
    unit: str
    threshold: float
    at_least: bool
    passed: bool | None
    offenders: tuple[str, ...]
    details: tuple[str, ...]
    of: int
    what: str
    meaning: str
    advice: str
    reason: str
    lines: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of offenders."""
        return len(self.offenders)

    @property
    def mark(self) -> str:
        """``"passed"``, ``"failed"`` or ``"not checked"``."""
        return {True: "passed", False: "failed", None: "not checked"}[self.passed]

    @property
    def value_text(self) -> str:
        """The value with its unit; one that fails never reads like its threshold."""
        if self.value is None:
            return "not checked"
        for decimals in (2, 3, 4, 6):
            text = f"{round(self.value, decimals) + 0.0:,.12g}"
            if self.passed or text != number(self.threshold):
                break
        return _with_unit(text, self.unit)

    @property
    def threshold_text(self) -> str:
        """What passes, in words."""
        if self.unit == DAYS:
            return _with_unit(number(self.threshold), self.unit)
        bound = "at least" if self.at_least else "at most"
        return f"{bound} {_with_unit(number(self.threshold), self.unit)}"


def _with_unit(text: str, unit: str) -> str:
    return f"{text} %" if unit == PERCENT else f"{text} days" if unit == DAYS else text


@dataclass(frozen=True, eq=False, repr=False)
class Health:
    """A plan held against every rule.

    Attributes
    ----------
    plan
        The plan.
    thresholds
        Every threshold by name.
    checks
        What each rule found, in the order of the rules.
    """

    plan: Plan
    thresholds: Mapping[str, float]
    checks: tuple[Check, ...]
    _examined: Examined

    @property
    def schedule(self) -> Schedule:
        """The schedule that was looked at."""
        return self._examined.schedule

    @property
    def passed(self) -> tuple[str, ...]:
        """Names of the rules that are kept."""
        return tuple(check.name for check in self.checks if check.passed)

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the rules that are broken."""
        return tuple(check.name for check in self.checks if check.passed is False)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Names of the rules that cannot be checked."""
        return tuple(check.name for check in self.checks if check.passed is None)

    @property
    def score(self) -> float | None:
        """Share of the rules kept among those that could be checked, 0 to 1; ``None`` of none."""
        checked = len(self.passed) + len(self.failed)
        return len(self.passed) / checked if checked else None

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per rule.

        ``rule value unit threshold passed offenders count of meaning reason``: `value` in `unit`
        (``%`` from 0 to 100), `passed` ``None`` where it cannot be checked, `offenders` activity
        ids or dependencies as a `Change` takes them, `count` of them, `of` how many were looked
        at.
        """
        import pandas as pd

        names = ("rule", "value", "unit", "threshold", "passed", "offenders", "count", "of",
                 "meaning", "reason")  # fmt: skip
        columns = {name: [getattr(check, name) for check in self.checks] for name in names}
        index = pd.Index([check.name for check in self.checks], name="check")
        table = pd.DataFrame(columns, index=index)
        table["value"] = table["value"].astype(float)
        table["passed"] = pd.Series([c.passed for c in self.checks], index=index, dtype=object)
        return table

    def __getitem__(self, check: object) -> Check:
        """Return what one rule found."""
        for found in self.checks:
            if found.name == check:
                return found
        raise KeyError(f"no check {check!r}, only {', '.join(RULES)}")

    def explain(self, check: str) -> Explanation:
        """Show the arithmetic of one rule, its offenders in words, and what to do about them."""
        found = self[check]
        if found.passed is None:
            return Explanation(f"{found.rule}: not checked", (found.meaning, found.reason))
        title = f"{found.rule}: {found.value_text}, {found.threshold_text}: {found.mark}"
        lines = [found.meaning, *found.lines]
        names = self.plan.network.topology.index
        for offender, detail in list(zip(found.offenders, found.details, strict=True))[:_MOST]:
            name = self.plan.network[offender].name if offender in names else ""
            lines.append(f"{offender}{f' {name}' if name else ''}: {detail}")
        if found.count > _MOST:
            lines.append(f"and {found.count - _MOST:,} more")
        if found.count:
            lines.append(found.advice)
        return Explanation(title, tuple(lines))

    def ways(self, check: str) -> tuple[Change, ...]:
        """Return a change for each offender that an obvious one would mend, in their order."""
        found = (self.way(check, offender) for offender in self[check].offenders)
        return tuple(change for change in found if change is not None)

    def way(self, check: str, offender: str) -> Change | None:
        """Return a change that would mend one offender; ``None`` where none is obvious."""
        return way(self._examined, check, offender)

    def __repr__(self) -> str:
        checked = len(self.passed) + len(self.failed)
        rest = f", {len(self.unchecked)} not checked" if self.unchecked else ""
        return f"Health {len(self.passed)} of {checked} checks passed{rest}"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("rule", "value", "threshold", "", "found"))
        rows = []
        for check in self.checks:
            found = f"{check.count:,} of {check.of:,}" if check.of else check.reason
            cells = (check.rule, check.value_text, check.threshold_text, check.mark, found)
            rows.append("".join(f"<td>{escape(cell)}</td>" for cell in cells))
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return (
            f"<p>{escape(repr(self))}</p><table><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )
