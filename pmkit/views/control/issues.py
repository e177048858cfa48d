"""Issues on a time line: whose each is, from when until when, and what is overdue."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.control.logs import IssueLog
from pmkit.views.building import built
from pmkit.views.control.issue_rows import moment_words, row_of, time_of
from pmkit.views.marks import of, words
from pmkit.views.note import note_chart
from pmkit.views.theme import LABEL, LIGHT, NOTE, TITLE, WIDTH, Theme, shortened, themed, titled
from pmkit.views.time_axis import TimeAxis

_ROW = 36  # pixels
_LABELS = 262  # pixels on the left
_LETTER = 0.55  # of the size of bold type: how wide a letter is on average
_MOST = 20  # issues


@built
def issue_chart(log: IssueLog, *, width: int = WIDTH, theme: Theme = LIGHT) -> alt.LayerChart:
    """Chart when each issue was raised, by when it is due, and whose it is.

    Parameters
    ----------
    log
        From `issue_log`; of a long one the first 20 issues are drawn.
    width, theme
        As for `gantt_chart`.

    Notes
    -----
    A date without a time is due, and is the status date, at the end of that day. How long an issue
    is overdue is told in calendar days, in a plan without dates in working days. In a log with both
    dates and numbers of days, those that do not fit the plan are told in words only.

    Examples
    --------
    >>> from pmkit.analysis.control.logs import issue_log
    >>> from pmkit.model.control import Control
    >>> from pmkit.model.issue import Issue
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, "")])
    >>> plan = Project(plan.activities, control=Control(issues=(Issue("I1", "Rock", due=2),)))
    >>> issue_chart(issue_log(plan)).title.text
    '1 of 1 issues is open; due first: I1 – Rock'
    """
    if not log.issues:
        return note_chart("Issues", "No issue has been raised.", theme=theme)
    shown = log.issues[:_MOST]
    axis, status = time_of(log, shown, width)
    rows = [row_of(n, issue, log, axis, status, theme) for n, issue in enumerate(shown)]
    scale = alt.Scale(domain=[len(rows) - 0.5, -0.5], nice=False, padding=0)
    base = of(*rows).encode(y=alt.Y("row:Q", axis=None, scale=scale), tooltip=_tooltip())
    layers = [*_ground(base, scale, width, theme), *_names(base, theme)]
    if axis is not None:
        layers += [_frame(axis, theme), *_bars(base, axis), *_points(base, axis)]
        layers += _status(log, status, axis, theme)
    title, how = _title(log, width + _LABELS), _how(rows, len(log.issues))
    chart: Any = alt.layer(*layers).resolve_axis(x="independent").properties(
        width=width, height=_ROW * len(rows), title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {'. '.join(how)}.",
    )  # fmt: skip
    return themed(chart, theme)


def _title(log: IssueLog, room: int) -> str:
    count, late = len(log.issues), log.overdue
    if not log.open:
        return f"All {count} issues are closed" if count > 1 else "The one issue is closed"
    told = f"{len(log.open)} of {count} issues {'is' if len(log.open) == 1 else 'are'} open"
    first = (late or log.open)[0]  # due earliest
    if first.due is None:
        return f"{told}; none has a due date"
    none = "" if log.plan.network.settings.status_date is None else ", none overdue"
    told += f", {len(late)} overdue: " if late else f"{none}; due first: "
    more = f" and {len(late) - 1} more" if len(late) > 1 else ""
    letters = int(room / (_LETTER * TITLE)) - len(told) - len(more)
    return f"{told}{shortened(titled(first.id, first.name), max(letters, 16))}{more}"


def _how(rows: list[dict[str, Any]], count: int) -> list[str]:
    said = "Bar: from raised (circle) to due (diamond)"
    keys = {"late": "Dashes: overdue", "tip": "Arrow: no due date",
            "back": "Dots: due before raised", "closed": "Hollow: closed"}  # fmt: skip
    if all(row["raised"] is None and row["due"] is None for row in rows):
        said, keys = "None has a place on a time line", {}
    for key, word in keys.items():
        if any(row[key] is not None for row in rows):
            said += f". {word}"
    rest = count - len(rows)
    return [said, f"The first {len(rows)} of {count}; {rest} more in the log"] if rest else [said]


def _tooltip() -> list[alt.Tooltip]:
    titles = {"name": "Issue", "owner": "Owner", "stands": "Stands", "raised_text": "Raised",
              "due_text": "Due", "risk": "Risk", "note": "Note"}  # fmt: skip
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def _ground(base: alt.Chart, scale: alt.Scale, width: int, theme: Theme) -> list[alt.Chart]:
    """The room of each row, for its tooltip, with a line below it."""
    low, high = (alt.Y(f"{field}:Q", axis=None, scale=scale) for field in ("low", "high"))
    ends: dict[str, Any] = {"x": alt.value(-_LABELS), "x2": alt.value(width)}
    return [
        base.mark_rect(color="transparent", aria=False).encode(y=low, y2="high:Q", **ends),
        base.mark_rule(color=theme.grid, aria=False).encode(y=high, **ends),
    ]


def _names(base: alt.Chart, theme: Theme) -> list[alt.Chart]:
    """Two lines beside each row: what it is, and how it stands and whose it is."""
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "limit": _LABELS - 12}
    x = alt.value(6 - _LABELS)
    return [
        base.mark_text(dy=-7, fontSize=LABEL, color=theme.text, aria=False, **style)
        .encode(x=x, text="label:N"),
        base.mark_text(dy=8, fontSize=NOTE, aria=False, **style)
        .encode(x=x, text="line:N", color=alt.Color("ink:N", scale=None)),
    ]  # fmt: skip


def _frame(axis: TimeAxis, theme: Theme) -> alt.Chart:
    """The axis at the foot, with its grid."""
    title = None if axis.is_dated else "Working days after start"
    mark = of({"at": axis.low}).mark_point(opacity=0, aria=False, tooltip=None)
    return mark.encode(x=axis.x("at", labels=True, title=title))


def _bars(base: alt.Chart, axis: TimeAxis) -> list[alt.Chart]:
    """From raised to due, and from there to the status date where it is overdue."""
    rule: dict[str, Any] = {"strokeWidth": 2, "aria": False}
    late = base.transform_filter("isValid(datum.late)").mark_rule(strokeDash=[5, 3], **rule)
    back = base.transform_filter("isValid(datum.back)").mark_rule(strokeDash=[1, 3], **rule)
    bar = base.transform_filter("isValid(datum.end)").mark_bar(
        height=7, strokeWidth=1.5, opacity=1, aria=False
    )
    color = alt.Color("color:N", scale=None)
    return [
        late.encode(x=axis.x("late_from"), x2="late:Q", color=color),
        back.encode(x=axis.x("due"), x2="back:Q", color=color),
        bar.encode(x=axis.x("raised"), x2="end:Q", fill=alt.Fill("fill:N", scale=None),
                   stroke=alt.Stroke("color:N", scale=None)),
    ]  # fmt: skip


def _points(base: alt.Chart, axis: TimeAxis) -> list[alt.Chart]:
    """A circle where it was raised, a diamond where it is due, an arrow where no end is known."""
    made = []
    for field, shape, size in (("raised", "circle", 80), ("due", "diamond", 150),
                               ("tip", "triangle-right", 150)):  # fmt: skip
        mark = base.transform_filter(f"isValid(datum.{field})").mark_point(
            shape=shape, size=size, strokeWidth=1.5, opacity=1, aria=False
        )
        made.append(
            mark.encode(
                x=axis.x(field), fill=alt.Fill("fill:N", scale=None),
                stroke=alt.Stroke("color:N", scale=None),
            )
        )  # fmt: skip
    return made


def _status(log: IssueLog, status: float | None, axis: TimeAxis, theme: Theme) -> list[alt.Chart]:
    """The status date as a line with its name above."""
    if status is None:
        return []
    text = moment_words(log.plan.network.settings.status_date)
    share = axis.pixel(status) / axis.width
    align = "right" if share > 0.85 else "left" if share < 0.15 else "center"
    at = of({"at": status, "name": f"status date {text}"}).encode(x=axis.x("at"))
    line = at.mark_rule(color=theme.today, strokeWidth=2, strokeDash=[6, 3], aria=False)
    return [
        line.encode(tooltip=alt.Tooltip("name:N", title="Line")),
        *words(at.encode(y=alt.value(-9), text="name:N"), theme, align=align, color=theme.today),
    ]
