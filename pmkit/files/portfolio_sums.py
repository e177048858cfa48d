"""Whether what a project costs is what its activities cost, project by project and in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmkit.analysis.figures import number_text
from pmkit.files.portfolio_rows import Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Sum:
    """The stated cost of a project beside the sum of its activities.

    Attributes
    ----------
    id, name, bureau
        The project.
    stated
        In its own row; ``None`` where nothing is.
    activities
        Sum over those that were imported.
    left_out
        Sum over those that were not.
    count
        How many were imported.
    room
        What rounding can make of the sum: half a step for each amount.
    """

    id: str
    name: str
    bureau: str
    stated: float | None
    activities: float
    left_out: float
    count: int
    room: float

    @property
    def difference(self) -> float | None:
        """What the activities cost less what is stated."""
        return None if self.stated is None else self.activities - self.stated

    @property
    def is_ok(self) -> bool | None:
        """Whether both agree within rounding; ``None`` where nothing is stated."""
        return None if self.difference is None else abs(self.difference) <= self.room

    @property
    def sentence(self) -> str:
        """What the sum shows."""
        if self.stated is None:
            return "its own row states no cost"
        if self.is_ok:
            return "agrees"
        assert self.difference is not None
        apart = number_text(abs(self.difference))
        if self.left_out and abs(self.difference + self.left_out) <= self.room:
            return f"{apart} less, which is what was left out"
        return f"the activities cost {apart} {'more' if self.difference > 0 else 'less'}"


def summaries(rows: Sequence[Row], stated: float | None) -> set[str]:
    """Return the ids of activities that sum up others, so that nothing counts twice.

    A row sums up others where another names it as its parent, or stands below it in the work
    breakdown structure. The number of its children says so too, unless the stated cost agrees
    better with it counted.
    """
    parents = {str(row.values.get("parent", "")) for row in rows} - {""}
    wbs = [str(row.values.get("wbs", "")) for row in rows]
    found = {row.id for row in rows if row.id in parents}
    if len(set(wbs)) == len(wbs):
        found |= {row.id for row, own in zip(rows, wbs, strict=True)
                  if own and any(other.startswith(f"{own}.") for other in wbs)}  # fmt: skip
    more = {row.id for row in rows if row.values.get("children", 0) > 1} - found
    if more and stated is not None:
        with_them = _total(row for row in rows if row.id not in found)
        without = _total(row for row in rows if row.id not in found | more)
        if abs(with_them - stated) < abs(without - stated):
            more = set()
    found |= more
    return found if len(found) < len(rows) else set()


def _total(rows: Iterable[Row]) -> float:
    return sum(max(float(row.values.get("cost", 0.0)), 0.0) for row in rows)


def reconciliation(sums: Sequence[Sum]) -> pd.DataFrame:
    """Return one row per project: ``name bureau stated activities difference left_out ok why``."""
    import pandas as pd

    rows = [(s.name, s.bureau, s.stated, s.activities, s.difference, s.left_out, s.count, s.is_ok,
             s.sentence) for s in sums]  # fmt: skip
    names = ["name", "bureau", "stated", "activities", "difference", "left_out", "count", "ok",
             "why"]  # fmt: skip
    index = pd.Index([s.id for s in sums], name="project", dtype=object)
    table = pd.DataFrame(rows, columns=names, index=index)
    return table.astype({"stated": float, "difference": float, "ok": object})


def roll_up(sums: Sequence[Sum]) -> pd.DataFrame:
    """Return one row per bureau and one for all: ``projects stated activities difference ok``."""
    import pandas as pd

    groups: Mapping[str, list[Sum]] = {}
    groups = {name: [s for s in sums if s.bureau == name]
              for name in sorted({s.bureau for s in sums})}  # fmt: skip
    groups = {**groups, "all": list(sums)}
    rows = []
    for own in groups.values():
        told = [s for s in own if s.stated is not None]
        stated = sum(s.stated or 0.0 for s in told)
        activities = sum(s.activities for s in told)
        room = sum(s.room for s in told)
        rows.append((len(own), stated, activities, activities - stated,
                     abs(activities - stated) <= room))  # fmt: skip
    index = pd.Index([name or "(none)" for name in groups], name="bureau", dtype=object)
    return pd.DataFrame(rows, columns=["projects", "stated", "activities", "difference", "ok"],
                        index=index)  # fmt: skip
