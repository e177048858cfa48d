"""Predecessor cells of any tool, and links to summary rows, as dependencies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from pmkit.files.cells import Problems, count, some
from pmkit.files.drafts import Draft
from pmkit.files.numbers import read_unit
from pmkit.model.dependency import Dependency, DependencyKind, LagUnit, parse_predecessors
from pmkit.model.errors import PlanError

_KINDS = {
    "EA": "FS", "AA": "SS", "EE": "FF", "AE": "SF",  # German (and, but for one, Dutch) letters
    "FD": "FS", "DD": "SS", "DF": "SF",  # French
    "FC": "FS", "CC": "SS", "CF": "SF",  # Spanish
    "EB": "FS", "BB": "SS", "BE": "SF",  # Dutch
}  # fmt: skip
_FOREIGN = re.compile(
    rf"(?P<id>.*?\S)\s*(?P<kind>{'|'.join(_KINDS)}|FS|SS|FF|SF)?\s*"
    r"(?:(?P<sign>[+\-\u2212])\s*(?P<number>[\d.,]+)\s*(?P<unit>%|[^\W\d_]+\.?)?)?\s*",
)
_DETAIL = re.compile(  # as Primavera lists them: A1010: FS 5
    r"(?P<id>\S.*?):\s*(?P<kind>FS|SS|FF|SF)(?P<lag>\s+[+-]?[\d.]+\s*[a-z]*)?"
)
_MOST_EXPANDED = 200_000


def read_links(
    text: str, successor: str, ids: Collection[str], hours_per_day: float, project: str = ""
) -> tuple[Dependency, ...]:
    """Read a ``predecessors`` cell, also with the letters and units of other languages.

    Raises
    ------
    PlanError
        As `pmkit.model.dependency.parse_predecessors`.

    Examples
    --------
    >>> [str(link) for link in read_links("1EA+2 Tage; 2", "3", {"1", "2", "3"}, 8)]
    ['1 -> 3 (FS+2)', '2 -> 3 (FS)']
    """
    try:
        return parse_predecessors(text, successor, ids, hours_per_day, project)
    except PlanError as error:
        for separators in ("[;\n]", "[;,\n]"):
            parts = "; ".join(_translate(part) for part in re.split(separators, text))
            try:
                return parse_predecessors(parts, successor, ids, hours_per_day, project)
            except PlanError:
                continue
        raise error from None


def _translate(part: str) -> str:
    if match := _DETAIL.fullmatch(part.strip()):
        lag = (match["lag"] or "0").strip()
        return f"{match['id']} {match['kind']}{lag if lag[0] in '+-' else '+' + lag}"
    match = _FOREIGN.fullmatch(part.strip())
    if not match:
        return part
    kind = _KINDS.get(match["kind"] or "", match["kind"] or "FS")
    if not match["sign"]:
        return f"{match['id']} {kind}"
    unit = (match["unit"] or "d").rstrip(".")
    if unit != "%":
        days = read_unit(unit, 8.0)
        if days is None:
            return part
        for short in ("d", "w", "h", "m", "mo", "ed", "ew", "eh", "em", "emo"):
            if read_unit(short, 8.0) == days:
                unit = short
                break
    return f"{match['id']} {kind}{match['sign']}{match['number']}{unit}"


def expand_summaries(
    links: Sequence[Dependency], drafts: Sequence[Draft], key: Mapping[int, str],
    problems: Problems,
) -> list[Dependency]:  # fmt: skip
    """Replace links of summary rows by links of the activities under them.

    What follows a summary follows every last activity under it, what precedes a summary precedes
    every first one: the same dates as the summary's own bar gives, but for links from a summary's
    start, which then wait for the latest first activity and not for the earliest.
    """
    summaries = {key[i]: i for i, draft in enumerate(drafts) if draft.is_summary}
    linked = {end for x in links for end in (x.predecessor, x.successor) if end in summaries}
    if not linked:
        return list(links)
    under: dict[int, list[str]] = {summaries[id_]: [] for id_ in linked}
    for position, draft in enumerate(drafts):
        if not draft.is_summary:
            for parent in draft.parents:
                if parent in under:
                    under[parent].append(key[position])
    ends = {
        side: {id_: _ends(under[summaries[id_]], links, side) for id_ in linked}
        for side in ("first", "last")
    }
    expanded: list[Dependency] = []
    moved: list[str] = []
    for link in links:
        if link.predecessor not in summaries and link.successor not in summaries:
            expanded.append(link)
            continue
        from_finish = link.kind in (
            DependencyKind.FINISH_TO_START, DependencyKind.FINISH_TO_FINISH
        )  # fmt: skip
        to_finish = link.kind in (
            DependencyKind.FINISH_TO_FINISH, DependencyKind.START_TO_FINISH
        )  # fmt: skip
        before = ends["last" if from_finish else "first"].get(link.predecessor, [link.predecessor])
        after = ends["last" if to_finish else "first"].get(link.successor, [link.successor])
        if not before or not after:
            problems.note(f"The link {link} was left out: the summary has no activities under it.")
            continue
        if link.predecessor in summaries and link.unit is LagUnit.PERCENT:
            link = replace(link, lag=0.0, unit=LagUnit.WORKING_DAYS)
            problems.note(
                f"The lag of {link} was a percentage of a summary's duration; it was left out."
            )
        moved.append(str(link))
        if len(expanded) + len(before) * len(after) > _MOST_EXPANDED:
            raise PlanError(
                f"dependency {link}: links to summary rows may stand for at most "
                f"{_MOST_EXPANDED:,} links between activities, got more; link the activities",
                link.successor,
            )
        expanded += [replace(link, predecessor=b, successor=a) for b in before for a in after]
    problems.note(
        f"{count(len(moved), 'link')} of summary rows became links of the first and last "
        f"activities under them: {some(moved)}."
    )
    return _unique(expanded)


def _ends(inside: Sequence[str], links: Sequence[Dependency], side: str) -> list[str]:
    """Return the activities that nothing inside the summary precedes (or follows)."""
    within = set(inside)
    end = "successor" if side == "first" else "predecessor"
    same = DependencyKind.START_TO_START if side == "first" else DependencyKind.FINISH_TO_FINISH
    held = {
        getattr(x, end)
        for x in links
        if x.predecessor in within
        and x.successor in within
        and x.kind in (DependencyKind.FINISH_TO_START, same)
        and x.lag >= 0
    }
    return [id_ for id_ in inside if id_ not in held]


def _unique(links: Iterable[Dependency]) -> list[Dependency]:
    return list(dict.fromkeys(links))
