"""When the rest of the work ends, with and without more people, against how much is left."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Any

import altair as alt

from pmkit.learning.adding_people import AddedPeople
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.theme import LIGHT, WIDTH, Theme, themed

_HEIGHT = 260  # pixels
_STEPS = 60


@built
def adding_people_chart(
    added: AddedPeople, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart the end of the work against what remains: where the lines cross, more people pay.

    Parameters
    ----------
    added
        From `add_people`.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.learning.adding_people import add_people
    >>> adding_people_chart(add_people(20, 2, 2)).title.text
    'More people end it earlier only when more than 8.1 days are left'
    """
    turn = added.worth_it_from
    title = "More people never end it earlier: coordination eats what they add"
    if isfinite(turn):
        title = f"More people end it earlier only when more than {turn:.1f} days are left"
    reach = max(added.days_without, turn if isfinite(turn) else 0.0) * 1.6
    left = [reach * n / _STEPS for n in range(1, _STEPS + 1)]
    lines = [
        point for days in left
        for point in _points(days, replace(added, work=days * added.people))
    ]  # fmt: skip
    how = (f"{added.more:g} join {added.people:g}; ramp-up {added.ramp_up:g} days; each newcomer "
           f"takes {added.help:.0%} of a day of help, then {added.coordination:.0%} of "
           "everybody's day"
           ).replace("%", " %")  # fmt: skip
    chart: Any = alt.layer(
        *_lines(lines, theme), *_crossing(turn, theme), *_here(added, theme)
    ).properties(
        width=width, height=_HEIGHT, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {how}",
    )  # fmt: skip
    return themed(chart, theme)


def _points(days: float, added: AddedPeople) -> list[dict[str, Any]]:
    return [{"left": days, "ends": added.days_without, "team": "as they are"},
            {"left": days, "ends": added.days, "team": "with more people"}]  # fmt: skip


def _x() -> alt.X:
    return alt.X("left:Q", title="Days of work left, for those who are there")


def _y() -> alt.Y:
    return alt.Y("ends:Q", title="Days until it ends")


def _lines(points: list[dict[str, Any]], theme: Theme) -> list[alt.Chart]:
    domain = ["as they are", "with more people"]
    legend = alt.Legend(title=None, orient="top")
    colour = alt.Color("team:N", legend=legend, scale=alt.Scale(
        domain=domain, range=[theme.text, theme.has_float]))  # fmt: skip
    dash = alt.StrokeDash("team:N", legend=legend,
                          scale=alt.Scale(domain=domain, range=[[6, 4], [1, 0]]))  # fmt: skip
    line = of(*points).mark_line(strokeWidth=2.5)
    return [line.encode(x=_x(), y=_y(), color=colour, strokeDash=dash, tooltip=[
        alt.Tooltip("team:N", title="Team"),
        alt.Tooltip("left:Q", title="Days of work left", format=".1f"),
        alt.Tooltip("ends:Q", title="Days until it ends", format=".1f"),
    ])]  # fmt: skip


def _crossing(turn: float, theme: Theme) -> list[alt.Chart]:
    if not isfinite(turn):
        return []
    base = of({"left": turn, "ends": turn, "told": "from here on they help"})
    base = base.encode(x=_x(), y=_y())
    point = base.mark_point(filled=False, size=110, strokeWidth=2, color=theme.critical, aria=False)
    told = words(base.encode(text="told:N"), theme, align="left", dx=10, dy=14)
    return [point, *told]


def _here(added: AddedPeople, theme: Theme) -> list[alt.Chart]:
    base = of({"left": added.days_without, "ends": added.days,
               "told": f"now: {added.days:.1f} days, not {added.days_without:.1f}"})  # fmt: skip
    base = base.encode(x=_x(), y=_y())
    point = base.mark_point(filled=True, shape="diamond", size=120, color=theme.has_float,
                            opacity=1, aria=False)  # fmt: skip
    up = added.gain < 0
    return [point, *words(base.encode(text="told:N"), theme, align="right" if up else "left",
                          dx=-10 if up else 10, dy=-8 if up else 16)]  # fmt: skip
