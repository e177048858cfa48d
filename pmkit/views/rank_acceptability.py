"""How often each project takes each rank when weights and scores are a little off."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.aligning.robustness import Robustness
from pmkit.views.building import built
from pmkit.views.marks import of
from pmkit.views.note import note_chart
from pmkit.views.theme import LABEL, LIGHT, NOTE, WIDTH, Theme, share_text, shortened, themed

_ROW = 30  # pixels
_NAMES = 150  # pixels on the left
_MOST = 30
_LETTER = 6.8  # pixels, of a wide font
_NARROW = 38  # pixels of a column that has no room for a share
_SEEN = 0.01
"""A smaller share shows no number: it would read as 0 %."""


@built
def rank_acceptability_chart(
    robustness: Robustness, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart the share of the draws in which each project takes each rank.

    A project whose draws stand in one field has its rank for sure. Where they spread over several,
    the ranking says little between those ranks.

    Parameters
    ----------
    robustness
        From `Alignment.robustness`.
    width, theme
        As for `gantt_chart`; names stand inside the width.

    Notes
    -----
    Rank acceptability: Lahdelma & Salminen, "SMAA-2", Operations Research 49(3), 2001.

    Examples
    --------
    >>> from pmkit.analysis.aligning.alignment import align
    >>> from pmkit.data import sample
    >>> chart = rank_acceptability_chart(align(sample()).robustness(draws=1000))
    >>> chart.title.text.split(" is first")[0]
    'Fleet'
    """
    table = robustness.table
    shares: list[list[float]] = table.to_numpy(float).tolist()
    if not shares:
        return note_chart("Ranks", "There is nothing to compare.", theme=theme)
    count = len(shares)
    means = [sum(rank * share for rank, share in enumerate(row, 1)) for row in shares]
    order = sorted(range(count), key=lambda n: means[n])[:_MOST]
    ranks = range(min(count, _MOST))
    cell = (width - _NAMES) / len(ranks)
    ids = [str(project) for project in table.index]
    draws = robustness.draws
    fields = [
        {
            "row": n, "rank": rank, "project": ids[p], "place": _ordinal(rank + 1),
            "share": shares[p][rank], "told": share_text(shares[p][rank]),
            "text": _short(shares[p][rank]),
            "error": f"{100 * (shares[p][rank] * (1 - shares[p][rank]) / draws) ** 0.5:.2g} points",
            "ink": theme.background if shares[p][rank] >= 0.5 else theme.text,
        }
        for n, p in enumerate(order) for rank in ranks
    ]  # fmt: skip
    names = [{"row": n, "name": shortened(ids[p], int(_NAMES / _LETTER) - 1)}
             for n, p in enumerate(order)]  # fmt: skip
    every = 1 if cell > _LETTER * 4 else 5
    heads = [{"rank": rank, "name": _ordinal(rank + 1) if cell > _NARROW else str(rank + 1)}
             for rank in ranks if every == 1 or rank == 0 or (rank + 1) % every == 0]  # fmt: skip
    chart: Any = alt.layer(*_fields(fields, cell, len(order), theme),
                           *_names(names, heads, cell, len(order), theme))  # fmt: skip
    title, how = _title(ids, shares), _how(robustness, count)
    chart = chart.properties(
        width=width, height=_ROW * len(order), title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {' '.join(how)}",
    )  # fmt: skip
    return themed(chart, theme)


def _short(share: float) -> str:
    """A share as a narrow field has it: 99 % for all that is not quite 100."""
    return "" if share < _SEEN else f"{100 if share == 1 else min(100 * share, 99):.0f} %"


def _ordinal(rank: int) -> str:
    """Return 1 as 1st."""
    last = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{last}"


def _title(ids: list[str], shares: list[list[float]]) -> str:
    first = sorted(range(len(ids)), key=lambda n: -shares[n][0])
    said = f"{shortened(ids[first[0]], 30)} is first in {share_text(shares[first[0]][0])} of draws"
    if len(ids) > 1 and shares[first[1]][0] >= _SEEN:
        said += f", {shortened(ids[first[1]], 30)} in {share_text(shares[first[1]][0])}"
    return said


def _how(robustness: Robustness, count: int) -> list[str]:
    error = 100 * robustness.standard_error
    first = (f"Share of {robustness.draws:,} draws in which each project takes each rank (standard "
             f"error at most {error:.2g} points)")  # fmt: skip
    second = "Weights are drawn about 20 % around the stated ones, scores up to 0.1 to either side"
    if count > _MOST:
        second += f". The first {_MOST} of {count} projects and ranks"
    return [first, second]


def _x(field: str, cell: float) -> alt.X:
    """Columns of the same width, beside the names."""
    scale = alt.Scale(domain=[0, 1], range=[_NAMES, _NAMES + cell], nice=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _y(field: str, rows: int) -> alt.Y:
    scale = alt.Scale(domain=[rows - 0.5, -0.5], nice=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _fields(
    fields: list[dict[str, Any]], cell: float, rows: int, theme: Theme
) -> list[alt.Chart]:  # fmt: skip
    """A field for each rank of a project, darker where it is taken more often."""
    base = of(*fields).transform_calculate(
        left="datum.rank + 0.02", right="datum.rank + 0.98", middle="datum.rank + 0.5",
        low="datum.row - 0.46", high="datum.row + 0.46",
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("project:N", title="Project"), alt.Tooltip("place:N", title="Rank"),
        alt.Tooltip("told:N", title="Share of draws"),
        alt.Tooltip("error:N", title="Standard error"),
    ]  # fmt: skip
    shade = alt.Scale(domain=[0, 0.001, 1], range=[theme.shade, *theme.density], clamp=True)
    field = base.mark_rect(aria=False).encode(
        x=_x("left", cell), x2="right:Q", y=_y("low", rows), y2="high:Q", tooltip=tooltip,
        color=alt.Color("share:Q", scale=shade, legend=None),
    )  # fmt: skip
    if cell < _NARROW:
        return [field]
    text = base.mark_text(fontSize=NOTE if cell < 60 else LABEL, aria=False, tooltip=None).encode(
        x=_x("middle", cell), y=_y("row", rows), text="text:N",
        color=alt.Color("ink:N", scale=None),
    )  # fmt: skip
    return [field, text]


def _names(
    names: list[dict[str, Any]], heads: list[dict[str, Any]], cell: float, rows: int, theme: Theme
) -> list[alt.Chart]:  # fmt: skip
    """Projects on the left, ranks above."""
    style: dict[str, Any] = {"aria": False, "tooltip": None, "baseline": "middle"}
    above = of(*heads).transform_calculate(middle="datum.rank + 0.5")
    return [
        of(*names)
        .mark_text(align="left", color=theme.text, fontSize=LABEL, **style)
        .encode(x=alt.value(0), y=_y("row", rows), text="name:N"),
        above.mark_text(color=theme.muted, fontSize=LABEL, **style).encode(
            x=_x("middle", cell), y=alt.value(-10), text="name:N"
        ),
    ]
