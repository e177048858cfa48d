"""Confidence against the share that was right: on the line, one is as often right as sure."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.learning.calibration import ALL, Calibration
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.note import note_chart
from pmkit.views.theme import LIGHT, WIDTH, Theme, share_text, themed

_HEIGHT = 260  # pixels
_LEAST, _MOST = 90, 900  # square pixels of a circle
_CLOSE = 0.05
"""A smaller distance between sure and right is not worth a word."""


@built
def calibration_chart(
    calibration: Calibration, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart for each confidence that was told the share of answers that were right.

    Circles on the line are well judged; below it the learner was too sure, above it not sure
    enough. Beside each stands the share, and of how many.

    Parameters
    ----------
    calibration
        From `calibration`.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> calibration_chart(Calibration()).description
    'How sure, how right. Nothing predicted yet: predict in a lesson, and come back.'
    """
    if not calibration.forecasts:
        return note_chart("How sure, how right",
                          "Nothing predicted yet: predict in a lesson, and come back.",
                          theme=theme)  # fmt: skip
    title, how = _title(calibration), _how(calibration)
    groups = calibration.groups
    most = int(groups["number"].max())
    points = [
        {
            "sure": 100 * float(level), "right": 100 * float(share), "number": int(number),
            "told": f"{share_text(share)} of {int(number)}",
            "size": _LEAST + (_MOST - _LEAST) * (number / most) if most > 1 else _LEAST * 3,
        }
        for level, (number, share) in zip(groups.index, groups.to_numpy(float).tolist(),
                                          strict=True)
    ]  # fmt: skip
    low = min(50.0, *(float(p["sure"]) for p in points))
    chart: Any = alt.layer(*_line(low, theme), *_circles(points, low, theme)).properties(
        width=width, height=_HEIGHT, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _title(calibration: Calibration) -> str:
    row: Any = calibration.table.loc[ALL]
    gap = float(row["confidence"] - row["right"])
    verdict = "well judged" if abs(gap) < _CLOSE else "too sure" if gap > 0 else "not sure enough"
    return f"{row['confidence']:.0%} sure, {row['right']:.0%} right: {verdict}".replace("%", " %")


def _how(calibration: Calibration) -> list[str]:
    row: Any = calibration.table.loc[ALL]
    count, skipped = len(calibration.forecasts), int(row["skipped"])
    answers = f"{count} first answer{'' if count == 1 else 's'}"
    more = f", {skipped} skipped" if skipped else ""
    return [f"{answers}{more}. Brier score {calibration.brier:.2f}: 0 is best, 0.25 is 50 % on "
            "everything", "On the line: as often right as sure. Below it: too sure"]  # fmt: skip


def _x(low: float) -> alt.X:
    scale = alt.Scale(domain=[low - 3, 108], nice=False, zero=False)
    ticks = [float(v) for v in range(0, 101, 10) if v >= low]
    return alt.X("sure:Q", axis=alt.Axis(values=ticks, title="How sure, in per cent"), scale=scale)


def _y() -> alt.Y:
    axis = alt.Axis(values=[0, 25, 50, 75, 100], grid=True, title="Right, in per cent")
    return alt.Y("right:Q", axis=axis, scale=alt.Scale(domain=[-8, 108], nice=False))


def _line(low: float, theme: Theme) -> list[alt.Chart]:
    """What was sure and what was right are the same."""
    ends = of({"sure": low, "right": low}, {"sure": 100, "right": 100})
    return [ends.mark_line(color=theme.muted, strokeDash=[6, 4], aria=False, tooltip=None).encode(
        x=_x(low), y=_y()
    )]  # fmt: skip


def _circles(points: list[dict[str, Any]], low: float, theme: Theme) -> list[alt.Chart]:
    base = of(*points).encode(x=_x(low), y=_y())
    tooltip = [alt.Tooltip("sure:Q", title="Sure, in per cent"),
               alt.Tooltip("told:N", title="Right")]  # fmt: skip
    circles = base.mark_point(
        filled=True, color=theme.has_float, stroke=theme.background, strokeWidth=1, opacity=1,
        aria=False,
    ).encode(size=alt.Size("size:Q", scale=None, legend=None), tooltip=tooltip)  # fmt: skip
    return [circles, *words(base.encode(text="told:N"), theme, align="left", dx=18)]
