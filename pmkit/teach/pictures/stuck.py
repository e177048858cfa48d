"""Who is stuck where: students by questions, each with how the answer stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from pmkit.teach.class_mistakes import ClassMarks
from pmkit.teach.marking import Marked
from pmkit.views.building import built
from pmkit.views.marks import of
from pmkit.views.note import note_chart
from pmkit.views.theme import LABEL, LIGHT, NOTE, WIDTH, Theme, shortened, themed

MOST_STUDENTS = 60
_ROW, _POINTS, _LETTER = 19, 46, 6.4  # pixels
STUCK = ("wrong", "mistaken", "malformed", "empty", "missing", "untouched")
_WORDS = {"mistaken": "mistake", "malformed": "no form", "missing": "none", "untouched": "empty"}
_LOOKS = {
    "right": "good", "follows": "good", "by hand": "good", "mistaken": "known", "wrong": "wrong",
    "malformed": "wrong", "empty": "nothing", "missing": "nothing", "held": "waits",
    "to read": "waits", "untouched": "nothing",
}  # fmt: skip


@built
def stuck_chart(
    marks: ClassMarks, questions: Sequence[str], *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart how each answer of each student stands, whoever has fewest points on top.

    Parameters
    ----------
    marks
        By the name under which a student is shown.
    questions
        In order.
    width, theme
        As for `gantt_chart`.
    """
    if not marks:
        return note_chart("Who is stuck where", "Nobody has handed in.", theme=theme)
    points = {name: sum(one.points for one in marked) for name, marked in marks.items()}
    drawn = sorted(marks, key=lambda name: (points[name], name))[:MOST_STUDENTS]
    left = 14 + _LETTER * min(22, max(map(len, drawn)))
    pitch = (width - left - _POINTS) / len(questions)
    cells = list(_cells(marks, drawn, questions, int(pitch / 5.4)))
    names = [{"row": n, "name": shortened(name, 22), "points": f"{points[name]:.1f}"}
             for n, name in enumerate(drawn)]  # fmt: skip
    heads = [{"column": n, "name": shortened(name, int(pitch / 6))} for n, name in
             enumerate(questions)]  # fmt: skip
    title = _title(marks, questions)
    how = ["Points are on the right; whoever has fewest is on top"]
    if len(marks) > MOST_STUDENTS:
        how[0] += f"; the first {MOST_STUDENTS} of {len(marks)} students"
    layers = [*_boxes(cells, left, pitch, len(drawn), theme),
              *_words(names, heads, left, pitch, len(drawn), width, theme)]  # fmt: skip
    chart: Any = alt.layer(*layers).properties(
        width=width,
        height=_ROW * len(drawn),
        title=alt.Title(text=title, subtitle=how, offset=30),
        description=f"{title}. {how[0]}",
    )
    return themed(chart, theme)


def _cells(marks: ClassMarks, drawn: Sequence[str], questions: Sequence[str], room: int) -> Any:
    for row, name in enumerate(drawn):
        by_question = {one.question: one for one in marks[name]}
        for place, question in enumerate(questions):
            one = by_question.get(question)
            if one is not None:
                yield {"row": row, "column": place, "student": name, "question": question,
                       "look": _LOOKS.get(one.state, "wrong"), "word": word(one)[:room],
                       "told": _told(one)}  # fmt: skip


def word(one: Marked) -> str:
    """Return how an answer stands, in one word."""
    if one.state == "wrong" and one.points > 0:
        return f"{one.points:g} of {one.out_of:g}"
    if one.state == "by hand":
        return f"{one.points:g} of {one.out_of:g}"
    return _WORDS.get(one.state, one.state)


def _told(one: Marked) -> str:
    code = f" ({one.code})" if one.code else ""
    points = "?" if one.waits else f"{one.points:g}"
    return f"{one.state}{code}, {points} of {one.out_of:g} points"


def stuck_in(marks: ClassMarks, question: str) -> int:
    """Return how many have an answer that is not right, or none."""
    return sum(one.state in STUCK for marked in marks.values() for one in marked
               if one.question == question)  # fmt: skip


def _title(marks: ClassMarks, questions: Sequence[str]) -> str:
    counts: Mapping[str, int] = {name: stuck_in(marks, name) for name in questions}
    worst = max(questions, key=lambda name: counts[name])
    if not counts[worst]:
        return f"None of {len(marks)} students is stuck"
    return f"Most are stuck in {shortened(worst, 30)}: {counts[worst]} of {len(marks)} students"


def _x(field: str, left: float, pitch: float) -> alt.X:
    scale = alt.Scale(domain=[0, 1], range=[left, left + pitch], nice=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _y(field: str, rows: int) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[rows - 0.5, -0.5], nice=False))


def _boxes(
    cells: list[dict[str, Any]], left: float, pitch: float, rows: int, theme: Theme
) -> list[Any]:
    """What is right is quiet, what is not stands out; each says its word."""
    tooltip = [alt.Tooltip("student:N", title="Student"),
               alt.Tooltip("question:N", title="Question"),
               alt.Tooltip("told:N", title="Answer")]  # fmt: skip
    looks: dict[str, dict[str, Any]] = {
        "good": {"fill": theme.density[0]},
        "known": {"fill": theme.critical, "fillOpacity": 0.22, "stroke": theme.critical},
        "wrong": {"fill": theme.critical, "fillOpacity": 0.5},
        "nothing": {"fillOpacity": 0, "stroke": theme.muted, "strokeDash": [3, 2]},
        "waits": {"fill": theme.shade},
    }
    marks: list[Any] = []
    for look, style in looks.items():
        mine = [cell for cell in cells if cell["look"] == look]
        if not mine:
            continue
        base = of(*mine).transform_calculate(
            left="datum.column + 0.03", end="datum.column + 0.97", middle="datum.column + 0.5",
            low="datum.row - 0.42", high="datum.row + 0.42",
        )  # fmt: skip
        color = theme.muted if look in ("good", "waits") else theme.text
        marks += [
            base.mark_rect(cornerRadius=2, aria=False, **style).encode(
                x=_x("left", left, pitch),
                x2="end:Q",
                y=_y("low", rows),
                y2="high:Q",
                tooltip=tooltip,
            ),
            base.mark_text(fontSize=NOTE, color=color, aria=False, tooltip=None).encode(
                x=_x("middle", left, pitch), y=_y("row", rows), text="word:N"
            ),
        ]
    return marks


def _words(
    names: list[dict[str, Any]], heads: list[dict[str, Any]], left: float, pitch: float, rows: int,
    width: int, theme: Theme,
) -> list[alt.Chart]:  # fmt: skip
    style: dict[str, Any] = {"aria": False, "tooltip": None, "baseline": "middle",
                             "fontSize": LABEL}  # fmt: skip
    students = of(*names).encode(y=_y("row", rows))
    above = of(*heads).transform_calculate(middle="datum.column + 0.5")
    return [
        students.mark_text(align="left", color=theme.text, **style).encode(
            x=alt.value(0), text="name:N"),
        students.mark_text(align="right", color=theme.text, **style).encode(
            x=alt.value(width - 4), text="points:N"),
        above.mark_text(color=theme.muted, **style | {"fontSize": NOTE}).encode(
            x=_x("middle", left, pitch), y=alt.value(-12), text="name:N"),
        of({"name": "points"}).mark_text(align="right", color=theme.muted, **style).encode(
            x=alt.value(width - 4), y=alt.value(-12), text="name:N"),
    ]  # fmt: skip
