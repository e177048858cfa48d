"""The health card: every rule with its value against its threshold, and how many offend."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.health.health import Check, Health
from pmkit.views.building import built
from pmkit.views.marks import verdicts
from pmkit.views.theme import LIGHT, WIDTH, Theme, shortened, themed

_ROW = 25  # pixels
_NAME, _VALUE, _LIMIT = 30, 250, 340  # pixels from the left
_COUNT = 72  # pixels for the words on the right
_BAR = 110
_MARKS = ("passed", "failed", "not checked")


@built
def health_chart(
    health: Health, *, picked: str | None = None, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart how a schedule keeps each rule: value, threshold, and the offenders.

    Parameters
    ----------
    health
        From `check_health`.
    picked
        Name of a check that is to stand out.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.health import check_health
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 2, "A FS-1"), ("C", 1, "B")])
    >>> health_chart(check_health(plan)).title.text
    '1 of 12 checks fails: leads'
    """
    rows = [_row(n, check, theme) for n, check in enumerate(health.checks)]
    count = len(rows)
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[count - 0.5, -0.5], nice=False))
    data = alt.InlineData(values=rows)
    base = alt.Chart(data).encode(y=y)
    tooltip = [
        alt.Tooltip("rule:N", title="Rule"), alt.Tooltip("meaning:N", title="Asks"),
        alt.Tooltip("value:N", title="Value"), alt.Tooltip("found:N", title="Found"),
    ]  # fmt: skip
    layers: list[Any] = [_stripes(rows, picked, y, width, theme)]
    layers += [
        verdicts(base, "mark", _MARKS, 14),
        _text(base, "rule", _NAME, theme.text, tooltip),
        _text(base, "value", _VALUE + 74, theme.text, tooltip, align="right", fontWeight="bold",
              color_field="ink"),
        _text(base, "limit", _LIMIT, theme.muted, tooltip),
        _text(base, "found", width - 4, theme.text, tooltip, align="right"),
        *_bars(base, width, theme),
    ]  # fmt: skip
    chart: Any = alt.layer(*layers)
    title, how = _title(health), _how(health)
    chart = chart.properties(
        width=width, height=_ROW * count, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {how}.",
    )  # fmt: skip
    return themed(chart, theme)


def _title(health: Health) -> str:
    checked = len(health.passed) + len(health.failed)
    if not checked:
        return "Nothing of this plan could be checked"
    if not health.failed:
        return f"All {checked} checks pass"
    worst = [health[name].rule.lower() for name in health.failed]
    verb = "fails" if len(worst) == 1 else "fail"
    told = ", ".join(worst[:3]) + (f" and {len(worst) - 3} more" if len(worst) > 3 else "")
    return f"{len(worst)} of {checked} checks {verb}: {told}"


def _how(health: Health) -> str:
    left = len(health.unchecked)
    said = "The DCMA's fourteen points, and four more below them"
    return f"{said}; {left} not checked, for the reason beside each" if left else said


def _row(n: int, check: Check, theme: Theme) -> dict[str, Any]:
    color = {True: theme.scenario, False: theme.critical, None: theme.muted}[check.passed]
    found = f"{check.count:,} of {check.of:,}" if check.of else ""
    if check.passed is None:
        found = check.reason
    return {
        "row": n, "name": check.name, "rule": shortened(check.rule, 38), "color": color,
        "ink": theme.critical if check.passed is False else theme.text,
        "mark": check.mark, "meaning": check.meaning,
        "value": "" if check.passed is None else check.value_text,
        "limit": "" if check.passed is None else check.threshold_text,
        "found": shortened(found, 58), "share": _share(check),
    }  # fmt: skip


def _share(check: Check) -> float | None:
    """Share of what was looked at that offends."""
    return check.count / check.of if check.of and check.passed is not None else None


def _stripes(
    rows: list[dict[str, Any]], picked: str | None, y: alt.Y, width: int, theme: Theme
) -> alt.Chart:
    """Every other row shaded, the one that is picked more so, a line above the additions."""
    shaded = [
        {"row": row["row"], "low": row["row"] - 0.5, "high": row["row"] + 0.5,
         "color": theme.density[0] if row["name"] == picked else theme.shade}
        for row in rows
        if row["row"] % 2 == 0 or row["name"] == picked
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=shaded)).mark_rect(aria=False, tooltip=None)
    scale = alt.Scale(domain=[len(rows) - 0.5, -0.5], nice=False)
    return base.encode(
        y=alt.Y("low:Q", axis=None, scale=scale), y2="high:Q", x=alt.value(0),
        x2=alt.value(width), color=alt.Color("color:N", scale=None),
    )  # fmt: skip


def _text(
    base: alt.Chart, field: str, x: float, color: str, tooltip: list[Any], *,
    align: Any = "left", color_field: str = "", **style: Any,
) -> alt.Chart:  # fmt: skip
    mark = base.mark_text(align=align, baseline="middle", color=color, aria=False, **style)
    encoded = {"x": alt.value(x), "text": f"{field}:N", "tooltip": tooltip}
    if color_field:
        encoded["color"] = alt.Color(f"{color_field}:N", scale=None)
    return mark.encode(**encoded)


def _bars(base: alt.Chart, width: int, theme: Theme) -> list[alt.Chart]:
    """The share that offends, of the whole that was looked at."""
    end = width - _COUNT
    known = base.transform_filter("isValid(datum.share)")
    left = alt.X("zero:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=[end - _BAR, end]))
    drawn = known.transform_calculate(zero="0", one="1")
    whole = drawn.mark_bar(height=5, color=theme.grid, aria=False, tooltip=None)
    part = drawn.mark_bar(height=9, aria=False, tooltip=None)
    return [
        whole.encode(x=left, x2="one:Q"),
        part.encode(x=left, x2="share:Q", color=alt.Color("color:N", scale=None)),
    ]
