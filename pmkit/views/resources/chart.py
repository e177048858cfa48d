"""Resource histogram: what is in use, what there is, before and after levelling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt

from pmkit.analysis.resourcing.usage import ResourceUsage
from pmkit.views.building import built
from pmkit.views.note import note_chart
from pmkit.views.resources import drawing as layers
from pmkit.views.resources.rows import MOST_ROWS, Steps, chosen
from pmkit.views.theme import LIGHT, WIDTH, Theme, days_text, themed
from pmkit.views.time_axis import place, time_axis


@built
def resource_chart(
    usage: ResourceUsage,
    after: ResourceUsage | None = None,
    resources: Iterable[str] | None = None,
    *,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart how much of each resource is in use, and where that is more than there is.

    Parameters
    ----------
    usage
        What `resource_usage` returned.
    after
        The same plan otherwise, for instance levelled: drawn over the first, of which the outline
        stays.
    resources
        Which to draw, in that order; all that are used unless given, most over capacity first.
    width, theme
        As for `gantt_chart`.

    Raises
    ------
    ValueError
        If a name is no renewable resource of the plan, or one usage has dates and the other not.

    Examples
    --------
    >>> from pmkit.analysis.resourcing.usage import resource_usage
    >>> from pmkit.model.activity import Activity, Assignment
    >>> from pmkit.model.project import Project
    >>> from pmkit.model.resource import Resource
    >>> crane = (Assignment("Crane"),)
    >>> plan = Project((Activity("A", 3, resources=crane), Activity("B", 2, resources=crane)),
    ...                resources=(Resource("Crane"),))
    >>> resource_chart(resource_usage(plan)).title.text
    'Crane is over capacity on 2 working days'
    """
    usages = [usage] if after is None else [usage, after]
    if len({one.is_dated for one in usages}) > 1:
        raise ValueError("resource_chart: both usages must have dates or neither, got one of each")
    names, left_out = chosen(usages, resources)
    if not names:
        return note_chart("Resources in use", _why_empty(usage), theme=theme)
    shown = [Steps(one, names) for one in usages]
    ends = [step for one in shown for steps in one.by_name.values() for step in steps]
    begin = place(usage.schedule.start_date) if usage.is_dated else 0.0
    places = [x for step in ends for x in (step.left, step.right)]
    places += [one.finish for one in shown]
    axis = time_axis(places or [begin], usage.is_dated, width)
    drawing = layers.Drawing(names, shown[0], shown[1] if after else None, axis, theme)
    marks = [
        layers.frame(drawing), *layers.bars(drawing), *layers.limits(drawing),
        *layers.finishes(drawing), *layers.labels(drawing), *layers.peaks_named(drawing),
        *layers.key(drawing),
    ]  # fmt: skip
    title, subtitle = _title(usages), _subtitle(shown, left_out)
    chart: Any = alt.layer(*marks).properties(
        width=width,
        height=drawing.height,
        title=alt.Title(text=title, subtitle=subtitle),
        description=f"Resources in use. {title}. {'. '.join(subtitle)}.",
    )
    return themed(chart.resolve_axis(x="independent", y="independent"), theme)


def _why_empty(usage: ResourceUsage) -> str:
    network = usage.schedule._net.project
    if not network.resources:
        return "The plan has no resources."
    if not usage.resources:
        return "The plan has no people or machines, only materials, which are used up."
    return "No activity that is still to be done uses a resource."


def _title(usages: list[ResourceUsage]) -> str:
    told = [_over(usage) for usage in usages]
    if len(usages) == 1:
        return f"{told[0][:1].upper()}{told[0][1:]}"
    if told[0] == told[1]:
        return f"Before and after: {told[0]}"
    return f"Before: {told[0]}; after: {told[1]}"


def _over(usage: ResourceUsage) -> str:
    over = usage.table["over_days"]
    names = list(dict.fromkeys(one.resource for one in usage.over_allocations))
    if not names:
        return "nothing is over capacity"
    if len(names) == 1:
        return f"{names[0]} is over capacity on {days_text(round(float(over[names[0]]), 2))}"
    worst = max(names, key=lambda name: float(over[name]))
    days = days_text(round(float(over[worst]), 2))
    return f"{len(names)} resources are over capacity, {worst} most ({days})"


def _subtitle(shown: list[Steps], left_out: list[str]) -> list[str]:
    if len(shown) == 1:
        found = [f"Finish {shown[0].finish_text}"]
    elif shown[0].finish_text == shown[1].finish_text:
        found = [f"Finish {shown[0].finish_text}, before and after"]
    else:
        found = [f"Finish {shown[0].finish_text} before, {shown[1].finish_text} after"]
    if left_out:
        few = ", ".join(left_out[:3]) + (f" and {len(left_out) - 3} more" if left_out[3:] else "")
        found.append(
            f"The {MOST_ROWS} most over capacity or most used; {len(left_out)} are left out: {few}"
        )
    return found
