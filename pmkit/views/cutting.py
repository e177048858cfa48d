"""A cut: when the program finishes and what it is worth, for each share that is cut."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.cutting.cut_outcome import CutOutcome
from pmkit.analysis.cutting.funding_cut import FundingCut
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.theme import (
    LABEL,
    LIGHT,
    NOTE,
    WIDTH,
    Theme,
    day_text,
    money_text,
    number_text,
    shortened,
    themed,
)
from pmkit.views.time_axis import TimeAxis, place

_ROW = 48  # pixels
_NAMES, _WORTH = 96, 104  # pixels on the left and on the right
_TEXT = 78  # pixels of a date beside its mark
_MOST = 20
_MINUS = "\u2212"


@built
def cut_chart(result: FundingCut, *, width: int = WIDTH, theme: Theme = LIGHT) -> alt.LayerChart:
    """Chart finish and P80 against the cut, with the net present value beside.

    Parameters
    ----------
    result
        From `cut`.
    width, theme
        As for `gantt_chart`; shares and worth stand inside the width.

    Examples
    --------
    >>> from pmkit.analysis.cutting.cutting import cut
    >>> from pmkit.data import sample
    >>> cut_chart(cut(sample(), trials=100)).title.text
    '30 % less money in 2026: finish 5 Mar 2027, not 5 Aug 2026'
    """
    outcomes = list(result.outcomes.values())
    shown = outcomes[:_MOST]
    base = outcomes[0]
    has_worth = base.npv == base.npv
    has_p80 = base.simulation is not None
    left, right = _NAMES, width - (_WORTH if has_worth else 10)
    axis = _axis(shown, left, right)
    rows = [_row(result, n, one, base) for n, one in enumerate(shown)]
    timed = [row for row in rows if row["at"] is not None]
    never = [row for row in rows if row["at"] is None]
    y = _y("row", len(rows))
    layers: list[Any] = [
        of({"at": rows[0]["at"]}).mark_rule(color=theme.baseline, strokeDash=[4, 3], aria=False)
        .encode(x=_x(axis, "at", left, right, labels=True)),
        *_marks(timed, axis, left, right, y, theme, has_p80=has_p80),
        *_beside(rows, y, width, theme, has_worth=has_worth),
    ]  # fmt: skip
    if never:
        layers += words(of(*never).encode(x=alt.value(left + 12), y=y, text="never:N"), theme,
                        align="left", baseline="middle", color=theme.critical,
                        fontWeight="bold")  # fmt: skip
    title, how = _heading(result, shown, has_p80=has_p80, has_worth=has_worth)
    chart: Any = alt.layer(*layers).properties(
        width=width, height=_ROW * len(rows), title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _axis(outcomes: list[CutOutcome], left: int, right: int) -> TimeAxis:
    """An axis with room for a date on either side of the marks."""
    told = [
        moment for one in outcomes for moment in (_finish(one), _p80(one)) if moment is not None
    ]
    places = [place(moment) for moment in told]
    is_dated = outcomes[0].finish_date is not None
    low, high = min(places), max(places)
    span = max(high - low, 86_400_000.0 * 20 if is_dated else 5.0)
    room = span * _TEXT / max(right - left - 2 * _TEXT, _TEXT)
    return TimeAxis(low - room, high + room, is_dated, right - left)


def _finish(one: CutOutcome) -> Any:
    if one.schedule is None:
        return None
    return one.finish if one.finish_date is None else one.finish_date


def _p80(one: CutOutcome) -> Any:
    if one.simulation is None:
        return None
    return one.p80 if one.p80_date is None else one.p80_date


def _when(moment: Any) -> str:
    if moment is None:
        return ""
    return f"day {number_text(moment)}" if isinstance(moment, float) else day_text(moment)


def _row(result: FundingCut, n: int, one: CutOutcome, base: CutOutcome) -> dict[str, Any]:
    currency = result.program.settings.currency
    finish, sure = _finish(one), _p80(one)
    if result.asked.by == "release":
        less = f"{_money(-one.less, currency)}" if one.less else "as planned"
    else:
        less = f"{one.of - one.less:.3g} of {one.of:.3g} units"
    later = one.finish - base.finish
    change = one.npv - base.npv
    waits = len(one.waits)
    count = len(one.never_start)
    return {
        "row": n, "share": f"{100 * one.share:.3g} %", "less": less,
        "at": None if finish is None else place(finish), "finish": _when(finish),
        "sure": None if sure is None else place(sure), "p80": _when(sure),
        "later": "" if later != later else f"{number_text(later)} working days",
        "waits": f"{waits} {'activity' if waits == 1 else 'activities'}",
        "never": f"never: {count} {'activity has' if count == 1 else 'activities have'} no "
                 f"{'money' if result.asked.by == 'release' else 'people'}",
        "npv": "" if one.npv != one.npv else _money(one.npv, currency),
        "change": "" if change != change or not one.share else _signed(change, currency),
    }  # fmt: skip


def _money(amount: float, currency: str) -> str:
    text = money_text(abs(amount), currency)
    return f"{_MINUS}{text}" if amount < 0 else text


def _signed(amount: float, currency: str) -> str:
    if abs(amount) < 0.005:
        return "no change"
    return ("+" if amount > 0 else "") + _money(amount, currency)


def _y(field: str, rows: int) -> alt.Y:
    scale = alt.Scale(domain=[rows - 0.5, -0.5], nice=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _x(axis: TimeAxis, field: str, left: int, right: int, *, labels: bool = False) -> alt.X:
    drawn: Any = alt.Undefined
    if labels:
        inside = [n for n, v in enumerate(axis.ticks.values) if axis.holds(v)]
        values = [axis.ticks.values[n] for n in inside]
        text = [axis.ticks.labels[n] for n in inside]
        drawn = alt.Axis(
            values=values, labelExpr=f"{text}[indexof({values}, datum.value)]", labelFlush=False,
            labelOverlap=False, grid=True, domain=False, ticks=False,
            title=None if axis.is_dated else "working days",
        )  # fmt: skip
    scale = alt.Scale(domain=[axis.low, axis.high], range=[left, right], nice=False, zero=False)
    return alt.X(f"{field}:Q", axis=drawn, scale=scale)


def _marks(
    rows: list[dict[str, Any]], axis: TimeAxis, left: int, right: int, y: alt.Y, theme: Theme,
    *, has_p80: bool,
) -> list[Any]:  # fmt: skip
    """A dot for the finish, a ring for P80, a line from one to the other, and both dates."""
    tooltip = [
        alt.Tooltip("share:N", title="Cut"), alt.Tooltip("less:N", title="That is"),
        alt.Tooltip("finish:N", title="Finish"), alt.Tooltip("later:N", title="Later by"),
        alt.Tooltip("waits:N", title="Waited"),
    ]  # fmt: skip
    if has_p80:
        tooltip.insert(3, alt.Tooltip("p80:N", title="80 % sure (P80)"))
    base = of(*rows)
    at, sure = _x(axis, "at", left, right), _x(axis, "sure", left, right)
    found: list[Any] = []
    if has_p80:
        found += [
            base.mark_rule(color=theme.total_float, strokeWidth=2, aria=False).encode(
                x=at, x2="sure:Q", y=y
            ),
            base.mark_point(shape="circle", filled=True, fill=theme.background, opacity=1,
                            stroke=theme.critical, strokeWidth=2.2, size=95, aria=False).encode(
                x=sure, y=y, tooltip=tooltip
            ),
            *words(base.encode(x=sure, y=y, text="p80:N"), theme, align="left", dx=10,
                   baseline="middle"),
        ]  # fmt: skip
    found += [
        base.mark_point(shape="circle", filled=True, fill=theme.has_float, opacity=1,
                        size=105, aria=False).encode(x=at, y=y, tooltip=tooltip),
        *words(base.encode(x=at, y=y, text="finish:N"), theme, align="right", dx=-10,
               baseline="middle", fontWeight="bold"),
    ]  # fmt: skip
    return found


def _beside(
    rows: list[dict[str, Any]], y: alt.Y, width: int, theme: Theme, *, has_worth: bool
) -> list[Any]:
    """Shares with what they come to on the left, the worth and its change on the right."""
    side = of(*rows).encode(y=y)
    style: dict[str, Any] = {"aria": False, "tooltip": None, "baseline": "middle"}
    found: list[Any] = [
        side.mark_text(align="left", dy=-7, color=theme.text, fontSize=LABEL + 1,
                       fontWeight="bold", **style).encode(x=alt.value(0), text="share:N"),
        side.mark_text(align="left", dy=8, color=theme.muted, fontSize=NOTE, **style).encode(
            x=alt.value(0), text="less:N"
        ),
    ]  # fmt: skip
    if has_worth:
        head = of({"text": "NPV"}).mark_text(
            align="right", color=theme.muted, fontSize=NOTE, **style
        )
        found += [
            head.encode(x=alt.value(width), y=alt.value(-6), text="text:N"),
            side.mark_text(align="right", dy=-7, color=theme.text, fontWeight="bold",
                           **style).encode(x=alt.value(width), text="npv:N"),
            side.mark_text(align="right", dy=8, color=theme.muted, fontSize=NOTE,
                           **style).encode(x=alt.value(width), text="change:N"),
        ]  # fmt: skip
    return found


def _heading(
    result: FundingCut, shown: list[CutOutcome], *, has_p80: bool, has_worth: bool
) -> tuple[str, list[str]]:
    last, base = shown[-1], shown[0]
    when = f" in {result.asked.year}" if result.asked.year else ""
    what = "less money" if result.asked.by == "release" else (
        f"fewer units of {shortened(str(result.asked.resource), 24)}"
    )  # fmt: skip
    share = f"{100 * last.share:.3g} %"
    if last.schedule is None:
        title = f"{share} {what}{when}: the program never finishes"
    elif abs(last.finish - base.finish) < 1e-6:
        title = f"{share} {what}{when}: finish {_when(_finish(base))}, as without the cut"
    else:
        title = f"{share} {what}{when}: finish {_when(_finish(last))}, not {_when(_finish(base))}"
    how = "Dot: finish as scheduled"
    how += ". Ring: 80 % sure (P80)" if has_p80 else ""
    how += ". Dashed: finish without the cut"
    back = "does not come back" if result.asked.back is None else (
        f"comes back in {result.asked.back.year}"
    )  # fmt: skip
    second = f"What is cut {back}"
    if has_worth:
        second += ". Right: net present value, and what the cut changes"
    if len(result.outcomes) > len(shown):
        second += f". The first {len(shown)} of {len(result.outcomes)}"
    return title, [how, second]
