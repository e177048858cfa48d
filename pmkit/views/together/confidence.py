"""How sure a program and its projects are of their finish, their cost, and of both at once."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.together.program_simulation import ProgramSimulation
from pmkit.analysis.together.simulated_part import SimulatedPart
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.theme import LABEL, LIGHT, NOTE, WIDTH, Theme, share_text, shortened, themed

_ROW = 62  # pixels of a project
_APART = 16  # pixels between its three bars
_NAMES, _TARGETS = 118, 140  # pixels on the left and on the right
_MOST = 24
_LEVELS = ((0.5, "50 %"), (0.7, "70 %"))
_KINDS = (("finish", "finish", "circle"), ("joint", "both", "square"), ("cost", "cost", "diamond"))


@built
def joint_confidence_chart(
    simulation: ProgramSimulation, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart how sure each project is of its targets: in time, in cost, and in both at once.

    Parameters
    ----------
    simulation
        From `simulate_program`; ``joint_chart(simulation.of(project))`` shows the trials of one.
    width, theme
        As for `gantt_chart`; names and targets stand inside the width.

    Notes
    -----
    The lines at 50 and 70 % are NASA's policy for projects and programs (NPD 1000.5, 2009;
    NPR 7120.5), shown as such.

    Examples
    --------
    >>> from pmkit.analysis.together.program_simulation import simulate_program
    >>> from pmkit.data import sample
    >>> found = simulate_program(sample(progress=False), trials=500, seed=7)
    >>> joint_confidence_chart(found).title.text
    'The program keeps both finish and cost with 3 %'
    """
    ids = [id_ for id_ in simulation.parts if id_]
    shown = [*ids[:_MOST], ""]
    rows = [_row(simulation.of(id_), n, theme) for n, id_ in enumerate(shown)]
    height = _ROW * len(rows)
    left, right = _NAMES, width - _TARGETS
    drawing = _Drawing(left, right, width, height, theme)
    title, how = _heading(simulation, len(ids))
    chart: Any = alt.layer(
        *drawing.ground(len(rows)), *drawing.marks(rows), *drawing.beside(rows)
    ).properties(
        width=width, height=height, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {'. '.join(how)}.",
    )  # fmt: skip
    return themed(chart, theme)


def _row(part: SimulatedPart, n: int, theme: Theme) -> dict[str, Any]:
    on_time, within = part.kept()
    finish, cost = float(on_time.mean()), float(within.mean())
    both = float((on_time & within).mean())
    return {
        "y": _ROW * n + _ROW / 2, "name": shortened(part.name, 17), "full": part.name,
        "p_finish": finish, "p_cost": cost, "p_joint": both,
        "finish_text": share_text(finish), "cost_text": share_text(cost),
        "joint_text": share_text(both), "until": f"by {part.finish_target}",
        "most": f"at most {part.cost.amount(part.cost_target)}",
    }  # fmt: skip


def _heading(simulation: ProgramSimulation, count: int) -> tuple[str, list[str]]:
    all_ = simulation.all_projects(cost=True).together
    title = f"The program keeps both finish and cost with {share_text(simulation.joint())}"
    how = []
    if count > 1:
        how.append(f"All its projects at once keep both with {share_text(all_)}")
    how += [
        "Chance of keeping the finish, the cost, and both. Lines at 50 and 70 %: a policy of NASA",
        f"{simulation.trials:,} trials, correlation {shortened(simulation.correlation, 90)}",
    ]
    if count > _MOST:
        how.append(f"The first {_MOST} of {count} projects")
    return title, how


class _Drawing:
    """Marks on a scale from 0 to 100 %, a row for each project."""

    def __init__(self, left: int, right: int, width: int, height: int, theme: Theme) -> None:
        self.left, self.right, self.width, self.height = left, right, width, height
        self.theme = theme

    def x(self, field: str) -> alt.X:
        scale = alt.Scale(domain=[0, 1], range=[self.left, self.right], nice=False)
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(self, field: str = "y") -> alt.Y:
        scale = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    def ground(self, count: int) -> list[alt.Chart]:
        """Ticks, the two levels of the policy, lines between rows."""
        theme = self.theme
        style: dict[str, Any] = {"aria": False, "tooltip": None}
        ticks = of(*({"at": k / 10, "text": f"{10 * k} %"} for k in range(0, 11, 2)))
        level = of(*({"at": at, "text": text} for at, text in _LEVELS))
        across = {"y": alt.value(0), "y2": alt.value(self.height)}
        rows = of(*({"y": _ROW * n} for n in range(1, count)))
        return [
            ticks.mark_rule(color=theme.grid, **style).encode(x=self.x("at"), **across),
            ticks.mark_text(baseline="top", dy=5, color=theme.text, fontSize=LABEL, **style).encode(
                x=self.x("at"), y=alt.value(self.height), text="text:N"
            ),
            level.mark_rule(color=theme.muted, strokeDash=[5, 3], **style).encode(
                x=self.x("at"), **across
            ),
            level.mark_text(baseline="bottom", dy=-3, color=theme.muted, fontSize=NOTE,
                            **style).encode(x=self.x("at"), y=alt.value(0), text="text:N"),
            rows.mark_rule(color=theme.grid, **style).encode(
                y=self.y(), x=alt.value(0), x2=alt.value(self.width)
            ),
        ]  # fmt: skip

    def marks(self, rows: list[dict[str, Any]]) -> list[alt.Chart]:
        """Three bars for each project; that of both is the boldest."""
        theme, base = self.theme, of(*rows)
        tooltip = [
            alt.Tooltip("full:N", title="Project"),
            alt.Tooltip("finish_text:N", title="Finish alone"),
            alt.Tooltip("cost_text:N", title="Cost alone"),
            alt.Tooltip("joint_text:N", title="Both"), alt.Tooltip("until:N", title="Finish"),
            alt.Tooltip("most:N", title="Cost"),
        ]  # fmt: skip
        colors = {"finish": theme.has_float, "cost": theme.scenario, "joint": theme.critical}
        layers: list[alt.Chart] = []
        for n, (field, word, shape) in enumerate(_KINDS):
            one = base.transform_calculate(
                zero="0", at=f"datum.p_{field}", where=f"datum.y + {(n - 1) * _APART}",
                told=f"datum.{field}_text + ' {word}'",
            )  # fmt: skip
            bold = field == "joint"
            stem = one.mark_rule(color=colors[field], strokeWidth=7 if bold else 3, aria=False)
            mark = one.mark_point(
                shape=shape, filled=True, opacity=1, size=150 if bold else 80, color=colors[field],
                aria=False,
            )  # fmt: skip
            text = words(one, theme, align="left", baseline="middle", dx=11,
                         fontWeight="bold" if bold else "normal")  # fmt: skip
            stand: dict[str, Any] = {"x": self.x("at"), "y": self.y("where")}
            layers += [
                stem.encode(**stand, x2="zero:Q", tooltip=tooltip),
                mark.encode(**stand, tooltip=tooltip),
                *(layer.encode(**stand, text="told:N") for layer in text),
            ]
        return layers

    def beside(self, rows: list[dict[str, Any]]) -> list[alt.Chart]:
        """Names on the left, targets on the right."""
        theme, base = self.theme, of(*rows)
        style: dict[str, Any] = {"align": "left", "aria": False, "tooltip": None}
        name = base.mark_text(fontWeight="bold", baseline="middle", color=theme.text, **style)
        target: dict[str, Any] = {"fontSize": NOTE, "baseline": "middle", "color": theme.muted}
        return [
            name.encode(x=alt.value(0), y=self.y(), text="name:N"),
            base.mark_text(dy=-7, **target, **style).encode(
                x=alt.value(self.right + 22), y=self.y(), text="until:N"
            ),
            base.mark_text(dy=7, **target, **style).encode(
                x=alt.value(self.right + 22), y=self.y(), text="most:N"
            ),
        ]
