"""Where the figures of a resource come from, in words."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.resourcing.over_allocation import named
from pmkit.analysis.resourcing.usage_steps import PARTS

if TYPE_CHECKING:
    from pmkit.analysis.resourcing.usage import ResourceUsage

_MOST = 8


def explain_usage(usage: ResourceUsage, name: str) -> Explanation:
    """Say where peak, unit-days and utilisation of a resource come from."""
    held, row, ids = usage._held[name], usage.table.loc[name], usage.schedule.ids
    capacity = usage.capacity[name]
    there = "nobody says how much there is" if isinf(capacity) else f"{capacity:g} there"
    title = f"Resource {name!r}: {there}, {row['peak']:g} in use at the peak"
    if not len(held.who):
        return Explanation(title, ("no activity that is still to be done uses it",))
    edge = int(held.level.argmax())
    at, until = int(held.edges[edge]), int(held.edges[edge + 1])
    order = {int(i): k for k, i in enumerate(held.who.tolist())}
    at_peak = held.among(at, until).tolist()
    when = f"{row['peak_date']:%Y-%m-%d %H:%M}" if usage.is_dated else f"day {row['peak_at']:g}"
    sums = " + ".join(f"{ids[i]} {held.parts[order[i]] / PARTS:g}" for i in at_peak[:_MOST])
    more = f" + {len(at_peak) - _MOST} more" if len(at_peak) > _MOST else ""
    lines = [f"peak, from {when}: {sums}{more} = {row['peak']:g}"]
    lines.append(
        f"unit-days: units x working duration of {named([ids[i] for i in held.who.tolist()])} = "
        f"{row['unit_days']:.6g}"
    )
    if capacity and not isinf(capacity):
        lines.append(
            f"utilisation = unit-days / (capacity x days) = {row['unit_days']:.6g} / "
            f"({capacity:g} x {usage.days:.6g}) = {row['utilisation']:.3g}"
        )
    found = [one for one in usage.over_allocations if one.resource == name]
    lines += [one.sentence for one in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(f"and {len(found) - _MOST} more stretches over capacity")
    if not found:
        lines.append("nowhere more is held than there is")
    return Explanation(title, tuple(lines))
