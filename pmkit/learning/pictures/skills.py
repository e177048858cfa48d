"""A self-portrait as a picture: the learner beside what each seat asks for."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.learning.skills import LEVELS, Portrait
from pmkit.learning.words import SEATS
from pmkit.views.building import built
from pmkit.views.marks import of
from pmkit.views.theme import LIGHT, WIDTH, Theme, themed

_ROW = 36  # pixels for a skill
_YOURS = "you"
_APART = {_YOURS: 0, SEATS[0]: -10, SEATS[1]: 10}  # pixels, so that no mark hides another
_SHAPES = {_YOURS: "circle", SEATS[0]: "square", SEATS[1]: "diamond"}


@built
def skills_chart(portrait: Portrait, *, width: int = WIDTH, theme: Theme = LIGHT) -> alt.LayerChart:
    """Chart for each skill the learner's level and the level that each seat asks for.

    A line joins the learner to the level that the aim asks for, where it is not reached.

    Parameters
    ----------
    portrait
        From `portrait`.
    width, theme
        As for `gantt_chart`.

    Examples
    --------
    >>> from pmkit.learning.skills import portrait
    >>> skills_chart(portrait({"risk": 2})).title.text
    'You beside what each seat asks for'
    """
    names = [skill.name for skill in portrait.skills]
    marks = [_marks(_points(portrait, who), who, names, theme) for who in _SHAPES]
    title, told = "You beside what each seat asks for", portrait.sentence
    chart: Any = alt.layer(*_gaps(portrait, names, theme), *marks).properties(
        width=width, height=_ROW * len(names), title=alt.Title(text=title),
        description=f"{title}. {told}",
    )  # fmt: skip
    return themed(chart, theme)


def _points(portrait: Portrait, who: str) -> list[dict[str, Any]]:
    found = []
    for skill in portrait.skills:
        level = {_YOURS: portrait.ratings.get(skill.id), **skill.needed}[who]
        if level is not None:
            found.append({"skill": skill.name, "who": who, "level": level,
                          "told": f"{level} {LEVELS[level]}", "shows": skill.shows})  # fmt: skip
    return found


def _x() -> alt.X:
    words = " : ".join(f"datum.value == {n} ? '{n} {word}'" for n, word in LEVELS.items()) + " : ''"
    axis = alt.Axis(values=list(LEVELS), labelExpr=words, title="Level", grid=True)
    return alt.X("level:Q", axis=axis, scale=alt.Scale(domain=[0.6, 5.4], nice=False, zero=False))


def _y(names: list[str]) -> alt.Y:
    return alt.Y("skill:N", sort=names, title=None, scale=alt.Scale(domain=names))


def _gaps(portrait: Portrait, names: list[str], theme: Theme) -> list[alt.Chart]:
    rows = [
        {"skill": s.name, "level": portrait.ratings[s.id], "wanted": s.wanted(portrait.aim)}
        for s in portrait.skills if portrait.missing(s)
    ]  # fmt: skip
    if not rows:
        return []
    line = of(*rows).mark_rule(color=theme.critical, strokeWidth=3, aria=False, tooltip=None)
    return [line.encode(x=_x(), x2="wanted:Q", y=_y(names))]


def _marks(points: list[dict[str, Any]], who: str, names: list[str], theme: Theme) -> alt.Chart:
    domain = list(_SHAPES)
    legend = alt.Legend(title=None, orient="top")
    colours = [theme.text, theme.has_float, theme.scenario]
    mark = of(*points).mark_point(filled=True, size=90, opacity=1, stroke=theme.background,
                                  aria=False, yOffset=_APART[who])  # fmt: skip
    return mark.encode(
        x=_x(), y=_y(names),
        shape=alt.Shape("who:N", sort=domain, legend=legend,
                        scale=alt.Scale(domain=domain, range=list(_SHAPES.values()))),
        color=alt.Color("who:N", sort=domain, legend=legend,
                        scale=alt.Scale(domain=domain, range=colours)),
        tooltip=[alt.Tooltip("skill:N", title="Skill"), alt.Tooltip("who:N", title="Who"),
                 alt.Tooltip("told:N", title="Level"), alt.Tooltip("shows:N", title="Shows")],
    )  # fmt: skip
