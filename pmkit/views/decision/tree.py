"""A decision tree drawn: choices are squares, events are circles, ends say what they pay."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.deciding.decision_analysis import DecisionAnalysis
from pmkit.views.building import built
from pmkit.views.decision.layout import Twig, laid_out
from pmkit.views.marks import of, words
from pmkit.views.theme import LIGHT, WIDTH, Theme, number_text, shortened, themed

_ROW = 46  # pixels
_LETTER = 6.0  # pixels, about
_ELBOW = 0.24
_ENDS = 130  # pixels for what an end pays
_MOST = 60
_GAP = 12


@built
def decision_tree_chart(
    analysis: DecisionAnalysis, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart a decision tree with what each branch is worth and which way is the best.

    Parameters
    ----------
    analysis
        The tree, rolled back.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.analysis.deciding.decide import decide
    >>> from pmkit.model.decision import Choice
    >>> decision_tree_chart(decide(Choice("Depot", {"build": 36, "wait": 30}))).title.text
    'build: 36, 6 better than wait'
    """
    twigs, root, rows, depth = laid_out(analysis)
    shown = [twig for twig in twigs if twig.y < _MOST]
    height = _ROW * min(rows, _MOST)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(
        domain=[0, depth + depth * _ENDS / max(width - _ENDS, 1)], nice=False))  # fmt: skip
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[min(rows, _MOST) - 0.5, -0.5], nice=False))
    column = (width - _ENDS) / depth
    letters = max(int(column * (1 - _ELBOW) / _LETTER) - 1, 6)
    chart: Any = alt.layer(
        *_branches(shown, x, y, theme),
        *_cuts(shown, x, y, theme),
        *_words(shown, x, y, letters, theme),
        *_ends(shown, x, y, theme),
        *_nodes(analysis, shown, root, x, y, theme),
    )
    title = _title(analysis)
    how = (
        "Squares are choices, circles are events; thick: the best policy, ||: not taken. "
        f"Numbers: expected {'cost' if analysis.minimise else 'value'}"
    )
    if rows > _MOST:
        how += f". The first {_MOST} of {rows} ends"
    chart = chart.properties(
        width=width, height=height, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {how}.",
    )  # fmt: skip
    return themed(chart, theme)


def _title(analysis: DecisionAnalysis) -> str:
    best, options = analysis.best, analysis.options
    value = number_text(options[best])
    if len(analysis.equally_good) > 1:
        names = shortened(" and ".join(analysis.equally_good), 60)
        return f"{names} are equally good: {value}"
    others = {label: v for label, v in options.items() if label != best}
    if not others:
        return f"{shortened(best, 40)}: {value}, the only option"
    second = min(others, key=lambda label: abs(others[label] - options[best]))
    by = number_text(abs(others[second] - options[best]))
    return f"{shortened(best, 34)}: {value}, {by} better than {shortened(second, 34)}"


def _branches(twigs: list[Twig], x: alt.X, y: alt.Y, theme: Theme) -> list[alt.Chart]:
    made = []
    for taken in (False, True):
        rows = []
        for n, twig in enumerate(twigs):
            if twig.is_taken is taken:
                elbow = twig.x - 1 + _ELBOW
                points = ((twig.x - 1, twig.from_y), (elbow, twig.y), (twig.x, twig.y))
                rows += [{"n": n, "k": k, "x": px, "y": py} for k, (px, py) in enumerate(points)]
        if rows:
            color = theme.has_float if taken else theme.total_float
            line = alt.Chart(alt.InlineData(values=rows)).mark_line(
                color=color, strokeWidth=3 if taken else 1.2, interpolate="linear", aria=False,
                tooltip=None,
            )  # fmt: skip
            made.append(line.encode(x=x, y=y, detail="n:N", order="k:Q"))
    return made


def _cuts(twigs: list[Twig], x: alt.X, y: alt.Y, theme: Theme) -> list[alt.Chart]:
    """Two strokes across each option that is not taken."""
    rows = [
        {"x": t.x - 1 + _ELBOW + 0.01, "y": t.y, "text": "||"}
        for t in twigs
        if t.is_option and not t.is_taken
    ]
    if not rows:
        return []
    text = of(*rows).mark_text(
        fontSize=13, fontWeight="bold", color=theme.total_float, align="left",
        baseline="middle", aria=False, tooltip=None,
    )  # fmt: skip
    return [text.encode(x=x, y=y, text="text:N")]


def _words(twigs: list[Twig], x: alt.X, y: alt.Y, letters: int, theme: Theme) -> list[alt.Chart]:
    above, below = [], []
    for twig in twigs:
        branch = twig.branch
        told = {"x": twig.x - 1 + _ELBOW + 0.05, "y": twig.y}
        chance = "" if branch.probability is None else f" {100 * branch.probability:.3g} %"
        above.append({**told, "text": shortened(branch.label, letters - len(chance)) + chance})
        if branch.cost:
            below.append({**told, "text": f"costs {number_text(branch.cost)}"})
    made: list[alt.Chart] = []
    for rows, dy, color in ((above, -9, theme.text), (below, 10, theme.muted)):
        if rows:
            base = of(*rows).encode(x=x, y=y, text="text:N")
            made += words(base, theme, align="left", dy=dy, color=color)
    return made


def _ends(twigs: list[Twig], x: alt.X, y: alt.Y, theme: Theme) -> list[alt.Chart]:
    rows = []
    for twig in twigs:
        if twig.kind == "end":
            assert isinstance(twig.branch.to, float)
            rows.append({
                "x": twig.x, "y": twig.y, "text": number_text(twig.branch.to),
                "path": " > ".join(twig.path), "weight": twig.is_taken,
            })  # fmt: skip
    base = of(*rows)
    tooltip = [alt.Tooltip("path:N", title="End"), alt.Tooltip("text:N", title="Pays")]
    marks = base.mark_point(
        shape="triangle-left", filled=True, opacity=1, size=70, color=theme.muted, aria=False
    ).encode(x=x, y=y, tooltip=tooltip)
    text = base.transform_calculate(t="'pays ' + datum.text").encode(x=x, y=y, text="t:N")
    return [marks, *words(text, theme, align="left", dx=_GAP)]


def _nodes(
    analysis: DecisionAnalysis, twigs: list[Twig], root: float, x: alt.X, y: alt.Y, theme: Theme
) -> list[alt.Chart]:
    inner = [twig for twig in twigs if twig.kind != "end"]
    rows = [
        {"x": 0, "y": root, "shape": "square", "name": analysis.tree.name,
         "value": number_text(analysis.value), "color": theme.has_float}
    ]  # fmt: skip
    for twig in inner:
        is_choice = twig.kind == "choice"
        before = twig.value + (-1 if analysis.minimise else 1) * twig.branch.cost
        rows.append({
            "x": twig.x, "y": twig.y, "shape": "square" if is_choice else "circle",
            "name": twig.name, "value": number_text(before),
            "color": theme.has_float if is_choice else theme.today,
        })  # fmt: skip
    base = of(*rows)
    tooltip = [alt.Tooltip("name:N", title="Node"), alt.Tooltip("value:N", title="Worth")]
    points = base.mark_point(filled=True, opacity=1, size=230, aria=False).encode(
        x=x, y=y, shape=alt.Shape("shape:N", scale=None), color=alt.Color("color:N", scale=None),
        tooltip=tooltip,
    )  # fmt: skip
    values = base.encode(x=x, y=y, text="value:N")
    names = base.encode(x=x, y=y, text="name:N")
    return [
        points,
        *words(values, theme, dy=-17, fontWeight="bold"),
        *words(names, theme, dy=18, color=theme.muted, limit=110),
    ]
