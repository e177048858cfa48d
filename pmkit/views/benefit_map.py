"""The benefits map: from projects over outputs, outcomes and benefits to objectives."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import altair as alt

from pmkit.analysis.aligning.benefit_gaps import FUNDED, IN_PART, NOT_FUNDED
from pmkit.analysis.aligning.benefit_links import Edge, Key, Node, NodeKind
from pmkit.analysis.aligning.benefit_map import BenefitMap
from pmkit.views.benefit_layout import ColumnLayout
from pmkit.views.building import built
from pmkit.views.marks import of
from pmkit.views.note import note_chart
from pmkit.views.theme import LABEL, LIGHT, NOTE, SUBTITLE, Theme, money_text, themed, titled

_WIDTH = 960
_BETWEEN = 60  # pixels between two columns
_GAP, _LANE = 12, 12  # pixels between boxes, and of a line that passes a column
_LINE, _PAD = 14, 7  # pixels of a line of words, and above and below them
_LETTER = 6.4  # pixels, of a wide font
_MOST = 30  # boxes in a column
_LINES = 4  # of a name
_HEAD = 26
_TWO: dict[str, Any] = {"max_lines": 2, "placeholder": "\u2026"}
_HEADS = {
    NodeKind.PROJECT: "Projects", NodeKind.OUTPUT: "Outputs", NodeKind.OUTCOME: "Outcomes",
    NodeKind.BENEFIT: "Benefits", NodeKind.OBJECTIVE: "Objectives",
}  # fmt: skip
_SIGNS = {
    "gap": "M0,-1L1,0.8L-1,0.8Z", FUNDED: "M-1,0.1L-0.3,0.8L1,-0.8",
    NOT_FUNDED: "M-0.8,-0.8L0.8,0.8M0.8,-0.8L-0.8,0.8", IN_PART: "M-0.8,0L0.8,0",
}  # fmt: skip


@built
def benefit_map_chart(
    benefits: BenefitMap, *, width: int = _WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart what leads to what, and mark where it breaks off.

    Parameters
    ----------
    benefits
        From `map_benefits`.
    width, theme
        Of the picture in pixels; `LIGHT` or `DARK`.

    Examples
    --------
    >>> from pmkit.analysis.aligning.benefit_map import map_benefits
    >>> from pmkit.model.program import Program
    >>> from pmkit.model.settings import ProjectInfo
    >>> program = Program((), candidates=(ProjectInfo("Depot", delivers=("Chargers",)),))
    >>> benefit_map_chart(map_benefits(program)).title.text
    'Benefits map: 1 gap between projects and objectives'
    """
    shown = _shown(benefits)
    if not shown:
        return note_chart("Benefits map", "There are no projects, benefits or objectives.",
                          theme=theme)  # fmt: skip
    kinds = [kind for kind in NodeKind if any(node.kind is kind for node in shown)]
    columns = [[node.key for node in shown if node.kind is kind] for kind in kinds]
    box = (width - _BETWEEN * (len(kinds) - 1)) / len(kinds)
    box = min(box, 2 * width / 5)
    letters = int((box - 14) / _LETTER)
    words = {node.key: _words(benefits, node, letters) for node in shown}
    heights = {key: _PAD * 2.0 + _LINE * sum(map(len, parts)) for key, parts in words.items()}
    edges = [e for e in benefits.edges if e.source in words and e.target in words]
    layout = ColumnLayout(columns, edges, heights, _GAP, _LANE)
    left = [n * (box + _BETWEEN) for n in range(len(kinds))]
    whole = left[-1] + box
    page = _Page(benefits, theme, layout, left, box, whole)
    title, how = _title(benefits), _how(benefits, len(shown))
    chart: Any = alt.layer(
        *page.lines(), *page.boxes(shown, words, heights), *page.heads(kinds)
    ).properties(
        width=whole, height=layout.height + _HEAD, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _shown(benefits: BenefitMap) -> list[Node]:
    """All nodes, or where they are too many the largest benefits and what they are tied to."""
    nodes = list(benefits.nodes)
    if max((sum(n.kind is kind for n in nodes) for kind in NodeKind), default=0) <= _MOST:
        return nodes
    by_money = sorted((n for n in nodes if n.kind is NodeKind.BENEFIT),
                      key=lambda n: -abs(n.money))  # fmt: skip
    kept: set[Key] = {node.key for node in by_money[:_MOST]}
    for side in (0, 1):
        more = set(kept)
        while more:
            more = {(e.source, e.target)[side] for e in benefits.edges
                    if (e.target, e.source)[side] in more} - kept  # fmt: skip
            kept |= more
    found: list[Node] = []
    for kind in NodeKind:
        own = [n for n in nodes if n.kind is kind]
        tied = [n for n in own if n.key in kept]
        found += (tied + [n for n in own if n.key not in kept])[:_MOST]
    return found


def _words(
    benefits: BenefitMap, node: Node, letters: int
) -> tuple[list[str], list[str], list[str]]:
    """The lines of a box: what it is called, how it stands, and what is missing."""
    name = node.id if node.kind is NodeKind.OUTPUT else titled(node.id, node.name)
    word, why = benefits.standings.get(node.key, ("", ""))
    stands = [] if word in ("", FUNDED) else wrap(why or word, letters, **_TWO)
    gaps = [line for gap in benefits.gaps_at(node.key) for line in wrap(gap.word, letters, **_TWO)]
    signs = " " * (2 if benefits.chosen is None else 5)  # as wide as those in the corner
    lines = wrap(name, letters, initial_indent=signs, max_lines=_LINES, placeholder="\u2026")
    return [line.strip() for line in lines] or [""], stands, gaps


def _title(benefits: BenefitMap) -> str:
    count = len(benefits.gaps)
    gaps = f"{count} gap{'' if count == 1 else 's'}" if count else "no gap"
    if benefits.chosen is None:
        return f"Benefits map: {gaps} between projects and objectives"
    every = sum(node.kind is NodeKind.BENEFIT for node in benefits.nodes)
    lost = len(benefits.unfunded)
    return f"Benefits map: {every - lost} of {every} benefits come in full with what is chosen"


def _how(benefits: BenefitMap, shown: int) -> list[str]:
    first = "From left to right: what leads to what. Dashed line: enables it, no output says how"
    second = "Orange, with a triangle: something is missing there"
    if benefits.chosen is not None:
        second += ". Tick: funded, cross: not funded, dash: in part"
    if shown < len(benefits.nodes):
        second += f". The largest benefits: {shown} of {len(benefits.nodes)} boxes"
    return [first, second]


class _Page:
    """Draws the pieces of one map."""

    def __init__(
        self, benefits: BenefitMap, theme: Theme, layout: ColumnLayout, left: list[float],
        box: float, whole: float,
    ) -> None:  # fmt: skip
        self.benefits, self.theme, self.layout = benefits, theme, layout
        self.left, self.box, self.whole = left, box, whole

    def x(self, field: str) -> alt.X:
        scale = alt.Scale(domain=[0, self.whole], nice=False)
        return alt.X(f"{field}:Q", axis=None, scale=scale)

    def y(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[self.layout.height, -_HEAD], nice=False)
        return alt.Y(f"{field}:Q", axis=None, scale=scale)

    def _is_lost(self, *keys: Key) -> bool:
        return any(self.benefits.standings.get(key, ("",))[0] == NOT_FUNDED for key in keys)

    def lines(self) -> list[alt.Chart]:
        corners = [
            {"line": n, "k": k, "x": round(x, 1), "y": round(y, 1),
             "style": "short cut" if edge.is_short_cut else "chain",
             "color": self._colour(edge),
             "strength": 0.35 if self._is_lost(edge.source, edge.target) else 0.9}
            for n, (edge, _) in enumerate(self.layout.routes)
            for k, (x, y) in enumerate(self._corners(n, edge))
        ]  # fmt: skip
        if not corners:
            return []
        dash = alt.Scale(domain=["chain", "short cut"], range=[[1, 0], [5, 4]])
        mark = of(*corners).mark_line(
            interpolate="monotone", strokeWidth=1.4, aria=False, tooltip=None,
        )  # fmt: skip
        return [
            mark.encode(
                x=self.x("x"), y=self.y("y"), order="k:Q", detail="line:N",
                strokeDash=alt.StrokeDash("style:N", scale=dash, legend=None),
                opacity=alt.Opacity("strength:Q", scale=None),
                color=alt.Color("color:N", scale=None),
            )
        ]  # fmt: skip

    def _colour(self, edge: Edge) -> str:
        """Lines to one objective share a colour: many meet there."""
        if edge.target[0] is not NodeKind.OBJECTIVE:
            return self.theme.total_float
        place = [key for key in self.layout.at if key[0] is NodeKind.OBJECTIVE].index(edge.target)
        hues = [hue for hue in self.theme.series if hue != self.theme.critical]  # that is a gap
        return hues[place % len(hues)]

    def _corners(self, number: int, edge: Edge) -> Sequence[tuple[float, float]]:
        """Level at both ends of a box and through the columns that it passes."""
        _, route = self.layout.routes[number]
        found: list[tuple[float, float]] = []
        stub = _BETWEEN * 0.1
        for k, spot in enumerate(route):
            left, y = self.left[spot[0]], self.layout.middle[spot]
            if k:
                found += [(left - stub, y), (left, y)]
            if k < len(route) - 1:
                found += [(left + self.box, y), (left + self.box + stub, y)]
        return found

    def boxes(
        self, shown: Sequence[Node], words: dict[Key, tuple[list[str], list[str], list[str]]],
        heights: dict[Key, float],
    ) -> list[alt.Chart]:  # fmt: skip
        frames, signs = list[dict[str, Any]](), list[dict[str, Any]]()
        names, said = list[dict[str, Any]](), list[dict[str, Any]]()
        theme = self.theme
        for node in shown:
            key = node.key
            left, middle = self.left[self.layout.column[key]], self.layout.at[key]
            top, high = middle - heights[key] / 2, heights[key]
            gaps = self.benefits.gaps_at(key)
            standing, why = self.benefits.standings.get(key, ("", ""))
            frames.append({
                "x": round(left, 1), "x2": round(left + self.box, 1), "y": round(top, 1),
                "y2": round(top + high, 1), "what": str(node.kind).capitalize(),
                "name": titled(node.id, node.name),
                "stroke": theme.critical if gaps else theme.baseline,
                "money": money_text(node.money, self.benefits.currency) if node.money else "-",
                "standing": f"{standing}{f': {why}' if why else ''}" or "-",
                "gap": "; ".join(gap.sentence for gap in gaps) or "none",
            })  # fmt: skip
            own = theme.muted if standing == NOT_FUNDED else theme.text
            at = top + _PAD + _LINE / 2
            colours = (own, theme.muted, theme.critical)
            for lines, kind, colour in zip(words[key], (names, said, said), colours, strict=True):
                for line in lines:
                    kind.append({"x": round(left + 8, 1), "y": round(at, 1), "text": line,
                                 "color": colour})  # fmt: skip
                    at += _LINE
            shapes = [("gap", theme.critical)] if gaps else []
            if standing:
                shapes.append((standing, theme.scenario if standing == FUNDED else theme.muted))
            signs += [
                {"x": round(left + self.box - 10 - 16 * n, 1), "y": round(top + 12, 1),
                 "sign": sign, "color": colour}
                for n, (sign, colour) in enumerate(shapes)
            ]  # fmt: skip
        return [self._frames(frames), self._text(names, fontSize=LABEL),
                *([self._text(said, fontSize=NOTE, fontStyle="italic")] if said else []),
                *([self._signs(signs)] if signs else [])]  # fmt: skip

    def _frames(self, frames: list[dict[str, Any]]) -> alt.Chart:
        tooltip = [
            alt.Tooltip(f"{field}:N", title=title)
            for field, title in (("what", "What"), ("name", "Name"), ("money", "Benefit"),
                                 ("standing", "Standing"), ("gap", "Missing"))
        ]  # fmt: skip
        mark = of(*frames).mark_rect(
            fill=self.theme.shade, strokeWidth=1.4, cornerRadius=4, opacity=1, aria=False
        )
        return mark.encode(
            x=self.x("x"), x2="x2:Q", y=self.y("y"), y2="y2:Q", tooltip=tooltip,
            stroke=alt.Stroke("stroke:N", scale=None),
        )  # fmt: skip

    def _text(self, lines: list[dict[str, Any]], **style: Any) -> alt.Chart:
        mark = of(*lines).mark_text(align="left", baseline="middle", aria=False, tooltip=None,
                                    **style)  # fmt: skip
        colour = alt.Color("color:N", scale=None)
        return mark.encode(x=self.x("x"), y=self.y("y"), text="text:N", color=colour)

    def _signs(self, signs: list[dict[str, Any]]) -> alt.Chart:
        scale = alt.Scale(domain=list(_SIGNS), range=list(_SIGNS.values()))
        mark = of(*signs).mark_point(filled=False, size=46, strokeWidth=1.8, opacity=1, aria=False,
                                     tooltip=None)  # fmt: skip
        return mark.encode(
            x=self.x("x"), y=self.y("y"), shape=alt.Shape("sign:N", scale=scale, legend=None),
            stroke=alt.Stroke("color:N", scale=None),
        )  # fmt: skip

    def heads(self, kinds: Sequence[NodeKind]) -> list[alt.Chart]:
        rows = [{"x": round(left, 1), "y": -_HEAD / 2, "text": _HEADS[kind]}
                for kind, left in zip(kinds, self.left, strict=True)]  # fmt: skip
        style: dict[str, Any] = {"fontSize": SUBTITLE, "fontWeight": "bold", "aria": False}
        mark = of(*rows).mark_text(align="left", baseline="middle", color=self.theme.muted,
                                   tooltip=None, **style)  # fmt: skip
        return [mark.encode(x=self.x("x"), y=self.y("y"), text="text:N")]
