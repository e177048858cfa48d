"""A slip followed through a program: how far each activity is pushed, and where float takes it."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.together.finishes import whole_of
from pmkit.analysis.together.propagation import Propagation
from pmkit.analysis.together.pushed import SAME, Moved
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.measures import multiples, nice_step
from pmkit.views.theme import (
    LABEL,
    LIGHT,
    NOTE,
    WIDTH,
    Theme,
    day_text,
    days_text,
    number_text,
    shortened,
    themed,
)

_ROW, _BREAK = 22, 12  # pixels of a row, and between the projects' finishes and what is above
_PROJECT, _NAMES, _VIA = 86, 252, 150  # pixels: to names, to bars, and of who pushes, at least
_WORDS = 104  # pixels beside the longest bar
_MOST = 30
_LETTER, _SMALL = 6.2, 5.6  # pixels


@built
def propagation_chart(
    propagation: Propagation, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart how far a slip pushes each activity, in order along the network, and each finish.

    Parameters
    ----------
    propagation
        From `propagate`.
    width, theme
        As for `gantt_chart`; names stand inside the width.

    Examples
    --------
    >>> from pmkit.analysis.together.propagation import propagate
    >>> from pmkit.data import sample
    >>> propagation_chart(propagate(sample(), "Fleet.Production1", 12)).title.text
    'Build the first six buses +12 d: the program finishes 5 days later'
    """
    reached = list(propagation.rows)
    shown = reached[:_MOST]
    names, via = _columns(propagation, shown, width)
    rows = [_activity(propagation, row, n, shown, (names, via), theme)
            for n, row in enumerate(shown)]  # fmt: skip
    ends = _finishes(propagation, len(shown), theme)
    every = rows + ends
    most = max([row["moved"] + row["absorbed"] for row in every] + [1.0])
    least = min([row["moved"] for row in every] + [0.0])
    right = width - via
    height = int(every[-1]["y"] + _ROW / 2)
    drawing = _Drawing(least, most, (names, right), width, height, theme)
    layers = [
        *drawing.grid(),
        *drawing.lines([row["y"] - _ROW / 2 for row in rows if row["project"]][1:]),
        *drawing.lines([ends[0]["y"] - _ROW / 2 - _BREAK / 2], weight=1.4),
        *drawing.bars(every),
        *drawing.names(every),
    ]
    title, how = _heading(propagation, len(reached))
    chart: Any = alt.layer(*layers).properties(
        width=width, height=height, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {'. '.join(how)}.",
    )  # fmt: skip
    return themed(chart, theme)


def _called(propagation: Propagation, id_: str) -> str:
    activity = propagation.program[id_]
    return activity.name or id_.removeprefix(f"{activity.project}.")


def _columns(found: Propagation, shown: list[Moved], width: int) -> tuple[int, int]:
    """Pixels to the bars, and of who pushes: what a wider chart has to spare goes to long names."""
    longest = max([len(_called(found, row.id)) for row in shown], default=0)
    pushing = max([len(f"by {_called(found, row.via)}") for row in shown if row.via], default=0)
    wanted = (max(0, int(longest * _LETTER) + _PROJECT + 14 - _NAMES),
              max(0, int(pushing * _SMALL) + 16 - _VIA))  # fmt: skip
    spare = max(0, width - WIDTH)
    share = min(1.0, spare / max(sum(wanted), 1))
    return _NAMES + int(wanted[0] * share), _VIA + int(wanted[1] * share)


def _activity(
    found: Propagation, row: Moved, n: int, shown: list[Moved], columns: tuple[int, int],
    theme: Theme,
) -> dict[str, Any]:  # fmt: skip
    """One activity: its push, what came through, and by whom."""
    first = not n or shown[n - 1].project != row.project
    drives = abs(row.moved) > SAME and bool(found.after.is_driving[found.after.ids.index(row.id)])
    via = _called(found, row.via) if row.via else "slips"
    wide, beside = columns
    return {
        "y": _ROW * n + _ROW / 2,
        "project": shortened(row.project, int((_PROJECT - 6) / 7)) if first else "",
        "name": shortened(_called(found, row.id), int((wide - _PROJECT - 8) / _LETTER)),
        "full": f"{row.id} {_called(found, row.id)}",
        "moved": row.moved, "absorbed": row.absorbed, "text": _text(row.moved, row.absorbed),
        "via": shortened(f"by {via}" if row.via else via, int((beside - 10) / _SMALL)),
        "came": f"by {row.via}" if row.via else "slips by itself", "interface": row.interface,
        "color": theme.critical if drives else theme.has_float, "weight": "normal",
        "drives": drives, "word": "drives the finish" if drives else "does not drive the finish",
    }  # fmt: skip


def _finishes(found: Propagation, count: int, theme: Theme) -> list[dict[str, Any]]:
    """The finish of each project, and of the program."""
    rows, whole = [], whole_of(found.program)
    moved = found.projects["moved_days"].to_dict()
    shown = [name for name in moved if moved[name] or name in (found.owner, whole)]
    for n, name in enumerate(shown):
        days = float(moved[name])
        rows.append({
            "y": _ROW * (count + n) + _ROW / 2 + _BREAK, "project": "Finish of" if not n else "",
            "name": shortened(str(name), 30), "full": f"finish of {name}", "moved": days,
            "absorbed": 0.0, "text": _text(days, 0.0), "via": "", "came": "", "interface": "",
            "color": theme.text if name == whole else theme.muted, "weight": "bold",
            "drives": True, "word": "",
        })  # fmt: skip
    return rows


def _text(moved: float, absorbed: float) -> str:
    """How far it moves, and what float took."""
    came = f"{'+' if moved > 0 else ''}{number_text(moved)} d" if abs(moved) > SAME else "0 d"
    return f"{came}, {number_text(absorbed)} taken up" if absorbed > SAME else came


def _heading(found: Propagation, reached: int) -> tuple[str, list[str]]:
    """What the slip comes to, and how to read the chart."""
    name = shortened(_called(found, found.activity), 26)
    slip = f"{name} +{number_text(found.days)} d"
    if found.is_absorbed:
        end = found.after.finish_date
        title = f"{slip}: the program still finishes " + (
            f"on {day_text(end)}" if end else f"on day {number_text(found.after.finish)}"
        )
    else:
        later = days_text(found.program_moved).replace("working ", "")
        title = f"{slip}: the program finishes {later} later"
    others = [
        f"{project} {number_text(days)} d"
        for project, days in found.projects["moved_days"].iloc[:-1].to_dict().items()
        if days and project != found.owner
    ]
    how = [
        "Bar: finishes so much later; orange and bold: drives the finish. "
        "Outline: taken up by float"
    ]
    crossed = len(found.interfaces)
    said = f"Diamond: the push came through an interface; {crossed} interface"
    said += f"{'' if crossed == 1 else 's'} moved"
    how.append(said)
    if others:
        how.append(f"Other projects later: {shortened(', '.join(others), 70)}")
    if reached > _MOST:
        how.append(f"The first {_MOST} of {reached} activities that are reached")
    return title, how


class _Drawing:
    """Bars beside names, by pixels down and working days across."""

    def __init__(
        self, least: float, most: float, edges: tuple[int, int], width: int, height: int,
        theme: Theme,
    ) -> None:  # fmt: skip
        left, right = edges
        self.low = least
        self.high = most + (most - least) * _WORDS / max(right - left - _WORDS, 40)
        self.most, self.left, self.right = most, left, right
        self.width, self.height = width, height
        self.theme = theme

    def x(self, field: str) -> alt.X:
        scale = alt.Scale(domain=[self.low, self.high], range=[self.left, self.right], nice=False)
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(self, field: str = "y") -> alt.Y:
        scale = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    def grid(self) -> list[alt.Chart]:
        theme = self.theme
        step = nice_step(self.most - self.low, 5, (1, 2, 5, 10, 20, 50, 100, 200))
        points = [{"at": tick, "text": number_text(tick)}
                  for tick in multiples(self.low, self.most, step)]  # fmt: skip
        base = of(*points)
        style: dict[str, Any] = {"aria": False, "tooltip": None}
        title = of({"at": 0.0, "text": "Later by so many working days"}).mark_text(
            align="left", baseline="top", dy=22, color=theme.muted, fontSize=LABEL, **style
        )
        return [
            base.mark_rule(color=theme.grid, **style).encode(
                x=self.x("at"), y=alt.value(0), y2=alt.value(self.height)
            ),
            base.mark_text(baseline="top", dy=5, color=theme.text, fontSize=LABEL, **style).encode(
                x=self.x("at"), y=alt.value(self.height), text="text:N"
            ),
            title.encode(x=self.x("at"), y=alt.value(self.height), text="text:N"),
        ]

    def lines(self, places: list[float], weight: float = 0.8) -> list[alt.Chart]:
        if not places:
            return []
        rule = of(*({"y": place} for place in places)).mark_rule(
            color=self.theme.grid, strokeWidth=weight, aria=False, tooltip=None
        )
        return [rule.encode(y=self.y(), x=alt.value(0), x2=alt.value(self.width))]

    def bars(self, rows: list[dict[str, Any]]) -> list[alt.Chart]:
        theme = self.theme
        tooltip = [
            alt.Tooltip("full:N", title="Activity"), alt.Tooltip("text:N", title="Moves"),
            alt.Tooltip("came:N", title="Pushed"), alt.Tooltip("interface:N", title="Interface"),
            alt.Tooltip("word:N", title="Finish"),
        ]  # fmt: skip
        base = of(*rows).transform_calculate(
            zero="0", end="datum.moved + datum.absorbed", at="max(datum.moved + datum.absorbed, 0)"
        )
        moving = base.mark_bar(size=12, aria=False).encode(
            x=self.x("zero"), x2="moved:Q", y=self.y(), color=alt.Color("color:N", scale=None),
            tooltip=tooltip,
        )  # fmt: skip
        took = base.transform_filter("datum.absorbed > 0").mark_bar(
            size=11, filled=False, strokeDash=[3, 2], strokeWidth=1.2, stroke=theme.total_float,
            aria=False,
        )  # fmt: skip
        came = base.transform_filter("datum.interface != ''").mark_point(
            shape="diamond", filled=True, size=105, opacity=1, color=theme.text, aria=False,
            stroke=theme.background, strokeWidth=1.5,
        )  # fmt: skip
        style: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 8}
        plain = base.transform_filter("!datum.drives")
        drives = base.transform_filter("datum.drives")
        text = words(plain, theme, **style) + words(drives, theme, fontWeight="bold", **style)
        zero = of({"at": 0.0}).mark_rule(color=theme.muted, aria=False, tooltip=None)
        return [
            took.encode(x=self.x("moved"), x2="end:Q", y=self.y(), tooltip=tooltip),
            moving,
            zero.encode(x=self.x("at"), y=alt.value(0), y2=alt.value(self.height)),
            came.encode(x=self.x("zero"), y=self.y(), tooltip=tooltip),
            *(layer.encode(x=self.x("at"), y=self.y(), text="text:N") for layer in text),
        ]

    def names(self, rows: list[dict[str, Any]]) -> list[alt.Chart]:
        theme, base = self.theme, of(*rows)
        style: dict[str, Any] = {"align": "left", "baseline": "middle", "aria": False,
                                 "tooltip": None}  # fmt: skip
        plain = base.transform_filter("datum.weight == 'normal'")
        bold = base.transform_filter("datum.weight == 'bold'")
        project = base.mark_text(fontWeight="bold", color=theme.text, **style)
        name: dict[str, Any] = {"x": alt.value(_PROJECT), "y": self.y(), "text": "name:N"}
        via = base.mark_text(fontSize=NOTE, color=theme.muted, **style)
        return [
            project.encode(x=alt.value(0), y=self.y(), text="project:N"),
            plain.mark_text(color=theme.text, **style).encode(**name),
            bold.mark_text(color=theme.text, fontWeight="bold", **style).encode(**name),
            via.encode(x=alt.value(self.right + 10), y=self.y(), text="via:N"),
        ]
