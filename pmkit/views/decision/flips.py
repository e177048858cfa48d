"""The value of every option over the probability of an outcome, and where the best one changes."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np

from pmkit.analysis.deciding.decision_analysis import DecisionAnalysis
from pmkit.analysis.deciding.flipping import option_curves
from pmkit.analysis.deciding.information import chances_of
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.placing import spread
from pmkit.views.theme import DASHES, LIGHT, WIDTH, Theme, number_text, shortened, themed

_HEIGHT = 260
_LABELS = 150  # pixels on the right
_BOLD, _LETTER = 8.6, 6.9  # pixels of a letter of the title and of a label, about


@built
def flip_chart(
    analysis: DecisionAnalysis,
    event: str,
    outcome: str,
    *,
    width: int = WIDTH,
    theme: Theme = LIGHT,
) -> alt.LayerChart:
    """Chart what each option is worth as an outcome becomes likelier.

    Parameters
    ----------
    analysis
        A tree, rolled back.
    event, outcome
        Whose probability goes from 0 to 1; the other outcomes keep their proportions.
    width, theme
        As for `gantt_chart`.

    Raises
    ------
    PlanError
        If there is no such event or outcome.

    Examples
    --------
    >>> from pmkit.analysis.deciding.decide import decide
    >>> from pmkit.model.decision import Chance, Choice
    >>> demand = Chance("demand", {"strong": (0.6, 100), "weak": (0.4, 0)})
    >>> flip_chart(decide(Choice("Depot", {"build": demand, "wait": 30})), "demand",
    ...            "strong").title.text
    'From 30 % strong on, build is better than wait'
    """
    flips = analysis.flips(event, outcome)
    sign = -1 if analysis.minimise else 1
    labels = [branch.label for branch in analysis.tree.branches]
    curves = option_curves(analysis.tree, sign, event, outcome)
    rows: list[dict[str, Any]] = []
    ends: list[float] = []
    for n, (label, (knots, values)) in enumerate(zip(labels, curves, strict=True)):
        for p, v in zip(knots.tolist(), values.tolist(), strict=True):
            rows.append({"option": label, "n": n, "p": p, "value": sign * v})
        ends.append(sign * float(values[-1]))
    low, high = min(r["value"] for r in rows), max(r["value"] for r in rows)
    room = ((high - low) or 1.0) * 0.06
    domain = [low - room, high + room]
    axis = alt.Axis(title=f"Probability of {shortened(outcome, 40)}", format=".0%", tickCount=5)
    x = alt.X("p:Q", axis=axis, scale=alt.Scale(domain=[0, 1], nice=False))
    title = "Expected cost" if analysis.minimise else "Expected value"
    y = alt.Y("value:Q", axis=alt.Axis(title=title, grid=True, tickCount=6),
              scale=alt.Scale(domain=domain, nice=False))  # fmt: skip
    chart: Any = alt.layer(
        *_lines(rows, labels, x, y, theme),
        *_now(analysis, event, outcome, x, theme),
        *_flips(flips, rows, x, y, theme),
        *_names(labels, ends, domain, width, theme),
    )
    finding = _title(analysis, flips, outcome, int(width / _BOLD))
    chart = chart.properties(
        width=width - _LABELS, height=_HEIGHT, title=alt.Title(text=finding),
        description=f"{finding}.",
    )  # fmt: skip
    return themed(chart, theme)


def _title(analysis: DecisionAnalysis, flips: tuple[Any, ...], outcome: str, letters: int) -> str:
    if not flips:
        return f"{shortened(analysis.best, 40)} is the best whatever the probability"
    one = flips[0]
    more = f", and {len(flips) - 1} more" if len(flips) > 1 else ""

    def told(length: int, whose: str) -> str:
        return (
            f"From {100 * one.probability:.3g} %{whose} on, {shortened(one.above, length)} is "
            f"better than {shortened(one.below, length)}{more}"
        )

    title = told(24, f" {shortened(outcome, 24)}")
    if len(title) <= letters:
        return title
    # the axis names the outcome too
    tried = [told(length, "") for length in range(24, 7, -1)]
    return next((title for title in tried if len(title) <= letters), tried[-1])


def _lines(
    rows: list[dict[str, Any]], labels: list[str], x: alt.X, y: alt.Y, theme: Theme
) -> list[alt.Chart]:
    made = []
    for n, label in enumerate(labels):
        data = alt.InlineData(values=[row for row in rows if row["n"] == n])
        tooltip = [alt.Tooltip("option:N", title="Option"),
                   alt.Tooltip("p:Q", title="Probability", format=".0%"),
                   alt.Tooltip("value:Q", title="Worth", format=",.4~g")]  # fmt: skip
        line = alt.Chart(data).mark_line(
            color=theme.series[n % len(theme.series)], strokeWidth=2.4, aria=False,
            strokeDash=DASHES[n % len(DASHES)], description=label,
        )  # fmt: skip
        made.append(line.encode(x=x, y=y, tooltip=tooltip))
    return made


def _now(
    analysis: DecisionAnalysis, event: str, outcome: str, x: alt.X, theme: Theme
) -> list[alt.Chart]:
    now = chances_of(analysis.tree, event).get(outcome)
    if now is None:
        return []
    rule = of({"p": now}).mark_rule(color=theme.today, strokeWidth=1.4, strokeDash=[6, 3],
                                    aria=False, tooltip=None)  # fmt: skip
    text = of({"p": now, "text": f"now {100 * now:.3g} %"}).encode(
        x=x, y=alt.value(-8), text="text:N"
    )
    return [rule.encode(x=x), *words(text, theme, color=theme.today)]


def _flips(
    flips: tuple[Any, ...], rows: list[dict[str, Any]], x: alt.X, y: alt.Y, theme: Theme
) -> list[alt.Chart]:
    if not flips:
        return []
    points = []
    for flip in flips:
        mine = [row for row in rows if row["option"] == flip.above]
        value = float(np.interp(flip.probability, [r["p"] for r in mine],
                                [r["value"] for r in mine]))  # fmt: skip
        points.append({"p": flip.probability, "value": value,
                       "text": f"{100 * flip.probability:.3g} %"})  # fmt: skip
    base = of(*points)
    dots = base.mark_point(filled=True, opacity=1, size=80, color=theme.text, aria=False)
    text = base.encode(x=x, y=y, text="text:N")
    return [dots.encode(x=x, y=y), *words(text, theme, dy=-14, fontWeight="bold")]


def _names(
    labels: list[str], ends: list[float], domain: list[float], width: int, theme: Theme
) -> list[alt.Chart]:
    """The options beside the right end of their lines."""
    pixel = [_HEIGHT * (domain[1] - end) / (domain[1] - domain[0]) for end in ends]
    order = sorted(range(len(labels)), key=lambda n: pixel[n])
    places = spread([pixel[n] for n in order], 15, 0, _HEIGHT)
    made: list[alt.Chart] = []
    for n, place in zip(order, places, strict=True):
        value = number_text(ends[n])
        letters = int((_LABELS - 8) / _LETTER) - len(value) - 1
        text = f"{shortened(labels[n], max(letters, 8))} {value}"
        base = of({"text": text}).encode(
            x=alt.value(width - _LABELS + 8), y=alt.value(round(place, 1)), text="text:N"
        )
        made += words(base, theme, align="left", color=theme.series[n % len(theme.series)])
    return made
