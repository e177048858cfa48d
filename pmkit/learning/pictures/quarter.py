"""A quarter as it was played: quality and luck of each decision, and what both seats came to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import altair as alt

from pmkit.learning.quarter.play import YOU, QuarterDecision, QuarterPlay
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.note import note_chart
from pmkit.views.theme import (
    LABEL,
    LIGHT,
    NOTE,
    WIDTH,
    Theme,
    as_datetime,
    short_day_text,
    shortened,
    themed,
)

_ROW = 40  # pixels
_NAMES, _GAP = 190, 26
_QUALITY = 0.34  # of what is left beside the names
_MISSED = 56  # pixels on the right
_NARROWEST = 600
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


@built
def quarter_chart(
    play: QuarterPlay, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:  # fmt: skip
    """Chart the decisions of a quarter: their quality, their luck, and the finish of each project.

    A bar is the quality of a decision, a diamond its luck: the one was in your hand, the other not.
    On the right stands what each seat came to after what happened: the P50 finish of each project,
    of which the last is the program's, and how many interfaces are missed.

    Parameters
    ----------
    play
        From `play_quarter`.
    width, theme
        As for `gantt_chart`; names stand inside the width, which is 600 pixels at least.

    Examples
    --------
    >>> from pmkit.learning.quarter import play_quarter
    >>> quarter_chart(play_quarter({"chargers": "wait"}, events=1)).title.text
    'Decision quality 0 of 100 in 1 decision; luck 26'
    """
    if not play.decisions:
        return note_chart("The quarter", "Nothing is decided yet.", theme=theme)
    width = max(width, _NARROWEST)
    left = _NAMES + 8
    middle = round(left + _QUALITY * (width - left - _MISSED))
    right = width - _MISSED
    count = len(play.decisions)
    height = _ROW * count
    finishes = _Finishes(play, middle + _GAP, right - _GAP, theme)
    rows = [_row(n, one, left, middle, width - 6, theme) for n, one in enumerate(play.decisions)]
    base = of(*rows).encode(y=_y("row", count), tooltip=_tooltip())
    layers = [
        _stripes(base, count, width, theme),
        *_lines([(left + share * (middle - left) / 100, f"{share}") for share in (0, 50, 100)],
                height, theme),
        *_lines(finishes.ticks, height, theme),
        *_names(base, theme),
        *_quality(base, count, theme),
        *finishes.marks(count),
        *words(base.encode(x=_x("missed_at"), text="missed:N"), theme, align="right",
               baseline="middle", fontSize=LABEL),
        *_heads(left, middle + _GAP, width, theme),
        *finishes.key(),
    ]  # fmt: skip
    title, how = _title(play), _how(play)
    chart: Any = alt.layer(*layers).properties(
        width=width, height=height, title=alt.Title(text=title, subtitle=how, offset=30),
        description=f"{title}. {'. '.join(how)}.",
    )  # fmt: skip
    return themed(chart, theme)


def _title(play: QuarterPlay) -> str:
    number = len(play.yours)
    told = f"{number} decision{'' if number == 1 else 's'}"
    return f"Decision quality {play.total:.0f} of 100 in {told}; luck {play.luck:.0f}"


def _how(play: QuarterPlay) -> list[str]:
    seats = dict.fromkeys(one.event.seat for one in play.decisions if one.by == YOU)
    who = f"You were the {' and the '.join(seats)}" if seats else "Nobody played"
    return [
            f"{who}; a rule decided the rest: pale bars",
            "Bar: quality. Diamond: luck, the percentile of what then happened, 50 is none",
            ]  # fmt: skip


def _row(
    n: int, one: QuarterDecision, left: int, right: int, edge: int, theme: Theme
) -> dict[str, Any]:  # fmt: skip
    score, luck = one.score.score, one.score.luck or 0.0
    span = (right - left) / 100
    is_yours = one.by == YOU
    return {
        "row": n, "low": n - 0.5, "high": n + 0.5, "above": n - 0.2, "below": n + 0.2,
        "name": shortened(one.event.title, 34),
        "told": shortened(f"{one.event.seat}: {one.option.key}", 40),
        "from": left, "to": left + score * span, "luck_at": left + luck * span,
        "beside": left + max(score, 0) * span, "quality": f"{score:.0f}", "luck": f"{luck:.0f}",
        "color": theme.has_float if is_yours else theme.baseline,
        "missed": f"{one.later.missed:.1f}", "missed_at": edge, "event": one.event.title,
        "option": one.option.text, "by": "you" if is_yours else "the rule",
        "happened": one.event.happened,
    }  # fmt: skip


def _y(field: str, rows: int) -> alt.Y:
    scale = alt.Scale(domain=[rows - 0.5, -0.5], nice=False, padding=0)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _x(field: str) -> alt.X:
    """Places are pixels already: the two tracks have scales of their own."""
    return alt.X(f"{field}:Q", axis=None, scale=None)


def _tooltip() -> list[alt.Tooltip]:
    told = {"event": "Event", "option": "Decided", "by": "By", "quality": "Quality",
            "luck": "Luck", "happened": "Then happened", "missed": "Interfaces missed"}  # fmt: skip
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in told.items()]


def _stripes(base: alt.Chart, rows: int, width: int, theme: Theme) -> alt.Chart:
    color = alt.condition("datum.row % 2 == 0", alt.value(theme.shade), alt.value(theme.background))
    return base.mark_rect(aria=False).encode(
        x=alt.value(0), x2=alt.value(width), color=color, y=_y("low", rows), y2="high:Q"
    )


def _lines(ticks: list[tuple[float, str]], height: int, theme: Theme) -> list[alt.Chart]:
    """Lines of a track, and their text below it."""
    base = of(*({"x": x, "text": text} for x, text in ticks)).encode(x=_x("x"))
    return [
        base.mark_rule(color=theme.grid, aria=False, tooltip=None).encode(
            y=alt.value(0), y2=alt.value(height)
        ),
        base.mark_text(fontSize=NOTE, color=theme.muted, aria=False, tooltip=None).encode(
            y=alt.value(height + 10), text="text:N"
        ),
    ]


def _names(base: alt.Chart, theme: Theme) -> list[alt.Chart]:
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "aria": False, "tooltip": None,
                             "limit": _NAMES}  # fmt: skip
    at = base.encode(x=alt.value(6))
    return [
        at.mark_text(fontSize=LABEL, fontWeight="bold", color=theme.text, dy=-8, **style).encode(
            text="name:N"
        ),
        at.mark_text(fontSize=NOTE, color=theme.muted, dy=8, **style).encode(text="told:N"),
    ]


def _quality(base: alt.Chart, rows: int, theme: Theme) -> list[alt.Chart]:
    """A bar with its figure inside or beside, and a diamond for luck."""
    bar = base.mark_rect(cornerRadius=2, aria=False).encode(
        x=_x("from"), x2="to:Q", y=_y("above", rows), y2="below:Q",
        color=alt.Color("color:N", scale=None),
    )  # fmt: skip
    diamond = base.mark_point(
        shape="diamond", filled=True, size=130, color=theme.today, stroke=theme.background,
        strokeWidth=1.5, opacity=1, aria=False,
    ).encode(x=_x("luck_at"), y=_y("row", rows))  # fmt: skip
    text = base.encode(x=_x("beside"), text="quality:N")
    return [bar, diamond, *words(text, theme, align="left", baseline="middle", dx=6, fontSize=NOTE)]


def _heads(left: int, middle: int, width: int, theme: Theme) -> list[alt.Chart]:
    style: dict[str, Any] = {"fontSize": LABEL, "fontWeight": "bold", "color": theme.text,
                             "baseline": "middle", "aria": False, "tooltip": None}  # fmt: skip
    heads = of({"x": left, "text": "Quality and luck"}, {"x": middle, "text": "Finish (P50)"})
    last = of({"x": width - 6, "text": "Missed"})
    sides: Any = ((heads, "left"), (last, "right"))
    return [
        one.mark_text(align=side, **style).encode(x=_x("x"), y=alt.value(-12), text="text:N")
        for one, side in sides
    ]


class _Finishes:
    """The finish of each project after each event, as a line of its own down the quarter."""

    def __init__(self, play: QuarterPlay, left: int, right: int, theme: Theme) -> None:
        self._theme, self._left, self._right = theme, left, right
        self._projects = list(play.decisions[0].later.projects)
        moments = {
            project: [_moment(one.later.projects[project].finish_date) for one in play.decisions]
            for project in self._projects
        }
        told = [moment for line in moments.values() for moment in line]
        self._low = min(told) - timedelta(4)
        self._high = max(told) + timedelta(4)
        self._moments = moments

    def _at(self, moment: datetime) -> float:
        share = (moment - self._low) / (self._high - self._low)
        return self._left + share * (self._right - self._left)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Mondays, two weeks apart where there is no room for each."""
        first = self._low + timedelta(-self._low.weekday() % 7)
        mondays = [first + timedelta(weeks=n) for n in range(60)]
        there = [
            datetime(day.year, day.month, day.day) for day in mondays if day < self._high
        ]  # fmt: skip
        there = [day for day in there if day >= self._low]
        step = max(1, -(-len(there) * 46 // max(self._right - self._left, 1)))
        return [(self._at(day), short_day_text(day)) for day in there[::step]]

    def marks(self, rows: int) -> list[alt.Chart]:
        """Lines and their points."""
        made = []
        for n, project in enumerate(self._projects):
            color = self._theme.series[n % len(self._theme.series)]
            points = of(*(
                {"row": row, "x": self._at(moment), "project": project,
                 "told": short_day_text(moment)}
                for row, moment in enumerate(self._moments[project])
            ))  # fmt: skip
            base = points.encode(x=_x("x"), y=_y("row", rows))
            made.append(base.mark_line(color=color, strokeWidth=1.5, opacity=0.6, aria=False,
                                       tooltip=None).encode(order="row:Q"))  # fmt: skip
            made.append(base.mark_point(
                shape=_SHAPES[n % len(_SHAPES)], filled=True, size=70, color=color, opacity=1,
                aria=False,
            ).encode(tooltip=[alt.Tooltip("project:N", title="Project"),
                              alt.Tooltip("told:N", title="Finish, P50")]))  # fmt: skip
        return made

    def key(self) -> list[alt.Chart]:
        """What belongs to which project, in the line of the headings."""
        at = float(self._left + 84)
        made = []
        for n, project in enumerate(self._projects):
            color = self._theme.series[n % len(self._theme.series)]
            text = shortened(project, 14)
            point = of({"x": at, "text": text}).encode(y=alt.value(-12), x=_x("x"))
            made.append(point.mark_point(
                shape=_SHAPES[n % len(_SHAPES)], filled=True, size=60, color=color, opacity=1,
                aria=False, tooltip=None,
            ))  # fmt: skip
            made.append(point.mark_text(
                align="left", baseline="middle", dx=7, fontSize=NOTE, color=self._theme.text,
                aria=False, tooltip=None,
            ).encode(text="text:N"))  # fmt: skip
            at += 18 + 5.6 * len(text)
        return made


def _moment(day: date | None) -> datetime:
    assert day is not None
    return as_datetime(day)
